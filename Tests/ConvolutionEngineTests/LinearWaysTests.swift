import ConvolutionEngine
import Testing

/// The layers that scale, add, join and frame numbers: the fast way against the readable loop.
struct LinearWaysTests {
  private static let widths = [3, 6, 7, 14, 15, 30, 31, 56, 62, 63, 110, 125, 126]

  private func check(
    _ layer: Layer, _ inputs: [Tensor], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    func outcome(_ evaluator: Evaluator) -> Result<Tensor, any Error> {
      Result { try evaluator.evaluate(layer, inputs) }
    }
    let expected = outcome(.readable)
    for evaluator in Evaluator.fast {
      // A Bool, because a failure would print both tensors whole.
      let isEqual =
        switch (outcome(evaluator), expected) {
        case (.success(let found), .success(let expected)): found == expected
        case (.failure(let found), .failure(let expected)): "\(found)" == "\(expected)"
        default: false
        }
      #expect(isEqual, "\(evaluator.testDescription)", sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: widths)
  func `one input of every width`(bits: Int) throws {
    var numbers = Numbers(seed: UInt64(bits))
    let range = -(Int128(1) << bits)...1 << bits
    for text in [
      "relu6", "zeropad:1", "zeropad,left=2,bottom=3", "batchnorm", "batchnorm,scale=no",
      "batchnorm,center=no",
    ] {
      let layer = try Case(text, Shape(5, 4, 3))
      for denominator in [1, 3, 1 << 40] as [Int128] {
        check(layer.layer, [layer.input(over: denominator) { _ in numbers.next(range) }])
        check(layer.layer, [layer.input(over: denominator) { _ in numbers.next(-20...20) }])
      }
    }
  }

  private static let largeDenominators: [Int128] = [.max, .max / 2, .max / 6, .max / 6 + 1]

  @Test(arguments: largeDenominators)
  func `six over a denominator near the end of 128 bits`(denominator: Int128) throws {
    let layer = try Case("relu6", Shape(3, 2, 1))
    let input = layer.input(over: denominator) { $0 == 1 ? Int128.max : Int128($0) - 2 }
    check(layer.layer, [input])
  }

  @Test(arguments: widths)
  func `a normalization by fractions`(bits: Int) throws {
    var numbers = Numbers(seed: UInt64(bits))
    // γ, β, μ and σ² of two maps over 6; ε makes the roots 2 and 3.
    let weights = Coefficients([5, -7, 1, 2, -9, 4, 21, 51], over: 6)
    let network = try Network(
      input: Shape(4, 3, 2),
      layers: [try LayerSpecification(parsing: "batchnorm,epsilon=0.5,name=v")],
      parameters: ["v": GivenParameters(weights: weights)])
    let layer = network.layers[0]
    #expect(layer.normalization?.isExact == true)
    let range = -(Int128(1) << bits)...1 << bits
    for denominator in [1, 5, 1 << 20] as [Int128] {
      let input = (0..<layer.input.count).map { _ in numbers.next(range) }
      check(layer, [Tensor(layer.input, input, over: denominator)])
    }
  }

  @Test(arguments: widths)
  func `inputs of several widths and denominators`(bits: Int) throws {
    var numbers = Numbers(seed: UInt64(bits))
    func tensor(_ shape: Shape, _ bits: Int, over denominator: Int128) -> Tensor {
      let range = -(Int128(1) << bits)...1 << bits
      return Tensor(
        shape, (0..<shape.count).map { _ in numbers.next(range) }, over: denominator)
    }
    for text in ["add,from=a+b+a", "concat,from=a+b+a"] {
      let network = try Network(
        Shape(3, 4, 1), ["conv:1,filters=2,name=a", "conv:1,filters=2,name=b,from=X", text])
      let layer = network.layers[2]
      for denominators in [(1, 1), (2, 3), (12, 1 << 30)] as [(Int128, Int128)] {
        let a = tensor(layer.inputs[0], bits, over: denominators.0)
        let b = tensor(layer.inputs[1], 5, over: denominators.1)
        check(layer, [a, b, a])
        check(layer, [b, a, b])
      }
    }
  }

  @Test func `sums that reach the last of 128 bits, or go one beyond`() throws {
    let network = try Network(Shape(2, 1, 1), ["relu,name=a", "relu,name=b,from=X", "add,from=a+b"])
    let layer = network.layers[2]
    func tensor(_ first: Int128, _ second: Int128) -> Tensor {
      Tensor(layer.inputs[0], [first, second])
    }
    check(layer, [tensor(.max - 5, 0), tensor(5, 0)])
    check(layer, [tensor(.max - 5, 0), tensor(6, 0)])
    check(layer, [tensor(0, .min + 5), tensor(0, -5)])
    check(layer, [tensor(0, .min + 5), tensor(0, -6)])
    check(layer, [tensor(.max, .min), tensor(-1, 1)])
  }

  @Test func `it stops where it is told to`() throws {
    let network = try Network(Shape(9, 9, 5), ["batchnorm,name=v"])
    let input = try Tensor.seeded(network.input, seed: 1)
    var told = 0
    let settings = EvaluationSettings { _ in
      told += 1
      return told < 3
    }
    #expect(throws: ArithmeticError.cancelled) {
      try network.layers[0].evaluate([input], settings: settings)
    }
    #expect(told == 3)
  }
}
