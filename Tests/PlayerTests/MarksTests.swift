import Canvas
import ConvolutionEngine
import Lessons
import Player
import Testing
import Walkthrough

/// Marks in grids, strips and footers say what they stand for.
@Suite struct MarksTests {
  @Test func `an unread column's mark stands right before its number and nowhere else`() throws {
    var player = try explore("3x3x1 maxpool:2")
    try player.press("Space")
    #expect(player.rows[3] == "      0   1  !2                        X[0,0,0]         6   0 [  7]")
    #expect(player.rows[6].hasPrefix(" !2   6   7   3"))
  }

  @Test func `where columns are narrow the mark takes the number's place`() throws {
    var player = try explore("8x7x1 conv:3,stride=4")
    try player.press("Space")
    #expect(player.rows[2].hasPrefix("   [0 1 2]! 4 5 6 !  "))
    #expect(player.rows[6].hasPrefix("!3  4 3 9 5 7 6 6 3  "))
  }

  @Test func `the current cell keeps its mark of a change inside its brackets`() throws {
    var player = try explore("5x5x2 conv:3,filters=2,padding=1,stride=2 maxpool:2")
    try player.press("Space c")
    try player.press("Ctrl-U X[1,1,0]=99999 Enter")
    #expect(player.rows.contains { $0.contains("[~ 99995]") })
  }

  @Test func `a pool that leaves something over says what its formula comes to`() throws {
    var player = try explore("3x3x1 maxpool:2")
    try player.press("Space")
    #expect(player.rows.contains { $0.hasPrefix(" width  (3 − 2)/2 + 1 = 1.5, floor 1     ") })
    player = try explore("3x3x1 maxpool:2,rounding=ceil")
    try player.press("Space")
    #expect(player.rows.contains { $0.hasPrefix(" width  (3 − 2)/2 + 1 = 1.5, ceil 2     ") })
    try player.press("s")
    #expect(!player.rows.joined().contains("no room"))
    #expect(
      player.rows.contains { $0.contains("one more window, which hangs over the edge by 1.") })
  }

  @Test func `a strip numbers only columns that there are`() throws {
    var player = try explore("7x7x1 conv:3,stride=3,padding=1")
    try player.press("e")
    #expect(player.rowsWithoutPanels[15] == " column     :  0  1  2  3  4  5  6  :")
    player = try explore("7x7x1 conv:4,stride=2")
    try player.press("e")
    #expect(player.rowsWithoutPanels[15] == " column     0  1  2  3  4  5  6")
    #expect(player.rows.contains { $0.contains("✗]  no room: X ends at 6") })
  }

  @Test func `a long message has two rows, and of a longer path the middle is left out`() throws {
    var player = try explore("3x3x1 relu")
    let folder = "/home/ada/" + String(repeating: "deep/", count: 8) + "convwalk"
    player.report("your progress is not kept: \(folder) is not a regular file; remove it.")
    #expect(
      player.rows[21...22] == [
        " your progress is not kept: /home/ada/deep/…/deep/deep/deep/convwalk is not a",
        " regular file; remove it.",
      ])
    player.report("it is kept: \(folder) is a regular file.")
    #expect(
      player.rows[21...22] == [
        " it is kept: \(folder) is a", " regular file.",
      ])
  }

  @Test func `what is wrong is told whole, over what stands there`() throws {
    var player = try explore("11x11x4 conv:5,filters=2,stride=2,name=v")
    try player.press("Space")
    #expect(player.rows[18...21].allSatisfy { !$0.isEmpty })
    let problems = (1...4).map { "mine.yaml:\($0):1: line \($0) is wrong" }
    player.report((["4 problems:"] + problems).joined(separator: "\n"))
    #expect(player.rows[18...22] == ([" 4 problems:"] + problems.map { " \($0)" })[...])
    #expect(player.rows[17].hasPrefix("▸") || !player.rows[17].isEmpty)
    #expect(player.screen().frame.overwritten == 0)
    // On a tall screen nothing stands there, and the rows are as many as the text needs.
    player = try explore("3x3x1 relu", size: Size(columns: 80, rows: 43))
    let words = (1...60).map { "word\($0)" }.joined(separator: " ")
    player.report(words)
    let told = player.rows[30...41].joined(separator: " ").split(separator: " ")
    #expect(told.filter { $0.hasPrefix("word") }.joined(separator: " ") == words)
  }

  @Test func `an unread column that the strip does not reach is said in words`() throws {
    var player = try explore("32x32x1 conv:5,stride=2")
    try player.press("e")
    #expect(player.rows[20] == " unread     ! column 31")
  }
}

