import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Testing
import Walkthrough

/// What reaches a cell, compared with what happens to the cell when one input is changed.
@Suite struct ReachTests {
  private static let chains = [
    "9x7x1 conv:3",
    "9x7x1 conv:3x2,stride=2,padding=1 conv:3",
    "11x11x1 conv:3,dilation=2,padding=2 avgpool:2,padding=1",
    "12x8x1 avgpool:2 conv:3,left=2,top=1 avgpool:3,stride=2,rounding=ceil",
    "9x9x1 conv:2,stride=4 conv:2",
    "8x8x1 conv:3,padding=1 globalavgpool",
    "6x5x1 conv:2,filters=2 flatten",
    "6x5x1 conv:2,filters=2 flatten dense:2",
    "6x5x1 conv:2,filters=2 flatten,order=yxd",
    "6x5x1 conv:2,filters=3 flatten,order=yxd conv:1 dense:2",
    "7x7x1 conv:1,padding=2 conv:3,dilation=2",
    "6x6x1 zeropad:2 conv:3,stride=2",
    "9x9x1 conv:3,filters=2,name=a conv:5,padding=1,from=X,name=b concat,from=a+b conv:2",
    "9x9x1 conv:3,name=a conv:5,padding=1,from=X,name=b add,from=a+b conv:2,stride=2",
  ]

  private func network(_ words: String) throws -> Network {
    let words = words.split(separator: " ").map(String.init)
    let sides = words[0].split(separator: "x").compactMap { Int($0) }
    // Weights of 1: no two changes cancel.
    let layers = try words.dropFirst().map { try LayerSpecification(parsing: $0) }
    let sizes = try Network(input: try Shape(sides[0], sides[1], sides[2]), layers: layers)
    var ones: [String: GivenParameters] = [:]
    for layer in sizes.layers {
      guard let parameters = layer.parameters else { continue }
      let weights = Integers(Array(repeating: Int128(1), count: parameters.weights.count))
      ones[layer.name] = GivenParameters(
        weights: .stored(weights, denominator: 1), bias: parameters.bias)
    }
    return try Network(input: sizes.input, layers: layers).taking(ones)
  }

  /// The input's columns and rows whose change changes the cell, found by trying each.
  private func perturbed(_ network: Network, _ cell: Cell) throws -> (Range<Int>, Range<Int>)? {
    let shape = network.input
    let last = network.layers.count - 1
    func value(_ numbers: [Int128]) throws -> Number {
      var activations = Activations(network, input: Tensor(shape, numbers))
      return try activations.evaluate(last)[cell]
    }
    let zeros = [Int128](repeating: 0, count: shape.count)
    let before = try value(zeros)
    let changing = try (0..<shape.count).filter { index in
      var numbers = zeros
      numbers[index] = 1
      return try value(numbers) != before
    }.map { shape.cell(at: $0) }
    guard let left = changing.map(\.x).min(), let right = changing.map(\.x).max(),
      let top = changing.map(\.y).min(), let bottom = changing.map(\.y).max()
    else { return nil }
    return (left..<right + 1, top..<bottom + 1)
  }

  @Test(arguments: chains)
  func `what reaches a cell is what changes it`(chain: String) throws {
    let network = try network(chain)
    let last = network.layers[network.layers.count - 1]
    for index in 0..<last.output.count {
      let cell = last.output.cell(at: index)
      let reach = network.reach(of: cell, in: last.index).last { $0.source == .input }
      let changing = try perturbed(network, cell)
      #expect(reach?.columns == changing?.0, "\(cell)")
      #expect(reach?.rows == changing?.1, "\(cell)")
    }
  }

  @Test(arguments: chains)
  func `the field that the formula gives holds what reaches a cell`(chain: String) throws {
    let network = try network(chain)
    let last = network.layers[network.layers.count - 1]
    let field = try #require(network.receptiveFields.last)
    for index in 0..<last.output.plane {
      let cell = last.output.cell(at: index)
      guard let reach = network.reach(of: cell, in: last.index).last else { continue }
      for (extent, position, found) in [
        (field.x, cell.x, reach.columns), (field.y, cell.y, reach.rows),
      ] {
        let start = extent.offset + position * extent.stride
        #expect(start <= found.lowerBound && found.upperBound <= start + extent.size)
      }
    }
  }

  @Test func `known networks have their known fields`() throws {
    // AlexNet's first three layers: 11; 11 + 2·4 = 19; 19 + 4·8 = 51.
    let fields = try network("227x227x1 conv:11,stride=4 maxpool:3,stride=2 conv:5,padding=2")
      .receptiveFields
    #expect(fields.map(\.x.size) == [11, 19, 51])
    #expect(fields.map(\.x.stride) == [4, 8, 8])
    #expect(fields.map(\.y.offset) == [0, 0, -16])
  }

  @Test func `the way back names each layer, nearest first, and what padding cuts off`() throws {
    let network = try network("9x9x1 conv:3,padding=1,name=a conv:3,padding=1,name=b relu")
    let reach = network.reach(of: Cell(0, 4, 0), in: 2)
    #expect(reach.map(\.source) == [.layer(1), .layer(0), .input])
    #expect(reach.map(\.columns) == [0..<1, 0..<2, 0..<3])
    #expect(reach.map(\.rows) == [4..<5, 3..<6, 2..<7])
    #expect(reach.map(\.paddedColumns) == [0..<1, -1..<2, -1..<3])
    #expect(reach.map(\.isClipped) == [false, true, true])
  }

  @Test func `nothing reaches a cell whose window sees padding alone`() throws {
    let across = try network("3x3x1 conv:2,left=2 relu")
    #expect(across.reach(of: Cell(0, 1, 0), in: 1).map(\.source) == [.layer(0)])
    let below = try network("3x3x1 conv:2,bottom=2 relu")
    #expect(below.reach(of: Cell(1, 3, 0), in: 1).map(\.source) == [.layer(0)])
    // Of two branches `a` sees padding there, and `b` the input's first column.
    let branches = try network(
      "3x3x1 conv:2,left=2,name=a conv:2,left=1,right=1,from=X,name=b add,from=a+b")
    let reach = branches.reach(of: Cell(0, 0, 0), in: 2)
    #expect(reach.map(\.source) == [.layer(1), .layer(0), .input])
    #expect(reach.last?.columns == 0..<1)
    #expect(reach.last?.paddedColumns == -1..<1)
  }

  @Test func `depths share and divide each other`() throws {
    let shares = try network("2x2x5 softmax")
    #expect(shares.reach(of: Cell(1, 0, 3), in: 0).map(\.depths) == [0..<5])
    #expect(shares.reach(of: Cell(1, 0, 3), in: 0).map(\.columns) == [1..<2])
    // Two maps below and one above, as far as there are any.
    let divides = try network("2x2x5 lrn:4")
    #expect(
      (0..<5).map { divides.reach(of: Cell(0, 1, $0), in: 0)[0].depths }
        == [0..<2, 0..<3, 0..<4, 1..<5, 2..<5])
    let twice = try network("2x2x9 lrn:3 lrn:3")
    #expect(twice.reach(of: Cell(0, 0, 4), in: 1).map(\.depths) == [3..<6, 2..<7])
  }

  @Test func `a group's cell is reached by its own depths`() throws {
    let network = try network("5x5x4 conv:3,filters=4,groups=2 maxpool:2")
    #expect(network.reach(of: Cell(0, 0, 3), in: 1).map(\.depths) == [3..<4, 2..<4])
  }
}
