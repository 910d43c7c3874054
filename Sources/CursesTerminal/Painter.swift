import CNcurses
import Canvas

/// Writes to the terminal: characters, and the sequences that place and colour them where it is not
/// as it should be already. What is written is sent at once.
nonisolated struct Painter {
  private var bytes: [UInt8] = []
  /// Where the next character goes; nil: not known.
  private var place: Point?
  private var pen = Pen()
  private var showsCursor = false

  private let usesDirectColours = terminal_colours_are_direct()
  private let habits = terminal_habits()
  private let erase = Painter.sequence(SEQUENCE_ERASE_LINE)
  private let plain = Painter.sequence(SEQUENCE_PLAIN)
  private let plainColours = Painter.sequence(SEQUENCE_PLAIN_COLOURS)
  private let attributes = [
    (Look.Attributes.bold.rawValue, Painter.sequence(SEQUENCE_BOLD)),
    (Look.Attributes.underline.rawValue, Painter.sequence(SEQUENCE_UNDERLINE)),
    (Look.Attributes.reverse.rawValue, Painter.sequence(SEQUENCE_REVERSE)),
  ]
  /// By the colour, made when first needed.
  private var foregrounds = [[UInt8]](repeating: [], count: 256)
  private var backgrounds = [[UInt8]](repeating: [], count: 256)
  /// By how many columns.
  private var steps = [[UInt8]](repeating: [], count: 256)

  private static func sequence(
    _ kind: terminal_sequence, _ first: Int = 0, _ second: Int = 0
  ) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 256) { room, count in
      count = Int(
        terminal_sequence(
          kind, Int32(first), Int32(second), room.baseAddress, Int32(room.count)))
    }
  }

  /// Whether `plain` takes back the colours too, as all do that are ECMA-48's.
  private let plainTakesColours: Bool

  init() {
    let text = String(decoding: plain, as: UTF8.self)
    plainTakesColours = text.contains("\u{1B}[m") || text.contains("\u{1B}[0")
  }

  /// Sends what was written, with the terminal's own look left behind.
  mutating func send() {
    take(Pen())
    guard !bytes.isEmpty else { return }
    _ = terminal_send(bytes, bytes.count)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Wipes the screen, whatever stands there.
  mutating func clear() {
    (pen, place, showsCursor) = (Pen(), nil, false)
    bytes += plainTakesColours ? plain : plain + plainColours
    for kind in [SEQUENCE_HIDE_CURSOR, SEQUENCE_CLEAR] { bytes += Painter.sequence(kind) }
  }

  /// Shows the cursor in a place, or nowhere.
  mutating func showCursor(_ target: Point?) {
    if let target { move(to: target) }
    guard (target != nil) != showsCursor else { return }
    showsCursor = target != nil
    bytes += Painter.sequence(showsCursor ? SEQUENCE_SHOW_CURSOR : SEQUENCE_HIDE_CURSOR)
  }

  /// Erases from a place to the row's end; false where the terminal cannot.
  mutating func eraseRow(from target: Point) -> Bool {
    guard !erase.isEmpty else { return false }
    // What is erased takes the ground of the pen on some terminals.
    if !pen.isSameOnBlanks(Pen()) { take(Pen()) }
    move(to: target)
    bytes += erase
    return true
  }

  /// The column behind what was written last, where that is in this row.
  func column(inRow row: Int) -> Int? { place.flatMap { $0.row == row ? $0.column : nil } }

  /// Whether a character goes without a change of the pen.
  func writesAtOnce(_ scalar: Unicode.Scalar, _ wanted: Pen) -> Bool {
    pen == wanted || scalar == " " && pen.isSameOnBlanks(wanted)
  }

  /// Writes a character in a place of a screen of that size.
  mutating func write(_ scalar: Unicode.Scalar, _ wanted: Pen, at target: Point, of size: Size) {
    let isLast = target.column == size.columns - 1
    if isLast, target.row == size.rows - 1, habits.scrolls_at_last_cell { return }
    move(to: target)
    if !writesAtOnce(scalar, wanted) { take(wanted) }
    append(scalar)
    // Whether the cursor stays at the row's end or goes on, terminals do not agree.
    place = isLast ? nil : Point(column: target.column + 1, row: target.row)
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | value >> shift & 0x3F) }
    switch value {
    case ..<0x80: bytes.append(UInt8(value))
    case ..<0x800:
      bytes.append(UInt8(0xC0 | value >> 6))
      bytes.append(tail(0))
    case ..<0x10000:
      bytes.append(UInt8(0xE0 | value >> 12))
      bytes.append(tail(6))
      bytes.append(tail(0))
    default:
      bytes.append(UInt8(0xF0 | value >> 18))
      bytes.append(tail(12))
      bytes.append(tail(6))
      bytes.append(tail(0))
    }
  }

  private mutating func move(to target: Point) {
    guard place != target else { return }
    if !habits.moves_in_any_look { take(Pen()) }
    if let place, place.row == target.row, place.column < target.column,
      case let step = step(by: target.column - place.column), !step.isEmpty
    {
      bytes += step
    } else {
      bytes += Painter.sequence(SEQUENCE_PLACE, target.row, target.column)
    }
    place = target
  }

  private mutating func step(by columns: Int) -> [UInt8] {
    guard steps.indices.contains(columns) else { return [] }
    if steps[columns].isEmpty { steps[columns] = Painter.sequence(SEQUENCE_RIGHT, columns) }
    return steps[columns]
  }

  private mutating func take(_ wanted: Pen) {
    guard wanted != pen else { return }
    leave(wanted)
    if wanted.attributes != pen.attributes {
      for (attribute, sequence) in attributes
      where wanted.attributes & ~pen.attributes & attribute != 0 {
        bytes += sequence
      }
    }
    if wanted.foreground != pen.foreground { takeForeground(Int(wanted.foreground)) }
    if wanted.background != pen.background { takeBackground(Int(wanted.background)) }
    pen = wanted
  }

  /// Takes back what only goes with all the others: attributes, and that there are colours.
  private mutating func leave(_ wanted: Pen) {
    let losesColour =
      pen.foreground >= 0 && wanted.foreground < 0 || pen.background >= 0 && wanted.background < 0
    let losesAttribute = pen.attributes & ~wanted.attributes != 0
    guard losesColour || losesAttribute else { return }
    if losesAttribute || wanted.attributes == 0 {
      bytes += plain
      if !plainTakesColours, pen.hasColours { bytes += plainColours }
      pen = Pen()
    } else {
      bytes += plainColours
      (pen.foreground, pen.background) = (-1, -1)
    }
  }

  private mutating func takeForeground(_ colour: Int) {
    if foregrounds[colour].isEmpty {
      foregrounds[colour] = Painter.sequence(SEQUENCE_FOREGROUND, number(of: colour))
    }
    bytes += foregrounds[colour]
  }

  private mutating func takeBackground(_ colour: Int) {
    if backgrounds[colour].isEmpty {
      backgrounds[colour] = Painter.sequence(SEQUENCE_BACKGROUND, number(of: colour))
    }
    bytes += backgrounds[colour]
  }

  private func number(of colour: Int) -> Int {
    usesDirectColours ? redGreenBlue(ofColour: colour) ?? colour : colour
  }
}
