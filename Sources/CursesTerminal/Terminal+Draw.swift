import CNcurses
import Canvas
import Glibc

extension Terminal {
  /// Shows a frame, sending what differs from the last one.
  ///
  /// A frame of another size than the terminal's, as after a resize that the program has not heard
  /// of yet, is cut at the edges.
  package func draw(_ frame: Frame) {
    let comparable = shown?.size == frame.size ? shown : nil
    shown = nil
    if comparable == nil { painter.clear() }
    painter.draw(
      frame, over: comparable ?? Frame(frame.size), on: size, pens, isUnicode: isUnicode)
    painter.showCursor(
      frame.cursor.flatMap { place in
        (0..<size.columns).contains(place.column) && (0..<size.rows).contains(place.row)
          ? place : nil
      })
    painter.send()
    shown = frame
  }
}

extension Painter {
  /// Writes what a frame has other than the one that is shown, of the same size.
  fileprivate nonisolated mutating func draw(
    _ frame: Frame, over shown: Frame, on size: Size, _ pens: Pens, isUnicode: Bool
  ) {
    let columns = min(frame.size.columns, size.columns)
    for row in 0..<min(frame.size.rows, size.rows) {
      let start = row * frame.size.columns
      let changed = changes(frame.cells, from: shown.cells, in: start..<start + columns)
      guard !changed.isEmpty else { continue }
      var end = start + columns
      while end > start, pens.isNothing(frame.cells[end - 1]) { end -= 1 }
      for index in changed {
        let cell = frame.cells[index]
        if pens.areSameBlanks(cell, shown.cells[index]) { continue }
        let place = Point(column: index - start, row: row)
        let rest = start + columns - index
        if index >= end, rest > Painter.shortRun, eraseRow(from: place) { break }
        bridgeGap(to: place, frame.cells[start..<start + columns], pens, isUnicode, of: size)
        write(pens.glyph(cell, isUnicode), pens[cell], at: place, of: size)
      }
    }
  }

  /// Not longer than what moves the cursor.
  private nonisolated static let shortRun = 4

  /// Writes a few characters again, where that is as short as a move over them.
  private nonisolated mutating func bridgeGap(
    to place: Point, _ cells: ArraySlice<FrameCell>, _ pens: Pens, _ isUnicode: Bool, of size: Size
  ) {
    guard let column = column(inRow: place.row), column < place.column,
      place.column - column <= Painter.shortRun
    else { return }
    let gap = cells[cells.startIndex + column..<cells.startIndex + place.column]
    let isWritable = gap.allSatisfy { cell in
      let glyph = pens.glyph(cell, isUnicode)
      return glyph.isASCII && writesAtOnce(glyph, pens[cell])
    }
    guard isWritable else { return }
    for (offset, cell) in gap.enumerated() {
      write(
        pens.glyph(cell, isUnicode), pens[cell],
        at: Point(column: column + offset, row: place.row), of: size)
    }
  }
}

extension Pens {
  /// Whether a cell is as an erased place is.
  fileprivate nonisolated func isNothing(_ cell: FrameCell) -> Bool {
    cell.isBlank && self[cell].isSameOnBlanks(Pen())
  }

  /// Whether two cells are blanks that nobody tells apart.
  fileprivate nonisolated func areSameBlanks(_ first: FrameCell, _ second: FrameCell) -> Bool {
    first.isBlank && second.isBlank && self[first].isSameOnBlanks(self[second])
  }

  fileprivate nonisolated func glyph(_ cell: FrameCell, _ isUnicode: Bool) -> Unicode.Scalar {
    if paints(cell) { return "▀" }
    if cell.scalar.value < 0x7F { return cell.scalar }
    guard isUnicode else { return asciiStandIn(cell.scalar) }
    // Of what the C library gives another width, it is not known how far it moves the cursor.
    return curses_column_width(wchar_t(bitPattern: cell.scalar.value)) == 1 ? cell.scalar : "?"
  }
}

/// The places of a range at which two frames of one size differ: compared byte by byte, for to compare
/// thousands of cells as such takes longer than to draw them.
private nonisolated func changes(
  _ cells: [FrameCell], from others: [FrameCell], in places: Range<Int>
) -> [Int] {
  cells.withUnsafeBytes { cells in
    others.withUnsafeBytes { others in
      guard let first = cells.baseAddress, let second = others.baseAddress else { return [] }
      let width = MemoryLayout<FrameCell>.stride
      func differ(_ place: Int, _ count: Int) -> Bool {
        memcmp(first + place * width, second + place * width, count * width) != 0
      }
      guard differ(places.lowerBound, places.count) else { return [] }
      return places.filter { differ($0, 1) }
    }
  }
}
