import Canvas
import ConvolutionEngine
import ExactNumbers
import Foundation
import Lessons
@testable import Player
import Testing
import Walkthrough

/// Every shipped lesson is taken from its first stop to its end by keys.
@Suite struct CourseTests {
  static let names: [String] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../lessons").standardizedFileURL.path
    return (try? Catalogue(folder: folder).names) ?? []
  }()

  @Test func `there is a course`() {
    #expect(Self.names.count >= 20)
  }

  @Test(arguments: names)
  func `a lesson is walked by keys, and every screen of it has room`(name: String) throws {
    var player = try lesson(name)
    let course = try open(name, in: &player)
    guard !course.stops.isEmpty else { return }
    // Reading, place, question, answer, what is said afterwards: never more than six keys a stop.
    for _ in 0..<course.stops.count * 6 {
      let drawn = player.screen()
      let screen = "\(drawn.frame.lines.joined(separator: "\n"))"
      #expect(drawn.overflow == 0, "no room for a text:\n\(screen)")
      #expect(drawn.frame.clipped == 0 && drawn.frame.overwritten == 0, "\(screen)")
      #expect(drawn.frame.ascii().cells.allSatisfy { $0.scalar.isASCII }, "\(screen)")
      if drawn.frame.lines[0].contains("  ·  the end") { break }
      let isTask = player.course?.hasOpenTask == true
      try player.press(
        screen.contains("Your answer:") ? "?? Enter" : isTask ? "c ?? Enter" : "Space")
    }
    let end = player.rows
    #expect(end[0].contains("\(course.title)  ·  the end"))
    #expect(end[0].hasSuffix(String(repeating: "✓", count: course.stops.count)))
  }

  @Test(arguments: names)
  func `a lesson's stops have room whatever is answered`(name: String) throws {
    var player = try lesson(name)
    let course = try open(name, in: &player)
    for index in course.stops.indices {
      #expect(StopScreenCheck.problems(in: course, stop: index) == [], "stop \(index + 1)")
    }
  }

  @Test func `a question and what is said to a slip can be too long together`() throws {
    let words = String(repeating: "nine ten ", count: 30)
    let text = """
      title: Long
      summary: Too much.
      input: {size: 3x3x1}
      layers: ["conv:2,name=v"]
      stops:
        - title: Both
          at: v[0,0,0]
          text: Short.
          question:
            ask: \(words)
            answer: 1
            slips: [{answer: 2, says: \(words)}]
            hint: A hint.
            why: A reason.
      """
    let course = try Lesson(parsing: text, name: "long") { path throws(LessonFileError) in
      throw .missing(path)
    }
    #expect(
      StopScreenCheck.problems(in: course, stop: 0)
        == ["what is said to 2 has 1 line too many; shorten it."])
  }

  @Test func `a character that the screen cannot show is named once`() throws {
    let text = """
      title: Tema
      summary: Texts with a wide letter and with an accent of its own.
      input: {size: 3x3x1}
      layers: ["conv:2,name=v"]
      stops:
        - {title: One, at: "v[0,0,0]", text: 漢, after: Te\u{301}ma}
      """
    let course = try Lesson(parsing: text, name: "wide") { path throws(LessonFileError) in
      throw .missing(path)
    }
    let advice = "leave it out, or write an accented letter as one character."
    #expect(
      StopScreenCheck.problems(in: course, stop: 0) == [
        "the text has the character U+6F22, which is not one column wide, so the screen shows ?; "
          + advice,
        "what is said afterwards has the character U+301, which is not one column wide, so the screen shows ?; "
          + advice,
      ])
  }

  @Test(arguments: names)
  func `the answers of a lesson are right, and its slips are told`(name: String) throws {
    var player = try lesson(name)
    let course = try open(name, in: &player)
    for (index, stop) in course.stops.enumerated() {
      guard let question = stop.question else { continue }
      func typed(_ answer: [Number]) -> String {
        answer.map(\.asciiText).joined(separator: ";") + " Enter"
      }
      player.carryOut(player.open(course, at: index))
      try player.press("Space")
      if question.task != nil {
        try player.press("c ?? Enter")
        #expect(player.rows.contains(" The answer: \(question.answerText)"))
        continue
      }
      for slip in question.slips {
        try player.press(typed(slip.answer))
        #expect(player.rows.contains { $0.contains("✗") }, "stop \(index + 1)")
      }
      try player.press(typed(question.answer))
      #expect(player.rows.contains { $0.contains("✓  Right.") }, "stop \(index + 1)")
    }
  }

  @Test func `the arrow keys move a pattern once the question is answered`() throws {
    var player = try lesson("shifts")
    player.carryOut(player.open(try open("shifts", in: &player), at: 1))
    try player.press("Space")
    func pattern() -> [String] { player.rows[2..<10].map { String($0.prefix(36)) } }
    let before = pattern()
    try player.press("Right")
    #expect(pattern() == before, "not before the answer")
    player.carryOut(player.open(try open("shifts", in: &player), at: 1))
    try player.press("Right")
    #expect(pattern() == before, "not while the stop is read")
    #expect(player.messageRow.contains("once the question is answered"))
    try player.press("Space ?? Enter Right")
    #expect(pattern() != before)
    try player.press("Left")
    #expect(pattern() == before)
  }

  @Test func `a figure's letters have the colours that its legend names`() throws {
    var player = try lesson("picture-is-numbers")
    try open("picture-is-numbers", in: &player)
    let frame = player.screen().frame
    func roles(_ letter: Unicode.Scalar) -> Set<Role> {
      Set(frame.cells.filter { $0.scalar == letter }.map(\.role))
    }
    #expect(roles("@") == [.red] && roles("~") == [.blue] && roles("O") == [.yellow])
    #expect(roles("|") == [.green])
    // The w of a word is no grass.
    #expect(roles("w").isSuperset(of: [.green, .plain]))
  }

  @Test func `a question stands right under what is read`() throws {
    var player = try lesson("picture-is-numbers")
    player.carryOut(player.open(try open("picture-is-numbers", in: &player), at: 5))
    try player.press("Space")
    let question = try #require(player.rows.firstIndex { $0.hasPrefix(" QUESTION") })
    #expect(player.rows[question - 1].trimmingSpaces == "")
    #expect(player.rows[question - 2].trimmingSpaces == "to find them in the numbers.")
  }

  @Test(arguments: [("Up", "↑"), ("Tab", "Tab"), ("Home", "Home"), ("Del", nil)])
  func `a key that does nothing in a question says so`(key: String, name: String?) throws {
    var player = try lesson("picture-is-numbers")
    player.carryOut(player.open(try open("picture-is-numbers", in: &player), at: 5))
    try player.press("Space 1 2 \(key)")
    let message = name.map { "\($0) does nothing in a question; Esc looks around." }
    #expect(player.messageRow == message ?? "")
    #expect(player.rows.contains { $0.hasPrefix(" Your answer:  1\(name == nil ? "" : "2")_") })
  }

  @Test func `on a tall screen a question stands right under the grids`() throws {
    var player = try lesson("one-window", size: Size(columns: 200, rows: 60))
    player.carryOut(player.open(try open("one-window", in: &player), at: 5))
    try player.press("Space")
    let question = try #require(player.rows.firstIndex { $0.hasPrefix(" QUESTION") })
    #expect(question < 24)
    #expect(player.rows[question - 1].trimmingSpaces == "")
    #expect(player.rows[question + 7..<58].allSatisfy { $0.trimmingSpaces == "" })
  }

  @Test func `what a question asks for does not stand beside it`() throws {
    var player = try lesson("pytorch-net")
    player.carryOut(player.open(try open("pytorch-net", in: &player), at: 8))
    for keys in ["", "Space"] {
      try player.press(keys)
      #expect(player.rows[3].hasSuffix("?"))
      #expect(!player.rows.contains { $0.contains("352,800") })
    }
    try player.press("?? Enter")
    #expect(player.rows[3].hasSuffix("352,800"))
    player.carryOut(player.open(try open("borders-and-padding", in: &player), at: 6))
    #expect(player.rows[1].contains("Who reads X[0,0,0]?"))
    try player.press("Space")
    #expect(player.rows[1].contains("Who reads X[4,4,0]?"))
    #expect(!player.rows.contains { $0.contains("■") })
    try player.press("9 Enter")
    #expect(player.rows.count { $0.contains("■  ■  ■") } == 3)
  }

  @Test func `at the end one can look around in the lesson's own network`() throws {
    var player = try lesson("one-window")
    let course = try open("one-window", in: &player)
    try player.press(String(repeating: "PageDown ", count: course.stops.count))
    #expect(player.rows[0].contains("the end"))
    #expect(player.rows[23].contains("look around"))
    try player.press("Right Right")
    #expect(player.address == "v[1,0,0]")
    #expect(player.network == course.network)
    try player.press("r")
    #expect(player.rows[0].contains("the end"))
    #expect(player.rows[2].contains("A picture and a filter"))
  }

  /// Every stop of every lesson, walked to from the first one, come back to, and opened.
  @Test(arguments: names)
  func `a stop looks the same whichever way one came`(name: String) throws {
    var player = try lesson(name)
    let lesson = try open(name, in: &player)
    guard !lesson.stops.isEmpty else { return }
    func opened(at stop: Int) -> Player {
      var player = Player(Presentation(lesson), size: Player.smallest)
      player.carryOut(player.open(lesson, at: stop))
      return player
    }
    /// The screen without the marks of the stops that are done.
    func rows(_ player: Player) -> [String] { Array(player.rows[1...22]) }
    for stop in lesson.stops.indices.dropFirst() {
      let wanted = rows(opened(at: stop))
      var walked = opened(at: stop - 1)
      while walked.course?.stopIndex == stop - 1, walked.course?.phase != .summary {
        try walked.press(walked.course?.hasOpenTask == true ? "PgDn" : "Space")
        if case .asking = walked.course?.phase, walked.course?.awaitsAnswer == true {
          try walked.press(walked.course?.hasOpenTask == true ? "PgDn" : "?? Enter")
        }
      }
      #expect(rows(walked) == wanted, "\(name), stop \(stop + 1) walked to")
      guard stop + 1 < lesson.stops.count else { continue }
      var back = opened(at: stop + 1)
      try back.press("PgUp")
      #expect(rows(back) == wanted, "\(name), stop \(stop + 1) come back to")
    }
    // The end page too: what is looked around from there.
    var ends: [[String]] = []
    for stop in [0, lesson.stops.count - 1] {
      var player = opened(at: stop)
      for _ in stop..<lesson.stops.count { try player.press("PgDn") }
      #expect(player.course?.phase == .summary)
      #expect(player.place == player.walk.start(.window) || player.course?.turned != nil)
      try player.press("Right")
      ends.append(Array(rows(player)))
    }
    #expect(ends[0] == ends[1], "\(name), at its end")
  }

  @Test func `a lesson begun later says at its end what is missing, and begins there again`() throws
  {
    var player = try lesson("one-window")
    let course = try open("one-window", in: &player)
    player.carryOut(player.open(course, at: 1))
    var record: CourseRecord?
    for _ in 0..<course.stops.count * 6 where !player.rows[0].contains("the end") {
      let isAsked = player.rows.contains { $0.contains("Your answer:") }
      for key in isAsked ? [Key.character("?"), .character("?"), .enter] : [.character(" ")] {
        for case .record(let kept) in player.update(.key(key)) { record = kept }
      }
    }
    #expect(
      player.rows.contains {
        $0.contains("Stop 1 is not done yet. Opened again, the lesson begins at stop 1.")
      })
    #expect(player.rows.count { $0.contains("answer shown") } == 6)
    player.carryOut(player.open(course, record: record))
    #expect(player.rows[0].contains("stop 1 of 8"))
    try player.press("Space Space Space")
    #expect(player.rows[0].contains("stop 2 of 8"))
    #expect(player.rows[0].hasSuffix("✓▸✓✓✓✓✓✓"))
  }

  @Test func `keys that lead nowhere are not offered where only text stands`() throws {
    var player = try lesson("picture-is-numbers")
    _ = try open("picture-is-numbers", in: &player)
    #expect(!player.rows[23].contains("move"))
  }

  @Test func `a plain lesson says the numbers that a question is about, and not their sum`() throws
  {
    var player = try lesson("one-window")
    let course = try open("one-window", in: &player)
    var plain = PlainLesson(course, at: 5)
    #expect(plain.begin().contains("Ker: 0 0 0; 2 2 2; −1 −1 −1."))
    #expect(
      plain.take("") == [
        "At v[2,0,0]@[0,1,0].", "The window: 0 0 0; 2 2 2; 0 0 0.",
        "Enter goes on.",
      ])
    #expect(plain.take("").first == "Question: What is v[2,0,0]?")
  }
}

