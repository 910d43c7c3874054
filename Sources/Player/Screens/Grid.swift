import Canvas
import Walkthrough

/// A table of numbers with its row and column numbers, cut to a viewport.
///
/// A cell is one column for a mark and then its number, set to the right. Marks stand between
/// cells: `[` before the first and `]` after the last cell of a bracketed region, `(` and `)`
/// around the one product, `*` before a winner; `!` before the number of an unread row or column. A `…` at an edge says that the grid goes on.
struct Grid {
  struct Entry {
    var text: String
    var role: Role
    /// Marked `~`: a live change made it another.
    var isChanged = false
  }

  /// A rectangle of cells.
  struct Region {
    var columns: Range<Int>
    var rows: Range<Int>
  }

  /// Columns before the first mark; row numbers are set to the right inside `labelDigits`.
  var labelWidth = 2
  var labelDigits = 2
  /// The mark and the number together.
  var cellWidth: Int
  /// All there is, and what of it is shown.
  var all: Region
  var shown: Region
  var hasColumnNumbers = true
  /// Rows and columns without a number: padding.
  var numbered: Region
  var entry: (Int, Int) -> Entry
  var bracket: Region?
  var bracketsNumbers = false
  var product: (column: Int, row: Int)?
  var winners: [(column: Int, row: Int)] = []
  var unreadColumns: [Int] = []
  var unreadRows: [Int] = []
  var action: ((Int, Int) -> Screen.Action)?

  init(
    columns: Range<Int>, rows: Range<Int>, cellWidth: Int, entry: @escaping (Int, Int) -> Entry
  ) {
    all = Region(columns: columns, rows: rows)
    shown = all
    numbered = all
    self.cellWidth = cellWidth
    self.entry = entry
  }

  /// The columns of the screen that it takes, the closing mark included.
  var width: Int { labelWidth + shown.columns.count * cellWidth + 1 }

  /// Shows at most so many columns and rows, those around a focus.
  mutating func crop(columns: Int, rows: Int, around focus: Region?) {
    shown.columns = Grid.crop(all.columns, to: columns, around: focus?.columns)
    shown.rows = Grid.crop(all.rows, to: rows, around: focus?.rows)
  }

  private static func crop(_ all: Range<Int>, to count: Int, around focus: Range<Int>?) -> Range<
    Int
  > {
    let count = max(1, min(count, all.count))
    guard let focus else { return all.lowerBound..<all.lowerBound + count }
    // The focus stands in the middle, but the viewport never leaves the grid.
    let wanted = focus.lowerBound - (count - focus.count) / 2
    let start = min(max(wanted, all.lowerBound), all.upperBound - count)
    return start..<start + count
  }

  func draw(on screen: inout Screen, _ column: Int, _ row: Int) {
    drawHeader(&screen, column, row)
    for (line, y) in shown.rows.enumerated() {
      drawRow(&screen, column, row + line + (hasColumnNumbers ? 1 : 0), y)
    }
    drawCuts(&screen, column, row)
  }

  private func mark(_ column: Int, _ x: Int) -> Int {
    column + labelWidth + (x - shown.columns.lowerBound) * cellWidth
  }

  private func drawHeader(_ screen: inout Screen, _ column: Int, _ row: Int) {
    guard hasColumnNumbers else { return }
    // Where numbers are wider than a cell, only every second or third one is written.
    let widest = "\(max(0, shown.columns.upperBound - 1))".count
    let every = widest < cellWidth ? 1 : (widest + cellWidth) / cellWidth
    for x in shown.columns where numbered.columns.contains(x) && x % every == 0 {
      let text = "\(x)"
      let end = mark(column, x) + cellWidth
      guard end - text.count >= column else { continue }
      screen.frame.put(text, endingAt: end, row, .faint)
    }
    for x in unreadColumns where shown.columns.contains(x) {
      let end = mark(column, x) + cellWidth
      let count = every == 1 ? "\(x)".count : 1
      putUnread(
        &screen, row, number: end - count..<end, hasRoom: every == 1 && cellWidth > count + 1)
    }
    guard bracketsNumbers, every == 1, let bracket else { return }
    drawBrackets(bracket, &screen, column, row, role: .faint)
  }

