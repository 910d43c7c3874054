/// An integer times a power of two: what a float32 is exactly, and an integer with 2^0.
///
/// 0.75 is 12582912 · 2^−24.
package struct BinaryTerm: Sendable {
  package let integer: Int128
  package let exponent: Int

  package init(integer: Int128) {
    self.integer = integer
    exponent = 0
  }

  /// - Parameter value: finite.
  package init(_ value: Float) {
    precondition(value.isFinite, "a float32 number, not infinity or NaN")
    let fraction = Int128(value.significandBitPattern)
    let isSubnormal = value.exponentBitPattern == 0
    let magnitude = isSubnormal ? fraction : fraction + 1 << Float.significandBitCount
    integer = value.sign == .minus ? -magnitude : magnitude
    exponent = max(1, Int(value.exponentBitPattern)) - 127 - Float.significandBitCount
  }
}
