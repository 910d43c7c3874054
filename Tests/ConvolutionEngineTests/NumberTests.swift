@testable import ExactNumbers
import Testing

@testable import ConvolutionEngine

struct NumberTests {
  private func unrounded(_ first: Float, _ second: Float) -> Number {
    .unrounded(ExactValue(product: BinaryTerm(first), BinaryTerm(second)))
  }

  @Test(
    arguments: [
      (0, "0"), (-0.0, "0"), (1, "1"), (0.5, "0.5"), (-0.375, "−0.375"), (16_777_216, "16777216"),
      (0x1p-10, "0.0009765625"), (0x1p52, "4503599627370496"), (0x1p60, "≈1.1529215e18"),
      (0x1p-20, "9.5367431640625e−7"), (0.1, "≈0.1"), (-0.3, "≈−0.3"), (0.33333334, "≈0.33333334"),
      (.leastNonzeroMagnitude, "≈1e−45"), (.greatestFiniteMagnitude, "≈3.4028235e38"),
      (.leastNormalMagnitude, "≈1.1754944e−38"),
      (123_456.79, "123456.7890625"),
    ] as [(Float, String)])
  func `a float32 is written out where it is short, else by the digits that name it`(
    value: Float, expected: String
  ) {
    let number = Number.float32(value)
    #expect(number.text == expected)
    #expect(number.relation == (expected.hasPrefix("≈") ? "≈" : "="))
    #expect(
      number.asciiText
        == expected.replacing("−", with: "-").replacing("≈", with: "~"))
  }

  @Test func `a rounded number always says so`() {
    #expect(Number.rounded(0.5).text == "≈0.5")
    #expect(Number.rounded(-2).text == "≈−2")
    #expect(Number.rounded(0).text == "≈0")
    #expect(Number.rounded(0.5).digits == "0.5")
    #expect(Number.rounded(0.5).relation == "≈")
    #expect(Number.rounded(-2).magnitudeText == "≈2")
    #expect(Number(-2).magnitudeText == "2")
  }

  @Test func `a product shows nine digits unless it is short`() {
    #expect(unrounded(0.5, 0.25).text == "0.125")
    #expect(unrounded(0.1, 0.3).text == "≈0.0300000016")
    #expect(unrounded(-0.1, 0.3).text == "≈−0.0300000016")
    #expect(unrounded(.leastNonzeroMagnitude, .leastNonzeroMagnitude).text == "≈1.96363739e−90")
    #expect(
      unrounded(.greatestFiniteMagnitude, .greatestFiniteMagnitude).text == "≈1.15792075e77")
    #expect(unrounded(0, 3).text == "0")
  }

  @Test(
    arguments: [
      (0.1, 4, "≈0.1"), (0.1, 3, "≈.1"), (0.33333334, 7, "≈0.3333"), (-0.33333334, 7, "≈−0.333"),
      (0.99996, 6, "≈1"), (123_456.79, 7, "≈123457"), (123_456.79, 5, "≈1e5"),
      (0.00012345, 7, "≈0.0001"), (0.000012345, 7, "≈1.2e−5"), (1e-30, 6, "≈1e−30"),
      (1e-30, 5, "≈0"), (-0.03, 6, "≈−0.03"), (-0.03, 5, "≈−.03"), (-0.03, 4, "≈0"),
      (-3e-5, 6, "≈−3e−5"), (0.97, 3, "≈1"), (0.15, 4, "≈0.2"), (0.25, 5, "0.25"),
      (0.25, 4, "0.25"), (0.125, 4, "≈0.1"),
      (9.96, 4, "≈10"), (3e38, 5, "≈3e38"), (3e38, 4, "≈"),
    ] as [(Float, Int, String)])
  func `what is too wide for its column is rounded and marked`(
    value: Float, width: Int, expected: String
  ) {
    #expect(Number.float32(value).text(fitting: width) == expected)
  }

  @Test func `a text never exceeds its column, and always says that it is cut`() {
    var generator = RandomFloats(seed: 1)
    for _ in 0..<300 {
      let value = generator.float(spread: 40)
      for width in 1...14 {
        let text = Number.float32(value).text(fitting: width)
        #expect(text.count <= width)
        #expect(text.hasPrefix("≈") || text == Number.float32(value).text)
      }
    }
  }

  @Test func `numbers of one value are equal, whatever they are kept as`() {
    let halves: [Number] = [Number(2, over: 4), .float32(0.5), .rounded(0.5), unrounded(2, 0.25)]
    for first in halves {
      for second in halves {
        #expect(first == second)
        #expect(first.hashValue == second.hashValue)
      }
    }
    #expect(Number.float32(0.1) != Number(1, over: 10))
    #expect(Number.float32(-0.0) == .zero)
    #expect(unrounded(0.1, 0.1) != .float32(0.01))
  }

  @Test func `order is exact among all kinds`() {
    let ascending: [Number] = [
      Number(.min), .float32(-1), unrounded(-.leastNonzeroMagnitude, .leastNonzeroMagnitude),
      .zero, unrounded(.leastNonzeroMagnitude, .leastNonzeroMagnitude),
      .rounded(.leastNonzeroMagnitude), Number(1, over: 10), .float32(0.1), Number(1, over: 3),
      .rounded(0.33333334), Number(.max), .float32(.greatestFiniteMagnitude),
      unrounded(.greatestFiniteMagnitude, 2),
    ]
    for (i, first) in ascending.enumerated() {
      for (j, second) in ascending.enumerated() {
        #expect((first < second) == (i < j), "\(first.text) and \(second.text)")
        #expect((first == second) == (i == j), "\(first.text) and \(second.text)")
      }
    }
  }

  @Test func `powers and fractions name a value to the last bit`() {
    func texts(_ value: ExactValue) -> [String] { [value.powerText, value.fractionText] }
    #expect(texts(Number.float32(0.1).exactValue) == ["13421773·2^−27", "13421773/134217728"])
    #expect(texts(Number.float32(-3).exactValue) == ["−3", "-3"])
    #expect(texts(Number.float32(0x1.8p100).exactValue) == ["3·2^99", "\(Int128(3) << 99)"])
    #expect(texts(Number.zero.exactValue) == ["0", "0"])
    #expect(texts(Number(-5, over: 3).exactValue) == ["(−5)/3", "-5/3"])
    #expect(texts(Number(6, over: 36).exactValue) == ["(1·2^−1)/3", "1/6"])
    #expect(texts(Number(36, over: 6).exactValue) == ["3·2^1", "6"])
    #expect(texts(Number(4, over: 4).exactValue) == ["1", "1"])
    // 2^256 − 2^233 + 2^208 as Python has it.
    #expect(
      unrounded(.greatestFiniteMagnitude, .greatestFiniteMagnitude).exactValue.fractionText
        == "115792075433823913218582740440686722041"
        + "514719101048865382650882077830519193600")
  }

  @Test func `a quotient is rounded once to float32`() {
    // As numpy has it from Python's Fraction: halves of the last place go to even.
    #expect(Number(1, over: 3).nearestFloat == 0.33333334)
    #expect(Number(16_777_217, over: 1).nearestFloat == 16_777_216)
    #expect(Number(16_777_219, over: 1).nearestFloat == 16_777_220)
    #expect(Number(50_331_651, over: 3).nearestFloat == 16_777_216)
    #expect(Number(50_331_652, over: 3).nearestFloat == 16_777_218)
    #expect(Number(.max).nearestFloat == 0x1p127)
    #expect(Number(1, over: .max).nearestFloat == 0x1p-127)
  }
}
