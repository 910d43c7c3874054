import Canvas

/// The part of a screen on which nothing stands, and which is not kept free.
struct SpareRoom {
  private let columns: Int
  private let rows: Range<Int>
  /// Row by row, a bit a column.
  private var free: [Columns]

  /// - Parameter rows: those that may be taken at all.
  init(_ screen: Screen, rows: Range<Int>) {
    let columns = screen.frame.size.columns
    (self.columns, self.rows) = (columns, rows)
    free = rows.map { row in
      Columns(columns) { screen.frame.cells[row * columns + $0].isBlank }
    }
    for kept in screen.kept { take(columns: kept.columns, rows: kept.rows) }
  }

  mutating func take(columns: Range<Int>, rows: Range<Int>) {
    for row in rows.clamped(to: self.rows) {
      free[row - self.rows.lowerBound].take(columns.clamped(to: 0..<self.columns))
    }
  }

  /// The upper left corner of the topmost free rectangle that holds so much, of several the leftmost;
  /// nil where there is none.
  func corner(of wanted: Size) -> Point? {
    guard wanted.rows > 0, wanted.rows <= free.count, wanted.columns <= columns else { return nil }
    // One that begins higher up would have been found in a row before.
    for first in 0...free.count - wanted.rows {
      var shared = free[first]
      for row in free[first + 1..<first + wanted.rows] { shared.keep(row) }
      if let column = shared.firstRun(of: wanted.columns) {
        return Point(column: column, row: rows.lowerBound + first)
      }
    }
    return nil
  }
}

/// Some columns of a row.
private struct Columns {
  private var words: [UInt64]

  init(_ count: Int, where isIn: (Int) -> Bool) {
    words = Array(repeating: 0, count: (count + 63) / 64)
    for column in 0..<count where isIn(column) { words[column >> 6] |= 1 << UInt64(column & 63) }
  }

  mutating func take(_ columns: Range<Int>) {
    for column in columns { words[column >> 6] &= ~(1 << UInt64(column & 63)) }
  }

  /// Leaves those that are in another row too.
  mutating func keep(_ other: Columns) {
    for index in words.indices { words[index] &= other.words[index] }
  }

  /// The first of so many that stand side by side; nil where there are none.
  func firstRun(of length: Int) -> Int? {
    var run = 0
    var column = 0
    while column < words.count << 6 {
      let rest = words[column >> 6] >> UInt64(column & 63)
      let left = 64 - column & 63
      let ones = min((~rest).trailingZeroBitCount, left)
      run += ones
      if run >= length { return column + ones - run }
      column += ones
      guard ones < left else { continue }
      run = 0
      let zeros = min((rest >> UInt64(ones)).trailingZeroBitCount, left - ones)
      column += zeros
    }
    return nil
  }
}
