extension Frame {
  /// A row in which blanks have the role of what stands beside them, where nobody sees that: a
  /// terminal that goes from text to text of the same look is told nothing in between.
  package func rowWithFewLooks(_ row: Int) -> [FrameCell] {
    var cells = Array(self.cells[row * size.columns..<(row + 1) * size.columns])
    var column = 0
    while column < cells.count {
      let start = column
      while column < cells.count, cells[column].isUnseen,
        cells[column].isOnGround(of: cells[start])
      {
        column += 1
      }
      guard column > start else {
        column += 1
        continue
      }
      if let role = Frame.role(ofBlanks: start..<column, in: cells) {
        for place in start..<column { cells[place].role = role }
      }
    }
    return cells
  }

  /// The role that blanks between two cells take; nil where they keep theirs.
  private static func role(ofBlanks blanks: Range<Int>, in cells: [FrameCell]) -> Role? {
    let blank = cells[blanks.lowerBound]
    func role(besideAt place: Int) -> Role? {
      guard cells.indices.contains(place), case let cell = cells[place], !cell.isPicture,
        cell.isOnGround(of: blank), !cell.role.isSeenOnBlanks
      else { return nil }
      return cell.role
    }
    let right = role(besideAt: blanks.upperBound)
    if blank.isTinted { return right ?? role(besideAt: blanks.lowerBound - 1) }
    // A terminal wipes a long run of its own blanks at once.
    guard blanks.count <= shortGap, let right, right == role(besideAt: blanks.lowerBound - 1)
    else { return nil }
    return right
  }

  private static let shortGap = 6
}

extension FrameCell {
  /// Whether its role is not seen.
  fileprivate var isUnseen: Bool { isBlank && !role.isSeenOnBlanks }
}

extension [FrameCell] {
  /// From the first to the last of the first so many cells that another row has not; empty where they
  /// are the same.
  package func changes(from other: [FrameCell], before end: Int) -> Range<Int> {
    guard other.count == count else { return 0..<end }
    var first = 0
    while first < end, self[first] == other[first] { first += 1 }
    var last = end
    while last > first, self[last - 1] == other[last - 1] { last -= 1 }
    return first..<last
  }
}

extension Role {
  /// Whether a blank in it differs from other blanks, on some terminal: by its ground or a line.
  package var isSeenOnBlanks: Bool {
    switch self {
    case .current, .winner, .bad, .key, .changed: true
    case .plain, .heading, .faint, .window, .result, .unknown, .padding, .unread, .good, .code,
      .prose, .message, .red, .green, .blue, .yellow:
      false
    }
  }
}
