import ConvolutionEngine
import ExactNumbers

/// Reads one exact number: `-3`, `0.25` or `1/9`; `−` is a minus too, as the screens print it.
enum NumberText {
  enum Problem: Error {
    case notANumber, zeroDenominator, tooLarge
  }

  static func ratio(_ word: some Collection<Unicode.Scalar>) throws(Problem) -> Ratio {
    let scalars = Array(word)
    let isNegative = scalars.first == "-" || scalars.first == "−"
    let unsigned = scalars[(isNegative || scalars.first == "+" ? 1 : 0)...]
    let mark = unsigned.firstIndex { $0 == "/" || $0 == "." }
    let first = unsigned[..<(mark ?? unsigned.endIndex)]
    let second = mark.map { unsigned[($0 + 1)...] }
    guard isWhole(first), second.map(isWhole) ?? true else { throw .notANumber }
    let sign: Int128 = isNegative ? -1 : 1
    guard let mark, let second else { return Ratio(sign * (try integer(first))) }
    guard unsigned[mark] == "/" else {
      let decimal = try decimal(whole: first, places: second)
      return Ratio(sign * decimal.numerator, over: decimal.denominator).reduced
    }
    let denominator = try integer(second)
    guard denominator > 0 else { throw .zeroDenominator }
    return Ratio(sign * (try integer(first)), over: denominator).reduced
  }

  private static func isWhole(_ digits: ArraySlice<Unicode.Scalar>) -> Bool {
    !digits.isEmpty && digits.allSatisfy(\.isDigit)
  }

  private static func integer(_ digits: ArraySlice<Unicode.Scalar>) throws(Problem) -> Int128 {
    var value: Int128 = 0
    for digit in digits {
      let (tens, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, sumOverflows) = tens.addingReportingOverflow(Int128(digit.value - 0x30))
      guard !overflows, !sumOverflows else { throw .tooLarge }
      value = sum
    }
    return value
  }

  /// `0.25` as 25/100.
  private static func decimal(
    whole: ArraySlice<Unicode.Scalar>, places: ArraySlice<Unicode.Scalar>
  ) throws(Problem) -> Ratio {
    var denominator: Int128 = 1
    for _ in places {
      let (product, overflows) = denominator.multipliedReportingOverflow(by: 10)
      guard !overflows else { throw .tooLarge }
      denominator = product
    }
    return Ratio(try integer(whole + places), over: denominator)
  }
}

extension Unicode.Scalar {
  var isDigit: Bool { ("0"..."9").contains(self) }

  var digitValue: Int? { isDigit ? Int(value - 0x30) : nil }

  /// The digit that a raised one is; nil for anything else.
  var superscript: Int? {
    switch self {
    case "⁰": 0
    case "¹": 1
    case "²": 2
    case "³": 3
    case "⁴"..."⁹": Int(value - 0x2070)
    default: nil
    }
  }
}
