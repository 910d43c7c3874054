import Canvas

/// The colours of a figure's letters, as its own legend names them: `@ red flower`.
struct FigureColours {
  private var roles: [Unicode.Scalar: Role] = [:]

  init(_ figure: [String]) {
    for line in figure {
      // A legend stands behind the last gap of a line.
      let words = line.split(separator: " ", omittingEmptySubsequences: false)
      let legend = words[(words.lastIndex(of: "").map { $0 + 1 } ?? 0)...]
      guard legend.count > 2, let letter = legend.first?.unicodeScalars.first,
        legend.first?.unicodeScalars.count == 1,
        let role = legend.dropFirst().prefix(2).compactMap({ FigureColours.names[$0] }).first
      else { continue }
      roles[letter] = role
    }
  }

  private static let names: [Substring: Role] = [
    "red": .red, "green": .green, "blue": .blue, "yellow": .yellow,
  ]

  /// Colours the letters of a row that stand alone.
  func paint(_ row: Int, of screen: inout Screen) {
    guard !roles.isEmpty else { return }
    for column in 0..<screen.frame.size.columns {
      guard let role = roles[screen.frame[Point(column: column, row: row)].scalar] else { continue }
      let beside = [column - 1, column + 1].map { Point(column: $0, row: row) }
      if beside.allSatisfy(screen.frame.isBlank) {
        screen.frame.paint(column..<column + 1, row, role)
      }
    }
  }
}
