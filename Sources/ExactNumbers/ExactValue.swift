/// An exact value that float32 numbers make: a whole number times a power of two, over a
/// denominator.
///
/// The product of 0.1 and 0.5 as float32 is 13421773 · 8388608 · 2^(−27 − 24). The denominator
/// comes from an exact tensor of fractions or from an average, and is 1 else.
package struct ExactValue: Sendable {
  package let isNegative: Bool
  package let magnitude: Magnitude
  package let exponent: Int
  /// Above 0.
  package let denominator: Int128

  package init(_ sum: BinarySum, over denominator: Int128 = 1) {
    isNegative = sum.isNegative
    magnitude = sum.magnitude
    exponent = BinarySum.lowest
    self.denominator = denominator
  }

  package init(product first: BinaryTerm, _ second: BinaryTerm, over denominator: Int128 = 1) {
    let integers = (first.integer, second.integer)
    magnitude = Magnitude(integers.0.magnitude.multipliedFullWidth(by: integers.1.magnitude))
    isNegative = !magnitude.isZero && (integers.0 < 0) != (integers.1 < 0)
    exponent = first.exponent + second.exponent
    self.denominator = denominator
  }

  /// `magnitude · 2^exponent / denominator`
  package init(
    _ magnitude: Magnitude, exponent: Int, over denominator: Int128 = 1, isNegative: Bool = false
  ) {
    self.magnitude = magnitude
    self.isNegative = isNegative && !magnitude.isZero
    self.exponent = exponent
    self.denominator = denominator
  }

  package init(_ value: Float) { self.init(product: BinaryTerm(value), BinaryTerm(integer: 1)) }

  package init(_ ratio: Ratio) {
    self.init(
      product: BinaryTerm(integer: ratio.numerator), BinaryTerm(integer: 1), over: ratio.denominator
    )
  }

  package var isZero: Bool { magnitude.isZero }
}

extension ExactValue {
  /// The nearest float32, ties to even, rounded once, as IEEE 754 has it; nil where that would be
  /// infinity, from 2^128 − 2^103 on.
  ///
  /// A value that is exactly 0 gives +0, one too small for float32 a zero of its own sign.
  package var nearestFloat: Float? {
    let nearest = rounded(toBits: 24, lowest: -149)
    return nearest.magnitude <= Double(Float.greatestFiniteMagnitude) ? Float(nearest) : nil
  }

  /// The nearest `Double`, ties to even, rounded once.
  package var nearestDouble: Double { rounded(toBits: 53, lowest: -1074) }

  /// Rounded to so many bits and to a multiple of 2^`lowest`, ties to even.
  private func rounded(toBits bits: Int, lowest: Int) -> Double {
    guard !isZero else { return 0 }
    let divisor = denominator.magnitude
    let divisorBits = UInt128.bitWidth - divisor.leadingZeroBitCount
    // More bits than are kept: the first one dropped, and whether any other is set, decide.
    let shift = max(0, bits + 2 + divisorBits - magnitude.bitCount)
    let (quotient, remainder) = magnitude.shiftedLeft(by: shift)
      .quotientAndRemainder(dividingBy: divisor)
    let dropped = max(quotient.bitCount - bits, lowest - (exponent - shift))
    let kept = quotient.shiftedRight(by: dropped)
    let isHalf = quotient.shiftedRight(by: dropped - 1).isOdd
    let isMore = remainder != 0 || quotient.trailingZeroBitCount < dropped - 1
    let goesUp = isHalf && (isMore || kept.isOdd)
    return Double(
      sign: isNegative ? .minus : .plus, exponent: exponent - shift + dropped,
      significand: Double((kept.word ?? 0) + (goesUp ? 1 : 0)))
  }
}

extension ExactValue: Comparable {
  package static func == (first: ExactValue, second: ExactValue) -> Bool {
    let (left, right) = crossed(first, second)
    return left == right && (first.isNegative == second.isNegative || first.isZero)
  }

  package static func < (first: ExactValue, second: ExactValue) -> Bool {
    if first.isNegative != second.isNegative { return first.isNegative }
    let (left, right) = crossed(first, second)
    return first.isNegative ? right < left : left < right
  }

  /// Both magnitudes as whole numbers of one unit.
  private static func crossed(
    _ first: ExactValue, _ second: ExactValue
  ) -> (Magnitude, Magnitude) {
    let exponent = min(first.exponent, second.exponent)
    func whole(_ value: ExactValue, times denominator: Int128) -> Magnitude {
      value.magnitude.shiftedLeft(by: value.exponent - exponent)
        .multiplied(by: denominator.magnitude)
    }
    return (whole(first, times: second.denominator), whole(second, times: first.denominator))
  }
}
