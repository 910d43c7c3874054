import ConvolutionEngine

/// How numbers are cut into signed digits that fit the 16 bits that kernels multiply.
///
/// A number is the sum of its digits d₀ + d₁·2^bits + d₂·2^(2·bits) …, each from −2^(bits−1) to
/// 2^(bits−1) − 1. With 4 bits, 23 = 7 + 1·16 and 8 = −8 + 1·16.
struct Digits: Equatable {
  /// From 2 to 16.
  let bits: Int
  let count: Int
  /// No digit's magnitude is above it.
  let largest: Int

  /// As few digits of so many bits as hold every number of a range.
  init(bits: Int, for range: ClosedRange<Int128>) {
    self.bits = bits
    count = max(
      Digits.count(bits: bits, of: range.lowerBound), Digits.count(bits: bits, of: range.upperBound)
    )
    largest =
      count == 1
      ? Int(max(range.lowerBound.magnitude, range.upperBound.magnitude)) : 1 << (bits - 1)
  }

  /// As few digits as 16 bits allow, and each no wider than needed: two wide digits of input and
  /// weight would leave their sums too little room.
  init(ofWeights range: ClosedRange<Int128>) {
    let whole = Digits(bits: 16, for: range)
    let narrowest = (2..<16).first { Digits(bits: $0, for: range).count == whole.count } ?? 16
    self = whole.count == 1 ? whole : Digits(bits: narrowest, for: range)
  }

  private static func count(bits: Int, of number: Int128) -> Int {
    let half = Int128(1) << (bits - 1)
    var rest = number
    var count = 0
    repeat {
      rest = (rest >> bits) + (rest & (2 * half - 1) >= half ? 1 : 0)
      count += 1
    } while rest != 0
    return count
  }
}
