import ConvolutionEngine
import Testing

/// Fractions stay fractions, and what does not fit is an error that names the cell.
struct ExactnessTests {
  private func layer(
    _ input: Shape, _ text: String, weights: [Int128], over denominator: Int128 = 1,
    bias: Int128? = nil, over biasDenominator: Int128 = 1
  ) throws -> Layer {
    try Network(
      input: input, layers: [LayerSpecification(parsing: text + ",name=v")],
      parameters: [
        "v": GivenParameters(
          weights: .stored(Integers(weights), denominator: denominator),
          bias: bias.map { .stored(Integers([$0]), denominator: biasDenominator) })
      ]
    ).layers[0]
  }

  @Test func `a filter of ninths stays one of ninths, with a bias of a half`() throws {
    let shape = try Shape(3, 3, 1)
    let layer = try layer(
      shape, "conv:3", weights: Array(repeating: 1, count: 9), over: 9, bias: 1, over: 2)
    let input = Tensor(shape, [0, 1, 2, 0, 1, 2, 0, 1, 3])
    let output = try layer.evaluate([input])
    #expect(output.denominator == 9 * 2)
    #expect(output[Cell(0, 0, 0)] == Number(10 * 2 + 1 * 9, over: 18))
    let sum = try #require(try layer.account(of: Cell(0, 0, 0), inputs: [input]).weightedSum)
    #expect(sum.weights.allSatisfy { $0 == Number(1, over: 9) })
    #expect(sum.bias == Number(1, over: 2))
    #expect(sum.products[8] == Number(3, over: 9))
  }

  @Test func `a convolution multiplies the denominators`() throws {
    let shape = try Shape(2, 1, 1)
    let layer = try layer(shape, "conv:2x1,bias=no", weights: [1, 2], over: 3)
    let output = try layer.evaluate([Tensor(shape, [5, 7], over: 4)])
    #expect(output.denominator == 12)
    #expect(output[Cell(0, 0, 0)] == Number(5 * 1 + 7 * 2, over: 4 * 3))
  }

