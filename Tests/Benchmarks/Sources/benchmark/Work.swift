import ConvolutionEngine
import ExactNumbers
import FastEvaluation

/// What is measured: a network over its input, by a name that the other side knows too.
struct Work {
  let name: String
  let input: Shape
  let layers: [String]
  /// The input's numbers go from 0 to this.
  let brightest: Int
  let numbers: Numbers

  /// What input and weights are.
  enum Numbers {
    case integers, float32
    /// float32 weights over pictures for which no single bound decides how a sum is rounded: black
    /// but for one place in a hundred, or one row in twenty.
    case sparse, black
    /// float32 numbers of few bits, many of whose sums are ties.
    case quantised
  }

  init(
    _ name: String, _ input: Shape, _ layers: String, brightest: Int = 255,
    _ numbers: Numbers = .integers
  ) {
    self.name = name
    self.numbers = numbers
    self.input = input
    self.layers = layers.split(separator: " ").map(String.init)
    self.brightest = brightest
  }

  static func all() throws -> [Work] {
    try [
      Work("worked-example", Shape(11, 11, 4), "conv:5,filters=2,stride=2", brightest: 9),
      Work("alexnet-conv1", Shape(227, 227, 3), "conv:11,filters=96,stride=4"),
      Work(
        "pytorch-net", Shape(32, 32, 3),
        "conv:5,filters=6 relu maxpool:2 conv:5,filters=16 relu maxpool:2 flatten "
          + "dense:120 relu dense:84 relu dense:10"),
      Work("keras-net", Shape(150, 150, 3), kerasNet),
      Work("vgg16", Shape(224, 224, 3), vgg16),
      Work(
        "alexnet-conv1-float32", Shape(227, 227, 3), "conv:11,filters=96,stride=4", .float32),
      Work(
        "alexnet-conv1-sparse-float32", Shape(227, 227, 3), "conv:11,filters=96,stride=4", .sparse),
      Work(
        "alexnet-conv1-black-float32", Shape(227, 227, 3), "conv:11,filters=96,stride=4", .black),
      Work(
        "alexnet-conv1-quantised-float32", Shape(227, 227, 3), "conv:11,filters=96,stride=4",
        .quantised),
      Work("keras-net-float32", Shape(150, 150, 3), kerasNet, .float32),
    ]
  }

  private static let kerasNet =
    "conv:3,filters=32 relu maxpool:2 conv:3,filters=64 relu maxpool:2 "
    + "conv:3,filters=128 relu maxpool:2 conv:3,filters=128 relu maxpool:2 flatten "
    + "dense:512 relu dense:1"

  private static var vgg16: String {
    let blocks = [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)].map { filters, count in
      String(repeating: "conv:3,filters=\(filters),padding=1 relu ", count: count) + "maxpool:2"
    }
    return blocks.joined(separator: " ") + " flatten dense:4096 relu dense:4096 relu dense:1000"
  }
}

extension Work {
  /// The network with its numbers, and an input.
  func made() throws -> (Network, Tensor) {
    let specifications = try layers.map { text in try LayerSpecification(parsing: text) }
    let seeded = try Network(input: input, layers: specifications)
    var given: [String: GivenParameters] = [:]
    for layer in seeded.layers {
      given[layer.name] = layer.parameters.map { numbers.parameters($0, layer: layer.index) }
    }
    return (try seeded.taking(given), numbers.input(input, brightest: brightest))
  }
}

extension Work.Numbers {
  /// Small integers, or float32 numbers whose sums keep their size from layer to layer.
  func parameters(_ seeded: Parameters, layer: Int) -> GivenParameters {
    switch self {
    case .integers:
      func stored(_ numbers: Coefficients) -> Coefficients {
        .stored(
          Integers((0..<numbers.count).map { Int64(numbers[$0].nearestDouble) }), denominator: 1)
      }
      return GivenParameters(weights: stored(seeded.weights), bias: seeded.bias.map(stored))
    case .quantised:
      let numbers = SeededSequence(seed: 1, layer: layer, low: -127, high: 127)
      func floats(_ count: Int) -> Coefficients {
        .float32((0..<count).map { Float(numbers[$0]) * 0x1p-7 })
      }
      return GivenParameters(weights: floats(seeded.weights.count), bias: floats(seeded.filters))
    case .float32, .sparse, .black:
      let numbers = SeededSequence(seed: 1, layer: layer, low: -1 << 24, high: 1 << 24)
      let scale = (3 / Float(seeded.filter.count)).squareRoot() * 0x1p-24
      func floats(_ count: Int) -> Coefficients {
        .float32((0..<count).map { Float(numbers[$0]) * scale })
      }
      return GivenParameters(weights: floats(seeded.weights.count), bias: floats(seeded.filters))
    }
  }

  func input(_ shape: Shape, brightest: Int) -> Tensor {
    let numbers = SeededSequence(seed: 0, layer: 0, low: 0, high: brightest)
    switch self {
    case .integers: return Tensor(shape, Integers((0..<shape.count).map { Int64(numbers[$0]) }))
    case .float32, .sparse, .black, .quantised:
      let unit: Float = self == .quantised ? 0x1p-8 : 1 / 255
      let floats = (0..<shape.count).map { index -> Float in
        switch self {
        case .sparse where numbers[index + shape.count] % 100 != 0: return 0
        case .black where index / shape.width % 20 != 0: return 0
        default: return Float(numbers[index]) * unit
        }
      }
      return .float32(shape, floats, isRounded: false)
    }
  }
}
