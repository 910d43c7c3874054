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

  /// Layers whose way back is measured, and networks.
  static func backward() throws -> [Work] {
    let networks = try all().filter { !["worked-example", "alexnet-conv1"].contains($0.name) }
    return try [
      Work("worked-example", Shape(11, 11, 4), "conv:5,filters=2,stride=2", brightest: 9),
      Work("alexnet-conv1", Shape(227, 227, 3), "conv:11,filters=96,stride=4"),
      Work("vgg-block1-conv2", Shape(224, 224, 64), "conv:3,filters=64,padding=1"),
      Work("vgg-block3-conv2", Shape(56, 56, 256), "conv:3,filters=256,padding=1"),
      Work("vgg-block5-conv1", Shape(14, 14, 512), "conv:3,filters=512,padding=1"),
      Work("strided", Shape(56, 56, 64), "conv:3,filters=128,stride=2,padding=1"),
      Work("strided-1x1", Shape(56, 56, 256), "conv:1,filters=512,stride=2"),
      Work("dilated", Shape(28, 28, 128), "conv:3,filters=128,padding=2,dilation=2"),
      Work("grouped", Shape(27, 27, 96), "conv:5,filters=256,padding=2,groups=2"),
      Work("depthwise", Shape(112, 112, 64), "depthwise:3,padding=1"),
      Work("depthwise-strided", Shape(112, 112, 64), "depthwise:3,padding=1,stride=2"),
      Work("dense", Shape(1, 1, 4096), "dense:1000"),
      Work("maxpool", Shape(112, 112, 128), "maxpool:2"),
      Work("overlapping-maxpool", Shape(55, 55, 96), "maxpool:3,stride=2"),
      Work("avgpool", Shape(112, 112, 128), "avgpool:2"),
      Work("overlapping-avgpool", Shape(55, 55, 96), "avgpool:3,stride=2"),
      Work("globalavgpool", Shape(7, 7, 2048), "globalavgpool"),
      Work("batchnorm", Shape(112, 112, 64), "batchnorm"),
      Work("vgg-float32", Shape(56, 56, 128), "conv:3,filters=128,padding=1", .float32),
      Work("strided-float32", Shape(56, 56, 64), "conv:3,filters=128,stride=2,padding=1", .float32),
      Work("depthwise-float32", Shape(112, 112, 64), "depthwise:3,padding=1", .float32),
      Work("dense-float32", Shape(1, 1, 4096), "dense:1000", .float32),
      Work("maxpool-float32", Shape(112, 112, 128), "maxpool:2", .float32),
      Work("avgpool-float32", Shape(112, 112, 128), "avgpool:2", .float32),
      Work("batchnorm-float32", Shape(112, 112, 64), "batchnorm", .float32),
    ] + networks
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
          Integers((0..<numbers.count).map { Int64(numbers.numerator($0)) }), denominator: 1)
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
