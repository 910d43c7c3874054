import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Testing

/// The layers that copy, join and normalize, by every evaluator.
struct JoiningTests {
  private func output(
    _ evaluator: Evaluator, _ layer: Layer, _ inputs: [Tensor]
  ) throws -> [Number] {
    try evaluator.evaluate(layer, inputs).values
  }

  /// A layer named `v` that takes two flat layers of one column, the second half as deep.
  private func joined(_ layer: String, _ depths: (Int, Int)) throws -> Layer {
    let network = try Network(
      Shape(2, 1, 1),
      ["conv:1,filters=\(depths.0),name=a", "conv:1,filters=\(depths.1),name=b,from=X", layer])
    return network.layers[2]
  }

  @Test(arguments: Evaluator.all)
  func `an addition brings its inputs to one denominator`(evaluator: Evaluator) throws {
    let layer = try joined("add,from=a+b", (2, 2))
    let a = Tensor(layer.inputs[0], small: [1, -2, 3, 4], over: 6)
    let b = Tensor(layer.inputs[1], small: [5, 0, -3, 1], over: 4)
    #expect(
      try output(evaluator, layer, [a, b]) == [
        Number(2 + 15, over: 12), Number(-4, over: 12), Number(6 - 9, over: 12),
        Number(8 + 3, over: 12),
      ])
    #expect(try layer.outputDenominator(over: [a, b]) == 12)
    #expect(layer.output == layer.inputs[0])
  }

  @Test(arguments: Evaluator.all)
  func `a concatenation puts maps behind each other`(evaluator: Evaluator) throws {
    let layer = try joined("concat,from=a+b+a", (1, 2))
    #expect(layer.output == (try Shape(2, 1, 4)))
    let a = Tensor(layer.inputs[0], small: [1, 2], over: 2)
    let b = Tensor(layer.inputs[1], small: [3, 4, 5, 6], over: 3)
    #expect(
      try output(evaluator, layer, [a, b, a]) == [
        Number(1, over: 2), Number(1), Number(1), Number(4, over: 3), Number(5, over: 3),
        Number(2), Number(1, over: 2), Number(1),
      ])
    #expect(layer.origin(of: Cell(1, 0, 2))?.input == 1)
    #expect(layer.origin(of: Cell(1, 0, 2))?.cell == Cell(1, 0, 1))
    #expect(layer.origin(of: Cell(0, 0, 3))?.input == 2)
  }

  @Test func `joined inputs must fit each other`() throws {
    func description(_ layers: String...) -> String? {
      #expect(throws: NetworkError.self) { try Network(Shape(4, 4, 1), layers) }?.description
    }
    #expect(
      description("conv:3,name=a", "add,from=X+a")
        == "layer add (input 4×4×1): inputs of 4×4×1 and 2×2×1: add needs inputs of one size.")
    #expect(
      description("conv:3,name=a", "concat,from=X+a")
        == "layer concat (input 4×4×1): inputs of 4×4×1 and 2×2×1: "
        + "concat needs inputs of one width and height.")
    #expect(
      description("add")
        == "layer add (input 4×4×1): it takes two or more inputs, named by from=a+b, found 1.")
  }

  @Test(arguments: Evaluator.all)
  func `zero padding is a border of zeros`(evaluator: Evaluator) throws {
    let layer = try Network(Shape(2, 2, 1), "zeropad,left=1,right=2,bottom=1").layers[0]
    let input = Tensor(try Shape(2, 2, 1), small: [1, 2, 3, 4])
    #expect(layer.output == (try Shape(1 + 2 + 2, 2 + 1, 1)))
    let rows = [[0, 1, 2, 0, 0], [0, 3, 4, 0, 0], [0, 0, 0, 0, 0]]
    #expect(
      try output(evaluator, layer, [input]) == rows.flatMap { $0.map { Number(Int128($0)) } })
    let account = try layer.account(of: Cell(4, 2, 0), inputs: [input])
    #expect(account.working == .padding)
  }

  @Test(arguments: Evaluator.all)
  func `dropout lets all through and ReLU6 cuts at both ends`(evaluator: Evaluator) throws {
    let shape = try Shape(5, 1, 1)
    let input = Tensor(shape, small: [-7, 0, 11, 12, 13], over: 2)
    let dropout = try Network(shape, "dropout:0.5").layers[0]
    #expect(try output(evaluator, dropout, [input]) == input.values)
    let relu6 = try Network(shape, "relu6").layers[0]
    #expect(
      try output(evaluator, relu6, [input])
        == [Number(0), Number(0), Number(11, over: 2), Number(6), Number(6)])
  }

  @Test(arguments: Evaluator.all)
  func `a batch normalization with fractions for roots is exact`(evaluator: Evaluator) throws {
    let shape = try Shape(2, 1, 2)
    // γ, β, μ and σ² of both maps; 2.249 + 0.001 = (3/2)², 0.159 + 0.001 = (2/5)².
    let layer = try Network(
      shape, "batchnorm", weights: [3000, -1000, 500, 0, 1000, 2000, 2249, 159], over: 1000
    ).layers[0]
    let input = Tensor(shape, small: [1, 5, 7, -2], over: 2)
    #expect(
      try output(evaluator, layer, [input]) == [
        // 3·(1/2 − 1)/(3/2) + 1/2, 3·(5/2 − 1)/(3/2) + 1/2
        Number(-1, over: 2), Number(7, over: 2),
        // −1·(7/2 − 2)/(2/5), −1·(−1 − 2)/(2/5)
        Number(-15, over: 4), Number(15, over: 2),
      ])
    #expect(layer.normalization?[0].root == Ratio(3, over: 2))
    #expect(layer.parameterCount == 4 * 2)
    #expect(layer.trainableCount == 2 * 2)
    #expect(layer.normalization?.countText == "4·2 = 8")
  }

  @Test func `seeded normalizations have an exact root and make no fractions`() throws {
    let network = try Network(
      Shape(1, 1, 500),
      ["batchnorm,name=a", "batchnorm,epsilon=0.00001001,scale=no,name=b", "batchnorm,center=no"])
    for layer in network.layers {
      let normalization = try #require(layer.normalization)
      let input = Tensor(layer.input, Array(repeating: 0, count: 500))
      #expect(try layer.outputDenominator(over: [input]) == 1)
      for map in 0..<500 {
        let numbers = normalization[map]
        let variance = try #require(numbers.variance.ratio)
        let root = try #require(numbers.root)
        let epsilon = numbers.epsilon
        #expect(
          Ratio(
            variance.numerator * epsilon.denominator + epsilon.numerator * variance.denominator,
            over: variance.denominator * epsilon.denominator)
            == Ratio(root.numerator * root.numerator, over: root.denominator * root.denominator))
      }
    }
    #expect(network.layers.map(\.parameterCount) == [4 * 500, 3 * 500, 3 * 500])
    #expect(network.layers.map(\.trainableCount) == [2 * 500, 500, 500])
    #expect((0..<500).contains { network.layers[0].normalization?[$0].root == Ratio(3) })
    #expect((0..<500).allSatisfy { network.layers[1].normalization?[$0].gamma == Number(1) })
    #expect((0..<500).allSatisfy { network.layers[2].normalization?[$0].beta == Number(0) })
  }

  @Test func `a normalization's numbers must be as many as its maps need`() throws {
    func description(_ weights: [Int]) -> String? {
      #expect(throws: NetworkError.self) {
        try Network(Shape(1, 1, 2), "batchnorm", weights: weights)
      }?.description
    }
    #expect(
      description([1, 2, 3])
        == "layer v (input 1×1×2): the weights: found 3 numbers, expected 4 for each of 2 maps: 8.")
    #expect(
      description([1, 1, 0, 0, 0, 0, 1, -1])
        == "layer v (input 1×1×2): the variance of map 1: found −1, expected 0 or more.")
  }

  @Test(arguments: Evaluator.all)
  func `a depthwise convolution is one of as many groups as depths`(evaluator: Evaluator) throws {
    let shape = try Shape(4, 3, 3)
    let (weights, bias) = (scattered(3 * 2 * 3 * 2), scattered(6, from: 90))
    let depthwise = try Network(
      shape, "depthwise:3x2,multiplier=2,padding=1", weights: weights, bias: bias)
    let grouped = try Network(
      shape, "conv:3x2,filters=6,groups=3,padding=1", weights: weights, bias: bias)
    let input = Tensor(shape, small: scattered(shape.count))
    #expect(
      try output(evaluator, depthwise.layers[0], [input])
        == output(evaluator, grouped.layers[0], [input]))
    #expect(depthwise.layers[0].parameters?.countText == "6·(3·2·1) + 6 = 42")
    #expect(depthwise.multiplyAdds == grouped.multiplyAdds)
    #expect(depthwise.layers[0].groups == 3)
  }
}
