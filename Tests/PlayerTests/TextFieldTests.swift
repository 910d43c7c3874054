import Canvas
import ConvolutionEngine
import Lessons
import Player
import Testing

private let chain = "7x7x2 conv:3,filters=2,name=v maxpool:2,name=p relu"

/// Every field that is typed into: the keys that open it, and what its line begins with.
private let fields: [(name: String, keys: String, label: String)] = [
  ("go to", "g", "Go to: "), ("search", "/", "Search: "), ("a prediction", "p", "Your answer:  "),
  ("the table's filter", "t /", "Filter: "),
]

private func field(_ player: Player, _ label: String) -> String? {
  let line = player.rows.first { $0.contains(label) }
  return line?.split(separator: label).last.map { String($0.prefix { $0 != "_" }) }
}

private func list() -> Player {
  let names = ["one-window", "sliding", "max-pooling"]
  return Player(
    LessonList(names.map { LessonList.Entry(name: $0, title: "Lesson \($0)", summary: "") }),
    size: Size(columns: 80, rows: 24))
}

@Suite struct `What is pasted` {
  @Test(arguments: fields.indices)
  func `goes into the field that is open, behind what is typed`(index: Int) throws {
    let (name, keys, label) = fields[index]
    var player = try explore(chain)
    try player.press(keys)
    try player.send(.pasted("ne"))
    #expect(field(player, label) == "ne", "\(name)")
    try player.press("g")
    try player.send(.pasted(" 1q "))
    #expect(field(player, label) == "neg1q", "\(name)")
    try player.press("Bksp Bksp")
    #expect(field(player, label) == "neg", "\(name)")
    try player.press("Ctrl-U")
    try player.send(.pasted("7"))
    #expect(field(player, label) == "7", "\(name)")
  }

  @Test func `is gone to, searched for, changed and answered`() throws {
    var player = try explore(chain)
    try player.press("g")
    try player.send(.pasted("p[1,1,0] "))
    try player.press("Enter")
    #expect(player.address == "p[1,1,0]")
    try player.press("Tab S-Tab S-Tab c")
    // What is offered gives way to another place.
    try player.send(.pasted("X[5,5,0] = 9"))
    #expect(field(player, "Change: ") == "X[5,5,0] = 9")
    try player.press("Enter")
    #expect(player.messageRow.hasPrefix("X[5,5,0] is now 9. "))
    try player.press("/")
    try player.send(.pasted("max "))
    try player.press("Enter")
    #expect(player.messageRow.contains("a largest output of its map"))
  }

  @Test func `answers a lesson's question`() throws {
    var player = try lesson("worked-example")
    try open("worked-example", in: &player)
    for _ in 0..<12 where !player.rows.joined().contains("Your answer:") {
      try player.press("Space")
    }
    try player.send(.pasted(" 12 "))
    #expect(field(player, "Your answer:  ") == "12")
    try player.press("Ctrl-U")
    try player.send(.pasted("??"))
    try player.press("Enter")
    #expect(player.rows.joined().contains("The answer: "))
  }

  @Test func `filters the list of lessons and the table, and what is chosen follows`() throws {
    var player = list()
    try player.press("/")
    try player.send(.pasted("SLID"))
    #expect(player.rows.filter { $0.contains("Lesson") }.count == 1)
    #expect(try player.press("Enter Enter") == [.openLesson("sliding")])
    player = try explore(chain)
    try player.press("t /")
    try player.send(.pasted("max"))
    try player.press("Enter Enter")
    #expect(player.address.hasPrefix("p"))
  }

