import Canvas
import ExactNumbers
import Exercises
import Lessons
import Testing

@testable import Player

/// A player that practises one topic.
private func practising(_ topics: [Topic] = [.sizes], seed: UInt64 = 3) -> Player {
  var player = Player(size: Size(columns: 80, rows: 24))
  player.carryOut(player.practise(Practice(seed: seed, topics: topics)))
  return player
}

extension Player {
  fileprivate var practiceShown: PracticeScreen? {
    if case .practice(let screen) = overlay { screen } else { nil }
  }

  /// Types a slip, or the answer, as a person does.
  fileprivate mutating func type(_ answer: [Number]) throws {
    let typed = answer.map(\.asciiText).joined(separator: " ")
    for scalar in typed.unicodeScalars { try send(.key(.character(scalar))) }
    try send(.key(.enter))
  }
}

@Suite struct `The screen of practice` {
  @Test func `shows the topics with their marks, the question and a field`() {
    let rows = practising([.sizes, .pools]).rows
    #expect(rows[0].hasPrefix(" Practice: sizes, how large a convolution's output is"))
    #expect(rows[0].hasSuffix(" seed 3"))
    #expect(rows[1] == "")
    #expect(
      rows[3].hasPrefix(" QUESTION 4 filters of 3×3 with stride 1, no padding and dilation 3"))
    #expect(rows[6] == " Your answer:  _")
    #expect(rows[23] == " Enter answer  ? Enter hint  ?? Enter show it  Esc leave")
  }

  @Test func `tells a slip by what it is, and then lets the walk show the answer`() throws {
    var player = practising()
    let slip = try #require(player.practiceShown?.practice.exercise.question.slips.first)
    #expect(!player.rows[23].contains("Space"))
    try player.type(slip.answer)
    #expect(player.rows.joined(separator: " ").contains(slip.says.prefix(40)))
    #expect(player.rows[23].contains("Space walk to it"))
    let address = try #require(player.practiceShown?.practice.exercise.place.step)
    try player.press("Space")
    #expect(player.overlay == nil)
    #expect(player.address == "\(address)")
    #expect(player.rows[23].hasPrefix(" Esc back to the exercise"))
    try player.press("Esc")
    #expect(player.practiceShown?.asking.tries.count == 1)
    #expect(player.practice == nil)
  }

  @Test func `says of a key that it does nothing`() throws {
    var player = practising()
    var test = Player(size: Size(columns: 80, rows: 24))
    test.carryOut(test.take(FinalTest(seed: 3)))
    try player.press("1 Tab")
    try test.press("1 Tab")
    for player in [player, test] {
      #expect(player.messageRow == "Tab does nothing here; Esc leaves.")
      #expect(player.rows.contains { $0.contains("Your answer:  1_") })
    }
  }

  @Test func `gives each hint once, the last one again`() throws {
    var player = practising()
    let question = try #require(player.practiceShown?.practice.exercise.question)
    for hint in [question.hint] + question.furtherHints + question.furtherHints.suffix(1) {
      try player.press("? Enter")
      #expect(player.practiceShown?.asking.feedbackText == "Hint: \(hint)")
    }
  }

  @Test func `marks what was found at the first try, and not what took a hint`() throws {
    var player = practising()
    try player.type(player.practiceShown?.asking.question.answer ?? [])
    #expect(player.rows.contains { $0.contains("✓  Right.") })
    try player.press("Enter ? Enter")
    try player.type(player.practiceShown?.asking.question.answer ?? [])
    try player.press("Enter ?? Enter Enter")
    #expect(player.rows[1] == " So far: sizes ✓··")
  }

  /// In a line or two at least, and in full where there is room.
  @Test(arguments: [
    Player.smallest, Size(columns: 132, rows: 43), Size(columns: 200, rows: 60),
  ])
  func `says how what is asked is meant, under every question`(size: Size) throws {
    for kind in ExerciseKind.allCases {
      for seed in 1...3 as ClosedRange<UInt64> {
        var practice = Practice(seed: seed)
        while practice.exercise.kind != kind { practice.goOn(.found) }
        var player = Player(size: size)
        player.carryOut(player.practise(practice))
        let text = player.rows.joined(separator: " ").split(separator: " ").joined(separator: " ")
        #expect(text.contains("Sizes are width × height × depth"), "\(kind) \(seed)")
        #expect(text.contains("rounded down"), "\(kind) \(seed)")
        #expect(player.screen().frame.overwritten == 0)
        if size != Player.smallest { #expect(text.contains("a size as 9x8x7")) }
      }
    }
  }

  @Test func `of every topic leads into the walk and back`() throws {
    for kind in ExerciseKind.allCases {
      var player = Player(size: Size(columns: 80, rows: 24))
      let exercise = Exercise(kind, seed: 2, number: 1)
      var practice = Practice(seed: 2, topics: [exercise.topic])
      while practice.exercise.kind != kind { practice.goOn(.found) }
      player.carryOut(player.practise(practice))
      try player.press("?? Enter")
      #expect(player.screen().overflow == 0, "\(practice.exercise.question)")
      #expect(player.screen().frame.clipped == 0)
      try player.press("Space")
      #expect(player.network == practice.exercise.network)
      #expect(player.screen().frame.clipped == 0)
      try player.press("Esc")
      if player.overlay == nil || player.practiceShown == nil { try player.press("Esc") }
      #expect(player.practiceShown?.practice == practice, "\(kind)")
    }
  }

  @Test func `leads out by Esc, and from the list of lessons back to it`() throws {
    var alone = practising()
    #expect(try alone.press("Esc") == [.quit])
    var player = Player(
      LessonList([.init(name: "one", title: "One", summary: "It is one.")]),
      size: Size(columns: 80, rows: 24))
    try player.press("p")
    #expect(player.practiceShown != nil)
    try player.press("1 Enter ?? Enter Space")
    #expect(player.isListShown == false)
    try player.press("q")
    #expect(player.practiceShown != nil)
    #expect(try player.press("Esc") == [])
    #expect(player.isListShown && player.overlay == nil)
  }
}

