/// What of a layer a cell before it reaches: from the first to the last column and row.
package struct Influence: Sendable, Equatable {
  package var columns: Range<Int>
  package var rows: Range<Int>

  package init(columns: Range<Int>, rows: Range<Int>) {
    (self.columns, self.rows) = (columns, rows)
  }
}

extension Network {
  /// What of a layer one cell of the input, or of a layer before it, goes into; nil where nothing
  /// does. It is the way of `reach(of:in:)` forwards.
  ///
  /// The cell `X[2,2,0]` before two 3×3 convolutions goes into columns 0..<3 of the first one and
  /// 0..<3 of the second, where that has so many.
  ///
  /// - Complexity: O(layers · (columns + rows) · filter).
  package func influence(of cell: Cell, in source: Source, on layer: Int) -> Influence? {
    var reached: [Source: Influence] = [
      source: Influence(columns: cell.x..<cell.x + 1, rows: cell.y..<cell.y + 1)
    ]
    var first = 0
    if case .layer(let index) = source { first = index + 1 }
    guard first <= layer else { return nil }
    for index in first...layer {
      for (branch, source) in layers[index].sources.enumerated() {
        guard let before = reached[source],
          let after = layers[index].influence(of: before, ofInput: branch)
        else { continue }
        reached[.layer(index)] = reached[.layer(index)]?.union(after) ?? after
      }
    }
    return reached[.layer(layer)]
  }
}

extension Layer {
  fileprivate func influence(of before: Influence, ofInput branch: Int) -> Influence? {
    if output.isFlat { return Influence(columns: 0..<1, rows: 0..<1) }
    if let windows {
      guard let columns = windows.x.readers(ofAny: before.columns),
        let rows = windows.y.readers(ofAny: before.rows)
      else { return nil }
      return Influence(columns: columns, rows: rows)
    }
    // Without windows a cell moves to one place, and its neighbours beside it.
    var after: Influence?
    for (x, y) in [
      (before.columns.lowerBound, before.rows.lowerBound),
      (before.columns.upperBound - 1, before.rows.upperBound - 1),
    ] {
      operation.rule.visitReaders(of: Cell(x, y, 0), ofInput: branch, in: self) { reading in
        let (x, y) = (reading.output.x, reading.output.y)
        let place = Influence(columns: x..<x + 1, rows: y..<y + 1)
        after = after?.union(place) ?? place
      }
    }
    return after
  }
}

extension WindowAxis {
  /// From the first to the last window that reads one of some places; nil where none does.
  fileprivate func readers(ofAny places: Range<Int>) -> Range<Int>? {
    var found: Range<Int>?
    for place in places {
      for (position, _) in readers(of: place) {
        found =
          found.map { min($0.lowerBound, position)..<max($0.upperBound, position + 1) }
          ?? position..<position + 1
      }
    }
    return found
  }
}

extension Influence {
  fileprivate func union(_ other: Influence) -> Influence {
    Influence(
      columns: min(
        columns.lowerBound, other.columns.lowerBound)..<max(
          columns.upperBound, other.columns.upperBound),
      rows: min(
        rows.lowerBound, other.rows.lowerBound)..<max(
          rows.upperBound, other.rows.upperBound))
  }
}
