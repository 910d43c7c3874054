/// The first digits of a number without its sign, and whether more follow.
///
/// 1/8 is the digit string 125 with the exponent −1, not cut: 1.25 · 10^−1.
package struct Decimal: Sendable {
  /// Without zeros at either end; 0 has the one digit 0.
  private(set) var digits: [Int]
  /// The power of ten of the first digit.
  private(set) var exponent: Int
  /// Whether anything but zeros was left out behind the digits.
  private(set) var isCut: Bool

  private init(digits: [Int], exponent: Int, isCut: Bool) {
    self.digits = digits
    self.exponent = exponent
    self.isCut = isCut
    while self.digits.count > 1, self.digits.last == 0 { self.digits.removeLast() }
  }

  /// At least `Decimal.longest` digits, more where that costs nothing.
  package init(_ value: ExactValue) {
    guard !value.isZero else {
      self.init(digits: [0], exponent: 0, isCut: false)
      return
    }
    let divisor = value.denominator.magnitude
    let divisorBits = UInt128.bitWidth - divisor.leadingZeroBitCount
    let bits = value.magnitude.bitCount + value.exponent - divisorBits
    // The value is at least 2^(bits − 1), and 0.30103 is the logarithm of 2; one digit to spare.
    let places = Decimal.longest + 1 - Int((Double(bits - 1) * 0.30103).rounded(.down))
    var (whole, isCut) = value.magnitude.timesPowerOfTen(max(0, places))
      .timesPowerOfTwo(value.exponent)
    var remainder: UInt128
    (whole, remainder) = whole.quotientAndRemainder(dividingBy: divisor)
    isCut = isCut || remainder != 0
    for _ in 0..<max(0, -places) {
      (whole, remainder) = whole.quotientAndRemainder(dividingBy: 10)
      isCut = isCut || remainder != 0
    }
    let digits = whole.description.utf8.map { Int($0 - UInt8(ascii: "0")) }
    self.init(digits: digits, exponent: digits.count - 1 - places, isCut: isCut)
  }

  /// The fewest digits that name a float32, not 0: what numpy and Swift print.
  package init(naming value: Float) {
    let text = value.magnitude.description
    let parts = text.split(separator: "e")
    let number = parts[0].split(separator: ".")
    let digits = number.joined().utf8.map { Int($0 - UInt8(ascii: "0")) }
    let power = parts.dropFirst().first.flatMap { Int($0) } ?? 0
    let zeros = digits.prefix { $0 == 0 }.count
    self.init(
      digits: Array(digits[zeros...]), exponent: number[0].utf8.count - 1 - zeros + power,
      isCut: true)
  }

  /// A value that ends within so many digits is written out.
  package static let longest = 16

  /// Rounded to so many digits, at least 1; halves go up.
  package func rounded(toDigits count: Int) -> Decimal {
    guard count < digits.count else { return self }
    var kept = Array(digits[..<count])
    if digits[count] >= 5 {
      // 9s become 0s, and the digit before them goes up.
      while kept.last == 9 { kept.removeLast() }
      guard let last = kept.indices.last else {
        return Decimal(digits: [1], exponent: exponent + 1, isCut: true)
      }
      kept[last] += 1
    }
    return Decimal(digits: kept, exponent: exponent, isCut: true)
  }

  /// `0.0125` where the point is near the digits, else `1.25e-12`.
  package func text(minus: String) -> String {
    (-5..<Decimal.longest).contains(exponent) ? plainText : scientificText(minus: minus)
  }

  package var plainText: String {
    let text = digits.map(String.init).joined()
    if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + text }
    let missing = exponent + 1 - digits.count
    if missing >= 0 { return text + String(repeating: "0", count: missing) }
    return text.prefix(exponent + 1) + "." + text.dropFirst(exponent + 1)
  }

  package func scientificText(minus: String) -> String {
    let rest = digits.dropFirst().map(String.init).joined()
    let sign = exponent < 0 ? minus : ""
    return "\(digits[0])\(rest.isEmpty ? "" : ".")\(rest)e\(sign)\(exponent.magnitude)"
  }

  /// The most telling form that fits a column, `.03` where `0.03` does not; nil where none does.
  package func text(fitting width: Int) -> String? {
    let most = exponent < 0 ? width - 1 + exponent : max(width - 1, exponent + 1)
    let plain = counts(upTo: most).lazy.map { rounded(toDigits: $0).plainText }
    if let text = plain.first(where: { $0.utf8.count <= width }) { return text }
    let scientific = counts(upTo: width).lazy
      .map { rounded(toDigits: $0).scientificText(minus: "−") }
    if let text = scientific.first(where: { $0.unicodeScalars.count <= width }) { return text }
    guard exponent < 0, case let count = width + exponent, count > 0 else { return nil }
    let decimals = rounded(toDigits: count).plainText
    return decimals.hasPrefix("0") ? String(decimals.dropFirst()) : decimals
  }

  /// Digit counts to try, the largest first: rounding up may make a number one longer.
  private func counts(upTo most: Int) -> ReversedCollection<Range<Int>> {
    (1..<max(1, min(most, digits.count) + 1)).reversed()
  }
}

extension Magnitude {
  fileprivate func timesPowerOfTen(_ exponent: Int) -> Magnitude {
    var product = self
    var left = exponent
    while left > 0 {
      let step = min(left, 38)
      product = product.multiplied(by: (0..<step).reduce(1) { power, _ in power * 10 })
      left -= step
    }
    return product
  }

  /// Of a number that is not 0: rounded down, and whether that lost anything.
  fileprivate func timesPowerOfTwo(_ exponent: Int) -> (Magnitude, isCut: Bool) {
    guard exponent < 0 else { return (shiftedLeft(by: exponent), false) }
    return (shiftedRight(by: -exponent), trailingZeroBitCount < -exponent)
  }
}
