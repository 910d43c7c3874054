/// What of the input, or of a layer, reaches one cell of a later layer.
package struct Reach: Sendable, Equatable {
  package let source: Source
  /// From the first to the last column and row that reach the cell; never on padding.
  package let columns: Range<Int>
  package let rows: Range<Int>
  package let depths: Range<Int>
  /// The same with the padding around it; equal to `columns` and `rows` where there is none.
  package let paddedColumns: Range<Int>
  package let paddedRows: Range<Int>

  /// Whether windows on the way reach beyond the edge.
  package var isClipped: Bool { columns != paddedColumns || rows != paddedRows }
}

extension Network {
  /// The way back from a cell to the network's input: what of each layer reaches it, the nearest
  /// layer first and the input last. Layers that do not reach it are left out.
  ///
  /// The cell `conv2[0,0,0]` of two 3×3 convolutions is reached by columns 0..<3 of `conv1` and
  /// 0..<5 of the input.
  ///
  /// - Complexity: O(layers · (columns + rows) · filter).
  package func reach(of cell: Cell, in layer: Int) -> [Reach] {
    var reached: [Region?] = Array(repeating: nil, count: layers.count + 1)
    reached[layer + 1] = Region(cell)
    for index in (0...layer).reversed() {
      guard let touched = reached[index + 1] else { continue }
      for (branch, source) in layers[index].sources.enumerated() {
        let rule = layers[index].operation.rule
        guard let before = rule.region(readBy: touched, ofInput: branch, in: layers[index]) else {
          continue
        }
        let place = Network.slot(source)
        reached[place] = reached[place]?.union(before) ?? before
      }
    }
    return (0...layer).reversed().compactMap { slot in
      reached[slot]?.reach(slot == 0 ? .input : .layer(slot - 1))
    }
  }

  private static func slot(_ source: Source) -> Int {
    switch source {
    case .input: 0
    case .layer(let index): index + 1
    }
  }
}

extension Region {
  fileprivate func reach(_ source: Source) -> Reach? {
    guard let columns = x.hull, let rows = y.hull else { return nil }
    return Reach(
      source: source, columns: columns, rows: rows, depths: depths, paddedColumns: x.padded,
      paddedRows: y.padded)
  }
}
