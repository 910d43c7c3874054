import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Testing

/// Pools of every geometry against numbers thrown the other way, by every evaluator.
struct PoolTests {
  private static let line = Geometry(
    input: 1, filter: 1, stride: 1, before: 0, after: 0, dilation: 1, rounding: .floor)

  @Test(arguments: Evaluator.all)
  func `every geometry along one axis`(evaluator: Evaluator) throws {
    var tried = 0
    for geometry in Geometry.all {
      var line = PoolTests.line
      line.rounding = geometry.rounding
      if try check(geometry, line, depth: 1, evaluator) { tried += 1 }
      if try check(line, geometry, depth: 1, evaluator) { tried += 1 }
    }
    #expect(tried > 3_000)
  }

  @Test(arguments: Evaluator.all, Rounding.allCases)
  func `unequal widths and heights over several depths`(
    evaluator: Evaluator, rounding: Rounding
  ) throws {
    let all = Geometry.all(rounding: rounding)
    var tried = 0
    for index in stride(from: 0, to: all.count, by: 2) {
      let y = all[(index * 11 + 97) % all.count]
      if try check(all[index], y, depth: 1 + index % 3, evaluator) { tried += 1 }
    }
    #expect(tried > 30)
  }

  @Test func `a padded place is never a candidate`() throws {
    let network = try Network(Shape(2, 1, 1), "maxpool:2x1,stride=1,left=1,right=1")
    let input = Tensor(try Shape(2, 1, 1), [-5, -3])
    #expect(try evaluated(network, input).values == [-5, -3, -3].map { Number($0) })
    let account = try network.layers[0].account(of: Cell(0, 0, 0), inputs: [input])
    let candidates = try #require(account.candidates)
    #expect(candidates.cells == [Cell(0, 0, 0)])
    #expect(candidates.values == [Number(-5)])
    #expect(candidates.winners == [0])
  }

  @Test func `all that equal the maximum win`() throws {
    let network = try Network(Shape(2, 2, 1), "maxpool:2")
    let account = try network.layers[0].account(
      of: Cell(0, 0, 0), inputs: [Tensor(try Shape(2, 2, 1), [7, 4, 7, 7])])
    let candidates = try #require(account.candidates)
    #expect(candidates.cells == [Cell(0, 0, 0), Cell(1, 0, 0), Cell(0, 1, 0), Cell(1, 1, 0)])
    #expect(candidates.values == [7, 4, 7, 7].map { Number($0) })
    #expect(candidates.winners == [0, 2, 3])
  }

  @Test func `a global average is one number for each depth`() throws {
    let network = try Network(Shape(3, 2, 2), "globalavgpool")
    let output = try evaluated(
      network, Tensor(try Shape(3, 2, 2), [1, 2, 3, 4, 5, 7, 0, 0, 0, 0, 0, -3]))
    #expect(output.shape == (try Shape(1, 1, 2)))
    #expect(output.values == [Number(1 + 2 + 3 + 4 + 5 + 7, over: 6), Number(-3, over: 6)])
  }

  @Test func `a pool without padding counted refuses a window of padding alone`() throws {
    for layer in ["maxpool:2,stride=1,left=2", "avgpool:2,stride=1,left=2,count-padding=no"] {
      #expect(
        throws: NetworkError.layer(
          name: "v", number: 1, input: try Shape(4, 4, 1),
          .windowOfPadding(axis: .x, position: 0, input: 4))
      ) { try Network(Shape(4, 4, 1), layer) }
    }
    #expect(throws: Never.self) { try Network(Shape(4, 4, 1), "avgpool:2,stride=1,left=2") }
  }

  /// A maximum and both averages of one geometry.
  private func check(
    _ x: Geometry, _ y: Geometry, depth: Int, _ evaluator: Evaluator
  ) throws -> Bool {
    guard let oracle = try? ScatterOracle(x, y, depth: depth) else { return false }
    let windows = WindowSettings(x, y)
    let seesInput = oracle.x.everyWindowSeesInput && oracle.y.everyWindowSeesInput
    let input = Representation.exact.input(oracle.input, oracle.numbers)
    let floats = Representation.floats.input(oracle.input, oracle.numbers)
    let pools: [(Operation, isMaximum: Bool, counts: Bool)] = [
      (.maxPool(MaxPool(windows: windows)), true, true),
      (.averagePool(AveragePool(windows: windows, countsPadding: true)), false, true),
      (.averagePool(AveragePool(windows: windows, countsPadding: false)), false, false),
    ]
    for (operation, isMaximum, counts) in pools {
      let kind = operation.kind
      let pool = LayerSpecification(operation)
      func network() throws(NetworkError) -> Network {
        try Network(input: oracle.input, layers: [pool])
      }
      guard seesInput || (!isMaximum && counts) else {
        #expect(throws: NetworkError.self) { try network() }
        continue
      }
      let layer = try network().layers[0]
      let expected =
        isMaximum ? oracle.maximum() : oracle.average(countsPadding: counts)
      #expect(
        try evaluator.evaluate(layer, [input]).values == expected,
        "\(kind) \(counts) \(x.testDescription) × \(y.testDescription)")
      // Small quotients are far from a tie, so rounding them by way of double is right.
      #expect(
        try evaluator.evaluate(layer, [floats]).floats == expected.map { Float($0.nearestDouble) },
        "\(kind) \(counts) \(x.testDescription) × \(y.testDescription), float32")
    }
    return true
  }
}
