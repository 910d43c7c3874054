import ConvolutionEngine
import Testing

/// What a cell goes into, against the way back of every cell.
@Suite struct InfluenceTests {
  @Test(arguments: [
    "7x6x2 conv:3,filters=2 relu conv:2,stride=2 maxpool:2,stride=1",
    "9x9x1 conv:3,padding=1,dilation=2 avgpool:3,stride=2,padding=1 zeropad:2 conv:3",
    "6x6x2 relu,name=a conv:3,padding=1,filters=2,name=b add,from=a+b,name=c concat,from=c+a",
    "8x5x3 lrn:3 dropout:0.5 batchnorm conv:1x3,filters=2 conv:3,stride=4",
    "5x4x4 conv:3,filters=6,groups=2 depthwise:2,multiplier=2 maxpool:2x1",
    "4x4x2 depthwise:2,name=d relu,name=p concat,from=d+p,name=c globalavgpool softmax",
    "3x2x4 maxpool:2x1,name=p flatten,name=f relu,name=r dense:3",
  ])
  func `is every cell that is reached by it`(subject: String) throws {
    let words = subject.split(separator: " ").map(String.init)
    let sides = words[0].split(separator: "x").compactMap { Int($0) }
    let network = try Network(
      input: Shape(sides[0], sides[1], sides[2]),
      layers: words.dropFirst().map { try LayerSpecification(parsing: $0) })
    for layer in network.layers {
      let shape = layer.output
      for source in [Source.input] + network.layers.prefix(layer.index).map({ .layer($0.index) }) {
        let from = source == .input ? network.input : network.layers[number(source)].output
        for origin in (0..<from.count).map(from.cell) {
          var reached = (columns: Set<Int>(), rows: Set<Int>(), depths: Set<Int>())
          for cell in (0..<shape.count).map(shape.cell) {
            let reach = network.reach(of: cell, in: layer.index).first { $0.source == source }
            guard let reach, reach.depths.contains(origin.depth) else { continue }
            if reach.columns.contains(origin.x) { reached.columns.insert(cell.x) }
            if reach.rows.contains(origin.y) { reached.rows.insert(cell.y) }
            if reach.columns.contains(origin.x), reach.rows.contains(origin.y) {
              reached.depths.insert(cell.depth)
            }
          }
          // Between the places of a dilated window the hull of what it reads is not read.
          guard let found = network.influence(of: origin, in: source, on: layer.index) else {
            continue
          }
          let place = "\(layer.name) of \(origin)"
          #expect(found.columns.allSatisfy(reached.columns.contains), "\(place)")
          #expect(found.rows.allSatisfy(reached.rows.contains), "\(place)")
          #expect(found.depths.lowerBound == reached.depths.min(), "\(place)")
          #expect(found.depths.upperBound - 1 == reached.depths.max(), "\(place)")
          if !subject.contains("dilation") {
            #expect(found.columns.count == reached.columns.count, "\(place)")
            #expect(found.rows.count == reached.rows.count, "\(place)")
          }
        }
      }
    }
  }

  @Test func `runs through dense layers whole, and is nothing where nothing is read`() throws {
    let network = try Network(
      input: Shape(7, 7, 1),
      layers: ["conv:3,stride=3", "flatten", "dense:4"].map { try LayerSpecification(parsing: $0) })
    let whole = Influence(columns: 0..<1, rows: 0..<1, depths: 0..<4)
    #expect(network.influence(of: Cell(0, 0, 0), in: .input, on: 2) == whole)
    // Column 6 is unread.
    #expect(network.influence(of: Cell(6, 0, 0), in: .input, on: 0) == nil)
    #expect(network.influence(of: Cell(6, 0, 0), in: .input, on: 2) == nil)
    #expect(network.influence(of: Cell(0, 0, 0), in: .layer(2), on: 1) == nil)
  }

  private func number(_ source: Source) -> Int {
    if case .layer(let index) = source { index } else { -1 }
  }
}
