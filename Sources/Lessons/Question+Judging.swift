import ConvolutionEngine
import ExactNumbers

extension Question {
  /// What to say to a typed answer: equal numbers are equal however they are written.
  ///
  /// `6`, `-3`, `−3`, `+3`, `1/9`, `0.5`, `14,455,392`; several as `4x4x2`, `4 4 2`, `4×4×2`,
  /// `(1, 2)`.
  package func judge(_ typed: String) -> Verdict {
    if !choices.isEmpty { return judgeChoice(typed) }
    let typed = TypedNumbers(typed)
    // A slip can have another count: a shape without its depth.
    let counts = [answer.count] + slips.map(\.answer.count)
    let readings = Set(counts).sorted().compactMap { typed.numbers(count: $0) }
    guard !readings.isEmpty else { return .unreadable(expected) }
    if readings.contains(answer) { return .right }
    if let slip = slips.first(where: { readings.contains($0.answer) }) { return .slip(slip) }
    // One number where three are asked for is no answer yet, whatever a slip would take.
    return typed.numbers(count: answer.count) == nil ? .unreadable(expected) : .wrong
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
    return Question.text(of: answer)
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

  /// An answer as it is shown: `6`, `(1, 2)`, `4×4×2`.
  package static func text(of answer: [Number]) -> String {
    let texts = answer.map { Template.text($0) }
    switch texts.count {
    case 1: return texts[0]
    case 3: return texts.joined(separator: "×")
    default: return "(\(texts.joined(separator: ", ")))"
    }
  }
}

/// What a person typed, not yet told apart into numbers: a comma groups digits or separates.
private struct TypedNumbers {
  private let scalars: [Unicode.Scalar]

  private static let longest = 200

  init(_ text: String) {
    // Typed on any keyboard, pasted from any page.
    scalars = text.unicodeScalars.prefix(TypedNumbers.longest + 1).map { scalar in
      switch scalar {
      case "−", "–": "-"
      case "×", "X", "*", ";", "·": "x"
      case "[", "{": "("
      case "]", "}": ")"
      case "\u{A0}", "\u{2009}", "\u{202F}", "\t", "\n": " "
      default: scalar
      }
    }
  }

  /// The numbers, if so many can be seen in it; nil else.
  func numbers(count: Int) -> [Number]? {
    guard scalars.count <= TypedNumbers.longest, !hasSeparatorWithoutNumber else { return nil }
    // `(1, 2)`: commas separate; `1,024 x 2`: they group, as they do in one number.
    let brackets: Set<Unicode.Scalar> = ["(", ")"]
    let separators: [Set<Unicode.Scalar>] = count == 1 ? [[]] : [[" ", "x", ","], [" ", "x"]]
    for separators in separators.map(brackets.union) {
      let words = scalars.split { separators.contains($0) }
      let numbers = words.compactMap(number)
      if words.count == count, numbers.count == count { return numbers }
    }
    return nil
  }

  /// Whether somebody is not done typing: `5 x`, `4xx4`, `(1,)`.
  private var hasSeparatorWithoutNumber: Bool {
    let kept = scalars.filter { $0 != " " && $0 != "(" && $0 != ")" }
    let parts = kept.split(omittingEmptySubsequences: false) { $0 == "x" || $0 == "," }
    return parts.count > 1 && parts.contains(where: \.isEmpty)
  }

  private func number(_ word: ArraySlice<Unicode.Scalar>) -> Number? {
    var rest = word.trimmed
    let sign = rest.first.flatMap { $0 == "-" || $0 == "+" ? $0 : nil }
    if sign != nil { rest = rest.dropFirst().trimmed }
    let whole = rest.prefix { $0.isDigit || TypedNumbers.groupers.contains($0) }
    guard let digits = ungrouped(whole.trimmed) else { return nil }
    // ` / 9` and `.5`; a point at the end says nothing.
    var tail = rest.dropFirst(whole.count).filter { $0 != " " }
    if tail == ["."], !digits.isEmpty { tail = [] }
    let text = (sign.map { [$0] } ?? []) + (digits.isEmpty ? ["0"] : digits) + tail
    guard !(digits.isEmpty && tail.first != ".") else { return nil }
    return (try? NumberText.ratio(text)).map { .ratio($0) }
  }

  private static let groupers: Set<Unicode.Scalar> = [",", "_", "'", " "]

  /// `14,455,392` without its commas; nil where they do not stand before three digits each.
  private func ungrouped(_ text: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar]? {
    let groups = text.split(omittingEmptySubsequences: false) {
      TypedNumbers.groupers.contains($0)
    }
    guard groups.count > 1 else { return Array(text) }
    guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
      return nil
    }
    return Array(groups.joined())
  }
}

extension ArraySlice<Unicode.Scalar> {
  /// Without spaces at the ends.
  fileprivate var trimmed: ArraySlice<Unicode.Scalar> {
    let start = drop { $0 == " " }
    let end = start.lastIndex { $0 != " " }.map { $0 + 1 } ?? start.startIndex
    return start[..<end]
  }
}
