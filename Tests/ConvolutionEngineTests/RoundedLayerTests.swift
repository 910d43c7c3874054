import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Testing

/// Roots and exponentials, rounded once. The tables are from Python's `decimal` with 80 digits.
struct RoundedLayerTests {
  private let smallest = Float.leastNonzeroMagnitude

  private func floats(
    _ shape: Shape, _ layer: String, _ numbers: [Int], over denominator: Int128 = 1
  ) throws -> [Float] {
    let network = try Network(shape, [layer])
    let input = Tensor(shape, small: numbers, over: denominator)
    let output = try evaluated(network, input)
    #expect(output.isRounded)
    let floats = try #require(output.floats)
    for (index, float) in floats.enumerated() {
      let account = try network.layers[0].account(of: shape.cell(at: index), inputs: [input])
      #expect(account.total == .rounded(float))
      #expect(account.rounding == nil)
    }
    return floats
  }

  @Test func `sigmoid`() throws {
    #expect(
      try floats(
        Shape(10, 1, 1), "sigmoid", [-200, -104, -88, -3, -1, 0, 1, 5, 17, 40])
        == [
          0, 0, smallest * 4_320_708, 0.047425874, 0.26894143, 0.5, 0.7310586, 0.9933072,
          0.99999994, 1,
        ])
  }

  @Test func `softmax shares each place among its depths`() throws {
    let shares: [Float] = [
      0.009058942, 6.103868e-05, 0.0004510182, 0.49460152, 0.49460152, 0.0012259946,
    ]
    #expect(try floats(Shape(1, 1, 6), "softmax", [3, -2, 0, 7, 7, 1]) == shares)
    // A second place beside it changes nothing.
    let both = try floats(Shape(2, 1, 6), "softmax", [3, 1, -2, 1, 0, 1, 7, 1, 7, 1, 1, 1])
    #expect((0..<6).map { both[2 * $0] } == shares)
    #expect((0..<6).allSatisfy { both[2 * $0 + 1] == Float(1) / 6 })
    #expect(
      try floats(Shape(1, 1, 4), "softmax", [2, -5, 400, 12], over: 4)
        == [smallest * 44, smallest * 8, 1, smallest * 533])
  }

  @Test func `local response normalization`() throws {
    let numbers = [1, -2, 3, 40, 500, -60]
    #expect(
      try floats(Shape(1, 1, 6), "lrn:5", numbers)
        == [0.59429157, -1.1219633, 0.25214893, 3.3289578, 41.612427, -4.9936137])
    #expect(
      try floats(Shape(1, 1, 6), "lrn:4,alpha=0.01,beta=1.25,k=0.5", numbers)
        == [2.111284, -3.4938562, 0.08926467, 0.0022440667, 0.027557746, -0.0033070752])
  }

  @Test func `batch normalization with a root that is no fraction`() throws {
    let shape = try Shape(4, 1, 2)
    let network = try Network(
      shape, "batchnorm", weights: [3, -1, 1, 5, 2, -4, 2, 7])
    let input = Tensor(shape, small: [10, -3, 2, 100, 10, -3, 2, 100])
    let output = try evaluated(network, input)
    #expect(
      output.floats == [
        17.966322, -9.603951, 1, 208.83745, -0.2911247, 4.6220627, 2.7323751, -34.305496,
      ])
    #expect(network.layers[0].normalization?[0].root == nil)
  }

  /// 2^24 + 1 lies in the middle between two float32 numbers, 2^24 + 3 between two others: where
  /// a `Double` cannot decide, the exact value must.
  @Test func `a tie goes to the even neighbour`() throws {
    let ties = [16_777_217, 16_777_219]
    #expect(
      try floats(Shape(2, 1, 1), "lrn:1,alpha=0,k=1,beta=0.25", ties) == [16_777_216, 16_777_220])
    // σ² + ε = 3/4 + 1/4, but numbers given as float32 make what comes of them float32 too.
    let specification = try LayerSpecification(parsing: "batchnorm,epsilon=0.25,name=v")
    let network = try Network(
      input: Shape(2, 1, 1), layers: [specification]
    ).mixing(["v": GivenParameters(normalization: .float32([1, 0, 0, 0.75]))])
    let output = try evaluated(network, Tensor(try Shape(2, 1, 1), small: ties))
    #expect(output.floats == [16_777_216, 16_777_220])
  }

  @Test func `what comes out too large for float32 names its cell`() throws {
    let network = try Network(Shape(1, 1, 1), ["lrn:1,alpha=0,k=1e-30,beta=4"])
    let error = #expect(throws: ArithmeticError.self) {
      try evaluated(network, Tensor(try Shape(1, 1, 1), [1]))
    }
    #expect(error == .beyondFloat32(layer: "lrn", cell: Cell(0, 0, 0)))
  }

  @Test func `float32 and exact inputs are joined`() throws {
    let network = try Network(
      Shape(1, 1, 2), ["relu,name=a", "add,from=X+a", "concat,from=X+a"])
    let shape = try Shape(1, 1, 2)
    let exact = Tensor(shape, small: [1, 16_777_217], over: 1)
    let float = Tensor.float32(shape, [0.5, 2], isRounded: false)
    let sum = try network.layers[1].evaluate([exact, float])
    // 16,777,217 + 2 is a tie once, not 16,777,216 + 2.
    #expect(sum.floats == [1.5, 16_777_220])
    #expect(sum.isRounded)
    let both = try network.layers[2].evaluate([exact, float])
    #expect(both.floats == [1, 16_777_216, 0.5, 2])
    #expect(both.isRounded)
    #expect(try !network.layers[2].evaluate([float, float]).isRounded)
  }

  @Test func `settings out of their range are refused`() {
    func description(_ layer: String) -> String? {
      #expect(throws: NetworkError.self) { try Network(Shape(1, 1, 2), [layer]) }?.description
    }
    #expect(
      description("lrn:5,beta=0.3")
        == "layer lrn (input 1×1×2): beta 0.3 is not possible; "
        + "beta must be a multiple of 0.25 from 0.25 to 4.")
    #expect(
      description("lrn:0")
        == "layer lrn (input 1×1×2): size 0 is not possible; size must be 1 or more.")
    #expect(
      description("lrn:5,k=0")
        == "layer lrn (input 1×1×2): k 0 is not possible; k must be above 0.")
    #expect(
      description("lrn:5,alpha=-0.5")
        == "layer lrn (input 1×1×2): alpha -0.5 is not possible; alpha must be 0 or more.")
    #expect(
      description("batchnorm,epsilon=1")
        == "layer batchnorm (input 1×1×2): epsilon 1 is not possible; "
        + "epsilon must be above 0 and below 1.")
    #expect(
      description("zeropad:-1")
        == "layer zeropad (input 1×1×2): left -1 is not possible; left must be from 0 to 16777216.")
    #expect(
      description("depthwise:1,multiplier=0")
        == "layer depthwise (input 1×1×2): multiplier 0 is not possible; "
        + "multiplier must be 1 or more.")
  }
}
