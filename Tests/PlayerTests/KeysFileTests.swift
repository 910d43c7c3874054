import Canvas
import TestSupport
import Testing

@testable import Player

private func keys(_ text: String) throws -> Bindings { try KeysFile(Array(text.utf8)).bindings }

private func problems(_ text: String) -> [String] {
  do throws(KeysProblems) {
    _ = try KeysFile(Array(text.utf8))
    return []
  } catch {
    return error.problems.map { "\($0.line): \($0.cause)" }
  }
}

@Suite("A file of keys")
struct KeysFileTests {
  @Test(arguments: ["", "\n# nothing\n\n", "# next n"])
  func `without a line changes nothing`(text: String) throws {
    let bindings = try keys(text)
    for command in Command.allCases {
      #expect(bindings.keys(of: command) == Bindings.standard.keys(of: command))
    }
  }

  @Test func `may begin with a byte order mark, as editors write it`() throws {
    #expect(try keys("\u{FEFF}next Z") == keys("next Z"))
    #expect(problems("next Z\n\u{FEFF}back y").count == 1)
  }

  @Test func `that prints the standard keys is the standard keys`() throws {
    let lines = KeysFile.lines(of: .standard)
    let bindings = try keys(lines.joined(separator: "\n"))
    #expect(KeysFile.lines(of: bindings) == lines)
    #expect(lines.contains("next              Space Enter"))
    // Each command stands there, and so may be changed.
    #expect(lines.count { !$0.hasPrefix("#") } == Command.allCases.count)
  }

  @Test func `replaces all keys of the commands that it names`() throws {
    let bindings = try keys("next Z Right\r\nright  \n\tsearch-next\tN\nsearch-back é\n")
    #expect(bindings.command(for: .character("Z")) == .move(.next))
    #expect(bindings.command(for: .right) == .move(.next))
    #expect(bindings.command(for: .character("l")) == nil)
    #expect(bindings.command(for: .character(" ")) == nil)
    #expect(bindings.command(for: .character("N")) == .jump(.searchNext))
    #expect(bindings.command(for: .character("é")) == .jump(.searchBack))
    #expect(bindings.command(for: .character("d")) == .move(.nextDepth))
  }

  @Test func `takes a key from the command that has it else, and says which has none then`() throws
  {
    let file = try KeysFile(Array("next-stop k n x\nleft\n".utf8))
    #expect(file.bindings.keys(of: .stop(.nextStop)) == ["k", "n", "x"].map { .character($0) })
    #expect(file.bindings.keys(of: .move(.up)) == [.up])
    #expect(file.bindings.keys(of: .jump(.searchNext)) == [])
    #expect(
      file.notes == [
        "Your file of keys leaves none for next-picture, search-next. A line for it, empty or not, "
          + "mends that."
      ])
    // A command that has a line has what stands there, and nobody misses more.
    #expect(try KeysFile(Array("next n\nsearch-next\n".utf8)).notes == [])
    #expect(try KeysFile(Array("next n\nsearch-next N\n".utf8)).notes.count == 1)
    #expect(try KeysFile(Array("next n\nsearch-next N\nsearch-back\n".utf8)).notes == [])
    #expect(problems("next n\nback n") == ["2: n is next in line 1 already; take another key."])
  }

  @Test func `takes keys by their names in any case`() throws {
    let bindings = try keys("next pgdn CTRL-L s-tab space\nprevious-layer\nnext-stop\nredraw\n")
    #expect(
      bindings.keys(of: .move(.next)) == [.pageDown, .controlL, .backTab, .character(" ")])
  }

  @Test func `cannot take away help, the way back and the way out`() throws {
    let bindings = try keys("help F1x\n".replacing("F1x", with: "H") + "leave\nquit Q\n")
    #expect(bindings.command(for: .character("?")) == .open(.help))
    #expect(bindings.command(for: .escape) == .program(.leave))
    #expect(bindings.command(for: .character("q")) == .program(.quit))
    #expect(bindings.command(for: .character("Q")) == .program(.quit))
    #expect(bindings.command(for: .character("H")) == .open(.help))
    for entry in Bindings.fixed {
      #expect(Bindings.standard.command(for: entry.key) == entry.command)
    }
    #expect(problems("next q") == ["1: q is always quit; take another key."])
    #expect(problems("next Esc ?").count == 2)
  }

  @Test(arguments: [
    ("nxt n", #"1: "nxt" is not a command; convwalk keys lists them."#),
    (
      "\nnext F5",
      #"2: "F5" is not a key; write one character or a name, such as Space, PgDn or Ctrl-L."#
    ),
    ("next 7", "1: 7 begins a count; take a key other than 1 to 9."),
    ("next Z\nnext y", "2: next stands in line 1 already; put all its keys on one line."),
    ("next Z\nback Z", "2: Z is next in line 1 already; take another key."),
    ("back Z\nnext Z", "2: Z is back in line 1 already; take another key."),
    (
      "next \u{1B}",
      #"1: "\u{1B}" is not a key; write one character or a name, such as "#
        + "Space, PgDn or Ctrl-L."
    ),
  ])
  func `tells what is wrong, and in which line`(text: String, expected: String) {
    #expect(problems(text) == [expected])
  }

  @Test func `tells everything that is wrong, in order`() {
    let found = problems("back q\nnext Esc\nfoo\nnext\nleft 1")
    #expect(found.map { $0.prefix(2) } == ["1:", "2:", "3:", "4:", "5:"])
  }

  @Test func `is never too strange to be read`() throws {
    let pieces = [
      "next", "quit", "search-next", " ", "\n", "\r\n", "\t", "#", "q", "?", "Esc", "Space", "0",
      "1", "x", "é", "\u{0}", "\u{1B}[A", "漢", "\u{301}", "go-to", "PgDn", "NEXT",
    ]
    var chance = Chance(state: 5)
    for _ in 0..<fuzzCount(usually: 2000) {
      let text = (0..<Int.random(in: 0..<30, using: &chance)).map { _ in
        pieces.randomElement(using: &chance) ?? ""
      }
      var bytes = Array(text.joined().utf8)
      if !bytes.isEmpty, Bool.random(using: &chance) {
        bytes[Int.random(in: 0..<bytes.count, using: &chance)] = UInt8.random(
          in: 0...255, using: &chance)
      }
      try holdKeysPromises(bytes)
    }
  }
}

