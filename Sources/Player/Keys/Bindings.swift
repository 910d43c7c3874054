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
      (.character(" "), .next), (.enter, .next), (.backspace, .back), (.delete, .back),
      (.character("+"), .coarser), (.character("]"), .coarser), (.character("-"), .finer),
      (.character("["), .finer), (.left, .left), (.character("h"), .left), (.down, .down),
      (.character("j"), .down), (.up, .up), (.character("k"), .up), (.right, .right),
      (.character("l"), .right), (.character("d"), .nextDepth), (.character("D"), .previousDepth),
      (.character("f"), .nextMap), (.character("F"), .previousMap), (.tab, .nextLayer),
      (.character(")"), .nextLayer), (.backTab, .previousLayer),
      (.character("("), .previousLayer), (.character("0"), .rowStart), (.character("$"), .rowEnd),
      (.home, .first), (.end, .last), (.character("G"), .last), (.character("g"), .goTo),
      (.character("m"), .mark), (.character("'"), .jumpToMark), (.character("a"), .autoplay),
      (.character("<"), .slower), (.character(">"), .faster), (.character("v"), .notation),
      (.character("s"), .formula), (.character("y"), .commandLine), (.character("p"), .predict),
      (.character("e"), .settings), (.character("c"), .change), (.character("u"), .undo),
      (.character("R"), .reset), (.character("i"), .readers), (.character("I"), .weightUse),
      (.character("/"), .search), (.character("n"), .searchNext), (.character("N"), .searchBack),
      (.character("o"), .overview), (.character("t"), .table), (.character("b"), .path),
      (.pageDown, .nextStop), (.pageUp, .previousStop), (.character("r"), .returnToStop),
      (.character("?"), .help), (.escape, .leave), (.character("q"), .quit), (.controlL, .redraw),
    ] as [(Key, Command)]).map { Entry($0, $1) })

  /// What no file can change, so that nobody is locked out: help, a way back and a way out. Ctrl-C
  /// is not even a key.
  package static let fixed: [Entry] = [
    Entry(.character("?"), .help), Entry(.escape, .leave), Entry(.character("q"), .quit),
  ]

  package func command(for key: Key) -> Command? { commands[key] }

  /// All keys of a command.
  package func keys(of command: Command) -> [Key] {
    entries.filter { $0.command == command }.map(\.key)
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
