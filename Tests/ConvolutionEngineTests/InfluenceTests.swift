import ConvolutionEngine
import Testing

/// What a cell goes into, against the way back of every cell.
@Suite struct InfluenceTests {
  @Test(arguments: [
    "7x6x2 conv:3,filters=2 relu conv:2,stride=2 maxpool:2,stride=1",
    "9x9x1 conv:3,padding=1,dilation=2 avgpool:3,stride=2,padding=1 zeropad:2 conv:3",
    "6x6x2 relu,name=a conv:3,padding=1,filters=2,name=b add,from=a+b,name=c concat,from=c+a",
    "8x5x3 lrn:3 dropout:0.5 batchnorm conv:1x3,filters=2 conv:3,stride=4",
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
        for x in 0..<from.width {
          for y in 0..<from.height {
            var columns: Set<Int> = []
            var rows: Set<Int> = []
            for cell in (0..<shape.plane).map(shape.cell) {
              let reach = network.reach(of: cell, in: layer.index).first { $0.source == source }
              if reach?.columns.contains(x) == true { columns.insert(cell.x) }
              if reach?.rows.contains(y) == true { rows.insert(cell.y) }
            }
            let found = network.influence(of: Cell(x, y, 0), in: source, on: layer.index)
            guard let found else {
              // Between the places of a dilated window the hull of what it reads is not read.
              continue
            }
            #expect(found.columns.allSatisfy(columns.contains), "\(layer.name) of \(x),\(y)")
            #expect(found.rows.allSatisfy(rows.contains), "\(layer.name) of \(x),\(y)")
            if !subject.contains("dilation") {
              #expect(found.columns.count == columns.count && found.rows.count == rows.count)
            }
          }
        }
      }
    }
  }

  @Test func `runs through dense layers whole, and is nothing where nothing is read`() throws {
    let network = try Network(
      input: Shape(7, 7, 1),
      layers: ["conv:3,stride=3", "flatten", "dense:4"].map { try LayerSpecification(parsing: $0) })
    let whole = Influence(columns: 0..<1, rows: 0..<1)
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
