import ExactNumbers

/// What a person typed, not yet told apart into numbers: a comma groups digits, separates, or begins
/// decimals.
struct TypedNumbers {
  /// A number as it was typed.
  struct Typed: Equatable {
    let value: Ratio
    /// Digits behind the point; 0 for whole numbers and fractions.
    var places = 0
  }

  private let scalars: [Unicode.Scalar]
  /// Whether the sizes are in the order of Keras's shapes, rows first: `(None, 148, 150, 32)`.
  private let isRowsFirst: Bool
  private let isPercent: Bool

  private static let longest = 200
  private static let brackets: Set<Unicode.Scalar> = ["(", ")"]

  init(_ text: String) {
    var scalars = text.unicodeScalars.prefix(TypedNumbers.longest + 1).map(TypedNumbers.plain)
    // `= 6`, `32*32*3 = 3072`, `v[1,0,0] = 6`: what was found stands last.
    if let relation = scalars.lastIndex(where: { $0 == "=" || $0 == "≈" }) {
      scalars.removeSubrange(...relation)
    }
    (scalars, isRowsFirst) = TypedNumbers.withoutBatch(scalars)
    scalars = TypedNumbers.withoutWords(scalars)
    let end = scalars[...].trimmed
    isPercent = end.last == "%"
    self.scalars = isPercent ? Array(end.dropLast()) : scalars
  }

  /// Typed on any keyboard, pasted from any page: `３`, `−`, `×`.
  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    var scalar = scalar
    if (0xFF01...0xFF5E).contains(scalar.value) {
      scalar = Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    }
    if scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue {
      return Unicode.Scalar(UInt8(ascii: "0") + UInt8(value))
    }
    switch scalar {
    case "−", "–", "‐", "‑", "﹣": return "-"
    case "×", "X", "⋅": return "x"
    case "·": return "*"
    case "[", "{": return "("
    case "]", "}": return ")"
    case "⁄", "∕", "÷": return "/"
    case "\u{A0}", "\u{2009}", "\u{202F}", "\u{3000}", "\t", "\n": return " "
    default: return scalar
    }
  }

  /// `(None, 148, 148, 32)`, as Keras writes a shape, without the batch.
  private static func withoutBatch(_ scalars: [Unicode.Scalar]) -> ([Unicode.Scalar], Bool) {
    let name = Array("none".unicodeScalars)
    let rest = scalars.drop { $0 == " " || $0 == "(" }
    guard rest.prefix(4).map(\.lowercase) == name else { return (scalars, false) }
    return (Array(rest.dropFirst(4).drop { $0 == " " || $0 == "," }), true)
  }

  /// Words that stand for a factor: `105 million`, `25 percent`.
  private static let factors = [
    "hundred": "*100", "thousand": "*1000", "million": "*1000000", "billion": "*1000000000",
    "percent": "%",
  ]

  /// `3072 numbers` without the word, `4 by 4` and `105 million` with the signs that the words stand
  /// for.
  private static func withoutWords(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var words = scalars.split(separator: " ").map(Array.init)
    for index in words.indices where ["by", "and"].contains(String(scalars: words[index])) {
      words[index] = ["x"]
    }
    for index in words.indices.dropFirst() {
      if let factor = factors[String(scalars: words[index].map(\.lowercase))] {
        words[index] = Array(factor.unicodeScalars)
      }
    }
    func isWord(_ word: [Unicode.Scalar]) -> Bool {
      word.count > 1 && word.allSatisfy { $0.properties.isAlphabetic || $0 == "." }
    }
    while words.count > 1, let last = words.last, isWord(last) { words.removeLast() }
    return Array(words.joined(separator: [" "]))
  }

  /// All that so many numbers can be read as; none where they cannot.
  func readings(count: Int) -> [[Typed]] {
    guard scalars.count <= TypedNumbers.longest, !hasSeparatorWithoutNumber else { return [] }
    guard count > 1 else { return single.map { [$0] } }
    // `(1, 2)`: commas separate; `1,024 x 2`: they group, as they do in one number.
    for separators in [[" ", "x", "*", ";", ","], [" ", "x", "*", ";"]] as [Set<Unicode.Scalar>] {
      let words = scalars.split { TypedNumbers.brackets.union(separators).contains($0) }
      let numbers = words.compactMap { number($0) }
      guard words.count == count, numbers.count == count else { continue }
      return [isRowsFirst ? [numbers[1], numbers[0]] + numbers.dropFirst(2) : numbers]
    }
    return []
  }

  /// Whether it is more than a number: a product or a sum of some, such as `32*32*3`.
  var isCalculation: Bool {
    // A sign between numbers, not before one.
    let dense = scalars.filter { $0 != " " && !TypedNumbers.brackets.contains($0) }
    return zip(dense, dense.dropFirst()).contains { left, right in
      left.isDigit && ["*", "x", "/", "+", "-"].contains(right)
    }
  }

  /// Whether it is written as a size is, `4x4`.
  var isSize: Bool { scalars.contains("x") }

  /// Digits in threes with points between them, as thousands are written in much of Europe.
  var hasThousandsPoints: Bool {
    let groups = scalars[...].trimmed.drop { $0 == "-" || $0 == "+" }
      .split(separator: ".", omittingEmptySubsequences: false)
    return groups.count > 1 && (1...3).contains(groups[0].count) && groups[0] != ["0"]
      && groups.dropFirst().allSatisfy { $0.count == 3 }
      && groups.joined().allSatisfy(\.isDigit)
  }

  /// One number.
  private var single: [Typed] {
    var readings: [Typed] = []
    let words = scalars.split { TypedNumbers.brackets.contains($0) }
    if words.count == 1 {
      readings += [number(words[0]), decimalComma(words[0])].compactMap { $0 }
    }
    if readings.isEmpty, isCalculation, let value = calculated { readings = [Typed(value: value)] }
    guard isPercent else { return readings }
    return readings.compactMap { typed in
      typed.value.multiplied(by: Ratio(1, over: 100)).map { Typed(value: $0) }
    } + readings
  }

  private var calculated: Ratio? {
    let text = scalars.map { $0 == "x" ? "*" : $0 }
    var evaluator = ExpressionEvaluator([:])
    return try? evaluator.value(text, in: "").ratio
  }

  /// Whether somebody is not done typing: `5 x`, `4xx4`, `(1,)`.
  private var hasSeparatorWithoutNumber: Bool {
    let kept = scalars.filter { $0 != " " && $0 != "(" && $0 != ")" }
    let parts = kept.split(omittingEmptySubsequences: false) { ["x", "*", ";", ","].contains($0) }
    return parts.count > 1 && parts.contains(where: \.isEmpty)
  }
}

