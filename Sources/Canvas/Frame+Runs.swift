/// Cells of a row that stand side by side and look the same.
struct FrameRun {
  let column: Int
  let text: String
  let look: Look
  /// The two colours of a cell of a picture, the text's place taken by its half block.
  let halves: (upper: Int, lower: Int)?
}

extension Frame {
  /// The runs of a row, without the blanks at the ends of those that paint nothing there.
  func runs(ofRow row: Int, _ depth: ColourDepth, on ground: Ground) -> [FrameRun] {
    var runs: [FrameRun] = []
    var column = 0
    while column < size.columns {
      let start = column
      let first = self[Point(column: column, row: row)]
      let tones = depth == .full ? first.tones : nil
      let tint = depth == .full ? first.tint : nil
      let look = first.look(depth, on: ground)
      var text = String.UnicodeScalarView()
      while column < size.columns, case let cell = self[Point(column: column, row: row)],
        (depth == .full ? cell.tones : nil) == tones,
        tones != nil || cell.role == first.role && (depth == .full ? cell.tint : nil) == tint
      {
        text.append(tones == nil ? cell.scalar : "▀")
        column += 1
      }
      if tones != nil || look.paintsBlanks {
        runs.append(
          FrameRun(
            column: start, text: String(text), look: look,
            halves: tones.map { ($0.upper.colour(on: ground), $0.lower.colour(on: ground)) }))
      } else if let from = text.firstIndex(where: { $0 != " " }),
        let to = text.lastIndex(where: { $0 != " " })
      {
        let before = text.distance(from: text.startIndex, to: from)
        runs.append(
          FrameRun(column: start + before, text: String(text[from...to]), look: look, halves: nil))
      }
    }
    return runs
  }
}

extension FrameCell {
  /// How its character looks.
  fileprivate func look(_ depth: ColourDepth, on ground: Ground) -> Look {
    let look = role.look(depth, on: ground)
    guard depth == .full, let tint else { return look }
    return tint.look(look, on: ground)
  }
}

extension Look {
  /// Whether a blank in this look differs from nothing.
  fileprivate var paintsBlanks: Bool {
    background != nil || attributes.contains(.reverse) || attributes.contains(.underline)
  }
}
