extension Frame {
  /// A row in which blanks have the role of what stands beside them, where nobody sees that: a
  /// terminal that goes from text to text of the same look is told nothing in between.
  package func rowWithFewLooks(_ row: Int) -> [FrameCell] {
    var cells = Array(self.cells[row * size.columns..<(row + 1) * size.columns])
    var column = 0
    while column < cells.count {
      let start = column
      while column < cells.count, cells[column].isUnseen, cells[column].tint == cells[start].tint {
        column += 1
      }
      guard column > start else {
        column += 1
        continue
      }
      let left = start > 0 ? cells[start - 1] : nil
      let right = column < cells.count ? cells[column] : nil
      if let role = Frame.role(ofBlanks: cells[start], count: column - start, left, right) {
        for place in start..<column { cells[place].role = role }
      }
    }
    return cells
  }

  /// The role that blanks between two cells take; nil where they keep theirs.
  private static func role(
    ofBlanks blank: FrameCell, count: Int, _ left: FrameCell?, _ right: FrameCell?
  ) -> Role? {
    let beside = [right, left].compactMap(\.self).filter {
      $0.tones == nil && $0.tint == blank.tint && !$0.role.isSeenOnBlanks
    }
    if blank.tint != nil { return beside.first?.role }
    // A terminal wipes a long run of its own blanks at once.
    guard count <= shortGap, beside.count == 2, beside[0].role == beside[1].role else { return nil }
    return beside[0].role
  }

  private static let shortGap = 6
}

extension FrameCell {
  /// Whether its role is not seen.
  fileprivate var isUnseen: Bool { scalar == " " && tones == nil && !role.isSeenOnBlanks }
}

extension Role {
  /// Whether a blank in it differs from other blanks, on some terminal: by its ground or a line.
  package var isSeenOnBlanks: Bool {
    switch self {
    case .current, .winner, .bad, .key, .changed: true
    case .plain, .heading, .faint, .window, .result, .unknown, .padding, .unread, .good, .code,
      .prose, .message:
      false
    }
  }
}
