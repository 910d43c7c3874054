/// What a terminal shows after the bytes that it was sent: a small VT that knows the sequences
/// of the terminals which the tests use, and remembers those that it does not know.
///
/// The last column wraps when the next character comes, as on a VT100.
struct ScreenInterpreter {
  private(set) var columns: Int
  private(set) var rows: Int
  private var cells: [[Unicode.Scalar]]
  private var row = 0
  private var column = 0
  private var wrapsNext = false
  private var region: ClosedRange<Int>
  private var insertsCharacters = false
  private var last: Unicode.Scalar = " "
  private var parser = Parser.ground

  private(set) var isAlternate = false
  private(set) var showsCursor = true
  /// DEC private modes that are on: 1000 and 1006 are the mouse, 2004 pasting, 1 the cursor keys.
  private(set) var modes: Set<Int> = []
  /// The numbers of the last `ESC [ … m`, since the last reset.
  private(set) var attributes: [Int] = []
  /// How often the whole screen was cleared.
  private(set) var clears = 0
  /// Every distinct `ESC [ … m` that came.
  private(set) var looks: Set<String> = []
  /// The strings that were meant for the terminal, such as what it is asked of its background.
  private(set) var commands: [String] = []
  /// Sequences that are not known here.
  private(set) var unknown: [String] = []
  /// The columns that a glyph beyond ASCII takes.
  var glyphColumns = 1
  /// Answers to the questions where the cursor is, which a terminal sends and a test may.
  private(set) var answers: [String] = []

  private enum Parser {
    case ground
    case character(value: UInt32, missing: Int)
    case escape
    case sequence([UInt8])
    case command(endsAfterEscape: Bool)
    case charset
  }

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = ScreenInterpreter.blank(columns, rows)
    region = 0...rows - 1
  }

  private static func blank(_ columns: Int, _ rows: Int) -> [[Unicode.Scalar]] {
    Array(repeating: Array(repeating: " ", count: columns), count: rows)
  }

  /// The rows as text, without the spaces at their ends.
  var lines: [String] {
    cells.map { line in
      var text = String.UnicodeScalarView(line)
      while text.last == " " { text.removeLast() }
      return String(text)
    }
  }

  mutating func resize(columns: Int, rows: Int) {
    let old = cells
    cells = ScreenInterpreter.blank(columns, rows)
    for (y, line) in old.prefix(rows).enumerated() {
      for (x, scalar) in line.prefix(columns).enumerated() { cells[y][x] = scalar }
    }
    (self.columns, self.rows) = (columns, rows)
    region = 0...rows - 1
    move(row, column)
  }

  mutating func take(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { take(byte) }
  }

  mutating func takeAnswers() -> [String] {
    defer { answers = [] }
    return answers
  }
}

extension ScreenInterpreter {
  private mutating func take(_ byte: UInt8) {
    switch parser {
    case .ground: takeFirst(byte)
    case .character where byte & 0xC0 != 0x80:
      // What was cut off by a crash is no character.
      put("\u{FFFD}")
      parser = .ground
      take(byte)
    case .character(let value, let missing):
      let longer = value << 6 | UInt32(byte & 0x3F)
      parser = missing == 1 ? .ground : .character(value: longer, missing: missing - 1)
      if missing == 1 { put(Unicode.Scalar(longer) ?? "\u{FFFD}") }
    case .escape: takeAfterEscape(byte)
    // One that begins anew in the middle of another ends that, as ECMA-48's are read everywhere.
    case .sequence where byte == 0x1B: parser = .escape
    case .sequence(let bytes):
      guard (0x40...0x7E).contains(byte) else {
        parser = .sequence(bytes + [byte])
        return
      }
      parser = .ground
      perform(String(decoding: bytes, as: UTF8.self), final: Unicode.Scalar(byte))
    case .command(let endsAfterEscape):
      if byte >= 0x20 { commands[commands.count - 1].unicodeScalars.append(Unicode.Scalar(byte)) }
      parser =
        byte == 0x07 || endsAfterEscape ? .ground : .command(endsAfterEscape: byte == 0x1B)
    case .charset: parser = .ground
    }
  }

  private mutating func takeFirst(_ byte: UInt8) {
    switch byte {
    case 0x1B: parser = .escape
    case 0x07, 0x00, 0x0E, 0x0F: break
    case 0x08: move(row, column - 1)
    case 0x09: move(row, (column / 8 + 1) * 8)
    case 0x0A: lineFeed()
    case 0x0D: move(row, 0)
    case 0x20...0x7E: put(Unicode.Scalar(byte))
    case 0xC2...0xDF: parser = .character(value: UInt32(byte & 0x1F), missing: 1)
    case 0xE0...0xEF: parser = .character(value: UInt32(byte & 0x0F), missing: 2)
    case 0xF0...0xF4: parser = .character(value: UInt32(byte & 0x07), missing: 3)
    default: unknown.append("byte \(byte)")
    }
  }

