import ConvolutionEngine
import ExactNumbers
import Walkthrough

/// Questions: their answers and slips computed, and what is told from one another.
extension StopBuilder {
  mutating func question(
    _ draft: QuestionDraft, at place: Stop.Place?, in network: Network, _ loss: PlacedLoss?
  ) -> Question? {
    if let task = draft.task { return question(draft, task, loss) }
    var choices = draft.choices.map(\.value)
    guard let written = written(draft.answer, of: choices) else { return nil }
    if choices.isEmpty, written.expression?.isComparison == true { choices = Question.yesOrNo }
    guard let answer = values(written, draft.answer, of: choices) else { return nil }
    let slips = slips(draft, answer, choices)
    let (expression, why) = (choices.isEmpty ? written.expression : nil, sentence(draft.why))
    var hints = draft.hints.map { sentence($0) }
    if expression != nil, let hint = Question.hint(from: why, answer) { hints.append(hint) }
    return Question(
      ask: Question.text(sentence(draft.ask), choices), answer: answer, choices: choices,
      asked: expression.map { asked($0, answer, at: place, in: network) } ?? [],
      slips: slips, hint: hints[0], why: why, furtherHints: Array(hints.dropFirst()),
      steps: expression.map { steps(to: answer, $0, slips, draft.why) } ?? [],
      isCount: expression?.isCount ?? false)
  }

  /// A question that is a task.
  private mutating func question(
    _ draft: QuestionDraft, _ task: TaskDraft, _ loss: PlacedLoss?
  ) -> Question? {
    let setting = Question.Task.Setting(scenes: evaluator.scenes, scene: scene, loss: loss)
    guard let task = self.task(task, answer: draft.answer, in: setting) else { return nil }
    return Question(
      ask: sentence(draft.ask), answer: [], slips: [], hint: sentence(draft.hints[0]),
      why: sentence(draft.why), furtherHints: draft.hints.dropFirst().map { sentence($0) },
      task: task)
  }

  private mutating func asked(
    _ written: WrittenAnswer, _ answer: [Number], at place: Stop.Place?, in network: Network
  ) -> Set<Question.Asked> {
    guard written.isArithmetic,
      let layer = place?.step.flatMap({ network.layer(named: $0.layer) })
    else { return evaluator.asked(written, in: scene) }
    let whole = answer.compactMap { $0.ratio.flatMap { $0.isWhole ? Int($0.numerator) : nil } }
    return Question.Asked.sides(of: layer, equalTo: whole)
  }

  /// The numbers on the way to an answer that can be told from it, from its slips and from each
  /// other: those that it is computed from, and those of the equations in the worked answer.
  private mutating func steps(
    to answer: [Number], _ written: WrittenAnswer, _ slips: [Question.Slip], _ why: Placed<String>
  ) -> [Question.Slip] {
    var known = Set(slips.map(\.answer) + [answer])
    var found = evaluator.steps(of: written, in: scene)
    if answer.count == 1 {
      for equation in StatedText(why.value).equations {
        for side in [equation.left, equation.right] {
          guard log.spend(.expression(side.utf8.count), "this text", at: why.place) else {
            return []
          }
          if let value = try? evaluator.value(side.unicodeScalars, in: scene) {
            found.append(Question.Slip(step: value))
          }
        }
      }
    }
    return found.filter { known.insert($0.answer).inserted }
  }

  /// The slips whose answers can be computed; two that are the same are told.
  private mutating func slips(
    _ draft: QuestionDraft, _ answer: [Number], _ choices: [String]
  ) -> [Question.Slip] {
    var known = [(answer, draft.answer.place)]
    var slips: [Question.Slip] = []
    for slip in draft.slips {
      guard let written = written(slip.answer, of: choices),
        let value = values(written, slip.answer, of: choices)
      else { continue }
      if let same = known.first(where: { $0.0 == value }) {
        log.add(
          .stops(
            same.1 == draft.answer.place
              ? .slipIsAnswer(Question.text(of: value))
              : .slipsEqual(Question.text(of: value), line: same.1.line)),
          at: slip.answer.place)
      }
      known.append((value, slip.answer.place))
      slips.append(Question.Slip(answer: value, says: sentence(slip.says)))
    }
    return slips
  }

  /// What an answer says.
  private enum Written {
    /// One of the choices, by its words or its number from 1.
    case choice(Int)
    case expression(WrittenAnswer)

    var expression: WrittenAnswer? {
      if case .expression(let answer) = self { answer } else { nil }
    }
  }

  /// Reads an answer; nil after a problem.
  private mutating func written(_ text: Placed<String>, of choices: [String]) -> Written? {
    if !choices.isEmpty, let choice = Question.choice(text.value, of: choices) {
      return .choice(choice)
    }
    guard log.spend(.expression(text.value.utf8.count), "this answer", at: text.place) else {
      return nil
    }
    return reporting(text) { _ throws(ExpressionError) in
      .expression(try WrittenAnswer(parsing: text.value))
    }
  }

  /// An answer's numbers, exact, so that what is typed can equal them; or the number of the choice
  /// that it is, of two the first where a comparison holds. nil after a problem.
  private mutating func values(
    _ written: Written, _ text: Placed<String>, of choices: [String]
  ) -> [Number]? {
    guard case .expression(let answer) = written else {
      if case .choice(let choice) = written { return [Number(Int128(choice))] }
      return nil
    }
    let isWord = text.value.allSatisfy { $0.isLetter || $0 == " " }
    if !choices.isEmpty, isWord, !answer.isComparison {
      log.add(.stops(.noChoice(text.value, count: choices.count)), at: text.place)
      return nil
    }
    let scene = scene
    let found = reporting(text) { evaluator throws(ExpressionError) in
      let values = try evaluator.values(of: answer, in: scene)
      for value in values { _ = try evaluator.exact(value, at: 0) }
      return values
    }
    guard var values = found, !choices.isEmpty else { return found }
    if answer.isComparison { values = [values == [Number(1)] ? Number(1) : Number(2)] }
    let numbers = (1...choices.count).map { [Number(Int128($0))] }
    if numbers.contains(values) { return values }
    log.add(.stops(.noChoice(text.value, count: choices.count)), at: text.place)
    return nil
  }

  /// What an expression of a text comes to; nil after a problem, which is told where it stands.
  private mutating func reporting<Value>(
    _ text: Placed<String>,
    _ body: (inout ExpressionEvaluator) throws(ExpressionError) -> Value
  ) -> Value? {
    do throws(ExpressionError) {
      return try body(&evaluator)
    } catch {
      log.add(.expression(text.value, error.cause), at: place(of: text.value, error, in: text))
      return nil
    }
  }
}

extension Question {
  /// The nearest hint: the worked answer without its last number, `1·1 + 2·2 = ?`; nil where it has
  /// no equation that ends with the answer.
  static func hint(from why: String, _ answer: [Number]) -> String? {
    guard answer.count == 1 else { return nil }
    let equal = "= \(text(of: answer))"
    for range in why.places(of: equal) {
      let next = why[range.upperBound...].prefix(2)
      // `= 4` of `= 42`, `= 4.5`, `= 4/5`, `= 4x` and `= 4 + 1` is not the answer's.
      let sign = why[range.upperBound...].first { $0 != " " }
      let goesOn =
        next.first?.isNumber == true || next.first?.isLetter == true
        || [".", ",", "/"].contains(next.first) && next.dropFirst().first?.isNumber == true
        || sign.map { "+−-·×*^".contains($0) } == true
      if !goesOn { return "\(why[..<range.lowerBound])= ?" }
    }
    return nil
  }
}
