/// A lesson's text before it is parsed: UTF-8, not too long, and without controls.
struct LessonText {
  /// Bytes; numbers beyond this belong in `.npy` files.
  static let largestSize = 1 << 20

  let string: String
  private let lines: [[Unicode.Scalar]]

  /// - Throws: `Fault` for text that is not UTF-8, too long, or holds what no lesson needs.
  init(_ bytes: [UInt8]) throws(Fault) {
    guard bytes.count <= LessonText.largestSize else {
      throw Fault(.fileTooLong(bytes: bytes.count), .start)
    }
    guard var string = String(validating: bytes, as: UTF8.self) else {
      throw Fault(.notUTF8, LessonText.placeOfBrokenByte(in: bytes))
    }
    // Windows editors put a byte order mark before the first character.
    if string.unicodeScalars.first == "\u{FEFF}" { string.unicodeScalars.removeFirst() }
    self.string = string
    lines = LessonText.lines(of: string)
    try refuseControls()
    // A thousand directives are compared with each other, before any event is told.
    if let row = lines.firstIndex(where: { $0.first == "%" }) {
      throw Fault(.directive, TextPlace(line: row + 1, column: 1))
    }
  }

  /// What is wrong, and where.
  struct Fault: Error {
    let cause: LessonProblem.Cause
    let place: TextPlace

    init(_ cause: LessonProblem.Syntax, _ place: TextPlace) {
      self.cause = .yaml(cause)
      self.place = place
    }

    init(_ cause: LessonProblem.Limit, _ place: TextPlace) {
      self.cause = .limit(cause)
      self.place = place
    }
  }

  /// The lines as YAML counts them.
  private static func lines(of string: String) -> [[Unicode.Scalar]] {
    var lines: [[Unicode.Scalar]] = [[]]
    var previous: Unicode.Scalar?
    for scalar in string.unicodeScalars {
      if previous == "\r", scalar != "\n" { lines.append([]) }
      if scalar.isBreak {
        lines.append([])
      } else if scalar != "\r" {
        lines[lines.count - 1].append(scalar)
      }
      previous = scalar
    }
    return lines
  }

  private static func placeOfBrokenByte(in bytes: [UInt8]) -> TextPlace {
    var (decoder, rest, sound) = (UTF8(), bytes.makeIterator(), String.UnicodeScalarView())
    while case .scalarValue(let scalar) = decoder.decode(&rest) { sound.append(scalar) }
    let before = lines(of: String(sound))
    return TextPlace(line: before.count, column: (before.last?.count ?? 0) + 1)
  }
}

extension LessonText {
  private func refuseControls() throws(Fault) {
    for (row, line) in lines.enumerated() {
      for (offset, scalar) in line.enumerated()
      where scalar.isControl && scalar != "\t" {
        throw Fault(.controlCharacter(scalar), TextPlace(line: row + 1, column: offset + 1))
      }
    }
  }

  func hasTab(at place: TextPlace) -> Bool {
    guard lines.indices.contains(place.line - 1) else { return false }
    return lines[place.line - 1].dropFirst(place.column - 1).first == "\t"
  }

  /// Where a later line of a text that stands so begins with `- `, as an item of a list does; nil for
  /// no such line.
  func item(after start: TextPlace, before end: TextPlace) -> TextPlace? {
    for row in start.line..<max(start.line, min(end.line, lines.count)) {
      let line = lines[row]
      let indent = line.prefix { $0 == " " }.count
      guard line.dropFirst(indent).starts(with: ["-", " "]) else { continue }
      let place = TextPlace(line: row + 1, column: indent + 1)
      return row + 1 == end.line && place.column >= end.column ? nil : place
    }
    return nil
  }

  /// Where a comment begins that stands at a place or, after spaces, behind it; nil for none.
  func comment(at place: TextPlace) -> TextPlace? {
    guard lines.indices.contains(place.line - 1) else { return nil }
    let line = lines[place.line - 1]
    let start = line.dropFirst(place.column - 1).firstIndex { $0 != " " && $0 != "\t" }
    guard let start, line[start] == "#" else { return nil }
    return TextPlace(line: place.line, column: start + 1)
  }

  /// Where a word of a scalar's value stands; the scalar's own place where it is not found.
  ///
  /// - Parameters:
  ///   - row: which line of the value, from 0, and `line` that line.
  ///   - offset: how far into the line the word begins.
  func place(
    of word: ArraySlice<Unicode.Scalar>, row: Int, line: ArraySlice<Unicode.Scalar>, offset: Int,
    in node: TextNode
  ) -> TextPlace {
    guard case .text(_, let style) = node.content else { return node.place }
    // A block begins on the line after its `|`, indented; other values where they stand.
    let index = style == .block ? node.place.line + row : node.place.line - 1
    guard lines.indices.contains(index) else { return node.place }
    let start =
      switch style {
      case .block: lines[index].count - line.count + offset
      case .plain, .commented: node.place.column - 1 + offset
      case .quoted: node.place.column + offset
      }
    guard start >= 0, lines[index].dropFirst(start).starts(with: word) else { return node.place }
    return TextPlace(line: index + 1, column: start + 1)
  }
}

extension LessonText {
  /// Where a piece of a line first stands at or after a place.
  func find(_ piece: String, after place: TextPlace) -> TextPlace? {
    let wanted = Array(piece.unicodeScalars)
    guard !wanted.isEmpty else { return nil }
    // A text has a few thousand characters; the rest of the file is not looked through.
    var looked = 0
    for row in max(0, place.line - 1)..<max(place.line - 1, lines.count) where looked < 100_000 {
      let line = lines[row]
      looked += line.count + 1
      let first = row == place.line - 1 ? place.column - 1 : 0
      guard line.count - wanted.count >= first else { continue }
      for start in first...line.count - wanted.count where line[start...].starts(with: wanted) {
        return TextPlace(line: row + 1, column: start + 1)
      }
    }
    return nil
  }

  /// The same; the place itself where the piece is not found, because lines were joined.
  func place(of piece: String, after place: TextPlace) -> TextPlace {
    find(piece, after: place) ?? place
  }
}

extension Unicode.Scalar {
  /// What ends a line, besides a carriage return.
  var isBreak: Bool {
    self == "\n" || self == "\u{85}" || self == "\u{2028}" || self == "\u{2029}"
  }

  /// Of the general category Cc, whose members Unicode never changes; its tables are slow.
  fileprivate var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }
}

extension String {
  init(scalars: some Sequence<Unicode.Scalar>) {
    var view = UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }
}
