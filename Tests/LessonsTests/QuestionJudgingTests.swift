import ConvolutionEngine
import ExactNumbers
import Testing

@testable import Lessons

private func question(_ answer: [Number], slips: [[Number]] = []) -> Question {
  Question(
    ask: "?", answer: answer, slips: slips.map { Question.Slip(answer: $0, says: "slip") },
    hint: "", why: "")
}

@Suite("A typed answer")
struct QuestionJudgingTests {
  @Test(arguments: [
    (Number(6), ["6", "+6", " 6 ", "6.0", "6.", "12/2", "06", "(6)", "6\u{A0}"]),
    (Number(-3), ["-3", "−3", "- 3", "–3", "-6/2"]),
    (Number(1, over: 9), ["1/9", "2/18", "1 / 9"]),
    (Number(1, over: 2), ["0.5", ".5", "+.5", "1/2", "0.50"]),
    (
      Number(14_455_392),
      [
        "14,455,392", "14455392", "14 455 392", "14_455_392", "14'455'392",
        "14\u{202F}455\u{202F}392",
      ]
    ),
  ])
  func `of one number is right however it is written`(answer: Number, typed: [String]) {
    for text in typed { #expect(question([answer]).judge(text) == .right, "\(text)") }
  }

  @Test(arguments: [
    "4x4x2", "4 4 2", "4×4×2", "4 x 4 x 2", "(4, 4, 2)", "4,4,2", "[4,4,2]", "4*4*2", "4X4X2",
    "4;4;2", " 4  4\t2 ",
  ])
  func `of a shape is right however it is written`(typed: String) {
    #expect(question([4, 4, 2].map { Number($0) }).judge(typed) == .right)
  }

  @Test(arguments: ["4x4x2x", "x4x4x2", "4xx4x2", "4,4,,2", "4x4x", "4x4x2,"])
  func `of a shape that is not typed to its end is none yet`(typed: String) {
    #expect(
      question([4, 4, 2].map { Number($0) }).judge(typed)
        == .unreadable("Type three numbers, such as 9x8x7."))
  }

  @Test func `of two numbers is right in their order alone`() {
    let place = question([Number(1), Number(2)])
    for typed in ["(1, 2)", "1 2", "1,2", "1x2"] { #expect(place.judge(typed) == .right) }
    #expect(place.judge("2 1") == .wrong)
    #expect(question([Number(1024), Number(2)]).judge("1,024 x 2") == .right)
  }

  @Test func `names the slip that leads to it`() {
    let asked = question([Number(6)], slips: [[Number(4)], [Number(12)]])
    #expect(asked.judge("12") == .slip(asked.slips[1]))
    #expect(asked.judge("5") == .wrong)
  }

  @Test func `can be a slip that has fewer numbers`() {
    let asked = question([4, 4, 2].map { Number($0) }, slips: [[Number(4), Number(4)]])
    #expect(asked.judge("4x4") == .slip(asked.slips[0]))
    #expect(asked.judge("5x5") == .unreadable("Type three numbers, such as 9x8x7."))
    #expect(asked.judge("4x4x3") == .wrong)
  }

  @Test(arguments: [
    "", " ", "six", "4x4", "1,5", "1 2", "--3", "1/0", "1e3", "1/2/3", "0x10", "-", ".", "/", ",",
    "1,2345", "½", "６", "a6", "5 x", "x5", "5*", "(5,)", "5 5", String(repeating: "1", count: 300),
  ])
  func `that is no number is told what one looks like`(typed: String) {
    #expect(
      question([Number(6)]).judge(typed)
        == .unreadable("Type one number, such as -3, 0.5 or 1/9."), "\(typed)")
  }

  @Test func `is shown as it is written in the field`() {
    #expect(Question.text(of: [Number(-3)]) == "−3")
    #expect(Question.text(of: [Number(1), Number(2)]) == "(1, 2)")
    #expect(Question.text(of: [4, 4, 2].map { Number($0) }) == "4×4×2")
  }
}
