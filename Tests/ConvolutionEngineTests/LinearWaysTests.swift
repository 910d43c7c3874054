import ConvolutionEngine
import ExactNumbers
import FastEvaluation
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
      layers: [try LayerSpecification(parsing: "batchnorm,epsilon=0.5,name=v")]
    ).mixing(["v": GivenParameters(normalization: weights)])
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
    let network = try Network(
      Shape(2, 1, 1), ["relu,name=a", "relu,name=b,from=X", "add,from=a+b"])
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

  /// Numbers of every size, zeros of both signs and ties among them.
  private func floats(_ count: Int, _ numbers: inout Numbers, most: Int128 = 254) -> [Float] {
    (0..<count).map { index in
      switch index % 7 {
      case 0: return index % 2 == 0 ? 0 : -0.0
      case 1: return Float(Int(numbers.next(-99...99)))
      default:
        let bits = UInt32(numbers.next(0...0x7F_FFFF)) | UInt32(numbers.next(0...most)) << 23
        return Float(bitPattern: bits | UInt32(numbers.next(0...1)) << 31)
      }
    }
  }

  @Test func `float32 numbers that are framed, joined and added`() throws {
    var numbers = Numbers(seed: 5)
    for text in [
      "add,from=a+b", "add,from=a+a", "add,from=a+b+a", "concat,from=a+b+a",
      "zeropad,left=2,bottom=1,from=b", "zeropad,right=3,top=2,from=a", "dropout:0.5,from=b",
      "flatten,from=b",
    ] {
      let network = try Network(
        Shape(9, 8, 1), ["conv:1,filters=3,name=a", "conv:1,filters=3,name=b,from=X", text])
      let layer = network.layers[2]
      for isRounded in [true, false] {
        let tensors = layer.inputs.map {
          Tensor.float32($0, floats($0.count, &numbers), isRounded: isRounded)
        }
        check(layer, tensors)
        // Near each other, so that sums cancel and tie.
        check(
          layer,
          layer.inputs.map {
            .float32($0, floats($0.count, &numbers, most: 30), isRounded: isRounded)
          })
        check(layer, tensors.map { Tensor.float32($0.shape, ($0.floats ?? []).map { -$0 }) })
      }
    }
  }

  @Test func `a sum of two that float32 cannot hold names its cell`() throws {
    let network = try Network(Shape(3, 1, 1), ["relu,name=a", "add,from=X+a"])
    let large = Tensor.float32(
      network.input, [1, .greatestFiniteMagnitude, .greatestFiniteMagnitude])
    check(network.layers[1], [large, large])
    #expect(throws: ArithmeticError.beyondFloat32(layer: "add", cell: Cell(1, 0, 0))) {
      try network.layers[1].evaluate([large, large])
    }
  }

  @Test func `normalizations by a root`() throws {
    var numbers = Numbers(seed: 6)
    let shape = try Shape(7, 6, 9)
    let weights = Coefficients((0..<36).map { $0 < 27 ? ($0 * 7) % 11 - 5 : $0 % 13 }, over: 3)
    for text in [
      "lrn:5", "lrn:1,alpha=0,k=1,beta=0.25", "lrn:4,alpha=0.01,beta=1.25,k=0.5", "batchnorm",
    ] {
      let network = try Network(
        input: shape, layers: [try LayerSpecification(parsing: "\(text),name=v")]
      ).mixing(text == "batchnorm" ? ["v": GivenParameters(normalization: weights)] : [:])
      let layer = network.layers[0]
      for denominator in [1, 7] as [Int128] {
        for range in [-9...9, -70_000...70_000, -(1 << 60)...1 << 60] as [ClosedRange<Int128>] {
          let integers = (0..<shape.count).map { $0 % 5 == 0 ? 0 : numbers.next(range) }
          check(layer, [Tensor(shape, integers, over: denominator)])
        }
      }
      check(layer, [.float32(shape, floats(shape.count, &numbers, most: 180), isRounded: false)])
    }
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
