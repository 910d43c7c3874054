import ConvolutionEngine
import ExactNumbers

extension LessonCheck {
  /// Answers that are told before they are asked for: texts compute the very same.
  static func toldAnswers(in reading: LessonReading, _ log: inout ProblemLog) {
    let scenes = reading.lesson.scenes
    var before: StopDraft?
    for stop in reading.draft.stops where !log.isFull {
      defer { before = stop }
      guard let question = stop.question, question.task == nil, question.choices.isEmpty else {
        continue
      }
      let answers = question.answer.value.split(separator: ";").map { withoutSpaces($0) }
      // What stands in the input is to be found there, and a number alone tells nothing.
      let own = stop.scene?.value ?? Scene.main
      let isFound = answers.contains { answer in
        let parts = answer.split(separator: ":", maxSplits: 1)
        let input = scenes[parts.count == 2 ? String(parts[0]) : own]?.network.inputName
        return !answer.contains(where: \.isLetter)
          || input.map { parts.last?.hasPrefix("\($0)[") == true } ?? false
      }
      guard !isFound else { continue }
      var texts = [stop.text, stop.figure, question.ask]
      if let before, before.scene?.value == stop.scene?.value {
        texts += [before.after, before.question?.why]
      }
      let told = texts.compactMap { $0 }.flatMap { expressions(in: $0, &log) }
      let places = answers.map { answer in told.first { withoutSpaces($0.value) == answer } }
      guard let first = places.first.flatMap({ $0 }), places.allSatisfy({ $0 != nil }) else {
        continue
      }
      log.add(
        .stated(.answerTold(first.value)),
        at: reading.text.place(of: first.value, after: first.place))
    }
  }

  /// What stands in the braces of a text, and where the text begins.
  private static func expressions(
    in text: Placed<String>, _ log: inout ProblemLog
  ) -> [Placed<String>] {
    guard log.spend(.template(text.value.utf8.count), "this text", at: text.place),
      let template = try? Template(text.value)
    else { return [] }
    return template.pieces.compactMap { piece in
      if case .expression(let expression, _) = piece { Placed(expression, text.place) } else { nil }
    }
  }

  private static func withoutSpaces(_ text: some StringProtocol) -> String {
    String(text.filter { !$0.isWhitespace })
  }
}
