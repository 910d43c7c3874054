/// A place in a text: its line and its column, both from 1, a column being one Unicode scalar.
package struct TextPlace: Sendable, Hashable {
  package let line: Int
  package let column: Int

  package static let start = TextPlace(line: 1, column: 1)

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// So many columns further in the line.
  func moved(by columns: Int) -> TextPlace { TextPlace(line: line, column: column + columns) }
}
