import ConvolutionEngine
import ExactNumbers

extension Question {
  /// What to say to a typed answer: equal numbers are equal however they are written.
  ///
  /// `6`, `-3`, `−3`, `+3`, `1/9`, `½`, `0.5`, `0,5`, `50%`, `14,455,392`, `32*32*3`, `= 3072`,
  /// `3072 numbers`; several as `4x4x2`, `4 4 2`, `4×4×2`, `(1, 2)`, `(None, 4, 4, 2)`.
  package func judge(_ typed: String) -> Verdict {
    if !choices.isEmpty { return judgeChoice(typed) }
    let text = TypedNumbers(typed)
    // A slip can have another count: a shape without its depth.
    let counts = Set([answer.count] + slips.map(\.answer.count)).sorted()
    let readings = counts.flatMap { text.readings(count: $0) }
    let numbers = readings.map { $0.map { Number.ratio($0.value) } }
    if numbers.contains(answer) { return .right }
    if let slip = slips.first(where: { numbers.contains($0.answer) }) { return .slip(slip) }
    // What costs no try, for it may be what was meant.
    guard let reading = readings.first(where: { $0.count == answer.count }) else {
      return .unreadable(text.hasThousandsPoints ? Question.thousands : expected)
    }
    if text.isCalculation, text.isSize, answer.count == 1 { return .unreadable(expected) }
    if text.hasThousandsPoints, answer.allSatisfy({ $0.ratio?.isWhole == true }) {
      return .unreadable(Question.thousands)
    }
    if isRounded(reading, from: answer) {
      return .unreadable("That is rounded. Type the number itself, as a fraction such as 1/9.")
    }
    if let slip = slips.first(where: { isRounded(reading, from: $0.answer) }) { return .slip(slip) }
    return step(numbers, reading).map { .slip($0) } ?? .wrong
  }

  private static let thousands =
    "A point begins the decimals here. Type thousands as 3072 or 3,072."

  /// Whether numbers were typed with fewer digits than an answer has.
  private func isRounded(_ typed: [TypedNumbers.Typed], from answer: [Number]) -> Bool {
    guard typed.count == answer.count else { return false }
    let pairs = zip(typed, answer).filter { Number.ratio($0.value) != $1 }
    return !pairs.isEmpty
      && pairs.allSatisfy { typed, number in
        number.ratio.map { typed.isRounded(from: $0) } ?? false
      }
  }

  /// A mistake that no lesson has to foresee: a number on the way, the right ones in another order,
  /// decimals of what is counted.
  private func step(_ numbers: [[Number]], _ reading: [TypedNumbers.Typed]) -> Slip? {
    if let step = steps.first(where: { numbers.contains($0.answer) }) { return step }
    let typed = reading.map { Number.ratio($0.value) }
    if answer.count > 1, typed.sorted(by: <) == answer.sorted(by: <) {
      return Slip(
        answer: typed,
        says: "Those are the numbers, in another order: a width stands before a height and that "
          + "before a depth, x before y.")
    }
    guard isCount, let value = reading.first?.value, reading.count == 1, !value.isWhole else {
      return nil
    }
    let (down, up) = (Number(value.floor), Number(value.ceiling))
    guard answer == [down] || answer == [up] else { return nil }
    return Slip(
      answer: typed,
      says: "That is not whole, and what is counted here is: round it "
        + (answer == [down] ? "down, for what is left over makes nothing." : "up."))
  }

  private func judgeChoice(_ typed: String) -> Verdict {
    guard let choice = Question.choice(typed, of: choices) else {
      return .unreadable(
        "Type the number of your choice, 1 to \(choices.count), or the beginning of its words.")
    }
    let chosen = [Number(Int128(choice))]
    if chosen == answer { return .right }
    return slips.first { $0.answer == chosen }.map { .slip($0) } ?? .wrong
  }

  /// The number of a choice, from 1, by that number, by its words or by what only one begins with;
  /// nil for what chooses none.
  static func choice(_ text: String, of choices: [String]) -> Int? {
    let text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    if let number = Int(text) { return choices.indices.contains(number - 1) ? number : nil }
    let words = choices.map { $0.lowercased() }
    if let whole = words.firstIndex(of: text) { return whole + 1 }
    let matches = words.indices.filter { !text.isEmpty && words[$0].hasPrefix(text) }
    return matches.count == 1 ? matches[0] + 1 : nil
  }

  /// A question with its choices behind it: `What does it do? 1: it grows. 2: it stays.`
  static func text(_ ask: String, _ choices: [String]) -> String {
    guard !choices.isEmpty else { return ask }
    return ask + " " + choices.enumerated().map { "\($0 + 1): \($1)." }.joined(separator: " ")
  }

  /// An answer of this question as it is shown: `6`, or the words of a choice.
  package func text(of answer: [Number]) -> String {
    for (index, choice) in choices.enumerated() where answer == [Number(Int128(index + 1))] {
      return choice
    }
    let isSize = isCount || asked.contains { if case .side = $0 { true } else { false } }
    return Question.text(of: answer, isSize: isSize)
  }

  /// The answer as it is shown; of a task the changes that do it.
  package var answerText: String { task?.solutionText ?? text(of: answer) }

  /// What an answer looks like.
  private var expected: String {
    switch answer.count {
    case 1: "Type one number, such as -3, 0.5 or 1/9."
    case 2: "Type two numbers, such as 7 8."
    case 3: "Type three numbers, such as 9x8x7."
    default: "Type \(answer.count) numbers with spaces between them."
    }
  }

  /// An answer as it is shown: `6`, `(1, 2)`; three sides of a size `4×4×2`, three other numbers
  /// `(4, 4, 2)`.
  package static func text(of answer: [Number], isSize: Bool = true) -> String {
    let texts = answer.map { Template.text($0) }
    switch texts.count {
    case 1: return texts[0]
    case 3 where isSize: return texts.joined(separator: "×")
    default: return "(\(texts.joined(separator: ", ")))"
    }
  }
}
