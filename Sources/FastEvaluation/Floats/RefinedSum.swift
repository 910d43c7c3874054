import ConvolutionEngine

/// A running sum of float64 numbers in two parts, with a bound on what is lost beyond them; no
/// bits of a sum of some products of float32 numbers are, unless their magnitudes lie far apart.
///
/// Each addition keeps its own rounding error, which is a float64 (D. Knuth, "The Art of Computer
/// Programming" 2, 4.2.2, theorem B). After 1 and 2^−60 and −1 the sum is exactly 2^−60.
struct RefinedSum {
  private var high = 0.0
  private var low = 0.0
  /// The magnitudes of all that neither part could keep.
  private var lost = 0.0

  mutating func add(_ value: Double) {
    let (sum, error) = Double.exactSum(high, value)
    let (rest, errorOfError) = Double.exactSum(low, error)
    (high, low) = (sum, rest)
    lost += abs(errorOfError)
  }

  /// The exact sum rounded once; nil where what was lost could change that, and beyond float32.
  var nearestFloat: Float? {
    guard lost > 0 else { return Double.nearestFloat(high, low) }
    // Room for the rounding of all that is added up here.
    let error = lost * (1 + 0x1p-20) + abs(low) * 0x1p-50
    let least = Double.nearestFloat(high, low - error)
    let most = Double.nearestFloat(high, low + error)
    return least?.bitPattern == most?.bitPattern ? least : nil
  }

  /// The exact sum over a divisor, rounded once; nil where that is not to be seen here.
  ///
  /// Rounding the quotient to float64 first changes nothing: the middle of two float32 has 25 bits,
  /// so times the divisor it is a float64, and a sum that is another has another quotient too.
  ///
  /// - Parameter divisor: not less than how many float32 numbers were added, so that their average
  ///   is no larger than the largest of them.
  func nearestFloat(over divisor: Int) -> Float? {
    let (sum, rest) = Double.exactSum(high, low)
    guard lost == 0, rest == 0, divisor <= 1 << 24 else { return nil }
    return Float(sum / Double(divisor))
  }
}

extension Double {
  /// A sum and its rounding error, which together are exact.
  @inline(__always)
  fileprivate static func exactSum(_ first: Double, _ second: Double) -> (Double, error: Double) {
    let sum = first + second
    let back = sum - first
    return (sum, (first - (sum - back)) + (second - back))
  }

  /// `high + low` rounded once to float32, ties to even; nil beyond it.
  ///
  /// Of `low`, where it is smaller than a step of `high`, only the sign counts: the sum is first
  /// rounded to an odd last bit, after which rounding again to fewer bits is right (S. Boldo and
  /// G. Melquiond, "Emulation of FMA and correctly rounded sums", 2008).
  fileprivate static func nearestFloat(_ high: Double, _ low: Double) -> Float? {
    let (sum, rest) = exactSum(high, low)
    var odd = sum
    if rest != 0, sum.significandBitPattern & 1 == 0 { odd = rest > 0 ? sum.nextUp : sum.nextDown }
    let float = Float(odd)
    return float.isFinite ? float : nil
  }

  /// What every number rounds to that lies no farther away than an error; nil where they differ.
  ///
  /// - Parameter error: 0 where the number itself is meant.
  func nearestFloat(within error: Double) -> Float? {
    let margin = error > 0 ? error + abs(self) * 0x1p-51 : 0
    let (least, most) = (Float(self - margin), Float(self + margin))
    return least.bitPattern == most.bitPattern && least.isFinite ? least : nil
  }
}
