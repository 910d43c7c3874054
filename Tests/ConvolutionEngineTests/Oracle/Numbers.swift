import ConvolutionEngine
import ExactNumbers
import FastEvaluation

/// Small numbers of both signs without a pattern that a wrong index could hide in.
func scattered(_ count: Int, from start: Int = 0) -> [Int] {
  (start..<start + count).map { ($0 * $0 * 7 + $0 * 3 + 1) % 19 - 9 }
}

extension Coefficients {
  init(_ numbers: [Int], over denominator: Int128 = 1) {
    self = .stored(Integers(numbers.map { Int128($0) }), denominator: denominator)
  }
}

extension Tensor {
  init(_ shape: Shape, small numbers: [Int], over denominator: Int128 = 1) {
    self.init(shape, numbers.map { Int128($0) }, over: denominator)
  }

  /// Its values in the walk's order.
  var values: [Number] { (0..<shape.count).map { self[shape.cell(at: $0)] } }

  /// Its values times a common denominator, as a table of a test writes them.
  func values(times factor: Int128) -> [Int128?] {
    values.map { value in
      guard let value = value.ratio else { return nil }
      let scaled = Ratio(value.numerator * factor, over: value.denominator).reduced
      return scaled.denominator == 1 ? scaled.numerator : nil
    }
  }
}

extension Network {
  /// Takes numbers of layers' own and keeps seeded ones beside them, which only tests may mix.
  func mixing(_ parameters: [String: GivenParameters]) throws -> Network {
    try taking(
      Dictionary(
        uniqueKeysWithValues: parameters.map { name, given in
          let seeded = layer(named: name)?.parameters
          return (
            name,
            GivenParameters(
              weights: given.weights ?? seeded?.weights, bias: given.bias ?? seeded?.bias,
              normalization: given.normalization)
          )
        }))
  }

  /// One layer as the command line writes it, with its numbers.
  init(
    _ input: Shape, _ layer: String, weights: [Int]? = nil, over denominator: Int128 = 1,
    bias: [Int]? = nil, over biasDenominator: Int128 = 1
  ) throws {
    let specification = try LayerSpecification(parsing: layer + ",name=v")
    let seeded = try Network(input: input, layers: [specification])
    if seeded.layers[0].normalization != nil {
      self = try seeded.taking([
        "v": GivenParameters(normalization: weights.map { Coefficients($0, over: denominator) })
      ])
      return
    }
    self = try seeded.mixing([
      "v": GivenParameters(
        weights: weights.map { Coefficients($0, over: denominator) },
        bias: bias.map { Coefficients($0, over: biasDenominator) })
    ])
  }

  /// Several layers as the command line writes them.
  init(_ input: Shape, _ layers: [String], seed: UInt64 = 0) throws {
    try self.init(
      input: input, layers: try layers.map { text in try LayerSpecification(parsing: text) },
      seed: seed)
  }
}

/// The whole output of a network's last layer.
func evaluated(_ network: Network, _ input: Tensor) throws -> Tensor {
  var activations = Activations(network, input: input)
  return try activations.evaluate(network.layers.count - 1)
}
