import Canvas
import ExactNumbers
import Lessons
import Testing
import Walkthrough

@testable import Player

/// The screen that the keys of a player's command line lead to.
private func replayed(_ player: Player, _ words: [String]? = nil) throws -> Player {
  let words = words ?? player.commandWords
  let options = try #require(words.firstIndex { $0.hasPrefix("--") })
  var other = try explore(words[2..<options].joined(separator: " "), size: player.size)
  func value(of option: String) -> String? {
    words.firstIndex(of: option).map { words[$0 + 1] }
  }
  if let place = value(of: "--at") { try other.carryOut(other.goTo(Address(parsing: place))) }
  if let grain = value(of: "--grain") {
    other.carryOut(other.use(try #require(Grain.allCases.first { $0.name == grain })))
  }
  try other.press(value(of: "--keys") ?? "")
  return other
}

/// The rows without the one in which it is said what just happened.
private func shown(_ player: Player) -> [String] {
  player.rows.indices.filter { $0 != player.size.rows - 2 }.map { player.rows[$0] }
}

@Suite struct `The command line of a screen` {
  private let example = "7x7x2 conv:3,filters=2,name=v relu,name=end maxpool:2,name=p"

  @Test(arguments: [
    "e Down Down Left Enter 3Space", "e 12Right Enter Tab", "e Down Down Down Right Enter v d",
    "c X[2,2,0]=9 Enter", "Space c Ker1[0,0,1]=-3 Enter c b0=7 Enter - - 4Space d",
    "2Tab e Right Enter ( c X[0,0,0]=4 Enter e 5Down Right Enter",
    "e Down Down r Enter u e 2Right Enter",
    "Tab e c X[0,0,0]=4 Enter Tab Space", "c X[0,0,0]=4 Enter Tab",
  ])
  func `has the keys of every live change that stands`(keys: String) throws {
    var player = try explore(example)
    try player.press(keys)
    #expect(try shown(replayed(player)) == shown(player))
  }

  @Test func `has no keys of changes that were taken back`() throws {
    var player = try explore(example)
    try player.press("e Down Down Left Enter u")
    #expect(player.commandLine == "convwalk explore \(example) --at v --grain window --keys Home")
  }

  @Test func `leads to a stop's own scene and to what was moved there`() throws {
    let folder =
      #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
      .joined(separator: "/") + "/lessons"
    let lesson = try Catalogue(folder: folder).lesson(named: "shifts")
    let stop = try #require(lesson.stops.firstIndex { $0.view == .shift })
    for keys in ["Space ?? Enter Right Right", "Space ?? Enter Down g v[1,1,0] Enter", "g v Enter"]
    {
      var player = Player(Presentation(lesson), size: Size(columns: 80, rows: 24))
      player.carryOut(player.open(lesson, at: stop))
      try player.press(keys)
      let words = player.commandWords
      if words.contains("--at") {
        #expect(keys == "g v Enter")
        continue
      }
      #expect(words[..<5] == ["convwalk", "lesson", "shifts", "--stop", "\(stop + 1)"])
      var other = Player(Presentation(lesson), size: Size(columns: 80, rows: 24))
      other.carryOut(other.open(lesson, at: stop))
      try other.press(words[6])
      #expect(shown(other) == shown(player), "\(words)")
    }
  }

  @Test(arguments: [
    "B", "B g dKer1[2,0,1] Enter - v", "Tab B ] ] Space Space", "B g 0 Enter -", "B g db0@3 Enter",
    "c X[2,2,0]=9 Enter B Tab",
  ])
  func `leads to the way back, and comes back to it`(keys: String) throws {
    var player = try explore(example)
    try player.press(keys)
    let before = shown(player)
    try player.press("y")
    guard case .commandLine(let screen) = player.overlay else {
      Issue.record("no command line is shown")
      return
    }
    try player.press("Esc")
    #expect(shown(player) == before)
    #expect(try shown(replayed(player, screen.words)) == before, "\(screen.words)")
  }

  @Test func `is said to be printed by the words that print it`() throws {
    var player = try explore(example, size: Size(columns: 100, rows: 30))
    try player.press("y")
    #expect(
      player.rows.contains { $0.contains("frame instead of explore, and --size 100x30 at its end") }
    )
    var lesson = try lesson("worked-example")
    try lesson.press("y")
    #expect(lesson.rows.contains { $0.contains("With frame --lesson instead of lesson it is") })
  }

  @Test func `is broken by backslashes where it is long`() {
    let long = String(repeating: "ab'c", count: 20)
    let lines = shellLines(["convwalk", "explore", long, "--keys", "a b"], width: 40)
    #expect(lines.count > 3)
    #expect(lines.allSatisfy { $0.unicodeScalars.count <= 40 })
    #expect(
      lines.dropLast().allSatisfy { $0.hasSuffix("\\") } && !lines[lines.count - 1].hasSuffix("\\"))
    #expect(shellLines(["a", "b c"], width: 40) == ["a 'b c'"])
  }
}

@Suite struct `A live change` {
  @Test(arguments: [
    (
      "X[1,1,0]=9999999",
      "9999999 is too large; numbers from −1,000,000 to 1,000,000 can be put in."
    ),
    ("b7=1", "There is no b7 here; what can be changed is X, Ker0 to Ker1 and b0 to b1."),
    ("conv[0,0,0]=1", "conv is computed; what can be changed is X, Ker0 to Ker1 and b0 to b1."),
    ("Ker0[0,0,0]=1/3", "1/3 is not a whole number; only whole numbers can be put in."),
    ("X[9,0,0]=1", "There is no X[9,0,0]; X is 5×5×1."),
    ("Ker1=1", "Say which number of Ker1: x, y and depth, as in Ker1[0,0,0]."),
  ])
  func `that cannot be is refused by its fault`(typed: String, says: String) throws {
    var player = try explore("5x5x1 conv:3,filters=2")
    try player.press("c \(typed) Enter")
    #expect(player.messageRow == says)
  }

  @Test func `says which numbers a setting makes anew`() throws {
    var player = try explore("5x5x1 conv:3 relu")
    try player.press("e Down Down Left Enter")
    #expect(
      player.messageRow == "conv is now 4×4×1. New weights of conv come from the seed. u undoes.")
    try player.press("u e 9Up 2Right Enter")
    #expect(player.messageRow == "conv is now 5×3×1. X repeats its columns. u undoes.")
  }
}
