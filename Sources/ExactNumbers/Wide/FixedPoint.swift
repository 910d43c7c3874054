/// A number that no fraction is: a root or an exponential, as a whole number of 2^−320, wrong by
/// less than 2^−280.
///
/// The smallest float32 is 2^−149, so more than a hundred bits stand behind the last one that is
/// kept.
package struct FixedPoint: Sendable {
  package static let bits = 320
  /// The error is below 2^`errorBits` units.
  private static let errorBits = 40

  package let isNegative: Bool
  package let magnitude: Magnitude

  package init(_ magnitude: Magnitude, isNegative: Bool = false) {
    self.magnitude = magnitude
    self.isNegative = isNegative && !magnitude.isZero
  }

  package init(_ rational: BigRational) {
    self.init(rational.magnitude(bits: FixedPoint.bits), isNegative: rational.isNegative)
  }

  package static let one = FixedPoint(Magnitude(1).shiftedLeft(by: bits))

  package static func + (first: FixedPoint, second: FixedPoint) -> FixedPoint {
    if first.isNegative == second.isNegative {
      return FixedPoint(first.magnitude + second.magnitude, isNegative: first.isNegative)
    }
    return first.magnitude < second.magnitude
      ? FixedPoint(second.magnitude - first.magnitude, isNegative: second.isNegative)
      : FixedPoint(first.magnitude - second.magnitude, isNegative: first.isNegative)
  }

  package static func - (first: FixedPoint, second: FixedPoint) -> FixedPoint {
    first + second.negated
  }

  package var negated: FixedPoint { FixedPoint(magnitude, isNegative: !isNegative) }

  package static func * (first: FixedPoint, second: FixedPoint) -> FixedPoint {
    FixedPoint(
      (first.magnitude * second.magnitude).shiftedRight(by: bits),
      isNegative: first.isNegative != second.isNegative)
  }

  /// - Parameter second: 1 or more.
  package static func / (first: FixedPoint, second: FixedPoint) -> FixedPoint {
    FixedPoint(
      first.magnitude.shiftedLeft(by: bits).divided(by: second.magnitude),
      isNegative: first.isNegative != second.isNegative)
  }

  /// The square root of a number that is not negative.
  package static func root(_ square: BigRational) -> FixedPoint {
    FixedPoint(square.magnitude(bits: 2 * bits).squareRoot)
  }

  /// The root of the root.
  package static func fourthRoot(_ fourth: BigRational) -> FixedPoint {
    FixedPoint(fourth.magnitude(bits: 4 * bits).squareRoot.squareRoot)
  }

  /// e to the power of the negative of a number that is not negative.
  ///
  /// The power is divided by 2^16, which makes the series short, and its result squared 16 times,
  /// which makes the error of the series, below 2^6 units, at most 2^16 times as large.
  package static func exponential(ofMinus power: BigRational) -> FixedPoint {
    let scaled = power.magnitude(bits: bits)
    // e^−256 is below 2^−369: no unit is left of it.
    guard scaled.bitCount <= bits + 8 else { return FixedPoint(Magnitude(0)) }
    let small = scaled.shiftedRight(by: 16)
    var (sum, term, index) = (one.magnitude, one.magnitude, UInt128(0))
    while !term.isZero {
      index += 1
      term =
        (term * small).shiftedRight(by: bits)
        .quotientAndRemainder(dividingBy: index).quotient
      sum = index % 2 == 1 ? sum - term : sum + term
    }
    for _ in 0..<16 { sum = (sum * sum).shiftedRight(by: bits) }
    return FixedPoint(sum)
  }

  /// For display: its first digits are right.
  package var number: Number {
    // What is too small to be anything here is still not 0.
    magnitude.isZero
      ? .rounded(0)
      : .unrounded(
        ExactValue(magnitude, exponent: -FixedPoint.bits, isNegative: isNegative))
  }

  /// The nearest float32, ties to even; nil where that would be infinity.
  ///
  /// What lies within the error of the middle between two float32 numbers is taken for the middle:
  /// a root or an exponential that is no fraction does not come that near.
  package var nearestFloat: Float? {
    let error = Magnitude(1).shiftedLeft(by: FixedPoint.errorBits)
    let above = rounded(magnitude + error)
    let below = rounded(magnitude < error ? Magnitude(0) : magnitude - error)
    if above == below { return above }
    let middle = (magnitude + error).shiftedRight(by: FixedPoint.errorBits + 1)
    return rounded(middle.shiftedLeft(by: FixedPoint.errorBits + 1))
  }

  private func rounded(_ magnitude: Magnitude) -> Float? {
    ExactValue(magnitude, exponent: -FixedPoint.bits, isNegative: isNegative).nearestFloat
  }
}

extension FixedPoint {
  /// The natural logarithm of a number that is 1 or more.
  ///
  /// With `x = m · 2^k` and `m` from 1 to 2 it is `k · ln 2 + 2 · (z + z³/3 + z⁵/5 …)`, where
  /// `z = (m − 1)/(m + 1)` is at most 1/3.
  package static func logarithm(of number: FixedPoint) -> FixedPoint {
    let power = max(0, number.magnitude.bitCount - 1 - bits)
    let mantissa = FixedPoint(number.magnitude.shiftedRight(by: power))
    let series = logarithm(ofSmall: mantissa)
    guard power > 0 else { return series }
    let two = FixedPoint(Magnitude(1).shiftedLeft(by: bits + 1))
    let whole = logarithm(ofSmall: two).magnitude.multiplied(by: UInt128(power))
    return FixedPoint(whole) + series
  }

  /// That of a number from 1 to 2.
  private static func logarithm(ofSmall number: FixedPoint) -> FixedPoint {
    let ratio = (number - one) / (number + one)
    let square = (ratio * ratio).magnitude
    var (sum, power, divisor) = (ratio.magnitude, ratio.magnitude, UInt128(1))
    while !power.isZero {
      power = (power * square).shiftedRight(by: bits)
      divisor += 2
      sum = sum + power.quotientAndRemainder(dividingBy: divisor).quotient
    }
    return FixedPoint(sum.shiftedLeft(by: 1))
  }
}