extension TypedNumbers {
  /// `6`, `-3`, `1/9`, `0.5`, `½`, `1½`, `14,455,392`.
  private func number(_ word: ArraySlice<Unicode.Scalar>) -> Typed? {
    var rest = word.trimmed
    let sign = rest.first.flatMap { $0 == "-" || $0 == "+" ? $0 : nil }
    if sign != nil { rest = rest.dropFirst().trimmed }
    let whole = rest.prefix { $0.isDigit || TypedNumbers.groupers.contains($0) }
    guard let digits = ungrouped(whole.trimmed) else { return nil }
    // ` / 9` and `.5`; a point at the end says nothing.
    var tail = rest.dropFirst(whole.count).filter { $0 != " " }
    if tail.count == 1, let part = tail[0].fraction {
      let whole = try? NumberText.ratio(digits.isEmpty ? ["0"] : digits)
      guard let value = whole?.adding(part) else { return nil }
      return (sign == "-" ? value.negated : value).map { Typed(value: $0) }
    }
    if tail == ["."], !digits.isEmpty { tail = [] }
    let text = (sign.map { [$0] } ?? []) + (digits.isEmpty ? ["0"] : digits) + tail
    guard !(digits.isEmpty && tail.first != ".") else { return nil }
    let places = tail.first == "." ? tail.count - 1 : 0
    return (try? NumberText.ratio(text)).map { Typed(value: $0, places: places) }
  }

  /// `0,5` as much of the world writes it.
  private func decimalComma(_ word: ArraySlice<Unicode.Scalar>) -> Typed? {
    guard word.count(where: { $0 == "," }) == 1, !word.contains(".") else { return nil }
    return number(word.map { $0 == "," ? "." : $0 }[...])
  }

  private static let groupers: Set<Unicode.Scalar> = [",", "_", "'", "’", " "]

  /// `14,455,392` without its commas; nil where they do not stand before three digits each.
  private func ungrouped(_ text: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar]? {
    let groups = text.split(omittingEmptySubsequences: false) {
      TypedNumbers.groupers.contains($0)
    }
    guard groups.count > 1 else { return Array(text) }
    // No number in groups begins with 0: `0,125` are decimals.
    guard (1...3).contains(groups[0].count), groups[0].first != "0",
      groups.dropFirst().allSatisfy({ $0.count == 3 })
    else { return nil }
    return Array(groups.joined())
  }
}

extension TypedNumbers.Typed {
  /// Whether it is another number cut or rounded to the digits that were typed: 3.67, 3.66 or 3.7 of
  /// 11/3.
  func isRounded(from exact: Ratio) -> Bool {
    guard (1...12).contains(places) else { return false }
    let scale = Ratio((0..<places).reduce(Int128(1)) { power, _ in power * 10 })
    guard let own = value.multiplied(by: scale), let other = exact.multiplied(by: scale) else {
      return false
    }
    return other.floor != other.ceiling && (own.floor == other.floor || own.floor == other.ceiling)
  }
}

extension Unicode.Scalar {
  fileprivate var lowercase: Unicode.Scalar {
    ("A"..."Z").contains(self) ? Unicode.Scalar(value + 32) ?? self : self
  }

  /// What `½` and its like stand for.
  fileprivate var fraction: Ratio? {
    guard properties.numericType == .numeric, let value = properties.numericValue, value < 1 else {
      return nil
    }
    return (2...10).lazy.compactMap { denominator -> Ratio? in
      let top = (value * Double(denominator)).rounded()
      guard abs(top / Double(denominator) - value) < 1e-6 else { return nil }
      return Ratio(Int128(top), over: Int128(denominator))
    }.first
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
