extension Ratio {
  /// The product in lowest terms; nil beyond 128 bits.
  package func multiplied(by other: Ratio) -> Ratio? {
    // Reduced first, each and then crosswise, so that only a product that is too large fails.
    let (left, right) = (reduced, other.reduced)
    let first = Ratio(left.numerator, over: right.denominator).reduced
    let second = Ratio(right.numerator, over: left.denominator).reduced
    let (top, topOverflows) = first.numerator.multipliedReportingOverflow(by: second.numerator)
    let (bottom, bottomOverflows) = first.denominator
      .multipliedReportingOverflow(by: second.denominator)
    return topOverflows || bottomOverflows ? nil : Ratio(top, over: bottom)
  }

  /// The quotient by a number above 0; nil beyond 128 bits.
  package func divided(by other: Ratio) -> Ratio? {
    precondition(other.numerator > 0, "divided by a number above 0")
    return multiplied(by: Ratio(other.denominator, over: other.numerator))
  }

  /// The sum in lowest terms; nil beyond 128 bits.
  package func adding(_ other: Ratio) -> Ratio? {
    let (left, right) = (reduced, other.reduced)
    guard let common = leastCommonMultiple(left.denominator, right.denominator) else { return nil }
    let (first, firstOverflows) = left.numerator
      .multipliedReportingOverflow(by: common / left.denominator)
    let (second, secondOverflows) = right.numerator
      .multipliedReportingOverflow(by: common / right.denominator)
    let (sum, overflows) = first.addingReportingOverflow(second)
    guard !firstOverflows, !secondOverflows, !overflows else { return nil }
    return Ratio(sum, over: common).reduced
  }

  /// nil for the one number whose opposite does not fit.
  package var negated: Ratio? { multiplied(by: Ratio(-1)) }

  /// One over it; nil for 0, and for what does not fit.
  package var inverse: Ratio? {
    guard numerator != 0, numerator != .min else { return nil }
    return Ratio(
      numerator < 0 ? -denominator : denominator, over: numerator < 0 ? -numerator : numerator)
  }

  /// The largest whole number that is not above it.
  package var floor: Int128 {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// The smallest whole number that is not below it.
  package var ceiling: Int128 {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    return remainder > 0 ? quotient + 1 : quotient
  }

  /// The root, where that is a fraction too: of 9/4, 3/2; nil of 2.
  package var exactRoot: Ratio? {
    let lowest = reduced
    guard lowest.numerator >= 0, let top = wholeRoot(of: lowest.numerator),
      let bottom = wholeRoot(of: lowest.denominator)
    else { return nil }
    return Ratio(top, over: bottom)
  }

  /// Reads `0.001`, `1e-4`, `1/9` or `-3`, exactly; nil for anything else, and beyond 128 bits.
  package init?(parsing text: String) {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    if halves.count == 2, let top = Ratio.whole(halves[0]), let bottom = Ratio.whole(halves[1]),
      bottom > 0
    {
      self = Ratio(top, over: bottom).reduced
      return
    }
    let parts = text.split(separator: "e", omittingEmptySubsequences: false)
    guard halves.count == 1, parts.count <= 2, let mantissa = Ratio.decimal(parts[0]),
      let power = parts.count == 1 ? 0 : Ratio.whole(parts[1]), (-38...38).contains(power)
    else { return nil }
    let factor = (0..<abs(power)).reduce(Int128(1)) { product, _ in product * 10 }
    let scaled = mantissa.multiplied(by: power < 0 ? Ratio(1, over: factor) : Ratio(factor))
    guard let scaled else { return nil }
    self = scaled
  }

  /// Digits with a sign before them.
  private static func whole(_ text: Substring) -> Int128? {
    let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text
    guard !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
    return Int128(text)
  }

  /// Digits with at most one point among them.
  private static func decimal(_ text: Substring) -> Ratio? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = whole(Substring(parts.joined())) else { return nil }
    let places = parts.count == 2 ? parts[1].count : 0
    guard places <= 38, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    return Ratio(whole, over: (0..<places).reduce(Int128(1)) { power, _ in power * 10 }).reduced
  }

  /// The value as a setting is written: `0.00001` in full, `1/9` where no decimal ends.
  package var settingText: String {
    let decimal = Decimal(ExactValue(self))
    guard !decimal.isCut else { return asciiText }
    return (isNegative ? "-" : "") + decimal.text(minus: "-")
  }
}

/// The root of a whole number; nil where it is none. By Newton's iteration from above.
private func wholeRoot(of square: Int128) -> Int128? {
  guard square > 1 else { return square }
  var root = Int128(1) << ((Int128.bitWidth - square.leadingZeroBitCount + 1) / 2)
  while true {
    let next = (root + square / root) / 2
    guard next < root else { break }
    root = next
  }
  return root * root == square ? root : nil
}
