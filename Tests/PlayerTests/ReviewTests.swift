import Canvas
import Lessons
import Testing

@testable import Player

@Suite struct `Missed questions` {
  private func entry(_ name: String, later: [Int], shown: [Int]) -> LessonList.Entry {
    LessonList.Entry(
      name: name, title: name, summary: "A lesson.",
      record: CourseRecord(
        lesson: name, stop: 0, stops: 9, done: Array(0..<9), rightAtOnce: [0, 3], rightLater: later,
        shown: shown, isFinished: true))
  }

  @Test func `are opened again from the list, the first one first`() throws {
    var player = Player(
      LessonList([entry("a", later: [3], shown: []), entry("b", later: [4], shown: [2, 5])]),
      size: Size(columns: 80, rows: 24))
    #expect(try player.press("m").contains(.openStop(lesson: "b", 2)))
    #expect(player.rows.contains { $0.contains("done, 2 shown") })
  }

  /// Lessons of three questions each, whose answers are 1, 2 and 3.
  private func lesson(_ name: String) throws -> Lesson {
    let stops = (1...3).map {
      """
        - title: Stop \($0)
          text: Read it.
          question: {ask: What?, answer: \($0), hint: Think., why: So., slips: [{answer: 7, says: No.}]}
      """
    }
    return try Lesson(
      parsing: """
        title: Lesson \(name)
        summary: For a test.
        input: {size: 2x1x1}
        layers: [relu]
        stops:
        \(stops.joined(separator: "\n"))
        """, name: name
    ) { path throws(LessonFileError) in throw .missing(path) }
  }

  private func record(_ name: String, at stop: Int, later: [Int], shown: [Int]) -> CourseRecord {
    CourseRecord(
      lesson: name, stop: stop, stops: 3, done: [0, 1], rightAtOnce: [], rightLater: later,
      shown: shown, isFinished: false)
  }

  /// Presses keys, and opens what they ask for.
  private func press(_ keys: String, _ player: inout Player) throws {
    for key in Key.keys(parsing: keys) {
      for effect in try player.send(.key(key)) {
        guard case .openStop(let name, let stop) = effect else { continue }
        player.carryOut(
          player.open(try lesson(name), record: player.record(of: name), at: stop))
      }
    }
  }

  @Test func `are asked one after another, and say how many there are`() throws {
    let records = [
      "a": record("a", at: 2, later: [1], shown: []),
      "b": record("b", at: 1, later: [], shown: [0]),
    ]
    var player = Player(
      LessonList(
        ["a", "b"].map { .init(name: $0, title: $0, summary: "", record: records[$0]) }),
      size: Player.smallest)
    #expect(player.rows[23].contains("m missed  / filter"), "\(player.rows[23])")
    try press("m", &player)
    #expect(player.rows[0].hasPrefix(" Review, question 1 of 2  ·  Lesson a: Stop 2"))
    #expect(!player.rows[23].contains("back"))
    try press("PgUp", &player)
    #expect(player.messageRow == "This is the first question of the review.")
    try press("Space 2 Enter", &player)
    #expect(player.rows.contains { $0.contains("✓  Right.") })
    try press("Space", &player)
    #expect(player.rows[0].hasPrefix(" Review, question 2 of 2  ·  Lesson b: Stop 1"))
    try press("PgUp", &player)
    #expect(player.rows[0].hasPrefix(" Review, question 1 of 2"))
    try press("PgDn Space 7 Enter 1 Enter Space", &player)
    #expect(player.isListShown)
    #expect(player.messageRow == "The review is over; 1 question is still missed.")
    // A review is no way to go on with a lesson.
    #expect(player.record(of: "a")?.stop == 2 && player.record(of: "b")?.stop == 1)
    #expect(player.record(of: "a")?.rightAtOnce == [1])
    try press("m q", &player)
    #expect(player.review == nil)
  }

  @Test func `are asked in sentences too`() throws {
    let records = [
      record("a", at: 2, later: [1], shown: []), record("b", at: 1, later: [], shown: [0]),
    ]
    var plain = PlainReview(try ["a", "b"].map(lesson), records)
    let first = plain.begin()
    #expect(first[0] == "2 questions that you did not find at the first try.")
    #expect(first[3...4] == ["Review, question 1 of 2, of “Lesson a”.", "Stop 2 of 3: Stop 2."])
    #expect(plain.take("") == ["Question: What?", "Answer:"])
    #expect(plain.take("2").first == "Right.")
    let second = plain.take("") + plain.take("")
    #expect(second.contains("Review, question 2 of 2, of “Lesson b”."), "\(second)")
    #expect(plain.record?.lesson == "b")
    #expect(plain.take("q") == ["You leave the review, question 2 of 2."])
    #expect(plain.isFinished)
    plain = PlainReview([], [])
    #expect(plain.begin() == [Review.nothing] && plain.isFinished)
  }

  @Test func `are none where all were found at the first try`() throws {
    var player = Player(
      LessonList([entry("a", later: [], shown: [])]), size: Size(columns: 80, rows: 24))
    try player.press("m")
    #expect(player.messageRow.hasPrefix("No question is missed"))
  }
}
