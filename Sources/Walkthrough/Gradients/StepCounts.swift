import ConvolutionEngine

/// How many steps each number of a gradient takes at a grain, as far as its columns and rows say: in
/// closed form, so that step *n* of a hundred million is found by looking at columns and rows alone.
///
/// A number that nothing flows back to takes one step, which says so.
struct StepCounts {
  /// How often each column, and each row, of a plane is read.
  let columns: [Int]
  let rows: [Int]
  let unit: Unit

  /// What one step is.
  enum Unit {
    case number
    /// One product, of so many filters' each.
    case product(filters: Int)
    /// One filter's share.
    case filter(filters: Int)
    /// One row of windows.
    case row
  }

  /// The steps of one number.
  func steps(x: Int, y: Int) -> Int {
    let (column, row) = (columns[x], rows[y])
    guard column > 0, row > 0 else { return 1 }
    switch unit {
    case .number: return 1
    case .product(let filters): return column * row * filters
    case .filter(let filters): return filters
    case .row: return row
    }
  }

  private func steps(ofRow y: Int) -> Int {
    let read = columns.count { $0 > 0 }
    guard rows[y] > 0, read > 0 else { return columns.count }
    let rest = columns.count - read
    switch unit {
    case .number: return columns.count
    case .product(let filters): return columns.reduce(0, +) * rows[y] * filters + rest
    case .filter(let filters): return read * filters + rest
    case .row: return read * rows[y] + rest
    }
  }

  var stepsOfPlane: Int { rows.indices.reduce(0) { $0 + steps(ofRow: $1) } }

  /// The number that a step belongs to, and how many steps of it came before.
  ///
  /// - Complexity: O(columns + rows).
  func cell(at step: Int) -> (cell: Cell, inner: Int) {
    let plane = stepsOfPlane
    var rest = step % plane
    var (x, y) = (0, 0)
    while rest >= steps(ofRow: y) {
      rest -= steps(ofRow: y)
      y += 1
    }
    while rest >= steps(x: x, y: y) {
      rest -= steps(x: x, y: y)
      x += 1
    }
    return (Cell(x, y, step / plane), rest)
  }

  /// How many steps come before a number's own.
  func start(of cell: Cell) -> Int {
    cell.depth * stepsOfPlane + (0..<cell.y).reduce(0) { $0 + steps(ofRow: $1) }
      + (0..<cell.x).reduce(0) { $0 + steps(x: $1, y: cell.y) }
  }
}

extension WindowAxis {
  /// The windows of which a tap lies on the input, in order.
  func uses(ofTap tap: Int) -> [Int] {
    (0..<positions).filter { place(position: $0, tap: tap) != nil }
  }
}
