import ConvolutionEngine
import ExactNumbers

/// Exact arithmetic for what a lesson claims; nil where a result needs more than 128 bits.
extension Ratio {
  func adding(_ other: Ratio) -> Ratio? {
    guard let common = leastCommonMultiple(denominator, other.denominator),
      let left = numerator.multiplied(by: common / denominator),
      let right = other.numerator.multiplied(by: common / other.denominator)
    else { return nil }
    let (sum, overflows) = left.addingReportingOverflow(right)
    return overflows ? nil : Ratio(sum, over: common).reduced
  }

  func multiplied(by other: Ratio) -> Ratio? {
    // Reduced crosswise first, so that only a result that is too large itself overflows.
    let first = Ratio(numerator, over: other.denominator).reduced
    let second = Ratio(other.numerator, over: denominator).reduced
    guard let top = first.numerator.multiplied(by: second.numerator),
      let bottom = first.denominator.multiplied(by: second.denominator)
    else { return nil }
    return Ratio(top, over: bottom).reduced
  }

  /// One over it; nil for 0 too.
  var inverse: Ratio? {
    guard numerator != 0, numerator != .min else { return nil }
    return Ratio(
      numerator < 0 ? -denominator : denominator, over: numerator < 0 ? -numerator : numerator)
  }

  var negated: Ratio? {
    numerator == .min ? nil : Ratio(-numerator, over: denominator)
  }

  /// The largest whole number that is not above it.
  var floor: Int128 {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// The smallest whole number that is not below it.
  var ceiling: Int128 {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    return remainder > 0 ? quotient + 1 : quotient
  }
}

extension Int128 {
  fileprivate func multiplied(by other: Int128) -> Int128? {
    let (product, overflows) = multipliedReportingOverflow(by: other)
    return overflows ? nil : product
  }
}
