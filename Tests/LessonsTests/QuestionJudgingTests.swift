import ConvolutionEngine
import ExactNumbers
import Testing

@testable import Lessons

private func question(
  _ answer: [Number], slips: [[Number]] = [], isCount: Bool = false
) -> Question {
  Question(
    ask: "?", answer: answer, slips: slips.map { Question.Slip(answer: $0, says: "slip") },
    hint: "", why: "", isCount: isCount)
}

@Suite("A typed answer")
struct QuestionJudgingTests {
  @Test(arguments: [
    (Number(6), ["6", "+6", " 6 ", "6.0", "6.", "12/2", "06", "(6)", "6\u{A0}"]),
    (Number(6), ["６", "= 6", "v[1,0,0] = 6", "2*3", "(11-5)/2+3", "6 numbers", "6 cells.", "२*３"]),
    (Number(-3), ["-3", "−3", "- 3", "–3", "-6/2", "3-6", "−３"]),
    (Number(1, over: 9), ["1/9", "2/18", "1 / 9", "⅑", "1⁄9"]),
    (
      Number(1, over: 2),
      ["0.5", ".5", "+.5", "1/2", "0.50", "½", "0,5", "50%", "50 %", "５０％", "50 percent"]
    ),
    (Number(105_000_000), ["105 million", "105000 thousand", "0.105 billion", "105 Million"]),
    (Number(-3, over: 2), ["-1.5", "−1½", "-1,5", "-3/2"]),
    (Number(50), ["50%", "50 percent"]),
    (Number(1, over: 8), ["0.125", "0,125", "⅛", "12.5%", "12,5 %"]),
    (
      Number(3072),
      [
        "3072", "３０７２", "3,072", "32*32*3", "32·32·3", "32 * 32 * 3", "32×32×3", "= 3072",
        "3072 numbers", "32*32*3 = 3072", "3 072", "3’072", "32*96",
      ]
    ),
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
    "4;4;2", " 4  4\t2 ", "(None, 4, 4, 2)", "None, 4, 4, 2", "４×４×２", "4 by 4 by 2",
    "= 4x4x2", "4x4x2 numbers", "(none,4,4,2)",
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
    for typed in ["2 1", "(2, 1)"] {
      guard case .slip(let slip) = place.judge(typed) else {
        Issue.record("\(typed)")
        continue
      }
      #expect(slip.says.hasPrefix("Those are the numbers, in another order"))
    }
    #expect(place.judge("2 2") == .wrong)
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
    "", " ", "six", "4x4", "1 2", "--3", "1/0", "1e3", "0x10", "-", ".", "/", ",", "=", "6 =",
    "a6", "5 x", "x5", "5*", "(5,)", "5 5", "½½", "1,2,3", "%", "numbers", "3 + v", "2*(3",
    "None", String(repeating: "1", count: 300), String(repeating: "(", count: 99),
  ])
  func `that is no number is told what one looks like`(typed: String) {
    #expect(
      question([Number(6)]).judge(typed)
        == .unreadable("Type one number, such as -3, 0.5 or 1/9."), "\(typed)")
  }

  /// Keras writes rows before columns, and here the width stands first.
  @Test func `of a shape in Keras's order is read in that order`() {
    let size = question([7, 5, 2].map { Number($0) })
    #expect(size.judge("(None, 5, 7, 2)") == .right)
    #expect(size.judge("7x5x2") == .right)
    #expect(size.judge("5x7x2") != .right)
  }

  @Test(arguments: [
    (Number(3072), "3.072"), (Number(14_455_392), "14.455.392"), (Number(148_148), "148.148"),
  ])
  func `with points between thousands costs no try`(answer: Number, typed: String) {
    let cure = "A point begins the decimals here. Type thousands as 3072 or 3,072."
    #expect(question([answer]).judge(typed) == .unreadable(cure))
    #expect(question([Number(7)]).judge(typed) == .unreadable(cure))
    #expect(question([Number(3072, over: 1000)]).judge("3.072") == .right)
  }

  @Test(arguments: ["3.67", "3.66", "3.7", "3.6667", "3,67"])
  func `that is a slip's or the answer's number rounded is known`(typed: String) {
    let slip = [Number(11, over: 3)]
    #expect(
      question([Number(3)], slips: [slip]).judge(typed) == .slip(.init(answer: slip, says: "slip")))
    #expect(
      question(slip).judge(typed)
        == .unreadable("That is rounded. Type the number itself, as a fraction such as 1/9."))
    #expect(question([Number(9)]).judge(typed) == .wrong)
  }

  @Test(arguments: [
    (3, "3.67", "down"), (3, "11/3", "down"), (3, "3.5", "down"), (4, "3.67", "up"),
    (4, "7/2", "up"),
  ])
  func `with decimals of what is counted is named`(answer: Int, typed: String, way: String) {
    let asked = question([Number(Int128(answer))], isCount: true)
    guard case .slip(let slip) = asked.judge(typed) else {
      Issue.record("\(asked.judge(typed))")
      return
    }
    #expect(slip.says.contains("round it \(way)"))
    #expect(question([Number(Int128(answer))]).judge(typed) == .wrong)
    #expect(asked.judge("5.5") == .wrong)
  }

  @Test func `is shown as it is written in the field`() {
    #expect(Question.text(of: [Number(-3)]) == "−3")
    #expect(Question.text(of: [Number(1), Number(2)]) == "(1, 2)")
    #expect(Question.text(of: [4, 4, 2].map { Number($0) }) == "4×4×2")
    let three = [4, 4, 2].map { Number($0) }
    #expect(question(three, isCount: true).answerText == "4×4×2")
    #expect(question(three).answerText == "(4, 4, 2)")
  }
}
