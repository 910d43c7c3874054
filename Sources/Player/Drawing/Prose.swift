import Canvas
import Walkthrough

/// Sentences on the screen.
extension View {
  /// The sentences of a step are hardly ever more lines.
  private static let proseRows = 8

  /// Sentences in a column, as many whole ones as fit: a later one that does not fit is left out,
  /// and the first one is cut with a `…`.
  func drawProse(
    _ screen: inout Screen, _ paragraphs: [String], at column: Int, rows: Range<Int>, width: Int
  ) {
    guard !rows.isEmpty else { return }
    screen.keep(columns: column..<column + width, rows: rows.prefix(View.proseRows))
    var row = rows.lowerBound
    for paragraph in paragraphs where !paragraph.isEmpty {
      let lines = paragraph == " " ? [""] : wrapped(paragraph, to: width)
      if row > rows.lowerBound, row + lines.count > rows.upperBound { continue }
      let isCut = row + lines.count > rows.upperBound
      for line in lines.prefix(rows.upperBound - row) {
        let isLast = row == rows.upperBound - 1
        screen.put(
          isCut && isLast ? "\(line) …" : line, column, row, .prose, before: column + width)
        row += 1
      }
    }
  }

  /// Paragraphs one under another, an empty line between them where there is room.
  @discardableResult
  func drawParagraphs(
    _ screen: inout Screen, _ paragraphs: [String], rows: Range<Int>, figureFrom: Int = .max
  ) -> Int {
    let width = min(size.columns - 2, 96)
    let blocks = paragraphs.enumerated().map { index, text in
      index >= figureFrom ? [text] : wrapped(text, to: width)
    }
    let lines = blocks.reduce(0) { $0 + $1.count }
    let gaps = max(0, min(blocks.count, figureFrom) - 1) + (figureFrom < blocks.count ? 1 : 0)
    let hasGaps = lines + gaps <= rows.count
    var row = rows.lowerBound
    // Rows that are left when all blocks before have been drawn.
    var rest = lines
    for (index, block) in blocks.enumerated() {
      if index > 0, hasGaps, index <= figureFrom { row += 1 }
      for line in block {
        guard row < rows.upperBound else {
          screen.overflow += 1
          continue
        }
        rest -= 1
        let isCut = row == rows.upperBound - 1 && rest > 0
        screen.put(
          isCut ? "\(cut(line, to: width - 2)) …" : line, 1, row,
          index >= figureFrom ? .plain : .prose, before: size.columns)
        row += 1
      }
    }
    return row
  }

  /// Lines as far as there are rows for them; returns the row after the last.
  func drawLines(
    _ screen: inout Screen, _ text: String, _ start: Int, _ rows: Range<Int>, _ width: Int
  ) -> Int {
    var row = start
    for line in wrapped(text, to: width) {
      guard row < rows.upperBound else {
        screen.overflow += 1
        return row
      }
      screen.frame.put(line, 1, row, .prose)
      row += 1
    }
    return row
  }
}
