/// The sum of products of float32 numbers, rounded once, found another way than the engine's.
///
/// Each product is exact as a `Double`. The sum is kept as doubles that do not overlap, largest
/// last, added by Knuth's two-sum (J. Shewchuk, "Adaptive precision floating-point arithmetic",
/// 1997). Holds where no double underflows or overflows.
struct ExpansionOracle {
  private var parts: [Double] = []

  mutating func add(_ first: Float, times second: Float) { add(Double(first) * Double(second)) }

  mutating func add(_ value: Double) {
    var carry = value
    var kept: [Double] = []
    for part in parts {
      let sum = carry + part
      let back = sum - carry
      let error = (carry - (sum - back)) + (part - back)
      if error != 0 { kept.append(error) }
      carry = sum
    }
    parts = kept + [carry]
  }

  /// −1, 0 or 1: the sign of the largest part is that of the sum.
  private var sign: Int {
    let largest = parts.last { $0 != 0 } ?? 0
    return largest < 0 ? -1 : largest > 0 ? 1 : 0
  }

  var nearest: Float {
    let guess = Float(parts.last ?? 0)
    for candidate in [guess.nextDown, guess, guess.nextUp] {
      // The middle of two float32 has one bit more, which a double holds.
      let (low, high) = (Double(candidate.nextDown), Double(candidate.nextUp))
      var above = self
      above.add(-(low + Double(candidate)) / 2)
      var below = self
      below.add(-(high + Double(candidate)) / 2)
      let isEven = candidate.bitPattern & 1 == 0
      if above.sign + (isEven ? 1 : 0) > 0, below.sign - (isEven ? 1 : 0) < 0 { return candidate }
    }
    return .nan
  }
}
