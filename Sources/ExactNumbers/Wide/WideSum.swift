/// A running sum of products of 128-bit integers that never loses a bit.
///
/// Small products stay in one 128-bit word; the rest are carried in 256 bits and a word of
/// carries, so that 2⁶² products of any size fit. The verdict whether the *total* fits 128 bits
/// therefore does not depend on the order of summation.
package struct WideSum {
  private var small: Int128 = 0
  private var low: UInt128 = 0
  private var high: Int128 = 0
  private var carries: Int = 0

  package init() {}

  package mutating func add(_ value: Int128) {
    let (sum, overflows) = small.addingReportingOverflow(value)
    if overflows {
      spill(small)
      small = value
    } else {
      small = sum
    }
  }

  package mutating func add(_ first: Int128, times second: Int128) {
    let (product, overflows) = first.multipliedReportingOverflow(by: second)
    if overflows {
      let wide = first.multipliedFullWidth(by: second)
      spill(high: wide.high, low: wide.low)
    } else {
      add(product)
    }
  }

  /// Multiplies the sum so far by a factor above 0.
  ///
  /// - Returns: false, the sum unchanged, where that needs more than 256 bits: no one product
  ///   added later could bring it back within 128.
  package mutating func multiply(by factor: Int128) -> Bool {
    var whole = self
    whole.spill(small)
    let (newHigh, overflows) = whole.high.multipliedReportingOverflow(by: factor)
    guard whole.carries == 0, !overflows else { return false }
    let wide = whole.low.multipliedFullWidth(by: UInt128(factor))
    var result = WideSum()
    result.spill(high: newHigh, low: wide.low)
    // Below the factor, so it fits.
    result.addHigh(Int128(wide.high))
    guard result.carries == 0 else { return false }
    self = result
    return true
  }

  private mutating func spill(_ value: Int128) {
    spill(high: value < 0 ? -1 : 0, low: UInt128(truncatingIfNeeded: value))
  }

  private mutating func spill(high moreHigh: Int128, low moreLow: UInt128) {
    let (newLow, carriesLow) = low.addingReportingOverflow(moreLow)
    low = newLow
    addHigh(moreHigh)
    if carriesLow { addHigh(1) }
  }

  private mutating func addHigh(_ value: Int128) {
    let (sum, overflows) = high.addingReportingOverflow(value)
    high = sum
    if overflows { carries += value < 0 ? -1 : 1 }
  }

  /// The sum; nil when it does not fit 128 bits.
  package var total: Int128? {
    var whole = self
    whole.spill(small)
    let result = Int128(truncatingIfNeeded: whole.low)
    let fits = whole.carries == 0 && whole.high == (result < 0 ? -1 : 0)
    return fits ? result : nil
  }
}
