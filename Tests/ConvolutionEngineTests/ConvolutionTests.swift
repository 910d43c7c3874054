import ConvolutionEngine
import FastEvaluation
import Testing

/// Convolutions against numbers thrown the other way, by every evaluator.
struct ConvolutionTests {
  @Test(arguments: Evaluator.all)
  func `every geometry along one axis`(evaluator: Evaluator) throws {
    let line = Geometry(
      input: 1, filter: 1, stride: 1, before: 0, after: 0, dilation: 1, rounding: .floor)
    var tried = 0
    for rounding in [Rounding.floor, .strict] {
      for geometry in Geometry.all(rounding: rounding) {
        for (x, y) in [(geometry, line), (line, geometry)] {
          var (x, y) = (x, y)
          x.rounding = rounding
          y.rounding = rounding
          if try check(x, y, depth: 1, filters: 1, groups: 1, bias: true, evaluator) { tried += 1 }
        }
      }
    }
    #expect(tried > 2_000)
  }

  @Test(arguments: Evaluator.all)
  func `unequal widths and heights with depths, filters, groups and bias`(
    evaluator: Evaluator
  ) throws {
    let mixes: [(depth: Int, filters: Int, groups: Int)] = [
      (1, 1, 1), (2, 1, 1), (2, 2, 2), (3, 2, 1), (4, 2, 2), (4, 4, 4),
      (2, 4, 2), (1, 3, 1), (3, 3, 3), (6, 4, 2), (2, 6, 2),
    ]
    let all = Geometry.all(rounding: .floor)
    var tried = 0
    for (index, x) in all.enumerated() {
      // 7 and 311 share no factor with the 810 geometries: each meets many others.
      let y = all[(index * 7 + 311) % all.count]
      let mix = mixes[index % mixes.count]
      let done = try check(
        x, y, depth: mix.depth, filters: mix.filters, groups: mix.groups,
        bias: index % 3 != 0, evaluator)
      if done { tried += 1 }
    }
    #expect(tried > 500)
  }

  /// - Returns: whether the geometry is possible at all.
  private func check(
    _ x: Geometry, _ y: Geometry, depth: Int, filters: Int, groups: Int, bias: Bool,
    _ evaluator: Evaluator
  ) throws -> Bool {
    guard let oracle = try? ScatterOracle(x, y, depth: depth) else { return false }
    let weights = scattered(x.filter * y.filter * depth / groups * filters, from: 5)
    let biases = bias ? scattered(filters, from: 11) : nil
    let settings = Convolution(
      windows: WindowSettings(x, y), filters: filters, groups: groups, hasBias: bias)
    let expected = oracle.convolution(
      filters: filters, groups: groups, weights: weights, bias: biases)
    // All kinds of float32 take turns.
    let turn = (x.before + x.after + y.before + y.after + x.stride + y.filter) % 3
    for representation in [.exact, Representation.allCases[1 + turn]] {
      let network = try Network(
        input: oracle.input, layers: [LayerSpecification(.convolution(settings), name: "v")]
      ).mixing([
        "v": GivenParameters(
          weights: representation.coefficients(weights),
          bias: biases.map { representation.coefficients($0) })
      ])
      let input = representation.input(oracle.input, oracle.numbers)
      let output = try evaluator.evaluate(network.layers[0], [input])
      #expect(output.isExact == (representation == .exact))
      #expect(
        output.values == expected,
        "\(x.testDescription) × \(y.testDescription), \(representation)")
    }
    return true
  }
}
