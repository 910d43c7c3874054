import ConvolutionEngine

/// The sizes and costs of a network, a line a layer and no more: what goes in and comes out, and what
/// share of the parameters it has.
package struct CompactTable: Sendable {
  private let network: Network
  private let width: Int
  private let frozen: Int
  /// What is counted, where that was chosen.
  private let chosen: CountedWork?
  private var count: CountedWork { chosen ?? .macs }

  /// - Parameters:
  ///   - width: how long lines should be at most: kinds of layers are left out, and gaps are narrower,
  ///     where they would be longer.
  ///   - frozen: how many layers, from the first on, training leaves as they are.
  ///   - count: the work that is counted; nil for the usual, which needs no explanation.
  package init(
    _ network: Network, width: Int = ShapeTable.width, frozen: Int = 0, count: CountedWork? = nil
  ) {
    self.network = network
    self.width = max(width, ShapeTable.width)
    self.frozen = frozen
    chosen = count
  }

  /// The heading, the input, each layer, the totals, and the most memory that is taken.
  package var lines: [String] {
    let rows = rows
    var columns = Array(rows[0].indices)
    if length(of: columns, in: rows, gap: 2) > width { columns.removeAll { $0 == Column.kind } }
    let gap = length(of: columns, in: rows, gap: 2) > width ? 1 : 2
    let table = rows.map { row in
      let texts = columns.map { column in
        column >= Column.firstNumber
          ? padded(row[column], to: columnWidth(column, in: rows))
          : leading(row[column], to: columnWidth(column, in: rows))
      }
      return trimmed(texts.joined(separator: String(repeating: " ", count: gap)))
    }
    return table + notes
  }

  private enum Column {
    static let kind = 1
    static let firstNumber = 4
  }

  private var rows: [[String]] {
    let heading = ["layer", "kind", "input", "output", "parameters", "share", count.title]
    let input = [network.inputName, "input", "", "\(network.input)", "", "", ""]
    let layers = network.layers.map { layer in
      [
        layer.name, layer.operation.kind, layer.inputs.joinedText, "\(layer.output)",
        grouped(layer.parameterCount), network.shareText(layer.parameterCount),
        grouped(count.work(of: layer)),
      ]
    }
    let total = [
      "total", "", "", "", grouped(network.parameterCount),
      network.shareText(network.parameterCount), grouped(count.work(of: network)),
    ]
    return [heading, input] + layers + [total]
  }

  private var notes: [String] {
    var notes: [String] = []
    if frozen > 0 {
      let trainable = network.shapeRows(frozen: frozen).reduce(0) { $0 + $1.trainable }
      notes.append(
        "trainable    \(grouped(trainable)), frozen \(grouped(network.parameterCount - trainable))")
    }
    if let peak = MemoryPeak(network) {
      notes.append(
        "peak memory  \(memoryText(peak.bytes)), while \(peak.layer.name) is computed; four bytes a "
          + "number")
    }
    if let chosen { notes += wrapped(chosen.explanation, to: width) }
    return notes
  }

  private func columnWidth(_ column: Int, in rows: [[String]]) -> Int {
    rows.map { $0[column].unicodeScalars.count }.max() ?? 0
  }

  private func length(of columns: [Int], in rows: [[String]], gap: Int) -> Int {
    columns.reduce(gap * (columns.count - 1)) { $0 + columnWidth($1, in: rows) }
  }
}

extension [Shape] {
  /// `35×35×(64 + 96)` of two that are as wide and as high, `2 of 7×7×9` of equal ones.
  package var joinedText: String {
    guard let first, count > 1 else { return self.first.map { "\($0)" } ?? "" }
    if allSatisfy({ $0 == first }) { return "\(count) of \(first)" }
    guard allSatisfy({ $0.width == first.width && $0.height == first.height }) else {
      return map { "\($0)" }.joined(separator: " + ")
    }
    let depths = map { "\($0.depth)" }.joined(separator: " + ")
    return "\(first.width)×\(first.height)×(\(depths))"
  }
}

extension Network {
  /// What part of all parameters some are: `74.3%`; empty where there are none at all.
  package func shareText(_ count: Int) -> String {
    let (count, all) = (Int128(count), Int128(parameterCount))
    guard all > 0 else { return "" }
    let tenths = (2000 * count + all) / (2 * all)
    if tenths == 0, count > 0 { return "<0.1%" }
    if tenths == 1000, count < all { return ">99.9%" }
    return tenths == 1000 ? "100%" : "\(tenths / 10).\(tenths % 10)%"
  }
}
