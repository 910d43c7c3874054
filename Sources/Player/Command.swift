import Canvas

/// What a person can ask for with a key.
package enum Command: String, Sendable, Hashable, CaseIterable {
  case next, back
  case coarser, finer
  case left, down, up, right
  case nextDepth, previousDepth
  case nextMap, previousMap
  case nextLayer, previousLayer
  case rowStart, rowEnd, first, last
  case goTo, mark, jumpToMark
  case autoplay, slower, faster
  case notation, formula, commandLine
  case predict, settings, change, undo, reset, readers, weightUse
  case search, searchNext, searchBack
  case overview, table, path
  case nextStop, previousStop, returnToStop
  case help, leave, quit, redraw

  /// Whether it leaves the place, and so a stop of a lesson.
  var isMotion: Bool {
    switch self {
    case .coarser, .finer, .left, .down, .up, .right, .nextMap, .previousMap, .nextLayer,
      .previousLayer, .rowStart, .rowEnd, .first, .last, .searchNext, .searchBack, .autoplay:
      true
    default: false
    }
  }

  /// The commands as help lists them, those that belong together on one line.
  static let helpLines: [(commands: [Command], explanation: String)] = [
    ([.next], "next step, or go on"), ([.back], "previous step"),
    ([.coarser, .finer], "coarser, finer steps"),
    ([.left, .down, .up, .right], "move what is in brackets"),
    ([.nextDepth, .previousDepth], "show another depth"),
    ([.nextMap, .previousMap], "same window, another map"),
    ([.nextLayer, .previousLayer], "another layer"),
    ([.rowStart, .rowEnd], "ends of the row"),
    ([.first, .last], "layer's start, last step"),
    ([.goTo], "go to v[1,1,0], 40 or +5"),
    ([.mark, .jumpToMark], "set a mark, go to it"),
    ([.autoplay], "play by itself"), ([.slower, .faster], "slower, faster"),
    ([.search, .searchNext, .searchBack], "search; again; back"),
    ([.predict], "predict the next result"),
    ([.settings], "change the settings, live"), ([.change], "change a value, live"),
    ([.undo, .reset], "undo, reset live changes"),
    ([.readers], "who uses this input cell"), ([.weightUse], "what this weight meets"),
    ([.notation], "numpy, PyTorch or Keras"), ([.formula], "sizes, with the formula"),
    ([.commandLine], "this as a command line"),
    ([.overview], "the maps as pictures"), ([.table], "the network as a table"),
    ([.path], "path back to the picture"),
    ([.nextStop, .previousStop], "next, previous stop"),
    ([.returnToStop], "return to the stop"),
    ([.help], "this help"), ([.leave], "one level up"),
    ([.quit], "close this, then quit"), ([.redraw], "draw the screen again"),
  ]

  /// Whether it does something only in a lesson.
  var isForLessons: Bool {
    switch self {
    case .nextStop, .previousStop, .returnToStop: true
    default: false
    }
  }
}

/// Which key asks for what.
package struct Bindings: Sendable, Equatable {
  package private(set) var commands: [Key: Command]
  /// The keys in the order in which help lists them.
  private let order: [(Key, Command)]

  package static func == (first: Bindings, second: Bindings) -> Bool {
    first.commands == second.commands
  }

  package init(_ order: [(Key, Command)]) {
    self.order = order
    commands = Dictionary(order, uniquingKeysWith: { _, last in last })
  }

  package static let standard = Bindings([
    (.character(" "), .next), (.enter, .next), (.backspace, .back), (.delete, .back),
    (.character("+"), .coarser), (.character("]"), .coarser),
    (.character("-"), .finer), (.character("["), .finer),
    (.left, .left), (.character("h"), .left), (.down, .down), (.character("j"), .down),
    (.up, .up), (.character("k"), .up), (.right, .right), (.character("l"), .right),
    (.character("d"), .nextDepth), (.character("D"), .previousDepth),
    (.character("f"), .nextMap), (.character("F"), .previousMap),
    (.tab, .nextLayer), (.character(")"), .nextLayer),
    (.backTab, .previousLayer), (.character("("), .previousLayer),
    (.character("0"), .rowStart), (.character("$"), .rowEnd),
    (.home, .first), (.end, .last), (.character("G"), .last),
    (.character("g"), .goTo), (.character("m"), .mark), (.character("'"), .jumpToMark),
    (.character("a"), .autoplay), (.character("<"), .slower), (.character(">"), .faster),
    (.character("v"), .notation), (.character("s"), .formula),
    (.character("y"), .commandLine), (.character("p"), .predict),
    (.character("e"), .settings), (.character("c"), .change), (.character("u"), .undo),
    (.character("R"), .reset), (.character("i"), .readers), (.character("I"), .weightUse),
    (.character("/"), .search), (.character("n"), .searchNext), (.character("N"), .searchBack),
    (.character("o"), .overview), (.character("t"), .table), (.character("b"), .path),
    (.pageDown, .nextStop), (.pageUp, .previousStop), (.character("r"), .returnToStop),
    (.character("?"), .help), (.escape, .leave), (.character("q"), .quit),
    (.controlL, .redraw),
  ])

  package func command(for key: Key) -> Command? { commands[key] }

  /// All keys of a command, as help names them.
  package func names(of command: Command, ascii: Bool) -> String {
    order.filter { $0.1 == command && commands[$0.0] == command }
      .map { $0.0.name(ascii: ascii) }.joined(separator: " ")
  }

  /// The first key of a command, as the footer names it.
  package func name(of command: Command, ascii: Bool) -> String {
    order.first { $0.1 == command && commands[$0.0] == command }?.0.name(ascii: ascii) ?? ""
  }
}

extension Key {
  /// How a key is named on screen.
  package func name(ascii: Bool) -> String {
    switch self {
    case .character(" "): "Space"
    case .character(let scalar): String(Character(scalar))
    case .enter: "Enter"
    case .escape: "Esc"
    case .backspace: "Bksp"
    case .delete: "Del"
    case .tab: "Tab"
    case .backTab: "S-Tab"
    case .up: ascii ? "Up" : "↑"
    case .down: ascii ? "Down" : "↓"
    case .left: ascii ? "Left" : "←"
    case .right: ascii ? "Right" : "→"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .controlL: "Ctrl-L"
    }
  }
}