  @Test func `an average without padding has fourths, sixths and ninths over 36`() throws {
    let network = try Network(Shape(4, 4, 1), "avgpool:3,stride=1,padding=1,count-padding=no")
    let input = Tensor(try Shape(4, 4, 1), small: Array(1...16))
    let output = try evaluated(network, input)
    #expect(output.denominator == 36)
    #expect(output[Cell(0, 0, 0)] == Number(1 + 2 + 5 + 6, over: 4))
    #expect(output[Cell(1, 0, 0)] == Number(1 + 2 + 3 + 5 + 6 + 7, over: 6))
    #expect(output[Cell(1, 1, 0)] == Number(1 + 2 + 3 + 5 + 6 + 7 + 9 + 10 + 11, over: 9))
    let average = try #require(
      try network.layers[0].account(of: Cell(1, 0, 0), inputs: [input]).average)
    #expect(average.sum == Number(24))
    #expect(average.divisor == 6)
  }

  @Test func `a maximum and a ReLU keep their input's denominator`() throws {
    let input = Tensor(try Shape(2, 2, 1), [-3, -1, -7, 2], over: 4)
    let pooled = try evaluated(Network(Shape(2, 2, 1), "maxpool:2"), input)
    #expect(pooled.denominator == 4)
    #expect(pooled.values == [Number(1, over: 2)])
    let cut = try evaluated(Network(Shape(2, 2, 1), "relu"), input)
    #expect(cut.values == [.zero, .zero, .zero, Number(2, over: 4)])
  }

  @Test func `a total may reach either end of 128 bits`() throws {
    let shape = try Shape(2, 1, 1)
    let up = try layer(shape, "conv:2x1", weights: [1, 1], bias: 0)
    #expect(
      try up.evaluate([Tensor(shape, [Int128.max - 5, 5])])[Cell(0, 0, 0)] == Number(.max))
    #expect(
      try up.evaluate([Tensor(shape, [Int128.min + 5, -5])])[Cell(0, 0, 0)] == Number(.min))
  }

  @Test func `a total beyond 128 bits names the layer and the cell`() throws {
    let shape = try Shape(3, 1, 1)
    let layer = try layer(shape, "conv:2x1,bias=no", weights: [1, 1])
    let input = Tensor(shape, [0, Int128.max, 1])
    let error = #expect(throws: ArithmeticError.self) { try layer.evaluate([input]) }
    #expect(error == .beyond128Bits(layer: "v", cell: Cell(1, 0, 0)))
    #expect(
      error?.description
        == "v[1,0,0] needs more than 128 bits, so it cannot be shown exactly; "
        + "use smaller inputs or weights.")
    #expect(try layer.account(of: Cell(0, 0, 0), inputs: [input]).total == Number(.max))
    #expect(throws: ArithmeticError.beyond128Bits(layer: "v", cell: Cell(1, 0, 0))) {
      try layer.account(of: Cell(1, 0, 0), inputs: [input])
    }
  }

  @Test func `a cell that fits is computed though its products do not fit`() throws {
    let shape = try Shape(2, 1, 1)
    let layer = try layer(shape, "conv:2x1", weights: [1 << 100, -1 << 100], bias: 5)
    let input = Tensor(shape, [1 << 100, 1 << 100])
    #expect(try layer.evaluate([input])[Cell(0, 0, 0)] == Number(5))
    let error = #expect(throws: ArithmeticError.self) {
      try layer.account(of: Cell(0, 0, 0), inputs: [input])
    }
    #expect(error == .workingBeyond128Bits(layer: "v", cell: Cell(0, 0, 0)))
    #expect(
      error?.description
        == "v[0,0,0] fits in 128 bits, but a product or partial sum of it does not, "
        + "so its working cannot be shown; use smaller inputs or weights.")
  }

  @Test func `working is refused where a slice's sum does not fit`() throws {
    let shape = try Shape(2, 1, 2)
    let layer = try layer(shape, "conv:2x1,bias=no", weights: [-1, -1, 1, 1])
    // The partial sums fit: −2¹²⁶, −2¹²⁷, −2¹²⁶, 0. The second slice's, 2¹²⁷, does not.
    let input = Tensor(shape, Array(repeating: 1 << 126, count: 4))
    #expect(try layer.evaluate([input])[Cell(0, 0, 0)] == .zero)
    #expect(throws: ArithmeticError.workingBeyond128Bits(layer: "v", cell: Cell(0, 0, 0))) {
      try layer.account(of: Cell(0, 0, 0), inputs: [input])
    }
  }

  @Test func `a bias brings a sum back within 128 bits`() throws {
    let shape = try Shape(2, 1, 1)
    let layer = try layer(
      shape, "conv:2x1", weights: [1, 1], over: 3, bias: -1 << 126, over: 2)
    let input = Tensor(shape, [Int128.max, 1])
    // Over 6: 2·2¹²⁷ − 3·2¹²⁶ = 2¹²⁶.
    #expect(try layer.evaluate([input])[Cell(0, 0, 0)] == Number(1 << 126, over: 6))
    #expect(throws: ArithmeticError.workingBeyond128Bits(layer: "v", cell: Cell(0, 0, 0))) {
      try layer.account(of: Cell(0, 0, 0), inputs: [input])
    }
  }

  @Test func `a denominator beyond 128 bits names the layer`() throws {
    let shape = try Shape(1, 1, 1)
    let layer = try layer(shape, "conv:1,bias=no", weights: [1], over: 1 << 126)
    let error = #expect(throws: ArithmeticError.self) {
      try layer.evaluate([Tensor(shape, [1], over: 4)])
    }
    #expect(error == .denominatorBeyond128Bits(layer: "v"))
    #expect(
      error?.description
        == "the common denominator of v needs more than 128 bits; use fewer averages or fractions.")
  }

  @Test func `an average that does not fit names the layer and the cell`() throws {
    let network = try Network(Shape(2, 1, 1), "avgpool:2x1")
    let input = Tensor(try Shape(2, 1, 1), [Int128.max, 1])
    #expect(throws: ArithmeticError.beyond128Bits(layer: "v", cell: Cell(0, 0, 0))) {
      try evaluated(network, input)
    }
  }
}
