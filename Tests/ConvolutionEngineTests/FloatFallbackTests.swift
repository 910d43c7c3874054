@testable import ExactNumbers
@testable import FastEvaluation
import Testing

@testable import ConvolutionEngine

/// Float32 layers whose numbers or sums the kernels cannot hold: each is computed another way.
struct FloatFallbackTests {
  private func layer(
    _ text: String, _ shape: Shape, weights: [Float], bias: Coefficients? = nil
  ) throws -> Layer {
    try Network(
      input: shape, layers: [LayerSpecification(parsing: text + ",name=v")]
    ).mixing(["v": GivenParameters(weights: .float32(weights), bias: bias)]).layers[0]
  }

  @Test(arguments: Evaluator.fast + [.readable])
  func `a bias of thirds`(evaluator: Evaluator) throws {
    let third = Coefficients.stored(Integers([1] as [Int128]), denominator: 3)
    // −1/2 + 1/3 and −1 + 1/3
    let conv = try layer("conv:1", Shape(2, 1, 1), weights: [-0.5], bias: third)
    let input = Tensor(conv.input, [1, 2])
    #expect(try evaluator.evaluate(conv, [input]).floats == [-0.16666667, -0.6666667])
    let account = try conv.account(of: Cell(0, 0, 0), inputs: [input])
    #expect(account.unrounded == Number(-1, over: 6))
    // −1/2 + 2/4 + 1/3
    let dense = try layer("dense:1", Shape(1, 1, 2), weights: [-0.5, 0.25], bias: third)
    #expect(
      try evaluator.evaluate(dense, [Tensor(dense.input, [1, 2])]).floats == [0.33333334])
  }

  /// 2^100 + 2^76 is a tie between two float32 numbers. What decides it is lost beside 2^20, even
  /// in the two float64 that a sum is refined to.
  private func terms(_ decides: Float) -> [Float] {
    [0x1p100, 0x1p76, 0x1p20, decides, -0x1p20]
  }

  @Test(
    arguments: Evaluator.fast + [.readable],
    [(0x1p-60, 0x1p100 + 0x1p77), (-0x1p-60, 0x1p100), (0, 0x1p100)] as [(Float, Float)])
  func `a sum that a lost bit decides`(evaluator: Evaluator, sum: (Float, Float)) throws {
    let (decides, expected) = sum
    let terms = terms(decides)
    let ones = Array(repeating: Float(1), count: terms.count)
    let conv = try layer("conv:1,bias=no", Shape(2, 1, 5), weights: ones)
    let pairs = Tensor.float32(conv.input, terms.flatMap { [$0, -$0] }, isRounded: false)
    #expect(try evaluator.evaluate(conv, [pairs]).floats == [expected, -expected])

    let dense = try layer("dense:1,bias=no", Shape(1, 1, 5), weights: ones)
    let column = Tensor.float32(dense.input, terms, isRounded: false)
    #expect(try evaluator.evaluate(dense, [column]).floats == [expected])

    let added = try Network(Shape(1, 1, 1), ["add,from=X+X+X+X+X"]).layers[0]
    let inputs = terms.map { Tensor.float32(added.output, [$0], isRounded: false) }
    #expect(try evaluator.evaluate(added, inputs).floats == [expected])
  }

  @Test(arguments: Evaluator.fast)
  func `inputs that are kept wider than they need to be`(evaluator: Evaluator) throws {
    for text in ["conv:2,filters=2", "conv:3x2"] {
      let shape = try Shape(3, 2, 1)
      let seeded = try Network(shape, text).layers[0]
      let count = try #require(seeded.parameters?.weights.count)
      let layer = try layer(
        text, shape, weights: (0..<count).map { Float($0) / 8 - 0.3 },
        bias: seeded.parameters?.bias)
      let numbers = [-3, 7, 16_777_216, 0, 5, -16_777_216]
      let narrow = try layer.evaluateCellByCell([Tensor(shape, small: numbers)])
      for wide in [
        Integers.int64(numbers.map { Int64($0) }), .int128(numbers.map { Int128($0) }),
      ] {
        #expect(try evaluator.evaluate(layer, [Tensor(shape, wide)]) == narrow)
      }
    }
  }

  @Test func `filters that stand ready for other numbers are not used`() throws {
    let conv = try Case("conv:3,filters=3", Shape(5, 4, 2)).layer
    let numbers = scattered(conv.input.count)
    let integers = try #require(try ReadyFilters(conv, isExact: true))
    let floats = try #require(try ReadyFilters(conv, isExact: false))
    for (filters, representation) in [(integers, Representation.floats), (floats, .exact)] {
      let input = representation.input(conv.input, numbers)
      #expect(
        try conv.evaluate([input], filters: filters) == conv.evaluateCellByCell([input]))
    }
  }

  @Test(arguments: ["relu", "dense:3", "maxpool:1"])
  func `a layer without filters has none that stand ready`(text: String) throws {
    let layer = try Network(Shape(1, 1, 4), text).layers[0]
    #expect(try ReadyFilters(layer, isExact: true) == nil)
    #expect(try ReadyFilters(layer, isExact: false) == nil)
  }
}
