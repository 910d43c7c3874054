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

  /// What the help says.
  package var explanation: String {
    switch self {
    case .next: "next step"
    case .back: "previous step"
    case .coarser: "coarser steps"
    case .finer: "finer steps"
    case .left: "move left"
    case .down: "move down"
    case .up: "move up"
    case .right: "move right"
    case .nextDepth: "show the next depth"
    case .previousDepth: "show the previous depth"
    case .nextMap: "same window, next map"
    case .previousMap: "same window, previous map"
    case .nextLayer: "next layer"
    case .previousLayer: "previous layer"
    case .rowStart: "start of the row"
    case .rowEnd: "end of the row"
    case .first: "start of the layer"
    case .last: "last step of the layer"
    case .goTo: "go to an address or step"
    case .mark: "and a letter: set a mark"
    case .jumpToMark: "and a letter: go to it"
    case .autoplay: "play by itself"
    case .slower: "play slower"
    case .faster: "play faster"
    case .notation: "numpy, PyTorch or Keras"
    case .formula: "sizes, with the formula"
    case .commandLine: "this as a command line"
    case .predict: "predict the next result"
    case .settings: "change the settings, live"
    case .change: "change a value, live"
    case .undo: "undo the last live change"
    case .reset: "reset all live changes"
    case .readers: "who uses this input cell"
    case .weightUse: "what this weight multiplies"
    case .search: "search negative, tie, max"
    case .searchNext: "search again"
    case .searchBack: "search backwards"
    case .nextStop: "next stop"
    case .previousStop: "previous stop"
    case .returnToStop: "return to the stop"
    case .help: "this help"
    case .leave: "one level up"
    case .quit: "close this, then quit"
    case .redraw: "draw the screen again"
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
