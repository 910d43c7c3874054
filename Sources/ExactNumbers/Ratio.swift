/// An exact number: a numerator over a denominator, kept as it came out of the arithmetic.
///
/// `Ratio(2, over: 6)` is the value 1/3 and shows as `1/3`; `Ratio(7, over: 2)` shows as `3.5`.
package struct Ratio: Sendable {
  package let numerator: Int128
  /// Always above 0.
  package let denominator: Int128

  package init(_ numerator: Int128, over denominator: Int128 = 1) {
    precondition(denominator > 0, "a denominator is above 0")
    self.numerator = numerator
    self.denominator = denominator
  }

  package static let zero = Ratio(0)

  package var isNegative: Bool { numerator < 0 }
  package var isZero: Bool { numerator == 0 }

  /// The same value in lowest terms.
  package var reduced: Ratio {
    let divisor = greatestCommonDivisor(numerator.magnitude, UInt128(denominator))
    guard divisor > 1 else { return self }
    // The divisor divides the denominator, so it fits Int128.
    let factor = Int128(divisor)
    return Ratio(numerator / factor, over: denominator / factor)
  }

  package var isWhole: Bool { numerator % denominator == 0 }
}

extension Ratio: Hashable {
  package static func == (first: Ratio, second: Ratio) -> Bool {
    let (first, second) = (first.reduced, second.reduced)
    return first.numerator == second.numerator && first.denominator == second.denominator
  }

  package func hash(into hasher: inout Hasher) {
    let lowest = reduced
    hasher.combine(lowest.numerator)
    hasher.combine(lowest.denominator)
  }
}

extension Ratio: Comparable {
  package static func < (first: Ratio, second: Ratio) -> Bool {
    let left = first.numerator.multipliedFullWidth(by: second.denominator)
    let right = second.numerator.multipliedFullWidth(by: first.denominator)
    return (left.high, left.low) < (right.high, right.low)
  }
}

/// Euclid's algorithm; the divisor of 0 and n is n.
package func greatestCommonDivisor(_ first: UInt128, _ second: UInt128) -> UInt128 {
  var (larger, smaller) = (first, second)
  while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
  return larger
}

/// The least common multiple of two positive numbers; nil beyond 128 bits.
package func leastCommonMultiple(_ first: Int128, _ second: Int128) -> Int128? {
  let divisor = greatestCommonDivisor(first.magnitude, second.magnitude)
  let (product, overflows) = (first / Int128(divisor)).multipliedReportingOverflow(by: second)
  return overflows ? nil : product
}
