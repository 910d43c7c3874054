import ConvolutionEngine
import ExactNumbers

/// Reads one exact number: `-3`, `0.25` or `1/9`; `−` is a minus too, as the screens print it.
enum NumberText {
  enum Problem: Error {
    case notANumber, zeroDenominator, tooLarge
  }

  static func ratio(_ word: some Collection<Unicode.Scalar>) throws(Problem) -> Ratio {
    var rest = Array(word)[...]
    let isNegative = rest.first == "-" || rest.first == "−"
    if isNegative || rest.first == "+" { rest.removeFirst() }
    let parts = rest.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "." }
    guard (1...2).contains(parts.count),
      parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) })
    else { throw .notANumber }
    let sign: Int128 = isNegative ? -1 : 1
    guard parts.count == 2 else { return Ratio(sign * (try integer(parts[0]))) }
    guard rest.contains("/") else {
      let decimal = try decimal(whole: parts[0], places: parts[1])
      return Ratio(sign * decimal.numerator, over: decimal.denominator).reduced
    }
    let denominator = try integer(parts[1])
    guard denominator > 0 else { throw .zeroDenominator }
    return Ratio(sign * (try integer(parts[0])), over: denominator).reduced
  }

  private static func integer(_ digits: ArraySlice<Unicode.Scalar>) throws(Problem) -> Int128 {
    guard let value = Int128(String(scalars: digits)) else { throw .tooLarge }
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
