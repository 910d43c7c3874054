import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Testing

@Suite struct `A leaky ReLU` {
  private func layer(_ text: String, _ input: Tensor) throws -> Layer {
    try Network(input: input.shape, layers: [LayerSpecification(parsing: text)]).layers[0]
  }

  @Test func `multiplies what is negative by its slope, exactly`() throws {
    let input = Tensor(try Shape(5, 1, 1), [-3, -1, 0, 1, 4])
    let tenths = try layer("leakyrelu:0.1", input).evaluate([input])
    #expect((0..<5).map { tenths[$0].text } == ["−0.3", "−0.1", "0", "1", "4"])
    let thirds = try layer("leakyrelu:1/3", input).evaluate([input])
    #expect((0..<5).map { thirds[$0].text } == ["−1", "−1/3", "0", "1", "4"])
    // A slope below 0 turns the sign, as torch's does: leaky_relu(−3, −2) = 6.
    let steep = try layer("leakyrelu:-2", input).evaluate([input])
    #expect((0..<5).map { steep[$0].text } == ["6", "2", "0", "1", "4"])
  }

  @Test func `takes fractions over their denominator times its own`() throws {
    let input = Tensor(try Shape(3, 1, 1), [-5, 0, 7], over: 4)
    let layer = try layer("leakyrelu:0.2", input)
    #expect(try layer.outputDenominator(over: [input]) == 20)
    #expect(try layer.evaluate([input]) == layer.evaluateCellByCell([input]))
    #expect(try layer.value(of: Cell(0, 0, 0), inputs: [input]) == Number(-1, over: 4))
  }

  /// float64: −0.3f · 0.1 = −0.030000001192…, whose nearest float32 torch gives too.
  @Test func `rounds a float32 once`() throws {
    let input = Tensor.float32(try Shape(2, 1, 1), [-0.3, 2.5], isRounded: false)
    let layer = try layer("leakyrelu:0.1", input)
    let account = try layer.account(of: Cell(0, 0, 0), inputs: [input])
    #expect(account.total == .rounded(Float(Double(Float(-0.3)) * 0.1)))
    #expect(account.rounding != nil)
    #expect(try layer.evaluate([input]).floats == [-0.030_000_001, 2.5])
  }

  @Test func `is written as it is read, and needs its slope`() throws {
    for text in ["leakyrelu:0.1", "leakyrelu:1/3", "leakyrelu:-2", "leakyrelu:0"] {
      #expect("\(try LayerSpecification(parsing: text))" == text)
    }
    #expect(
      throws: LayerTextError.missingSize(kind: "leakyrelu", example: "leakyrelu:0.1")
    ) { try LayerSpecification(parsing: "leakyrelu") }
    #expect(
      throws: LayerTextError.value(
        key: "leakyrelu", found: "x", expected: "a slope such as 0.1 or 1/3")
    ) { try LayerSpecification(parsing: "leakyrelu:x") }
  }

  @Test func `says where a product is beyond 128 bits`() throws {
    let input = Tensor(try Shape(1, 1, 1), [Int128.min + 1])
    let layer = try layer("leakyrelu:3", input)
    #expect(throws: ArithmeticError.beyond128Bits(layer: "leakyrelu", cell: Cell(0, 0, 0))) {
      try layer.evaluate([input])
    }
  }
}
