extension Number {
  /// Digits shown of a product or a sum that has more of them.
  package static let digitsShown = 9

  /// The number with the sign of print: `−3`, `1/9`, `0.5`; with `≈` before it where it is rounded
  /// or has more digits than are shown, as 0.1 in float32 has: `≈0.1`.
  package var text: String { mark("≈") + digits(minus: "−") }

  /// The same in ASCII: `-3`, `1/9`, `~0.1`.
  package var asciiText: String { mark("~") + digits(minus: "-") }

  /// `text` without its `≈`.
  package var digits: String { digits(minus: "−") }

  /// `text` without its sign.
  package var magnitudeText: String {
    let digits = digits
    return mark("≈") + (digits.hasPrefix("−") ? String(digits.dropFirst()) : digits)
  }

  /// What stands between an expression and this number: `=` where the digits are its exact value,
  /// `≈` else.
  package var relation: String { isExactAsShown ? "=" : "≈" }

  private func mark(_ mark: String) -> String { isExactAsShown ? "" : mark }

  private var isExactAsShown: Bool {
    switch self {
    case .ratio: true
    case .float32, .unrounded: exactDecimal != nil
    case .rounded: false
    }
  }

  private func digits(minus: String) -> String {
    if case .ratio(let ratio) = self { return minus == "-" ? ratio.asciiText : ratio.text }
    return (hasMinus ? minus : "") + decimal.text(minus: minus)
  }

  /// A rounded −0 is a negative number too small for float32.
  private var hasMinus: Bool {
    if case .rounded(let value) = self { return value.sign == .minus }
    return isNegative
  }

  /// All digits where they are few.
  private var exactDecimal: Decimal? {
    let decimal = Decimal(exactValue)
    return decimal.isCut || decimal.digits.count > Decimal.longest ? nil : decimal
  }

  private var decimal: Decimal {
    switch self {
    // A rounded number's digits past those that name it say nothing: what was rounded is unknown.
    case .rounded(let value) where value != 0: Decimal(naming: value)
    case .float32(let value), .rounded(let value): exactDecimal ?? Decimal(naming: value)
    case .ratio, .unrounded:
      exactDecimal ?? Decimal(exactValue).rounded(toDigits: Number.digitsShown)
    }
  }

  /// The value in a column of `width` characters: whole where it fits, else rounded and marked
  /// `≈`, else `≈` with an order of magnitude (`≈9e17`); what is too small for that is `≈0`.
  package func text(fitting width: Int) -> String {
    if case .ratio(let ratio) = self { return ratio.text(fitting: width) }
    let whole = text
    if whole.unicodeScalars.count <= width { return whole }
    let start = hasMinus ? "≈−" : "≈"
    let decimal = Decimal(exactValue)
    if let rest = decimal.text(fitting: width - start.unicodeScalars.count) { return start + rest }
    return decimal.exponent < -1 && width > 1 ? "≈0" : "≈"
  }
}

extension ExactValue {
  /// The value to the last bit, in lowest terms: `13421773·2^−27`, `5`, `(−5)/3`.
  package var powerText: String {
    let (whole, power, divisor) = lowestTerms
    let numerator = "\(isNegative ? "−" : "")\(whole)"
    let factor = power == 0 ? "" : "·2^\(power < 0 ? "−" : "")\(power.magnitude)"
    return divisor == 1 ? numerator + factor : "(\(numerator)\(factor))/\(divisor)"
  }

  /// The value as a fraction of two whole numbers, for programs: `-3/8`, `5`.
  package var fractionText: String {
    let (whole, power, divisor) = lowestTerms
    let numerator = "\(isNegative ? "-" : "")\(whole.shiftedLeft(by: power))"
    let denominator = Magnitude(divisor).shiftedLeft(by: -power)
    return denominator == Magnitude(1) ? numerator : "\(numerator)/\(denominator)"
  }

  /// Two odd numbers without a common divisor, and a power of two; 0 is 0/1.
  private var lowestTerms: (whole: Magnitude, power: Int, divisor: UInt128) {
    guard !isZero else { return (magnitude, 0, 1) }
    var divisor = denominator.magnitude
    let (_, rest) = magnitude.quotientAndRemainder(dividingBy: divisor)
    let common = greatestCommonDivisor(rest, divisor)
    divisor /= common
    let (whole, _) = magnitude.quotientAndRemainder(dividingBy: common)
    let (zeros, divisorZeros) = (whole.trailingZeroBitCount, divisor.trailingZeroBitCount)
    return (
      whole.shiftedRight(by: zeros), exponent + zeros - divisorZeros, divisor >> divisorZeros
    )
  }
}