  /// `!` right before the number of a row or column that no window reads, as `!7`; in the place of
  /// the number where it would touch the one before.
  private func putUnread(_ screen: inout Screen, _ row: Int, number: Range<Int>, hasRoom: Bool) {
    if hasRoom {
      screen.frame.put("!", number.lowerBound - 1, row, .unread)
    } else {
      screen.frame.put(padded("!", to: number.count), number.lowerBound, row, .unread)
    }
  }

  private func drawRow(_ screen: inout Screen, _ column: Int, _ row: Int, _ y: Int) {
    if numbered.rows.contains(y), labelDigits > 0 {
      let end = column + labelDigits
      let start = screen.frame.put("\(y)", endingAt: end, row, .faint)
      if unreadRows.contains(y) {
        putUnread(&screen, row, number: start..<end, hasRoom: start > column)
      }
    }
    for x in shown.columns {
      let entry = entry(x, y)
      let start = mark(column, x)
      screen.frame.put(
        cut(entry.text, to: cellWidth - 1), endingAt: start + cellWidth, row, entry.role)
      if entry.role == .current {
        // The blanks before the number belong to the cell.
        screen.frame.paint(start + 1..<start + cellWidth, row, .current)
      }
      if entry.isChanged {
        // The current cell's bracket stands where the mark would.
        let isBracketed = bracket?.columns.lowerBound == x && bracket?.rows.contains(y) == true
        screen.frame.put("~", start + (isBracketed ? 1 : 0), row, .changed)
      }
      if let action {
        screen.add(action(x, y), columns: start..<start + cellWidth, row: row)
      }
    }
    if let bracket, bracket.rows.contains(y) {
      let isOneCell = bracket.columns.count * bracket.rows.count == 1
      drawBrackets(bracket, &screen, column, row, role: isOneCell ? .current : .window)
    }
    for winner in winners where winner.row == y && shown.columns.contains(winner.column) {
      let start = mark(column, winner.column)
      screen.frame.put("*", start, row, .winner)
      screen.frame.paint(start..<start + cellWidth, row, .winner)
    }
    if let product, product.row == y, shown.columns.contains(product.column) {
      screen.frame.put("(", mark(column, product.column), row, .current)
      screen.frame.put(")", mark(column, product.column + 1), row, .current)
    }
  }

  private func drawBrackets(
    _ bracket: Region, _ screen: inout Screen, _ column: Int, _ row: Int, role: Role
  ) {
    if shown.columns.contains(bracket.columns.lowerBound) {
      screen.frame.put("[", mark(column, bracket.columns.lowerBound), row, role)
    }
    if shown.columns.contains(bracket.columns.upperBound - 1) {
      screen.frame.put("]", mark(column, bracket.columns.upperBound), row, role)
    }
  }

  private func drawCuts(_ screen: inout Screen, _ column: Int, _ row: Int) {
    let end = mark(column, shown.columns.upperBound)
    let top = row + (hasColumnNumbers ? 1 : 0)
    let bottom = top + shown.rows.count - 1
    func dots(_ column: Int, _ row: Int) {
      if screen.frame.isBlank(Point(column: column, row: row)) {
        screen.frame.put("…", column, row, .faint)
      }
    }
    if shown.columns.lowerBound > all.columns.lowerBound { dots(column, row) }
    if shown.columns.upperBound < all.columns.upperBound { dots(end, row) }
    if shown.rows.lowerBound > all.rows.lowerBound { dots(end, top) }
    if shown.rows.upperBound < all.rows.upperBound { dots(end, bottom) }
  }
}
