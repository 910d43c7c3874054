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
    // How far up from the row each column is free.
    var heights = Array(repeating: 0, count: columns)
    for (line, row) in rows.enumerated() {
      var width = 0
      for column in 0..<columns {
        heights[column] = isFree[line * columns + column] ? heights[column] + 1 : 0
        width = heights[column] >= wanted.rows ? width + 1 : 0
        // One that begins higher up would have been found in a row before.
        if width == wanted.columns {
          return Point(column: column + 1 - width, row: row + 1 - wanted.rows)
        }
      }
    }
    return nil
  }
}
