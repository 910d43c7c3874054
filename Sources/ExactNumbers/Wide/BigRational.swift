/// A fraction of whole numbers of any size, never rounded: what stands under a root.
package struct BigRational: Sendable {
  package let isNegative: Bool
  package let numerator: Magnitude
  /// Not 0.
  package let denominator: Magnitude

  private init(_ numerator: Magnitude, over denominator: Magnitude, isNegative: Bool) {
    self.numerator = numerator
    self.denominator = denominator
    self.isNegative = isNegative && !numerator.isZero
  }

  package init(_ value: ExactValue) {
    self.init(
      value.magnitude.shiftedLeft(by: value.exponent),
      over: Magnitude(value.denominator.magnitude).shiftedLeft(by: -value.exponent),
      isNegative: value.isNegative)
  }

  package init(_ number: Number) { self.init(number.exactValue) }

  package init(_ ratio: Ratio) { self.init(ExactValue(ratio)) }

  package static func * (first: BigRational, second: BigRational) -> BigRational {
    BigRational(
      first.numerator * second.numerator, over: first.denominator * second.denominator,
      isNegative: first.isNegative != second.isNegative)
  }

  /// - Parameter second: not 0.
  package static func / (first: BigRational, second: BigRational) -> BigRational {
    BigRational(
      first.numerator * second.denominator, over: first.denominator * second.numerator,
      isNegative: first.isNegative != second.isNegative)
  }

  package static func + (first: BigRational, second: BigRational) -> BigRational {
    let left = first.numerator * second.denominator
    let right = second.numerator * first.denominator
    let denominator = first.denominator * second.denominator
    if first.isNegative == second.isNegative {
      return BigRational(left + right, over: denominator, isNegative: first.isNegative)
    }
    return left < right
      ? BigRational(right - left, over: denominator, isNegative: second.isNegative)
      : BigRational(left - right, over: denominator, isNegative: first.isNegative)
  }

  package static func - (first: BigRational, second: BigRational) -> BigRational {
    first
      + BigRational(
        second.numerator, over: second.denominator, isNegative: !second.isNegative)
  }

  /// - Parameter exponent: not below 0.
  package func power(_ exponent: Int) -> BigRational {
    (0..<exponent).reduce(BigRational(Ratio(1))) { product, _ in product * self }
  }

  /// How many times 2^−bits it holds, without its sign, rounded down.
  package func magnitude(bits: Int) -> Magnitude {
    numerator.shiftedLeft(by: bits).divided(by: denominator)
  }
}
