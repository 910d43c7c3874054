import Canvas
import ConvolutionEngine
import Lessons
import Walkthrough

/// A table of numbers with its row and column numbers, cut to a viewport.
///
/// A cell is one column for a mark and then its number, set to the right. Marks stand between
/// cells: `[` before the first and `]` after the last cell of a bracketed region, `(` and `)`
/// around the one product, `*` before a winner; `!` before the number of an unread row or column.
/// A `…` in a row, at its edge or inside, says that the row goes on there; `↑` and `↓` over the row
/// numbers, that there are rows above and below.
struct NumberGrid {
  struct Entry {
    var text: String
    var role: Role
    /// Marked `~`: a live change made it another.
    var isChanged = false
    /// The ground by its number, which what is looked at has not.
    var tint: Tint?
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
  /// What is shown of all that there is.
  private(set) var columns: Slots
  private(set) var rows: Slots
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
  /// What the number in a column and a row is of the network.
  var number: ((Int, Int) -> Question.Asked)?
  /// Whether its current cell is what the terminal's cursor rests on.
  var holdsCursor = false

  init(
    columns: Range<Int>, rows: Range<Int>, cellWidth: Int, entry: @escaping (Int, Int) -> Entry
  ) {
    (self.columns, self.rows) = (Slots(columns), Slots(rows))
    numbered = Region(columns: columns, rows: rows)
    self.cellWidth = cellWidth
    self.entry = entry
  }

  /// All that there is.
  var all: Region { Region(columns: columns.all, rows: rows.all) }

  /// The columns of the screen that it takes, the closing mark included.
  var width: Int { labelWidth + columns.count * cellWidth + 1 }

  /// Shows at most so many columns and rows, those around a focus.
  mutating func crop(columns: Int, rows: Int, around focus: Region?) {
    let all = all
    self.columns = Slots(
      all.columns, viewport: NumberGrid.crop(all.columns, to: columns, around: focus?.columns))
    self.rows = Slots(all.rows, viewport: NumberGrid.crop(all.rows, to: rows, around: focus?.rows))
  }

  /// Shows at most so many columns and rows, with the last of each and a place that must be seen.
  mutating func cutInside(columns: Int, rows: Int, showing place: (column: Int, row: Int)?) {
    let all = all
    self.columns = Slots(all.columns, room: columns, showing: place?.column)
    self.rows = Slots(all.rows, room: rows, showing: place?.row)
  }

  /// A viewport stands still while the focus is inside it, with a place beside it for the mark of a
  /// cut, and else moves by half its size; which one it is depends on the focus alone.
  private static func crop(
    _ all: Range<Int>, to count: Int, around focus: Range<Int>?
  ) -> Range<Int> {
    let count = max(1, min(count, all.count))
    guard let focus else { return all.lowerBound..<all.lowerBound + count }
    let spare = count - focus.count
    // Without room for marks, the focus is all that is seen.
    let margin = spare >= 2 ? 1 : 0
    let step = max(1, min(count / 2, spare - 2 * margin + 1))
    let beyond = focus.upperBound + margin - (all.lowerBound + count)
    let moves = beyond > 0 ? (beyond + step - 1) / step : 0
    let start = min(all.lowerBound + moves * step, focus.lowerBound, all.upperBound - count)
    return max(start, all.lowerBound)..<max(start, all.lowerBound) + count
  }

  func draw(on screen: inout Screen, _ column: Int, _ row: Int) {
    screen.keep(
      columns: column..<column + width, rows: row..<row + rows.count + (hasColumnNumbers ? 1 : 0))
    drawHeader(&screen, column, row)
    let top = row + (hasColumnNumbers ? 1 : 0)
    for (line, y) in rows.places.enumerated() {
      if let y {
        drawRow(&screen, column, top + line, y)
      } else {
        for slot in columns.places.indices { drawGap(&screen, column, top + line, slot: slot) }
      }
    }
    drawCuts(&screen, column, row)
  }

  /// Where a column's mark stands; nil where the column is not shown.
  private func mark(_ column: Int, _ x: Int) -> Int? {
    columns.index(of: x).map { mark(column, slot: $0) }
  }

  private func mark(_ column: Int, slot: Int) -> Int { column + labelWidth + slot * cellWidth }

  private func drawGap(_ screen: inout Screen, _ column: Int, _ row: Int, slot: Int) {
    screen.frame.put("…", endingAt: mark(column, slot: slot) + cellWidth, row, .faint)
  }

  /// The columns over the row numbers in which stands that there are other rows.
  private var rowMarks: Int {
    hasColumnNumbers && labelWidth > 1 && (rows.beginsLater || rows.endsSooner) ? 2 : 0
  }

