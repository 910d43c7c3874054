import ExactNumbers
import ConvolutionEngine

/// What a text states in plain words and can be held to: equations, and addresses of cells.
///
/// ```
/// Its window of v[1,0,0] holds four numbers, 1·1 + 2·2 = 5, and the bias: 5 + 2 = {v[1,0,0]}.
/// ```
///
/// states `1·1 + 2·2 = 5`, `5 + 2 = {v[1,0,0]}` and that there is a `v[1,0,0]`. An equation is as
/// long as it can be read: words end it, and so does what has no number, as `W` in `W = 6`. What
/// stands in `“…”` somebody else says: it is passed over.
struct StatedText {
  private(set) var equations: [Equation] = []
  private(set) var addresses: [String] = []

  struct Equation: Equatable {
    /// As it is written.
    let text: String
    let left: String
    let relation: Relation
    let right: String
    /// How far from it a number may be that one side rounds; nil where neither is a number alone.
    let rounding: Ratio?
  }

  enum Relation: String {
    case equal = "="
    case about = "≈"
    case less = "<"
    case greater = ">"
    case atMost = "≤"
    case atLeast = "≥"
    case unlike = "≠"
  }

  /// - Parameter text: a paragraph, or a line of a figure, with its `{…}`.
  init(_ text: String) {
    let tokens = StatedToken.tokens(of: text)
    for (index, token) in tokens.enumerated() {
      if case .address = token.kind { addresses.append(token.text) }
      guard case .relation(let relation) = token.kind,
        let left = StatedText.side(endingBefore: index, in: tokens),
        let right = StatedText.side(startingAfter: index, in: tokens)
      else { continue }
      equations.append(
        Equation(
          text: "\(StatedText.written(left)) \(token.text) \(StatedText.written(right))",
          left: StatedText.expression(left), relation: relation,
          right: StatedText.expression(right),
          rounding: StatedText.rounding(right) ?? StatedText.rounding(left)))
    }
  }
}

extension StatedText {
  /// More than this no equation in a text has.
  private static let longestSide = 100

  /// The tokens right before a relation that are an expression; nil where there are none, or they
  /// only end one.
  private static func side(
    endingBefore end: Int, in tokens: [StatedToken]
  ) -> ArraySlice<StatedToken>? {
    var (start, depth) = (end, 0)
    while start > 0, end - start < longestSide, tokens[start - 1].isOfExpression {
      if tokens[start - 1].kind == .close { depth += 1 }
      if tokens[start - 1].kind == .open { depth -= 1 }
      // `(3 + 4 = 7)`: the bracket is the sentence's.
      if depth < 0 { break }
      // `row 5 3 + 4 = 7` begins with the last number that nothing joins to what stands before it.
      if start < end, tokens[start - 1].endsOperand, tokens[start].startsOperand {
        guard tokens[start - 1].kind != .close, tokens[start].kind != .open else { return nil }
        break
      }
      start -= 1
    }
    let side = tokens[start..<end]
    guard depth <= 0, let first = side.first, first.startsOperand || first.isSign,
      start == 0 || isClean(tokens[start - 1], before: first)
    else { return nil }
    // `W - 3 = 4` takes 3 away from W.
    return first.kind == .sign && side.dropFirst().first?.isSpaced == true ? nil : side
  }

  /// The same after a relation.
  private static func side(
    startingAfter index: Int, in tokens: [StatedToken]
  ) -> ArraySlice<StatedToken>? {
    var (end, depth) = (index + 1, 0)
    while end < tokens.count, end - index <= longestSide, tokens[end].isOfExpression {
      if tokens[end].kind == .open { depth += 1 }
      if tokens[end].kind == .close { depth -= 1 }
      if depth < 0 { break }
      if end > index + 1, tokens[end - 1].endsOperand, tokens[end].startsOperand {
        guard tokens[end - 1].kind != .close, tokens[end].kind != .open else { return nil }
        break
      }
      end += 1
    }
    let side = tokens[index + 1..<end]
    guard depth <= 0, let first = side.first, first.startsOperand || first.isSign,
      side.last?.endsOperand == true, end == tokens.count || isClean(tokens[end])
    else { return nil }
    return side
  }

  /// The scene that an expression names: `flat` of `(flat:f[0,0,2])`.
  static func scene(in expression: String) -> String? {
    guard let colon = expression.firstIndex(of: ":") else { return nil }
    let name = expression[..<colon].reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return name.isEmpty ? nil : String(name.reversed())
  }

  private static func isClean(_ token: StatedToken, before first: StatedToken) -> Bool {
    switch token.kind {
    case .word: first.isSpaced && !token.changesNumbers
    case .relation, .open: true
    case .punctuation: first.isSpaced && token.text != "…"
    case .foreign: false
    default: first.isSpaced
    }
  }

  /// Whether a token after an expression leaves it as it is.
  private static func isClean(_ token: StatedToken) -> Bool {
    switch token.kind {
    case .word: token.isSpaced && !token.changesNumbers
    case .relation, .close: true
    case .punctuation: token.text != "…"
    case .foreign: false
    default: token.isSpaced
    }
  }

  /// Half a unit of the last digit that a lone number is written with: 1/200 of 1.33, 50 of 14,500.
  private static func rounding(_ side: ArraySlice<StatedToken>) -> Ratio? {
    guard let number = side.last, number.kind == .operand,
      side.count == 1 || side.count == 2 && side.first?.kind == .sign,
      number.text.unicodeScalars.allSatisfy({ $0.isDigit || $0 == "," || $0 == "." })
    else { return nil }
    let parts = number.text.filter { $0 != "," }.split(separator: ".")
    var unit = Ratio(1)
    let zeros = parts.count == 2 ? parts[1].count : parts[0].reversed().prefix { $0 == "0" }.count
    for _ in 0..<min(zeros, 30) {
      unit = parts.count == 2 ? Ratio(1, over: unit.denominator * 10) : Ratio(unit.numerator * 10)
    }
    return Ratio(unit.numerator, over: unit.denominator * 2)
  }

  private static func written(_ side: ArraySlice<StatedToken>) -> String {
    side.enumerated().map { ($0 > 0 && $1.isSpaced ? " " : "") + $1.text }.joined()
  }

  private static func expression(_ side: ArraySlice<StatedToken>) -> String {
    side.map(\.expression).joined(separator: " ")
  }
}

extension StatedToken {
  /// Words beside a number that make another of it: `half of 8 = 4`, `7/2 = 3 remainder 1`.
  private static let changing: Set<String> = [
    "of", "half", "twice", "thrice", "times", "plus", "minus", "over", "by", "less", "more",
    "remainder", "rest", "squared", "percent", "thousand", "million", "billion", "mod", "divided",
    "multiplied", "root", "to",
  ]

  /// One letter alone is a quantity, too: `6 = 3 k`.
  fileprivate var changesNumbers: Bool {
    StatedToken.changing.contains(text.lowercased())
      || text.unicodeScalars.count == 1 && text != "a"
  }
}
