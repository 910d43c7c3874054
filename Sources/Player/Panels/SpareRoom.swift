import Canvas

/// The part of a screen on which nothing stands, and which is not kept free.
struct SpareRoom {
  private let columns: Int
  private let rows: Range<Int>
  /// Row by row.
  private var isFree: [Bool]

  /// - Parameter rows: those that may be taken at all.
  init(_ screen: Screen, rows: Range<Int>) {
    let columns = screen.frame.size.columns
    (self.columns, self.rows) = (columns, rows)
    isFree = screen.frame.cells[rows.lowerBound * columns..<rows.upperBound * columns].map {
      $0.scalar == " " && $0.tones == nil
    }
    for kept in screen.kept { take(columns: kept.columns, rows: kept.rows) }
  }

  mutating func take(columns: Range<Int>, rows: Range<Int>) {
    for row in rows.clamped(to: self.rows) {
      for column in columns.clamped(to: 0..<self.columns) {
        isFree[(row - self.rows.lowerBound) * self.columns + column] = false
      }
    }
  }

  /// The upper left corner of the topmost free rectangle that holds so much, of several the leftmost;
  /// nil where there is none.
  func corner(of wanted: Size) -> Point? {
    var best: Point?
    // How far up from the row each column is free; a 0 ends the row.
    var heights = Array(repeating: 0, count: columns + 1)
    for (line, row) in rows.enumerated() {
      for column in 0..<columns {
        heights[column] = isFree[line * columns + column] ? heights[column] + 1 : 0
      }
      // Below this row they would go on.
      guard line + 1 >= wanted.rows else { continue }
      for span in SpareRoom.spans(under: heights) where span.columns.count >= wanted.columns {
        guard span.height >= wanted.rows else { continue }
        let corner = Point(column: span.columns.lowerBound, row: row + 1 - span.height)
        if let best, (best.row, best.column) <= (corner.row, corner.column) { continue }
        best = corner
      }
    }
    return best
  }

  /// Each run of columns that is free up to a height, as wide as it gets.
  private static func spans(under heights: [Int]) -> [(columns: Range<Int>, height: Int)] {
    var found: [(columns: Range<Int>, height: Int)] = []
    var starts: [(column: Int, height: Int)] = []
    for (column, height) in heights.enumerated() {
      var start = column
      while let last = starts.last, last.height >= height {
        if last.height > height { found.append((last.column..<column, last.height)) }
        start = last.column
        starts.removeLast()
      }
      if height > 0 { starts.append((start, height)) }
    }
    return found
  }
}
