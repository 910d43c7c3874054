import ConvolutionEngine
import ExactNumbers
import TestSupport

@testable import Lessons

/// Holds what computes a lesson's expressions to numbers, or a problem inside the text.
///
/// - Parameter scenes: whose layers the text may name.
func holdExpressionPromises(_ text: String, in scenes: [String: Scene]) throws {
  var evaluator = ExpressionEvaluator(scenes)
  do {
    _ = try evaluator.values(of: try WrittenAnswer(parsing: text), in: Scene.main)
  } catch {
    let isInside = (0...text.unicodeScalars.count).contains(error.offset)
    try hold(isInside, "\(error.offset) is inside the text")
    try holdReadable("\(error.cause).")
  }
}

/// Holds the judge of what a person types to words that can be shown, and to taking as right what it
/// shows as the answer.
func holdAnswerPromises(_ typed: String) throws {
  for answer in [
    [Number(-3)], [Number(7), Number(1, over: 8)], [Number(4), Number(4), Number(2)],
  ] {
    let slip = Question.Slip(answer: [Number(12_345)], says: "The digits in their order.")
    let question = Question(ask: "How many?", answer: answer, slips: [slip], hint: "", why: "")
    if case .unreadable(let expected) = question.judge(typed) { try holdReadable(expected) }
    try hold(question.judge(Question.text(of: answer)) == .right, "what is shown can be typed")
  }
  // Braces that stand for numbers.
  guard let template = try? Template(typed) else { return }
  let rest = template.pieces.filter { $0 == .text(typed) }
  let isPlain = !typed.unicodeScalars.contains { $0 == "{" || $0 == "}" }
  try hold(!isPlain || rest.count == 1, "a text without braces is itself")
}
