@testable import ExactNumbers
@testable import FastEvaluation
import Testing

@testable import ConvolutionEngine

/// The fast ways over float32 against the readable loop, bit for bit.
struct FastFloatTests {
  /// The same bits, a zero's sign too, or the same error.
  private func check(
    _ layer: Layer, _ inputs: [Tensor], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    func outcome(_ evaluator: Evaluator) -> Result<[UInt32], ArithmeticError> {
      do {
        let output = try evaluator.evaluate(layer, inputs)
        return .success((output.floats ?? []).map(\.bitPattern))
      } catch {
        return .failure(error as? ArithmeticError ?? .cancelled)
      }
    }
    let expected = outcome(.readable)
    for evaluator in Evaluator.fast {
      let isEqual = outcome(evaluator) == expected
      #expect(isEqual, "\(evaluator.testDescription)", sourceLocation: sourceLocation)
    }
  }

  private func layer(
    _ text: String, _ shape: Shape, weights: ((Int) -> Float)? = nil, bias: ((Int) -> Float)? = nil
  ) throws -> Layer {
    let specification = try LayerSpecification(parsing: text + ",name=v")
    var given = GivenParameters()
    if let parameters = try Network(input: shape, layers: [specification]).layers[0].parameters {
      given.weights = weights.map { .float32((0..<parameters.weights.count).map($0)) }
      if parameters.bias != nil {
        given.bias = bias.map { .float32((0..<parameters.filters).map($0)) }
      }
    }
    return try Network(
      input: shape, layers: [specification]
    ).mixing(["v": given]).layers[0]
  }

  private func input(_ shape: Shape, _ number: (Int) -> Float) -> Tensor {
    .float32(shape, (0..<shape.count).map(number), isRounded: false)
  }

  /// Kinds of numbers that each need something else of the bounds.
  enum Kind: CaseIterable {
    case plain, wide, widest, subnormal, black, sparse, quantised, cancelling, huge

    func numbers(_ seed: UInt64) -> (Int) -> Float {
      var random = RandomFloats(seed: seed)
      var last: Float = 1
      return { index in
        let number = random.float(spread: 2)
        switch self {
        case .plain: return number
        case .wide: return random.float(spread: 20)
        case .widest: return random.float(spread: 60)
        case .subnormal: return number * 0x1p-140
        case .black: return index % 50 < 47 ? (index.isMultiple(of: 2) ? 0 : -0.0) : number
        case .sparse: return random.next() % 20 == 0 ? number : 0
        case .quantised: return Float(random.next() % 2049 - 1024) * 0x1p-8
        case .cancelling:
          last = index.isMultiple(of: 2) ? number : -last
          return last
        case .huge: return number * 0x1p122
        }
      }
    }
  }

  private static let layers = [
    "conv:3,filters=5", "conv:3,filters=19,stride=2,padding=1",
    "conv:2,filters=20,groups=2,stride=2",
    "conv:3x2,filters=6,groups=6,dilation=2x1,padding=2", "conv:1,filters=33,bias=no",
    "conv:7x6,filters=5", "conv:7x6,filters=4,groups=2,bias=no",
    "maxpool:2", "maxpool:3,stride=2,padding=1", "avgpool:2",
    "avgpool:3,stride=2,padding=1", "avgpool:3,stride=2,padding=1,count-padding=no",
    "avgpool:2,dilation=2,padding=1", "avgpool:2,dilation=3x2,left=2,count-padding=no",
    "globalavgpool", "relu", "relu6", "leakyrelu:0.1", "flatten", "flatten,order=yxd",
    "dropout:0.5",
  ]

  @Test(arguments: layers, Kind.allCases)
  func `every layer over every kind of numbers`(text: String, kind: Kind) throws {
    let shape = try Shape(7, 6, 6)
    for other in kind == .plain ? [kind, .quantised] : [kind, .plain] {
      let layer = try layer(text, shape, weights: other.numbers(2), bias: other.numbers(3))
      check(layer, [input(shape, kind.numbers(1))])
      guard layer.parameters != nil else { break }
    }
  }

  @Test(arguments: Kind.allCases, [1, 40, 4_200])
  func `dense layers of every kind of numbers`(kind: Kind, length: Int) throws {
    let shape = try Shape(1, 1, length)
    for other in length > 1_000 ? [kind] : [kind, .plain, .quantised] {
      let layer = try layer(
        length > 1_000 ? "dense:1" : "dense:3", shape, weights: other.numbers(2),
        bias: other.numbers(3))
      check(layer, [input(shape, kind.numbers(1))])
    }
  }

  @Test(arguments: Kind.allCases)
  func `additions and concatenations`(kind: Kind) throws {
    let shape = try Shape(5, 4, 3)
    for text in ["add,from=X+a", "concat,from=X+a", "add,from=X+a+X"] {
      let network = try Network(
        input: shape,
        layers: [
          LayerSpecification(parsing: "relu,name=a"), LayerSpecification(parsing: text),
        ])
      let (first, second) = (input(shape, kind.numbers(1)), input(shape, kind.numbers(2)))
      let inputs = [first, second] + (text.hasSuffix("X+a+X") ? [first] : [])
      check(network.layers[1], inputs)
      let exact = Tensor(shape, small: scattered(shape.count))
      check(network.layers[1], [first, exact] + (inputs.count == 3 ? [exact] : []))
    }
  }