/// Settings that do not help are not offered, and nothing changed is nothing changed.
@Suite struct SettingsAdviceTests {
  @Test func `only settings with which every layer can be made are offered`() throws {
    var player = try explore("9x9x1 conv:3,stride=2 maxpool:4")
    try player.press("e Down Down Down Down Right")
    let advice = try #require(player.rows.first { $0.hasPrefix(" To make it fit: ") })
    for part in advice.dropFirst(17).split(separator: " · ") {
      let words = part.split(separator: " ").compactMap { Int($0) }
      #expect(words.count == 2 && words[1] >= 4, "\(advice)")
    }
  }

  @Test func `Enter with nothing changed stays and says so`() throws {
    var player = try explore("11x11x4 conv:5,filters=2,stride=2,name=v maxpool:2")
    try player.press("6Space")
    let address = player.address
    try player.press("e Enter")
    #expect(player.address == address)
    #expect(player.messageRow == "Nothing was changed.")
    try player.press("e Right Left Enter")
    #expect(player.address == address)
    #expect(player.messageRow == "Nothing was changed.")
  }
}

/// What a question's field takes, and what its footer says.
@Suite struct QuestionFieldTests {
  private let example = "11x11x4 conv:5,filters=2,stride=2,name=v"

  @Test func `the footer says that a hint is typed, and how to leave`() throws {
    var player = try explore(example)
    try player.press("5Space p")
    #expect(player.rows[23] == " Enter answer  ? Enter hint  ?? Enter show it  Esc leave")
    player = try lesson("worked-example")
    try open("worked-example", in: &player)
    for _ in 0..<40 where !player.rows.joined().contains("Your answer:") {
      try player.press("Space")
    }
    #expect(
      player.rows[23]
        == " Enter answer  ? Enter hint  ?? Enter show it  Esc look, then q quit  PgDn skip")
  }

  @Test func `three question marks show the answer, Ctrl-U empties the field, q is explained`()
    throws
  {
    var player = try explore(example)
    try player.press("5Space p 123 Ctrl-U")
    #expect(player.rows.contains { $0.contains("Your answer:  _") })
    try player.press("q Enter")
    #expect(player.rows.contains { $0.contains("Esc leaves the field, then q quits.") })
    try player.press("??? Enter")
    #expect(player.rows.contains { $0.contains("The answer: −34") })
  }

  @Test func `one slice sum is one`() throws {
    var player = try explore("5x5x1 conv:3,name=v")
    try player.press("p")
    #expect(player.rows.contains { $0.contains("The slice sum is ") })
    player = try explore("6x6x1 conv:3,bias=no,name=v")
    try player.press("p")
    #expect(player.rows.contains { $0.contains("What is v[0,0,0]? The row sums are 3, −19, 8.") })
  }

  @Test func `one of a thing is one in every sentence`() throws {
    var player = try explore("1x1x1 conv:1,bias=no,name=v")
    try player.press("+ Space")
    let map = player.rows.joined(separator: "\n")
    #expect(map.contains("over the only window: 1 · 1 = 1 product, one map. 1 filter, 1 map."))
    try player.press("+")
    let layer = player.rows.joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(layer.contains("The 1 parameter stays 1 for any size of picture; the 1 product does"))
  }

  @Test func `a character that the screen cannot show is not named`() throws {
    var player = try explore(example)
    try player.press("日")
    #expect(player.messageRow == "That key does nothing here; ? lists the keys.")
    try player.press("ü")
    #expect(player.messageRow == "ü does nothing here; ? lists the keys.")
  }

  @Test func `an arrow key at a stop of text does not leave it`() throws {
    var player = try lesson("why-not-dense")
    let course = try open("why-not-dense", in: &player)
    let text = try #require(course.stops.firstIndex { $0.view == .text })
    for _ in 0..<text { try player.press("PgDn") }
    let title = player.rows[0]
    try player.press("Right")
    #expect(player.rows[0] == title)
    #expect(player.messageRow == "Nothing moves here; Space goes on.")
    #expect(!player.rows[23].contains("move") && !player.rows[23].contains("depth"))
  }
}
