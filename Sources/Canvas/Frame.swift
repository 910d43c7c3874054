/// The size of a screen in columns and rows.
package struct Size: Hashable, Sendable {
  package var columns: Int
  package var rows: Int

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// A place on the screen: column and row, both from 0 at the upper left.
package struct Point: Hashable, Sendable {
  package var column: Int
  package var row: Int

  package init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}

/// One place of the screen: a character and the role that it plays.
package struct FrameCell: Hashable, Sendable {
  package var scalar: Unicode.Scalar
  package var role: Role
  // A screen has thousands, which are compared for every key: numbers, and 0 for none.
  private var tintCode: UInt8 = 0
  private var tonesCode: UInt16 = 0

  /// A piece of a picture: painted where the terminal has the colours, `scalar` elsewhere.
  package internal(set) var tones: Tones? {
    get { tonesCode == 0 ? nil : Tones(index: Int(tonesCode) - 1) }
    set { tonesCode = newValue.map { UInt16($0.index + 1) } ?? 0 }
  }
  /// The ground of a number, where the terminal has the colours.
  package internal(set) var tint: Tint? {
    get { tintCode == 0 ? nil : Tint(index: Int(tintCode) - 1) }
    set { tintCode = newValue.map { UInt8($0.index + 1) } ?? 0 }
  }

  var isPicture: Bool { tonesCode != 0 }
  /// Whether both have the same ground, or none.
  func isOnGround(of other: FrameCell) -> Bool { tintCode == other.tintCode }
  var isTinted: Bool { tintCode != 0 }
  /// Whether nothing stands there.
  package var isBlank: Bool { scalar == " " && tonesCode == 0 }

  package init(_ scalar: Unicode.Scalar = " ", _ role: Role = .plain) {
    self.scalar = scalar
    self.role = role
  }
}

/// A whole screen as a value: what a view returns and a terminal paints.
///
/// Writing outside the frame is not an error but is remembered in `clipped`, so that a test can
/// see that nothing was cut.
package struct Frame: Equatable, Sendable {
  package let size: Size
  package private(set) var cells: [FrameCell]
  /// Where the terminal's own cursor rests, so that what follows it, such as a braille display or a
  /// magnifier, shows what is looked at; nil: nowhere.
  package var cursor: Point?
  /// How many characters were written outside the frame and are lost.
  package private(set) var clipped = 0
  /// How many characters were written over others: words that run into each other. Marks such as
  /// brackets may lie over a picture.
  package private(set) var overwritten = 0
  /// A character that was written as a mark or `?`, because it is not one column wide.
  package private(set) var unshown: Unicode.Scalar?

  package init(_ size: Size) {
    self.size = size
    cells = Array(repeating: FrameCell(), count: max(0, size.columns) * max(0, size.rows))
  }

  package subscript(_ point: Point) -> FrameCell {
    cells[point.row * size.columns + point.column]
  }

  /// Writes text at a place; returns the column after it.
  ///
  /// Control characters are written as visible marks (`visibleScalar`); a character that is not
  /// exactly one column wide is written as `?` so that columns always line up.
  @discardableResult
  package mutating func put(
    _ text: String, _ column: Int, _ row: Int, _ role: Role = .plain
  ) -> Int {
    var column = column
    for scalar in text.unicodeScalars {
      let visible = visibleScalar(scalar)
      if visible != scalar { unshown = scalar }
      set(visible, column, row, role)
      column += 1
    }
    return column
  }

  /// Writes text so that it ends just before `end`; returns the column where it starts.
  @discardableResult
  package mutating func put(
    _ text: String, endingAt end: Int, _ row: Int, _ role: Role = .plain
  ) -> Int {
    let start = end - text.unicodeScalars.count
    put(text, start, row, role)
    return start
  }

  /// Whether nothing is written there; false outside the frame.
  package func isBlank(_ point: Point) -> Bool {
    (0..<size.columns).contains(point.column) && (0..<size.rows).contains(point.row)
      && self[point].isBlank
  }

  /// Whether nothing is written in a whole row.
  package func isBlank(row: Int) -> Bool {
    (0..<size.columns).allSatisfy { isBlank(Point(column: $0, row: row)) }
  }

  /// Whether the first cells of a row are those of another frame of this size.
  package func isSame(row: Int, columns: Int, as other: Frame) -> Bool {
    let start = row * size.columns
    return (start..<start + columns).allSatisfy { cells[$0] == other.cells[$0] }
  }

  /// Changes the role of a run of cells and leaves their characters.
  package mutating func paint(_ columns: Range<Int>, _ row: Int, _ role: Role) {
    guard (0..<size.rows).contains(row) else { return }
    for column in columns.clamped(to: 0..<size.columns) {
      cells[row * size.columns + column].role = role
    }
  }

  /// Gives a run of cells a ground, or none, and leaves all else.
  package mutating func tint(_ columns: Range<Int>, _ row: Int, _ tint: Tint?) {
    guard (0..<size.rows).contains(row) else { return }
    for column in columns.clamped(to: 0..<size.columns) {
      cells[row * size.columns + column].tint = tint
    }
  }

  /// Wipes whole rows.
  package mutating func clear(rows: Range<Int>) {
    for row in rows.clamped(to: 0..<size.rows) {
      for column in 0..<size.columns { cells[row * size.columns + column] = FrameCell() }
    }
  }

  private mutating func set(_ scalar: Unicode.Scalar, _ column: Int, _ row: Int, _ role: Role) {
    put(FrameCell(scalar, role), column, row)
  }

  mutating func put(_ cell: FrameCell, _ column: Int, _ row: Int) {
    guard (0..<size.rows).contains(row), (0..<size.columns).contains(column) else {
      if !cell.isBlank { clipped += 1 }
      return
    }
    let index = row * size.columns + column
    let before = cells[index].scalar
    if before != " ", cell.scalar != " ", cell.scalar != before, !Frame.marks.contains(cell.scalar)
    {
      overwritten += 1
    }
    cells[index] = cell
  }

  private static let marks: [Unicode.Scalar] = ["[", "]", "(", ")", "!", "*"]

  /// The frame as lines of text without trailing spaces.
  package var lines: [String] {
    (0..<size.rows).map { row in
      let cells = cells[row * size.columns..<(row + 1) * size.columns]
      let end = cells.lastIndex { $0.scalar != " " }.map { $0 + 1 } ?? cells.startIndex
      var line = ""
      for cell in cells[..<end] { line.unicodeScalars.append(cell.scalar) }
      return line
    }
  }

  /// The same frame with every character replaced by its ASCII stand-in, of the same width.
  package func ascii() -> Frame {
    var copy = self
    for index in copy.cells.indices {
      copy.cells[index].scalar = asciiStandIn(copy.cells[index].scalar)
    }
    return copy
  }
}
