import ConvolutionEngine
import ExactNumbers
import Testing

struct RatioTextTests {
  @Test(
    arguments: [
      (0, 1, "0"), (7, 1, "7"), (-3, 1, "−3"), (6, 3, "2"), (-6, 36, "−1/6"),
      (7, 2, "3.5"), (-7, 2, "−3.5"), (1, 4, "0.25"), (1, 8, "0.125"), (1, 16, "0.0625"),
      (1, 32, "1/32"), (1, 5, "0.2"), (1, 625, "0.0016"), (1, 3125, "1/3125"),
      (1, 10_000, "0.0001"), (-1, 10_000, "−0.0001"), (1, 100_000, "1/100000"),
      (10_001, 10_000, "1.0001"), (1, 9, "1/9"), (29, 18, "29/18"), (217, 4, "54.25"),
      (.max, 1, "170141183460469231731687303715884105727"),
      (.min, 1, "−170141183460469231731687303715884105728"),
      (.min, 5, "−34028236692093846346337460743176821145.6"),
      (1, .max, "1/170141183460469231731687303715884105727"),
    ] as [(Int128, Int128, String)])
  func `a decimal that ends within four places is written out, else the fraction`(
    numerator: Int128, denominator: Int128, expected: String
  ) {
    let number = Ratio(numerator, over: denominator)
    #expect(number.text == expected)
    let ascii = String(expected.map { $0 == "−" ? "-" : $0 })
    #expect(number.asciiText == ascii)
  }

  @Test(
    arguments: [
      (123, 1, 3, "123"), (-12, 1, 3, "−12"), (1, 9, 3, "1/9"),
      (29, 18, 4, "≈2"), (1, 36, 3, "≈0"), (-1, 36, 3, "≈0"), (-29, 18, 3, "≈−2"),
      (5, 2, 2, "≈3"), (-5, 2, 2, "≈"), (1234, 9, 5, "≈137"),
      (123_456, 1, 5, "≈1e5"), (199_999, 1, 4, "≈2e5"), (149_999, 1, 4, "≈1e5"),
      (150_000, 1, 4, "≈2e5"), (999_999, 1, 4, "≈1e6"), (-999_999, 1, 5, "≈−1e6"),
      (949_999_999_999_999_999, 1, 5, "≈9e17"), (145_001, 10_000, 2, "≈"),
      (.min, 1, 6, "≈−2e38"), (.max, 1, 5, "≈2e38"), (.max, 2, 5, "≈9e37"),
      (524_288_000, 1, 7, "≈5.24e8"), (524_288_000, 1, 6, "≈5.2e8"), (524_288_000, 1, 5, "≈5e8"),
      (-524_288_000, 1, 7, "≈−5.2e8"), (500_000_001, 1, 7, "≈5e8"), (999_999_999, 1, 8, "≈1e9"),
      (99_949_999, 1, 7, "≈9.99e7"), (99_950_000, 1, 7, "≈1e8"), (.max, 3, 12, "≈5.671373e37"),
      (.min, 1, 39, "≈−1.70141183460469231731687303715884e38"),
      (123_456, 1, 3, "≈"),
    ] as [(Int128, Int128, Int, String)])
  func `what is too wide for its column is rounded and marked`(
    numerator: Int128, denominator: Int128, width: Int, expected: String
  ) {
    #expect(Ratio(numerator, over: denominator).text(fitting: width) == expected)
  }

  @Test func `a text never exceeds its column`() {
    let values = [Int128.min, -1_000_000, -999, -10, -1, 0, 1, 9, 95, 999_999, .max]
    for numerator in values {
      for denominator: Int128 in [1, 2, 3, 36, 1000, .max] {
        for width in 1...45 {
          let text = Ratio(numerator, over: denominator).text(fitting: width)
          #expect(text.count <= width)
        }
      }
    }
  }
}