/// Keys that a lesson's texts ask for are pressed where they are read.
@Suite struct `A key that a text names` {
  @Test(arguments: [
    ("Press e now: it opens the settings.", "e"), ("Try the key s: it counts.", "s"),
    ("Then press “Tab”.", "Tab"), ("The key goes on to the next.", ""),
    ("Press a key, or f.", ""), ("Try the key a: it slides.", "a"),
    ("f shows the next map. Press PgDn; then press ?.", "PgDn ?"),
  ])
  func `is found in the text`(text: String, keys: String) {
    let found = Key.asked(by: text).map { $0.name(ascii: true) }.joined(separator: " ")
    #expect(found == keys)
  }

  private func problems(text: String, hint: String = "Think.", end: String = "Done.") throws
    -> [String]
  {
    let text = """
      title: Keys
      summary: Named.
      input: {size: 3x3x1}
      layers: ["conv:2,name=v"]
      stops:
        - title: One
          at: v[0,0,0]
          text: "\(text)"
          question: {ask: What?, answer: "width(v)", hint: "\(hint)", why: So., slips: [{answer: "7", says: No.}]}
      next: "\(end)"
      """
    let lesson = try Lesson(parsing: text, name: "keys") { path throws(LessonFileError) in
      throw .missing(path)
    }
    return StopScreenCheck.problems(in: lesson, stop: 0)
  }

  @Test func `does something there, or the check says that it does nothing`() throws {
    #expect(try problems(text: "Press e: settings. Press s, then press t.") == [])
    for key in ["Z", "d", "X"] {
      let found = try problems(text: "Look. Press \(key): it shows more.")
      #expect(
        found.count == 1
          && found[0].hasPrefix("the text asks for the key \(key), which does nothing"))
    }
    let end = try problems(text: "Look.", end: "Try the key f: the next map.")
    #expect(end.count == 1 && end[0].hasPrefix("the end asks for the key f, which does nothing"))
  }

  @Test func `is not typed into an answer`() throws {
    let found = try problems(text: "Look.", hint: "Press e and see.")
    #expect(
      found.count == 1 && found[0].hasPrefix("the hint asks for the key e, which is typed into"))
    #expect(try problems(text: "Look.", hint: "Esc leaves the field; then press e.") == [])
  }
}
