import CNcurses
import Canvas

extension Terminal {
  /// Shows a frame, sending what differs from the last one.
  ///
  /// A frame of another size than the terminal's, as after a resize that the program has not heard
  /// of yet, is cut at the edges.
  package func draw(_ frame: Frame) {
    let columns = min(frame.size.columns, size.columns)
    let comparable = shown?.size == frame.size ? shown : nil
    if comparable == nil { sent = Array(repeating: [], count: frame.size.rows) }
    for y in 0..<min(frame.size.rows, size.rows) {
      if let comparable, frame.isSame(row: y, columns: columns, as: comparable) { continue }
      let cells = frame.rowWithFewLooks(y)
      let changed = cells.changes(from: sent[y], before: columns)
      row.removeAll(keepingCapacity: true)
      for column in changed { row.append(cursesCell(cells[column])) }
      if !row.isEmpty {
        mvadd_wchnstr(Int32(y), Int32(changed.lowerBound), row, Int32(row.count))
      }
      sent[y] = cells
    }
    shown = frame
    placeCursor(frame.cursor)
    session_refresh()
  }

  /// Shows the cursor where something is looked at, and hides it else.
  private func placeCursor(_ place: Point?) {
    guard let place, (0..<size.columns).contains(place.column), (0..<size.rows).contains(place.row)
    else {
      curs_set(0)
      return
    }
    move(Int32(place.row), Int32(place.column))
    curs_set(1)
  }

  private func cursesCell(_ cell: FrameCell) -> cchar_t {
    if let tones = cell.tones, let painted = pictureCells?.cell(tones) { return painted }
    var template = templates[templateIndex(cell)]
    template.chars.0 = wchar_t(bitPattern: glyph(cell.scalar).value)
    return template
  }

  /// The templates of all roles on their own, then of each on every tint.
  private func templateIndex(_ cell: FrameCell) -> Int {
    let role = Int(cell.role.rawValue)
    guard let tint = cell.tint, templates.count > Role.allCases.count else { return role }
    return Role.allCases.count + role * Tint.all.count + tint.index
  }

  private func glyph(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.value < 0x7F { return scalar }
    guard isUnicode else { return asciiStandIn(scalar) }
    // What the C library thinks of another width would shift the rest of its row.
    return curses_column_width(wchar_t(bitPattern: scalar.value)) == 1 ? scalar : "?"
  }
}

/// A blank cell for each role, with its attributes and colours, and where there are enough of them
/// for each role on each tint, made once: `setcchar` is too slow for every cell of a frame.
func cellTemplates(monochrome: Bool, on ground: Ground) -> [cchar_t] {
  let usesColours =
    !monochrome && has_colors() && start_color() == OK && use_default_colors() == OK
  let depth = ColourDepth(count: usesColours ? Int(curses_color_count()) : 0)
  let direct = usesColours && curses_colors_are_direct()
  func template(_ look: Look, pair number: Int) -> cchar_t {
    var pair: Int32 = 0
    if look.foreground != nil || look.background != nil {
      pair = Int32(number)
      init_extended_pair(
        pair, cursesColour(look.foreground, direct: direct),
        cursesColour(look.background, direct: direct))
    }
    var cell = cchar_t()
    let space: [wchar_t] = [wchar_t(UInt8(ascii: " ")), 0]
    _ = curses_set_cell(&cell, space, cursesAttributes(look.attributes), pair)
    return cell
  }
  let looks = Role.allCases.map { $0.look(depth, on: ground) }
  let roles = looks.enumerated().map { template($1, pair: $0 + 1) }
  guard depth == .full, Int(curses_pair_count()) > roles.count + Tint.all.count else {
    return roles
  }
  return roles
    + looks.flatMap { look in
      Tint.all.map { template($0.look(look, on: ground), pair: roles.count + 1 + $0.index) }
    }
}

func cursesColour(_ number: Int?, direct: Bool) -> Int32 {
  guard let number else { return -1 }
  return Int32(direct ? redGreenBlue(ofColour: number) ?? number : number)
}

private func cursesAttributes(_ attributes: Look.Attributes) -> attr_t {
  var result: attr_t = 0
  if attributes.contains(.bold) { result |= CURSES_BOLD }
  if attributes.contains(.underline) { result |= CURSES_UNDERLINE }
  if attributes.contains(.reverse) { result |= CURSES_REVERSE }
  return result
}
