import Canvas
import ConvolutionEngine
import Lessons
import Testing

@testable import Player

/// What a lesson's question asks for by name is a `?` wherever that number or size would stand.
@Suite struct `What is asked by its name` {
  /// Each asks at a place where the number that is asked for has been made long before.
  private static let questions = [
    (at: "v[1,0,0]", answer: "v[0,0,0]", asked: "v[0,0,0]"),
    (at: "f[0,0,5]", answer: "v[1,1,0]", asked: "v[1,1,0]"),
    (at: "f[0,0,7]", answer: "f[0,0,3]", asked: "f[0,0,3]"),
    (at: "p[0,0,0]", answer: "v[1,0,0]", asked: "v[1,0,0]"),
    (at: "d[0,0,1]", answer: "d[0,0,0]", asked: "d[0,0,0]"),
  ]

  private func lesson(at: String, answer: String, before: String? = nil) throws -> Lesson {
    let first = before.map { "- {title: First, at: \"\($0)\", text: Look.}" } ?? ""
    return try Lesson(
      parsing: """
        title: Masks
        summary: For a test.
        input: {size: 4x4x1}
        layers:
          ["conv:2,filters=2,name=v", "flatten,name=f", "maxpool:2,name=p,from=v",
           "dense:2,name=d,from=f"]
        stops:
          \(first)
          - title: Asks
            at: "\(at)"
            text: Look.
            question: {ask: What?, answer: "\(answer)", hint: Think., why: So., slips: [{answer: "777", says: No.}]}
        """, name: "masks"
    ) { path throws(LessonFileError) in throw .missing(path) }
  }

  private func opened(_ lesson: Lesson, _ size: Size) throws -> Player {
    var player = Player(Presentation(lesson), size: size)
    player.carryOut(player.open(lesson))
    return player
  }

  @Test(
    arguments: questions.indices,
    [Player.smallest, Size(columns: 132, rows: 43), Size(columns: 200, rows: 60)])
  func `cannot be read until it is answered`(index: Int, size: Size) throws {
    let (at, answer, _) = Self.questions[index]
    let lesson = try lesson(at: at, answer: answer)
    let asked = try #require(lesson.stops[0].question?.asked.first)
    var player = try opened(lesson, size)
    #expect(!player.screen().reveals(asked))
    try player.press("Space")
    #expect(player.rows.contains { $0.contains("QUESTION") })
    #expect(!player.screen().reveals(asked), "\(player.rows.joined(separator: "\n"))")
    try player.press("?? Enter")
    #expect(player.screen().reveals(asked), "\(player.rows.joined(separator: "\n"))")
    #expect(StopScreenCheck.problems(in: lesson, stop: 0) == [])
  }

  @Test(arguments: questions.indices)
  func `is not to be read on the screen before`(index: Int) throws {
    let (at, answer, asked) = Self.questions[index]
    let lesson = try lesson(at: at, answer: answer, before: at)
    #expect(
      StopScreenCheck.problems(in: lesson, stop: 1) == [
        "the screen before shows \(asked), which is asked here; look elsewhere there, or ask for "
          + "another."
      ])
  }

  @Test(arguments: [
    ("width(v) ; height(v) ; depth(v)", "v ?×?×?"), ("width(v)", "v ?×?×2"),
    ("height(v)", "v ?×?×2"),
    ("depth(v)", "v 3×3×?"),
    ("4 - 2 + 1", "v ?×?×2"), ("4 - 2 + 1 ; (4 - 2) + 1 ; 2", "v ?×?×?"), ("2 + 2", "v 3×3×2"),
    ("v[1,0,0]", "v 3×3×2"),
  ])
  func `is no size in a heading`(answer: String, heading: String) throws {
    var player = try opened(try lesson(at: "v[2,0,0]", answer: answer), Player.smallest)
    try player.press("Space")
    #expect(player.rows.contains { $0.contains("\(heading)  map [0]") }, "\(player.rows[6...9])")
    try player.press("?? Enter")
    #expect(player.rows.contains { $0.contains("v 3×3×2  map [0]") })
  }

  @Test func `is to be found in the input`() throws {
    let lesson = try lesson(at: "v[1,0,0]", answer: "X[1,1,0]", before: "v[1,0,0]")
    var player = try opened(lesson, Player.smallest)
    try player.press("Space Space Space")
    #expect(player.rows.contains { $0.contains("QUESTION") })
    #expect(player.screen().reveals(.cell("X", Cell(1, 1, 0))))
    #expect(StopScreenCheck.problems(in: lesson, stop: 1) == [])
  }

  @Test func `hides no other number that is as large`() throws {
    // v[2,0,0] = v[2,1,0] = −6, where the walk stands.
    var player = try opened(try lesson(at: "v[2,1,0]", answer: "v[2,0,0]"), Player.smallest)
    try player.press("Space")
    #expect(player.rows.contains { $0.contains("[ −6]") })
  }
}

/// dX is 4 8 4: the number that is asked for is as large as the one that the stop looks at.
@Suite struct `What is asked of what flows back` {
  private func lesson(asking answer: String, before: String = "") throws -> Lesson {
    try Lesson(
      parsing: """
        title: Masks
        summary: For a test.
        input: {size: 3x1x1, depths: "1 2 3"}
        layers: [{name: v, kind: conv, size: 2x1, weights: [["1 1"]], bias: no}]
        loss: {upstream: ["4 4"]}
        stops:
          \(before)
          - title: Asks
            from: "dX[2,0,0]"
            text: Look.
            question: {ask: What?, answer: "\(answer)", hint: Think., why: So., slips: [{answer: "777", says: No.}]}
        """, name: "masks"
    ) { path throws(LessonFileError) in throw .missing(path) }
  }

  @Test(arguments: [
    ("dX[0,0,0]", ["dX[1,0,0]", "dX[2,0,0]"]), ("dX[2,0,0]", ["dX[0,0,0]", "dX[1,0,0]"]),
    ("dX[1,0,0]", ["dX[0,0,0]", "dX[2,0,0]"]),
  ])
  func `is hidden by its name, and no other number for its size`(
    asked: String, others: [String]
  ) throws {
    let lesson = try lesson(asking: asked)
    #expect(lesson.stops[0].question?.asked == [.gradient(asked)])
    var player = Player(Presentation(lesson), size: Player.smallest)
    player.carryOut(player.open(lesson))
    for key in ["", "Space"] {
      try player.press(key)
      #expect(!player.screen().reveals(.gradient(asked)), "\(player.rows)")
      for other in others { #expect(player.screen().reveals(.gradient(other)), "\(player.rows)") }
    }
    try player.press("?? Enter")
    #expect(player.screen().reveals(.gradient(asked)))
  }

  @Test func `is told by a check where the screen before shows it`() throws {
    let before = "- {title: First, from: \"dX[1,0,0]\", text: Look.}"
    let lesson = try lesson(asking: "dX[0,0,0]", before: before)
    #expect(
      StopScreenCheck.problems(in: lesson, stop: 1) == [
        "the screen before shows dX[0,0,0], which is asked here; look elsewhere there, or ask for "
          + "another."
      ])
  }
}
