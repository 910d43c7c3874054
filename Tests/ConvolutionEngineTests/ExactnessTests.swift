import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Testing

/// Fractions stay fractions, and what does not fit is an error that names the cell.
struct ExactnessTests {
  private func layer(
    _ input: Shape, _ text: String, weights: [Int128], over denominator: Int128 = 1,
    bias: Int128? = nil, over biasDenominator: Int128 = 1
  ) throws -> Layer {
    try Network(
      input: input, layers: [LayerSpecification(parsing: text + ",name=v")]
    ).mixing([
      "v": GivenParameters(
        weights: .stored(Integers(weights), denominator: denominator),
        bias: bias.map { .stored(Integers([$0]), denominator: biasDenominator) })
    ]).layers[0]
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

  @Test(arguments: ["add", "concat"])
  func `inputs without a common denominator name the layer that joins them`(kind: String) throws {
    let shape = try Shape(1, 1, 1)
    let layer = try Network(shape, ["relu", "\(kind),from=X+relu"]).layers[1]
    let inputs = [Tensor(shape, [1], over: 1 << 100), Tensor(shape, [1], over: thirds(60))]
    #expect(throws: ArithmeticError.denominatorBeyond128Bits(layer: kind)) {
      try layer.evaluate(inputs)
    }
  }

  private func thirds(_ power: Int) -> Int128 {
    (0..<power).reduce(1) { product, _ in product * 3 }
  }

  /// Rows of γ, β, μ and σ² over one denominator; σ² + ε is a square.
  private func normalization(
    _ rows: [[Int128]], over denominator: Int128, epsilon: String
  ) throws -> Layer {
    try Network(
      input: Shape(1, 1, rows[0].count),
      layers: [LayerSpecification(parsing: "batchnorm,epsilon=\(epsilon),name=v")]
    ).mixing([
      "v": GivenParameters(
        normalization: .stored(Integers(rows.flatMap(\.self)), denominator: denominator))
    ]).layers[0]
  }

  @Test func `a normalization whose denominator does not fit names the layer`() throws {
    let one: Int128 = 1 << 100
    // γ = 2^−100 over 2^100; γ = 1 and β = 2^−100 over 3^60.
    let cases: [([[Int128]], Int128)] = [
      ([[1], [0], [0], [one / 2]], one), ([[one], [1], [0], [one / 2]], thirds(60)),
    ]
    for (rows, denominator) in cases {
      let layer = try normalization(rows, over: one, epsilon: "0.5")
      #expect(throws: ArithmeticError.denominatorBeyond128Bits(layer: "v")) {
        try layer.evaluate([Tensor(layer.input, [1], over: denominator)])
      }
    }
    // Shifts of −2^−10 · 2^−60 and of −3^−6 · 3^−32.
    let both = (Int128(1) << 60) * thirds(32)
    let rows = [[both >> 10, both / thirds(6)], [0, 0], [both >> 60, both / thirds(32)]]
    let layer = try normalization(
      rows + [[both / 2, both / 2]], over: both, epsilon: "0.5")
    #expect(throws: ArithmeticError.denominatorBeyond128Bits(layer: "v")) {
      try layer.evaluate([Tensor(layer.input, [0, 0])])
    }
  }

  @Test(arguments: Evaluator.fast + [.readable])
  func `a normalization by what does not fit is refused only where its cell does not`(
    evaluator: Evaluator
  ) throws {
    // γ = 2^100 over a root of 2^−10; over β's denominator, 2^26, the factor is 2^136.
    let layer = try normalization(
      [[1 << 126], [1], [0], [32]], over: 1 << 26, epsilon: "1/2097152")
    let black = try evaluator.evaluate(layer, [Tensor(layer.input, [0])])
    #expect(black.values == [Number(1, over: 1 << 26)])
    #expect(throws: ArithmeticError.beyond128Bits(layer: "v", cell: Cell(0, 0, 0))) {
      try evaluator.evaluate(layer, [Tensor(layer.input, [1])])
    }
  }

  @Test(
    arguments: [
      // 3 · 2^126, and the least common multiples of 100 to 200 and of 25 to 50 twice.
      ("avgpool:3x1", 3, 1, 1 << 126),
      ("avgpool:200x1,stride=1,padding=100x0,count-padding=no", 200, 1, 1),
      ("avgpool:50,stride=1,padding=25,count-padding=no", 50, 50, 1),
    ] as [(String, Int, Int, Int128)])
  func `averages whose denominator does not fit name the layer`(
    text: String, width: Int, height: Int, denominator: Int128
  ) throws {
    let layer = try Network(Shape(width, height, 1), text).layers[0]
    let input = Tensor(
      layer.input, Array(repeating: 1, count: layer.input.count), over: denominator)
    #expect(throws: ArithmeticError.denominatorBeyond128Bits(layer: "v")) {
      try layer.evaluate([input])
    }
  }

  @Test(arguments: Evaluator.fast + [.readable])
  func `sums beyond 256 bits name the first cell`(evaluator: Evaluator) throws {
    // One product is 2^254; times 2, for a bias of halves, and eight of them are 256 bits and more.
    let layers = try [
      ("conv:1", Shape(2, 1, 1), true), ("dense:2", Shape(1, 1, 1), true),
      ("conv:2,bias=no", Shape(3, 2, 2), false), ("dense:2,bias=no", Shape(1, 1, 8), false),
    ].map { text, shape, hasBias in
      try Case(text, shape, biasOver: 2, weights: { _ in .min }, bias: { _ in 1 })
    }
    for layer in layers {
      #expect(
        layer.outcome(evaluator, layer.input { _ in .min })
          == .failure(.beyond128Bits(layer: "v", cell: Cell(0, 0, 0))))
    }
  }

  @Test(arguments: Evaluator.fast + [.readable])
  func `a total fits though no bound of it fits even without its sign`(
    evaluator: Evaluator
  ) throws {
    // 3 · 2^126 − 2^127 and 3 · 5 − 2^127; but not −3 · 1 − 2^127.
    for (text, shape) in [("conv:1", try Shape(2, 1, 1)), ("dense:1", try Shape(1, 1, 1))] {
      let layer = try Case(text, shape, weights: { _ in 3 }, bias: { _ in .min })
      func outcome(_ numbers: [Int128]) -> Result<[Number], ArithmeticError> {
        layer.outcome(evaluator, layer.input { numbers[$0] }).map(\.values)
      }
      let fitting = [Number(1 << 126), Number(.min + 15)].prefix(shape.count)
      #expect(outcome([1 << 126, 5]) == .success(Array(fitting)))
      #expect(
        outcome([-1, 1 << 126]) == .failure(.beyond128Bits(layer: "v", cell: Cell(0, 0, 0))))
    }
  }

  @Test func `an average that does not fit names the layer and the cell`() throws {
    let network = try Network(Shape(2, 1, 1), "avgpool:2x1")
    let input = Tensor(try Shape(2, 1, 1), [Int128.max, 1])
    #expect(throws: ArithmeticError.beyond128Bits(layer: "v", cell: Cell(0, 0, 0))) {
      try evaluated(network, input)
    }
  }
}
