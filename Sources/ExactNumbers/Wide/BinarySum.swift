/// A running sum of integers times powers of two that never loses a bit.
///
/// A float32 is an integer of 24 bits times 2^e, e from −149 to 104, so a product of two is one
/// of 48 bits times 2^e, e from −298 to 208. The sum is one whole number of 768 bits that counts
/// 2^−298: every product has its place in it, and adding is integer addition, so the total does
/// not depend on the order. (U. Kulisch, "Computer Arithmetic and Validity", 2013, calls it a
/// complete register.)
///
/// Above the products there is room for what exact tensors bring: the largest term is 2^382, the
/// most terms 2^40, and the top bit is 2^469.
package struct BinarySum: Sendable {
  /// The sum counts 2^`lowest`.
  package static let lowest = -298
  private static let limbCount = 6

  /// Two's complement, the lowest first.
  private var limbs = [UInt128](repeating: 0, count: limbCount)

  package init() {}

  /// Adds `first · second · 2^exponent`.
  ///
  /// - Parameter exponent: from `lowest` to 208.
  package mutating func add(_ first: Int128, times second: Int128 = 1, exponent: Int) {
    let (high, low) = first.magnitude.multipliedFullWidth(by: second.magnitude)
    add(
      high: high, low: low, shift: exponent - BinarySum.lowest,
      isNegative: (first < 0) != (second < 0))
  }

  /// Adds a value's numerator: its denominator is the caller's to keep.
  package mutating func add(_ value: ExactValue) { add(value, isNegative: value.isNegative) }

  package mutating func subtract(_ value: ExactValue) { add(value, isNegative: !value.isNegative) }

  private mutating func add(_ value: ExactValue, isNegative: Bool) {
    for (index, limb) in value.magnitude.limbs.enumerated() {
      let shift = value.exponent - BinarySum.lowest + index * UInt128.bitWidth
      add(high: 0, low: limb, shift: shift, isNegative: isNegative)
    }
  }

  /// Multiplies the sum so far by a factor above 0.
  package mutating func multiply(by factor: Int128) {
    guard factor != 1 else { return }
    let (magnitude, isNegative) = (magnitude.multiplied(by: factor.magnitude), isNegative)
    limbs = BinarySum.padded(magnitude.limbs)
    if isNegative { negate() }
  }

  package var isNegative: Bool { limbs[BinarySum.limbCount - 1].leadingZeroBitCount == 0 }

  /// The sum without its sign, counting 2^`lowest`.
  package var magnitude: Magnitude {
    guard isNegative else { return Magnitude(limbs: limbs) }
    var positive = self
    positive.negate()
    return Magnitude(limbs: positive.limbs)
  }

  private mutating func add(high: UInt128, low: UInt128, shift: Int, isNegative: Bool) {
    let (first, part) = shift.quotientAndRemainder(dividingBy: UInt128.bitWidth)
    let rest = UInt128.bitWidth - part
    let words = (low << part, high << part | low >> rest, high >> rest)
    var carries = false
    var index = first
    func next(_ word: UInt128) {
      let (partial, overflows) =
        isNegative
        ? limbs[index].subtractingReportingOverflow(word)
        : limbs[index].addingReportingOverflow(word)
      let (sum, carryOverflows) =
        isNegative
        ? partial.subtractingReportingOverflow(carries ? 1 : 0)
        : partial.addingReportingOverflow(carries ? 1 : 0)
      limbs[index] = sum
      carries = overflows || carryOverflows
      index += 1
    }
    next(words.0)
    if index < limbs.count { next(words.1) }
    if index < limbs.count { next(words.2) }
    while carries, index < limbs.count { next(0) }
  }

  private mutating func negate() {
    var carries = true
    for index in limbs.indices {
      let (sum, overflows) = (~limbs[index]).addingReportingOverflow(carries ? 1 : 0)
      limbs[index] = sum
      carries = overflows
    }
  }

  private static func padded(_ limbs: [UInt128]) -> [UInt128] {
    precondition(limbs.count <= limbCount, "a sum of at most 768 bits")
    return limbs + Array(repeating: 0, count: limbCount - limbs.count)
  }
}