  @Test(arguments: fields.indices)
  func `that is too long is refused whole and said to be`(index: Int) throws {
    let (name, keys, label) = fields[index]
    var player = try explore(chain)
    try player.press(keys)
    try player.send(.pasted("1"))
    for length in [61, 500, 65_536] {
      try player.send(.pasted(String(repeating: "7", count: length)))
      #expect(field(player, label) == "1", "\(name)")
      #expect(
        player.rows.joined().contains("What was pasted is too long: there is room for"), "\(name)")
    }
    try player.press("2")
    #expect(field(player, label) == "12", "\(name)")
    #expect(!player.rows.joined().contains("too long"), "\(name)")
  }

  @Test func `presses no key, and where no field is open it is said`() throws {
    for keys in ["", "Space", "-", "e", "?", "s", "t", "o", "y", "m"] {
      var player = try explore(chain)
      try player.press(keys)
      let before = player.rows.dropLast(2)
      #expect(try player.send(.pasted("q[+G")).isEmpty)
      #expect(Array(player.rows.dropLast(2)) == Array(before), "\(keys)")
    }
    var player = list()
    try player.send(.pasted("q"))
    #expect(player.messageRow == "What was pasted is not used here: no field is open.")
  }
}

@Suite struct `Below 80×24` {
  private static let states = [
    "", "Space", "g", "c", "/", "p", "e", "?", "s", "t", "t /", "o", "y", "m", "a", "12", "b",
  ]
  private static let small = [(79, 24), (80, 23), (40, 10), (1, 1)].map {
    Size(columns: $0, rows: $1)
  }

  @Test(arguments: states)
  func `nothing is done that cannot be seen`(keys: String) throws {
    for size in Self.small {
      var player = try explore(chain)
      try player.press(keys)
      let before = player
      try player.send(.resized(size))
      for key in [
        "Space", "g", "v", "+", "?", "Enter", "Bksp", "Down", "5", "R", "PgDn", "a", "Tab",
      ] {
        #expect(try player.press(key).isEmpty)
      }
      for event: Event in [
        .pasted("7"), .click(Point(column: 0, row: 0)), .wheel(up: false, Point(column: 0, row: 0)),
      ] {
        #expect(try player.send(event).isEmpty)
      }
      try player.send(.resized(before.size))
      #expect(player.rows == before.rows, "\(keys)")
    }
  }

  @Test(arguments: states)
  func `the notice is true: q quits`(keys: String) throws {
    var player = try explore(chain)
    try player.press(keys)
    try player.send(.resized(Size(columns: 40, rows: 10)))
    #expect(
      player.rows[0...2] == ["convwalk needs 80×24;", "this is 40×10.", "Enlarge it, or q quits."])
    #expect(try player.press("q") == [.quit])
  }

  @Test func `q quits a lesson and its question too, and keeps how far one is`() throws {
    var player = list()
    let course = try open("worked-example", in: &player)
    for keys in ["", "Space", "Space"] {
      try player.press(keys)
      var small = player
      try small.send(.resized(Size(columns: 79, rows: 24)))
      let effects = try small.press("q")
      #expect(effects.count == 2 && effects.last == .quit)
      guard case .record(let record)? = effects.first else { continue }
      #expect(record.stops == course.stops.count)
    }
  }

  @Test func `Esc goes one level up`() throws {
    var player = try explore(chain)
    try player.press("Space g 7")
    try player.send(.resized(Size(columns: 40, rows: 10)))
    try player.press("Esc")
    try player.send(.resized(Size(columns: 80, rows: 24)))
    #expect(!player.rows.joined().contains("Go to: "))
  }
}

@Suite struct `A terminal whose glyphs are two columns wide` {
  @Test func `gets ASCII from then on, and help says why`() throws {
    var player = try explore(chain)
    try player.press("Space")
    #expect(try player.send(.foundWideGlyphs) == [.redraw])
    #expect(player.screen().frame.cells.allSatisfy { $0.scalar.isASCII })
    try player.press("?")
    #expect(
      player.rows.contains(" ASCII stands for glyphs that this terminal draws two columns wide."))
    var narrow = try explore(chain, ascii: true)
    try narrow.press("?")
    #expect(!narrow.rows.joined().contains("two columns wide"))
  }

  @Test func `is heard below 80×24 too`() throws {
    var player = try explore(chain, size: Size(columns: 40, rows: 10))
    try player.send(.foundWideGlyphs)
    #expect(player.rows[0] == "convwalk needs 80x24;")
  }
}