  private func drawHeader(_ screen: inout Screen, _ column: Int, _ row: Int) {
    guard hasColumnNumbers else { return }
    // Where numbers are wider than a cell, only every second or third one is written.
    let widest = "\(max(0, columns.places.compactMap(\.self).last ?? 0))".count
    let every = widest < cellWidth ? 1 : (widest + cellWidth) / cellWidth
    for (slot, place) in columns.places.enumerated() {
      guard let x = place else {
        drawGap(&screen, column, row, slot: slot)
        continue
      }
      guard numbered.columns.contains(x), x % every == 0 else { continue }
      let text = "\(x)"
      let end = mark(column, slot: slot) + cellWidth
      guard end - text.count >= column + (rowMarks > 0 ? labelWidth : 0) else { continue }
      screen.frame.put(text, endingAt: end, row, .faint)
    }
    for x in unreadColumns {
      guard let start = mark(column, x) else { continue }
      let end = start + cellWidth
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
    for (slot, place) in columns.places.enumerated() {
      if let x = place {
        drawCell(&screen, mark(column, slot: slot), row, x, y)
      } else {
        drawGap(&screen, column, row, slot: slot)
      }
    }
    drawMarks(&screen, column, row, y)
  }

  private func drawCell(_ screen: inout Screen, _ start: Int, _ row: Int, _ x: Int, _ y: Int) {
    let entry = entry(x, y)
    screen.frame.put(
      cut(entry.text, to: cellWidth - 1), endingAt: start + cellWidth, row, entry.role)
    if entry.role == .current {
      // The blanks before the number belong to the cell.
      screen.frame.paint(start + 1..<start + cellWidth, row, .current)
    }
    if let tint = entry.tint, entry.role != .current {
      // Cells of a picture leave no gaps between them.
      screen.frame.tint(start..<start + cellWidth, row, tint)
    }
    if entry.isChanged {
      // The current cell's bracket stands where the mark would.
      let isBracketed = bracket?.columns.lowerBound == x && bracket?.rows.contains(y) == true
      screen.frame.put("~", start + (isBracketed ? 1 : 0), row, .changed)
    }
    if let number {
      screen.note(number(x, y), columns: start + 1..<start + cellWidth, row: row)
    }
    if let action {
      screen.add(action(x, y), columns: start..<start + cellWidth, row: row)
    }
  }

  /// What stands between the cells of a row.
  private func drawMarks(_ screen: inout Screen, _ column: Int, _ row: Int, _ y: Int) {
    if let bracket, bracket.rows.contains(y) {
      let isOneCell = bracket.columns.count * bracket.rows.count == 1
      drawBrackets(bracket, &screen, column, row, role: isOneCell ? .current : .window)
      if isOneCell { restCursor(on: bracket.columns.lowerBound, &screen, column, row) }
    }
    for winner in winners where winner.row == y {
      guard let start = mark(column, winner.column) else { continue }
      // Right before its number, so that it is not taken for the one at its left.
      let number = cut(entry(winner.column, y).text, to: cellWidth - 1).unicodeScalars.count
      screen.frame.put("*", start + cellWidth - 1 - number, row, .winner)
      screen.frame.paint(start + cellWidth - 1 - number..<start + cellWidth, row, .winner)
    }
    if let product, product.row == y, let start = mark(column, product.column) {
      screen.frame.put("(", start, row, .current)
      screen.frame.put(")", start + cellWidth, row, .current)
      restCursor(on: product.column, &screen, column, row)
    }
  }

  /// The terminal's cursor on the last character of a cell's number.
  private func restCursor(on x: Int, _ screen: inout Screen, _ column: Int, _ row: Int) {
    guard holdsCursor, let start = mark(column, x) else { return }
    screen.frame.cursor = Point(column: start + cellWidth - 1, row: row)
  }

  private func drawBrackets(
    _ bracket: Region, _ screen: inout Screen, _ column: Int, _ row: Int, role: Role
  ) {
    if let start = mark(column, bracket.columns.lowerBound) {
      screen.frame.put("[", start, row, role)
    }
    if let last = mark(column, bracket.columns.upperBound - 1) {
      screen.frame.put("]", last + cellWidth, row, role)
    }
  }

  /// Says in each row of a viewport that it goes on, and over the row numbers, `↑` and `↓`, that there
  /// are rows above and below it.
  private func drawCuts(_ screen: inout Screen, _ column: Int, _ row: Int) {
    let end = mark(column, slot: columns.count)
    let top = row + (hasColumnNumbers ? 1 : 0)
    let bottom = top + rows.count - 1
    func dots(_ column: Int, _ row: Int) {
      if screen.frame.isBlank(Point(column: column, row: row)) {
        screen.frame.put("…", column, row, .faint)
      }
    }
    for line in row...bottom {
      if columns.beginsLater { dots(mark(column, slot: 0), line) }
      if columns.endsSooner { dots(end, line) }
    }
    guard rowMarks > 0 else { return }
    let start = column + labelWidth - rowMarks
    if rows.beginsLater { screen.frame.put("↑", start, row, .faint) }
    if rows.endsSooner { screen.frame.put("↓", start + 1, row, .faint) }
  }
}
