/// What of a layer a cell before it reaches: from the first to the last column, row and map.
package struct Influence: Sendable, Equatable {
  package var columns: Range<Int>
  package var rows: Range<Int>
  package var depths: Range<Int>

  package init(columns: Range<Int>, rows: Range<Int>, depths: Range<Int>) {
    (self.columns, self.rows, self.depths) = (columns, rows, depths)
  }

  /// One cell.
  package init(_ cell: Cell) {
    self.init(
      columns: cell.x..<cell.x + 1, rows: cell.y..<cell.y + 1,
      depths: cell.depth..<cell.depth + 1)
  }
}

extension Network {
  /// What of a layer one cell of the input, or of a layer before it, goes into; nil where nothing
  /// does. It is the way of `reach(of:in:)` forwards.
  ///
  /// The cell `X[2,2,0]` before two 3×3 convolutions goes into columns 0..<3 of all maps of the first
  /// one and 0..<3 of the second, where that has so many.
  ///
  /// - Complexity: O(layers · ((columns + rows) · filter + depth)).
  package func influence(of cell: Cell, in source: Source, on layer: Int) -> Influence? {
    var reached: [Source: Influence] = [source: Influence(cell)]
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
    if let windows {
      guard let columns = windows.x.readers(ofAny: before.columns),
        let rows = windows.y.readers(ofAny: before.rows),
        let depths = maps(readingAny: before.depths)
      else { return nil }
      return Influence(columns: columns, rows: rows, depths: depths)
    }
    // A dot product reads all that there is.
    if plan.filters != nil {
      return Influence(columns: 0..<1, rows: 0..<1, depths: 0..<output.depth)
    }
    // Without windows a cell moves to one place, and its neighbours beside it.
    var after: Influence?
    for cell in [
      Cell(before.columns.lowerBound, before.rows.lowerBound, before.depths.lowerBound),
      Cell(
        before.columns.upperBound - 1, before.rows.upperBound - 1, before.depths.upperBound - 1),
    ] {
      operation.rule.visitReaders(of: cell, ofInput: branch, in: self) { reading in
        let place = Influence(reading.output)
        after = after?.union(place) ?? place
      }
    }
    return after
  }

  /// The maps whose filters go through one of some depths; nil where none does.
  private func maps(readingAny depths: Range<Int>) -> Range<Int>? {
    guard let filters = plan.filters else { return depths }
    let maps = (0..<output.depth).filter { map in
      let first = firstDepth(ofMap: map)
      return depths.overlaps(first..<first + filters.shape.depth)
    }
    guard let first = maps.first, let last = maps.last else { return nil }
    return first..<last + 1
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
      columns: columns.hull(with: other.columns), rows: rows.hull(with: other.rows),
      depths: depths.hull(with: other.depths))
  }
}

extension Range<Int> {
  fileprivate func hull(with other: Range<Int>) -> Range<Int> {
    Swift.min(lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
  }
}