@Suite("Keys of one's own")
struct OwnKeysTests {
  private func player(_ text: String) throws -> Player {
    var player = try explore("11x11x4 conv:5,filters=2,stride=2,name=v maxpool:2,name=p")
    player.options.bindings = try keys(text)
    return player
  }

  @Test func `do what they ask for, and the standard ones no more`() throws {
    var player = try player("next Z\nnext-depth z\n")
    try player.press("Z Z z")
    #expect(player.address == "v[1,0,0]")
    try player.press("Space")
    #expect(player.address == "v[1,0,0]")
    #expect(player.messageRow == "Space does nothing here; ? lists the keys.")
  }

  @Test func `stand in the footer, in help and in messages`() throws {
    var player = try player("next Z\nback Left\nleft H\nlast E\ngo-to Tab\nnext-layer\nmark M\n")
    try player.press("Z Z")
    #expect(player.rows[23].hasPrefix(" Z next  ← back  - finer  + coarser  H↓↑→ move"))
    try player.press("?")
    #expect(player.rows[3].hasPrefix(" Z             next step, or go on"))
    #expect(player.rows[20].hasPrefix(" 12 Z goes 12 steps, 40E to step 40, Tab Tab to the start"))
    try player.press("Z ' a")
    #expect(player.messageRow == "There is no mark a; M and a letter set one.")
    try player.press("s Esc 5x Tab Tab")
    #expect(player.address == "v[0,0,0]" || player.rows[0].contains("v  0 of 32"))
  }

  @Test func `hold in the table, the settings and what an input feeds`() throws {
    var player = try player("down z\nright H\nleft W\nreset Z\nup A\n")
    try player.press("t z")
    #expect(player.rows[3].hasPrefix("▸ p"))
    try player.press("Esc Space e z z H H")
    #expect(player.rows[23].contains("Az setting"))
    #expect(player.rows[4].contains("[") && player.rows[4].contains("7"))
    try player.press("Esc i H H z")
    #expect(player.rows[0].contains("X[2,1,0]"))
  }

  @Test func `that are taken away are not offered`() throws {
    var player = try player("go-to\nautoplay\n")
    try player.press("Space")
    #expect(!player.rows[23].contains("go to") && !player.rows[23].contains("auto"))
    #expect(!player.rows[23].contains("no key"))
  }
}