@Suite struct `The screen of the final test` {
  private func testing() -> Player {
    var player = Player(size: Size(columns: 80, rows: 24))
    player.carryOut(player.take(FinalTest(seed: 3)))
    return player
  }

  @Test func `asks without a hint, and goes on by itself`() throws {
    var player = testing()
    #expect(player.rows[0].hasPrefix(" The final test     question 1 of 20"))
    try player.press("? Enter")
    #expect(player.rows.contains { $0.hasPrefix(" Type ") })
    try player.type(FinalTest(seed: 3).exercises[0].question.answer)
    #expect(player.rows[0].contains("question 2 of 20"))
    try player.press("Enter")
    #expect(player.rows.contains { $0.contains("PgDn goes on without an answer.") })
    try player.press("PgDn")
    #expect(player.rows[0].contains("question 3 of 20"))
  }

  @Test func `asks before its answers are given up`() throws {
    var player = testing()
    try player.press("PgDn Esc")
    #expect(player.rows[23] == " Give up the test and its answers?  y yes, any other key no")
    try player.press("n")
    #expect(player.overlay != nil && player.rows[0].contains("question 2 of 20"))
    #expect(player.messageRow == "The test goes on.")
    #expect(try player.press("Esc y") == [.quit])
    // Where none was given there is nothing to lose.
    var fresh = testing()
    #expect(try fresh.press("Esc") == [.quit])
  }

  @Test func `ends with the account, which scrolls`() throws {
    var player = testing()
    for _ in 0..<20 { try player.press("PgDn") }
    #expect(player.rows[2] == " 0 of 20 right.")
    #expect(player.rows[3] == " Read again:")
    try player.press("Down")
    #expect(player.rows[2] == " Read again:")
    try player.press("PgDn PgDn PgDn PgDn PgDn PgDn PgDn")
    #expect(player.rows[21].count > 1)
    #expect(try player.press("Esc") == [.quit])
  }

  @Test func `is kept at its end, the best one, and stands in the list`() throws {
    var player = Player(
      LessonList([.init(name: "max-pooling", title: "Max pooling", summary: "It is one.")]),
      size: Player.smallest)
    try player.press("t")
    let test = FinalTest(seed: 0)
    for exercise in test.exercises.prefix(3) { try player.type(exercise.question.answer) }
    for _ in 0..<16 { try player.press("PgDn") }
    let effects = try player.press("PgDn")
    guard case .recordTest(let marks) = effects.first else {
      Issue.record("\(effects)")
      return
    }
    #expect(
      marks.map(\.isFound) == Array(repeating: true, count: 3) + Array(repeating: false, count: 17))
    #expect(player.rows[2] == " 3 of 20 right.")
    #expect(player.rows.contains { $0.contains("pools: “Max pooling”") })
    try player.press("Esc")
    #expect(player.rows[0].hasSuffix("final test 3 of 20 right,  0 of 1 lessons done"))
    try player.press("t")
    for _ in 0..<20 { try player.press("PgDn") }
    #expect(player.rows[2] == " 0 of 20 right.")
    try player.press("Esc")
    #expect(player.rows[0].contains("final test 3 of 20 right"))
    // One that is given up is none.
    try player.press("R y t PgDn Esc y")
    #expect(!player.rows[0].contains("final test"))
  }
}

@Suite struct `Practice in sentences` {
  @Test func `asks, judges by the slip, gives hints and says where to see it`() throws {
    let practice = Practice(seed: 3, topics: [.pools])
    let question = practice.exercise.question
    var plain = PlainPractice(practice)
    #expect(plain.begin().suffix(2) == ["1. \(question.ask)", "Answer:"])
    #expect(plain.take("") == ["Type an answer; ? is a hint, ?? the answer.", "Answer:"])
    #expect(plain.take("?") == ["Hint: \(question.hint)", "Answer:"])
    #expect(plain.take("?") == ["Hint: \(question.furtherHints[0])", "Answer:"])
    let slip = question.slips[0]
    #expect(plain.take(Question.text(of: slip.answer)) == [slip.says, "Answer:"])
    let said = plain.take(Question.text(of: question.answer))
    #expect(said[0] == "Right.")
    #expect(said[1] == question.why)
    #expect(said[2].hasPrefix("To see it: convwalk explore "))
    #expect(said[4].hasPrefix("2. "))
    #expect(
      plain.take("q") == ["You leave after 1 exercise.", "pools: 0 of 1 at the first try."])
    #expect(plain.isFinished)
  }

  @Test func `can be the final test`() {
    var plain = PlainPractice(FinalTest(seed: 3))
    for _ in 0..<19 { #expect(plain.take("").count > 1) }
    #expect(plain.take("").first == "0 of 20 right.")
    #expect(plain.isFinished)
  }
}
