import ConvolutionEngine
import Walkthrough

extension NetworkTable {
  /// A column of the table: its heading, and what it says of each layer and each block.
  struct Column: Sendable, Equatable {
    let heading: String
    let isNumber: Bool
    let width: Int
    private let layers: [String]
    private let blocks: [String]

    /// - Parameter text: of some layers that stand one behind another.
    private init(
      _ heading: String, isNumber: Bool = false, of network: Network, _ blocks: [LayerBlock],
      _ text: (Range<Int>) -> String
    ) {
      self.init(
        heading, isNumber: isNumber, layers: network.layers.map { text($0.index..<$0.index + 1) },
        blocks: blocks.map { text($0.layers) })
    }

    private init(_ heading: String, isNumber: Bool, layers: [String], blocks: [String]) {
      self.heading = heading
      self.isNumber = isNumber
      (self.layers, self.blocks) = (layers, blocks)
      width = min(
        40, ([heading] + layers + blocks).map(\.unicodeScalars.count).max() ?? 0)
    }

    subscript(line: Line) -> String {
      switch line {
      case .layer(let index): layers[index]
      case .block(let index): blocks[index]
      }
    }

    /// All columns, the dispensable ones last.
    static func all(of network: Network, _ blocks: [LayerBlock]) -> [Column] {
      let fields = network.receptiveFields
      func sum(_ layers: Range<Int>, _ number: (Layer) -> Int) -> Int {
        layers.reduce(0) { $0 + number(network.layers[$1]) }
      }
      func column(
        _ heading: String, isNumber: Bool = false, _ text: (Range<Int>) -> String
      ) -> Column {
        Column(heading, isNumber: isNumber, of: network, blocks, text)
      }
      return [
        Column(
          "layer", isNumber: false, layers: network.layers.map { cutInside($0.name, to: 24) },
          blocks: blocks.map {
            // One of a single layer is never a line of its own.
            $0.layers.count > 1 ? "\(cutInside($0.name, to: 24)) (\($0.layers.count))" : ""
          }),
        column("output") { "\(network.layers[$0.upperBound - 1].output)" },
        column("parameters", isNumber: true) { grouped(sum($0, \.parameterCount)) },
        column("multiply-adds", isNumber: true) { grouped(sum($0, \.multiplyAdds)) },
        column("field", isNumber: true) { layers in
          let field = fields[layers.upperBound - 1]
          return "\(field.x.size)×\(field.y.size)"
        },
        column("kind") { $0.count > 1 ? "block" : network.layers[$0.lowerBound].operation.kind },
        column("from") { network.sources(of: $0).map(network.name).joined(separator: " ") },
        column("share", isNumber: true) { network.shareText(sum($0, \.parameterCount)) },
        column("input") { network.sources(of: $0).map { network.shape(of: $0) }.joinedText },
      ]
    }
  }
}

extension Network {
  /// What some layers that stand one behind another take of the others.
  fileprivate func sources(of layers: Range<Int>) -> [Source] {
    layers.reduce(into: []) { sources, index in
      for source in self.layers[index].sources {
        if case .layer(let before) = source, layers.contains(before) { continue }
        if layers.count == 1 || !sources.contains(source) { sources.append(source) }
      }
    }
  }
}
