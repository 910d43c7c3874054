import Canvas

/// Which key asks for what.
package struct Bindings: Sendable, Equatable {
  /// A key and what it asks for.
  package struct Entry: Sendable, Equatable {
    package var key: Key
    package var command: Command

    init(_ key: Key, _ command: Command) {
      self.key = key
      self.command = command
    }
  }

  /// In the order in which help lists them; no key stands there twice.
  package let entries: [Entry]
  private let commands: [Key: Command]

  init(_ entries: [Entry]) {
    self.entries = entries
    commands = Dictionary(
      entries.map { ($0.key, $0.command) }, uniquingKeysWith: { first, _ in first })
  }

  package static let standard = Bindings(
    ([
      (.character(" "), .move(.next)), (.enter, .move(.next)), (.backspace, .move(.back)),
      (.delete, .move(.back)),
      (.character("+"), .move(.coarser)), (.character("]"), .move(.coarser)),
      (.character("-"), .move(.finer)),
      (.character("["), .move(.finer)), (.left, .move(.left)), (.character("h"), .move(.left)),
      (.down, .move(.down)),
      (.character("j"), .move(.down)), (.up, .move(.up)), (.character("k"), .move(.up)),
      (.right, .move(.right)),
      (.character("l"), .move(.right)), (.character("d"), .move(.nextDepth)),
      (.character("D"), .move(.previousDepth)),
      (.character("f"), .move(.nextMap)), (.character("F"), .move(.previousMap)),
      (.tab, .move(.nextLayer)),
      (.character(")"), .move(.nextLayer)), (.backTab, .move(.previousLayer)),
      (.character("("), .move(.previousLayer)), (.character("0"), .move(.rowStart)),
      (.character("$"), .move(.rowEnd)),
      (.home, .move(.first)), (.end, .move(.last)), (.character("G"), .move(.last)),
      (.character("x"), .move(.nextPicture)), (.character("X"), .move(.previousPicture)),
      (.character("g"), .open(.goTo)),
      (.character("m"), .jump(.mark)), (.character("'"), .jump(.jumpToMark)),
      (.character("a"), .program(.autoplay)),
      (.character("<"), .program(.slower)), (.character(">"), .program(.faster)),
      (.character("v"), .program(.notation)),
      (.character("s"), .open(.formula)), (.character("y"), .open(.commandLine)),
      (.character("p"), .open(.predict)),
      (.character("e"), .open(.settings)), (.character("c"), .open(.change)),
      (.character("u"), .change(.undo)), (.character("U"), .change(.redo)),
      (.character("R"), .change(.reset)), (.character("i"), .open(.readers)),
      (.character("I"), .open(.weightUse)),
      (.character("/"), .open(.search)), (.character("n"), .jump(.searchNext)),
      (.character("N"), .jump(.searchBack)),
      (.character(","), .jump(.toTerm)), (.character("."), .jump(.toReader)),
      (.character("o"), .open(.overview)), (.character("t"), .open(.table)),
      (.character("b"), .open(.path)), (.character("B"), .open(.backward)),
      (.character("L"), .look(.scale)), (.character("O"), .look(.largestFirst)),
      (.character("T"), .look(.tint)),
      (.character("S"), .open(.statistics)), (.character("C"), .open(.stops)),
      (.character("w"), .open(.words)),
      (.pageDown, .stop(.nextStop)), (.pageUp, .stop(.previousStop)),
      (.character("r"), .stop(.returnToStop)),
      (.character("?"), .open(.help)), (.escape, .program(.leave)),
      (.character("q"), .program(.quit)), (.controlL, .program(.redraw)),
    ] as [(Key, Command)]).map { Entry($0, $1) })

  /// What no file can change, so that nobody is locked out: help, a way back and a way out. Ctrl-C
  /// is not even a key.
  package static let fixed: [Entry] = [
    Entry(.character("?"), .open(.help)), Entry(.escape, .program(.leave)),
    Entry(.character("q"), .program(.quit)),
  ]

  package func command(for key: Key) -> Command? { commands[key] }

  /// All keys of a command.
  package func keys(of command: Command) -> [Key] {
    entries.filter { $0.command == command }.map(\.key)
  }

  /// The key that is named so, of those that ask for something; nil where that is no one key.
  func key(named name: String, ascii: Bool) -> Key? {
    entries.first { $0.key.name(ascii: ascii) == name }?.key
  }

  /// All keys of a command, as help names them.
  package func names(of command: Command, ascii: Bool) -> String {
    keys(of: command).map { $0.name(ascii: ascii) }.joined(separator: " ")
  }

  /// The first key of a command, as the footer names it; empty where it has none.
  package func name(of command: Command, ascii: Bool) -> String {
    keys(of: command).first?.name(ascii: ascii) ?? ""
  }
}
