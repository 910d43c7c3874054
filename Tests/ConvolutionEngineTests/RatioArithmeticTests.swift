@testable import ExactNumbers
import Testing

@testable import ConvolutionEngine

/// What normalizations and settings do with fractions: exact, or nil beyond 128 bits.
struct RatioArithmeticTests {
  private let largest = Ratio(.max)
  private let smallest = Ratio(1, over: .max)

  @Test func `a product is nil only where it does not fit itself`() {
    #expect(Ratio(6, over: 35).multiplied(by: Ratio(-14, over: 9)) == Ratio(-4, over: 15))
    #expect(largest.multiplied(by: smallest) == Ratio(1))
    #expect(Ratio(.max, over: 7).multiplied(by: Ratio(7, over: 127)) != nil)
    // Numbers of a file stand over one denominator, not in lowest terms.
    #expect(Ratio(1 << 100, over: 1 << 100).multiplied(by: largest) == largest)
    #expect(largest.multiplied(by: Ratio(2)) == nil)
    #expect(smallest.multiplied(by: Ratio(1, over: 2)) == nil)
    #expect(Ratio(3, over: 4).divided(by: Ratio(9, over: 2)) == Ratio(1, over: 6))
    #expect(smallest.divided(by: Ratio(2)) == nil)
    #expect(Ratio(.min).negated == nil)
    #expect(largest.negated == Ratio(-.max))
  }

  @Test func `a sum is nil where it does not fit`() {
    #expect(Ratio(1, over: 6).adding(Ratio(3, over: 10)) == Ratio(7, over: 15))
    #expect(largest.adding(Ratio(-1)) == Ratio(.max - 1))
    #expect(Ratio(0, over: 3 << 110).adding(smallest) == smallest)
    #expect(largest.adding(Ratio(1)) == nil)
    // No common denominator, then one by which either of both is too large.
    #expect(Ratio(1, over: 1 << 100).adding(Ratio(1, over: 3 << 99)) != nil)
    #expect(Ratio(1, over: 1 << 100).adding(Ratio(1, over: 1 << 99 - 1)) == nil)
    #expect(largest.adding(Ratio(1, over: 2)) == nil)
    #expect(Ratio(1, over: 2).adding(largest) == nil)
  }

  @Test(
    arguments: [
      ("0.001", "1/1000"), ("1e-5", "1/100000"), ("-2.50", "-5/2"), ("+3", "3/1"),
      ("-12/8", "-3/2"),
      ("1.5e2", "150/1"), ("0", "0/1"),
      ("170141183460469231731687303715884105727", "170141183460469231731687303715884105727/1"),
      (
        "170141183460469231731687303715884105727e-38",
        "170141183460469231731687303715884105727/100000000000000000000000000000000000000"
      ), ("0.00000000000000000000000000000000000001e38", "1/1"),
    ])
  func `text is read exactly`(text: String, expected: String) throws {
    let ratio = try #require(Ratio(parsing: text))
    #expect("\(ratio.numerator)/\(ratio.denominator)" == expected)
  }

  @Test(
    arguments: [
      "", "-", ".5", "5.", "1.2.3", "one", "1/x", "x/2", "1/0", "12/-8", "1/2/3", "1e", "1e2e3",
      "1ex", "1e1/2", "1e39", "1e-39", "٣", "170141183460469231731687303715884105728",
      "170141183460469231731687303715884105727e1", "0.000000000000000000000000000000000000001",
    ])
  func `other text, and what is beyond 128 bits, is none`(text: String) {
    #expect(Ratio(parsing: text) == nil)
  }

  @Test func `a setting is written in full, with its sign`() {
    #expect(Ratio(1, over: 100_000).settingText == "0.00001")
    #expect(Ratio(-3, over: 4).settingText == "-0.75")
    #expect(Ratio(-1, over: 9).settingText == "-1/9")
    #expect(Ratio(0).settingText == "0")
  }

  @Test func `a root is a fraction or none`() {
    #expect(Ratio(18, over: 8).exactRoot == Ratio(3, over: 2))
    #expect(Ratio(0).exactRoot == Ratio(0))
    #expect(Ratio(2).exactRoot == nil)
    #expect(Ratio(1, over: 3).exactRoot == nil)
    #expect(Ratio(-4).exactRoot == nil)
    // (2^63 − 1)² and one more.
    let root: Int128 = 1 << 63 - 1
    #expect(Ratio(root * root).exactRoot == Ratio(root))
    #expect(Ratio(root * root + 1).exactRoot == nil)
  }
}