  /// Sums on, just below and just above the middle of two float32, with what decides them far
  /// below float64's last place.
  @Test func `near ties in every cell`() throws {
    let shape = try Shape(20, 1, 3)
    let half = Float(0x1p-24)
    var random = RandomFloats(seed: 5)
    for _ in 0..<20 {
      let values = (0..<shape.plane).map { _ in random.float(spread: 0) }
      let signs = (0..<shape.plane).map { _ in Float(random.next() % 3 - 1) }
      let tensor = input(shape) { index in
        let x = index % shape.plane
        switch index / shape.plane {
        case 0: return values[x]
        case 1: return values[x].ulp / 2
        default: return signs[x] * 0x1p-80
        }
      }
      for text in ["conv:1,filters=3,bias=no", "conv:1,filters=20"] {
        check(
          try layer(text, shape, weights: { $0 % 3 == 2 ? half : 1 }, bias: { _ in 0 }), [tensor])
      }
    }
  }

  @Test func `integers under float32 weights, and float32 under integer ones`() throws {
    var numbers = Numbers(seed: 6)
    let shape = try Shape(7, 6, 4)
    for text in ["conv:3,filters=9,padding=1", "conv:7x6,filters=3"] {
      let floats = try layer(text, shape, weights: Kind.plain.numbers(1))
      for bits in [7, 15, 24, 25, 40, 100] {
        let range = -(Int128(1) << bits)...1 << bits
        check(floats, [Tensor(shape, (0..<shape.count).map { _ in numbers.next(range) })])
        let exact = try Case(text, shape, weights: { _ in numbers.next(range) }).layer
        check(exact, [input(shape, Kind.plain.numbers(2))])
      }
      check(floats, [Tensor(shape, small: scattered(shape.count), over: 3)])
      let seeded = try layer(text, shape)
      check(seeded, [input(shape, Kind.plain.numbers(2))])
    }
  }

  @Test func `sums at the edge of what float64 adds exactly`() throws {
    // 2^bits, half of its last place as a float32, and 1, which float64 keeps up to 2^53.
    let shape = try Shape(3, 1, 3)
    for bits in 48...58 {
      for last in [-1, 0, 1] as [Float] {
        let large = Float(sign: .plus, exponent: bits, significand: 1)
        let numbers = [large, large.ulp / 2, last]
        let tensor = input(shape) { numbers[$0 / 3] }
        let text = "conv:1,filters=2"
        check(try layer(text, shape, weights: { _ in 1 }, bias: { _ in 0 }), [tensor])
        check(try layer(text, shape, weights: { _ in -1 }, bias: { _ in 0 }), [tensor])
        // The same with the 1 as a bias.
        let pair = input(shape) { $0 / 3 == 2 ? 0 : numbers[$0 / 3] }
        check(try layer(text, shape, weights: { _ in 1 }, bias: { _ in last }), [pair])
      }
    }
  }

  @Test func `a bias far below whole products decides a tie`() throws {
    let shape = try Shape(2, 1, 2)
    for bias in [-0x1p-60, 0, 0x1p-60] as [Float] {
      let tensor = input(shape) { $0 < 2 ? 0x1p24 : 1 }
      check(try layer("conv:1", shape, weights: { _ in 1 }, bias: { _ in bias }), [tensor])
    }
  }

  @Test func `a float64 sum as far from the exact one as its bound allows`() throws {
    // 1 + (2^−24 − 2^−47) and then 128 times 0.9375·2^−53, each too small for float64 to add to it.
    // Without them the sum lies below the middle of two float32, with them above it.
    let factors: [(Float, Float)] =
      [(1, 1), (0x1p-12, 0x1p-12 * (1 - 0x1p-23))]
      + Array(repeating: (1.875 * 0x1p-27, 0x1p-27), count: 128)
    let shape = try Shape(2, 1, factors.count)
    let tensor = input(shape) { factors[$0 / 2].0 }
    for text in ["conv:1,bias=no", "conv:1,filters=20,bias=no"] {
      let layer = try layer(text, shape, weights: { factors[$0 % factors.count].1 })
      check(layer, [tensor])
      #expect(try layer.evaluate([tensor]).floats?.first == 1 + 0x1p-23)
    }
  }

  @Test func `averages just beside ties`() throws {
    let shape = try Shape(2, 2, 1)
    let pool = try layer("avgpool:2", shape)
    for small in [-0x1p-60, 0, 0x1p-60, 0x1p-50, -0x1p-50] as [Float] {
      // 1 and its neighbour: their sum is the middle of two float32.
      check(pool, [input(shape) { [1, Float(1).nextUp, small, 0][$0] }])
    }
  }

  @Test func `the first cell beyond float32 is named, whatever the threads`() throws {
    let shape = try Shape(30, 10, 2)
    let largest = Float.greatestFiniteMagnitude
    for first in [0, 5, 148, 299] {
      let tensor = input(shape) { $0 % 300 >= first ? largest : 1 }
      check(try layer("conv:1,filters=20", shape, weights: { _ in 1 }), [tensor])
      check(try layer("conv:30x10,filters=3", shape, weights: { _ in 1 }), [tensor])
    }
  }

  @Test func `filters that stand ready serve one input after the other`() throws {
    let shape = try Shape(9, 8, 6)
    let layer = try layer("conv:3,filters=5", shape, weights: Kind.plain.numbers(1))
    let ready = try #require(try ReadyFilters(layer, isExact: false))
    for kind in Kind.allCases {
      let tensor = input(shape, kind.numbers(7))
      let found = try? layer.evaluate([tensor], filters: ready)
      #expect(found == (try? layer.evaluateCellByCell([tensor])))
    }
  }
}
