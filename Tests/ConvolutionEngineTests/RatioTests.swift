import ConvolutionEngine
import ExactNumbers
import Testing

struct RatioTests {
  private static let largest = Int128.max
  private static let smallest = Int128.min

  @Test func `numbers of one value are equal, whatever their denominator`() {
    #expect(Ratio(2, over: 6) == Ratio(1, over: 3))
    #expect(Ratio(2, over: 6).hashValue == Ratio(1, over: 3).hashValue)
    #expect(Ratio(0, over: 36) == .zero)
    #expect(Ratio(-4, over: 2) == Ratio(-2))
    #expect(Ratio(RatioTests.smallest, over: 2) == Ratio(RatioTests.smallest / 2))
    #expect(Ratio(1, over: 3) != Ratio(1, over: 4))
  }

  @Test func `reduced is in lowest terms`() {
    #expect(Ratio(84, over: 36).reduced.numerator == 7)
    #expect(Ratio(84, over: 36).reduced.denominator == 3)
    #expect(Ratio(0, over: 36).reduced.denominator == 1)
    let lowest = Ratio(RatioTests.smallest, over: 1 << 126).reduced
    #expect(lowest.numerator == -2)
    #expect(lowest.denominator == 1)
    let same = Ratio(RatioTests.largest, over: RatioTests.largest).reduced
    #expect(same.numerator == 1)
    #expect(same.denominator == 1)
  }

  @Test func `order is exact next to the largest numbers`() {
    let largest = RatioTests.largest
    let ascending = [
      Ratio(RatioTests.smallest), Ratio(-largest), Ratio(RatioTests.smallest, over: largest),
      Ratio(-largest, over: largest), Ratio(-1, over: largest), .zero,
      Ratio(1, over: largest), Ratio(1, over: largest - 1),
      Ratio(largest - 2, over: largest - 1),
      Ratio(largest - 1, over: largest), Ratio(1), Ratio(largest, over: largest - 1),
      Ratio(largest, over: 2), Ratio(largest - 1), Ratio(largest),
    ]
    for (i, first) in ascending.enumerated() {
      for (j, second) in ascending.enumerated() {
        #expect((first < second) == (i < j), "\(first.text) and \(second.text)")
      }
    }
  }

  @Test func `the least common multiple is nil beyond 128 bits`() {
    #expect(leastCommonMultiple(4, 6) == 12)
    #expect(leastCommonMultiple(36, 9) == 36)
    #expect(leastCommonMultiple(RatioTests.largest, RatioTests.largest) == RatioTests.largest)
    #expect(leastCommonMultiple(RatioTests.largest, 2) == nil)
    #expect(leastCommonMultiple(1 << 126, 1 << 100) == 1 << 126)
  }

  @Test func `the greatest common divisor of 0 and a number is the number`() {
    #expect(greatestCommonDivisor(0, 5) == 5)
    #expect(greatestCommonDivisor(5, 0) == 5)
    #expect(greatestCommonDivisor(1 << 127, 3 << 126) == 1 << 126)
  }

  @Test func `whole and negative and zero are told by the value`() {
    #expect(Ratio(6, over: 3).isWhole)
    #expect(!Ratio(7, over: 3).isWhole)
    #expect(Ratio(-1, over: 3).isNegative)
    #expect(Ratio(0, over: 3).isZero)
  }

  /// As Python has it: `float(Fraction(n, d)).hex()`; ties are among them.
  @Test(
    arguments: [
      (1, 3, 0x1.5555555555555p-2),
      (-1, 3, -0x1.5555555555555p-2),
      (1, 9, 0x1.c71c71c71c71cp-4),
      (2, 3, 0x1.5555555555555p-1),
      (22, 7, 0x1.9249249249249p+1),
      (1, 10, 0x1.999999999999ap-4),
      (-5, 36, -0x1.1c71c71c71c72p-3),
      (0, 7, 0),
      (.max, 1, 0x1p+127),
      (.min, 1, -0x1p+127),
      (.max, .max, 1),
      (.max, 3, 0x1.5555555555555p+125),
      (.min, 3, -0x1.5555555555555p+125),
      (1, .max, 0x1p-127),
      (-1, .max, -0x1p-127),
      (.max - 1, .max, 1),
      (.max, 2, 0x1p+126),
      (.max, 1 << 126, 2),
      (9_007_199_254_740_993, 1, 0x1p+53),
      (9_007_199_254_740_995, 1, 0x1.0000000000002p+53),
      (-9_007_199_254_740_993, 1, -0x1p+53),
      (18_014_398_509_481_986, 2, 0x1p+53),
      (18_014_398_509_481_990, 4, 0x1.0000000000002p+52),
      (9_007_199_254_740_993, 1 << 60, 0x1p-7),
      (9_007_199_254_740_995, 1 << 60, 0x1.0000000000002p-7),
      (18_014_398_509_481_987, 3, 0x1.5555555555556p+52),
      (27_021_597_764_222_979, 3, 0x1p+53),
      (27_021_597_764_222_980, 3, 0x1.0000000000001p+53),
      (27_021_597_764_222_978, 3, 0x1p+53),
      (18_446_744_073_709_553_664, 1, 0x1p+64),
      (18_446_744_073_709_553_665, 1, 0x1.0000000000001p+64),
      (18_446_744_073_709_557_760, 1, 0x1.0000000000002p+64),
      (258_254_417_031_933_751_297, 14, 0x1.0000000000001p+64),
      (258_254_417_031_933_751_295, 14, 0x1p+64),
      (36_893_488_147_419_107_328, 2, 0x1p+64),
      (10_000_000_000_000_000_000_000_000_000_000_000_001, 3, 0x1.40fd02ce4f0bdp+121),
      (
        123_456_789_012_345_678_901_234_567_890, 987_654_321_098_765_432_109_876_543_211,
        0x1.ffffffb1b9669p-4
      ),
    ] as [(Int128, Int128, Double)])
  func `the nearest double is rounded once, ties to even`(
    numerator: Int128, denominator: Int128, expected: Double
  ) {
    #expect(Ratio(numerator, over: denominator).nearestDouble == expected)
  }
}