  private mutating func takeAfterEscape(_ byte: UInt8) {
    parser = .ground
    switch Unicode.Scalar(byte) {
    case "[": parser = .sequence([])
    case "]", "P", "k":
      commands.append("")
      parser = .command(endsAfterEscape: false)
    case "(", ")": parser = .charset
    case "M":
      if row == region.lowerBound { scroll(region, by: -1) } else { move(row - 1, column) }
    case "=", ">", "7", "8", "c", "\\": break
    default: unknown.append("ESC \(Unicode.Scalar(byte))")
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    if wrapsNext {
      move(row, 0)
      lineFeed()
    }
    if insertsCharacters {
      cells[row].removeLast()
      cells[row].insert(scalar, at: column)
    } else {
      cells[row][column] = scalar
    }
    last = scalar
    let width = scalar.isASCII ? 1 : glyphColumns
    for blank in column + 1..<max(column + 1, min(columns, column + width)) {
      cells[row][blank] = " "
    }
    if column + width >= columns {
      column = columns - 1
      wrapsNext = true
    } else {
      column += width
    }
  }

  private mutating func move(_ row: Int, _ column: Int) {
    self.row = min(max(0, row), rows - 1)
    self.column = min(max(0, column), columns - 1)
    wrapsNext = false
  }

  private mutating func lineFeed() {
    if row == region.upperBound { scroll(region, by: 1) } else { move(row + 1, column) }
  }

  /// Moves the lines of a region up, or down by a negative number.
  private mutating func scroll(_ region: ClosedRange<Int>, by count: Int) {
    let empty: [Unicode.Scalar] = Array(repeating: " ", count: columns)
    for _ in 0..<min(abs(count), region.count) {
      if count > 0 {
        cells.remove(at: region.lowerBound)
        cells.insert(empty, at: region.upperBound)
      } else {
        cells.remove(at: region.upperBound)
        cells.insert(empty, at: region.lowerBound)
      }
    }
    wrapsNext = false
  }

  private mutating func clear(row: Int, _ columns: Range<Int>) {
    for column in columns.clamped(to: 0..<self.columns) { cells[row][column] = " " }
  }
}

extension ScreenInterpreter {
  private mutating func perform(_ text: String, final: Unicode.Scalar) {
    if text.hasPrefix("?") {
      return setModes(text.dropFirst().split(separator: ";").compactMap { Int($0) }, final)
    }
    // Window titles, device attributes and soft resets show nothing.
    if final == "t" || final == "c" || text.hasPrefix("!") || text.hasPrefix(">") { return }
    let fields = text.split(separator: ";", omittingEmptySubsequences: false)
    let numbers = fields.map { Int($0) ?? 0 }
    let first = max(1, numbers.first ?? 1)
    switch final {
    case "H", "f":
      move(first - 1, max(1, numbers.count > 1 ? numbers[1] : 1) - 1)
    case "A": move(row - first, column)
    case "B": move(row + first, column)
    case "C": move(row, column + first)
    case "D": move(row, column - first)
    case "G": move(row, first - 1)
    case "d": move(first - 1, column)
    case "Z": move(row, (column - 1) / 8 * 8)
    case "b": for _ in 0..<first { put(last) }
    case "m": setAttributes(text, numbers)
    case "n" where text == "6": answers.append("\u{1B}[\(row + 1);\(column + 1)R")
    case "h", "l": if numbers == [4] { insertsCharacters = final == "h" }
    case "r":
      // A terminal takes no region that its size, changed meanwhile, does not hold.
      let last = min(rows, numbers.count > 1 ? numbers[1] : rows)
      guard first < last else { return }
      region = first - 1...last - 1
      move(0, 0)
    default: edit(final, numbers.first ?? 0, first, text)
    }
  }

  /// Sequences that erase, insert or remove.
  private mutating func edit(_ final: Unicode.Scalar, _ which: Int, _ count: Int, _ text: String) {
    wrapsNext = false
    switch final {
    case "J":
      if which == 2 { clears += 1 }
      if which == 0 { clear(row: row, column..<columns) }
      if which == 1 { clear(row: row, 0..<column + 1) }
      let lines = which == 0 ? row + 1..<rows : which == 1 ? 0..<row : 0..<rows
      for line in lines { clear(row: line, 0..<columns) }
    case "K":
      clear(row: row, which == 0 ? column..<columns : which == 1 ? 0..<column + 1 : 0..<columns)
    case "X": clear(row: row, column..<column + count)
    case "P":
      for _ in 0..<min(count, columns - column) {
        cells[row].remove(at: column)
        cells[row].append(" ")
      }
    case "@":
      for _ in 0..<min(count, columns - column) {
        cells[row].removeLast()
        cells[row].insert(" ", at: column)
      }
    case "L": if region.contains(row) { scroll(row...region.upperBound, by: -count) }
    case "M": if region.contains(row) { scroll(row...region.upperBound, by: count) }
    case "S": scroll(region, by: count)
    case "T": scroll(region, by: -count)
    default: unknown.append("ESC [ \(text)\(final)")
    }
  }

  private mutating func setModes(_ numbers: [Int], _ final: Unicode.Scalar) {
    let isOn = final == "h"
    for number in numbers where final == "h" || final == "l" {
      switch number {
      case 25: showsCursor = isOn
      case 1049, 47:
        isAlternate = isOn
        if isOn { cells = ScreenInterpreter.blank(columns, rows) }
      case 7, 12, 3, 4: break
      default: if isOn { modes.insert(number) } else { modes.remove(number) }
      }
    }
    // The Linux console's cursor shape: ESC [ ? 1 c.
    if final != "h", final != "l", final != "c" { unknown.append("ESC [ ? \(numbers)\(final)") }
  }

  private mutating func setAttributes(_ text: String, _ numbers: [Int]) {
    looks.insert(text)
    if numbers.first == 0 || text.isEmpty { attributes = [] }
    attributes += numbers.filter { $0 != 0 }
  }
}
