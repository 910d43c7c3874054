/// A lesson's text before it is parsed, within the bounds that keep a stranger's file harmless.
///
/// The parser hashes every key of a mapping, and expands aliases first. A key that is itself a
/// collection, inside another such key, and so on, would be hashed once a level: a small file
/// would take minutes. Anchors are therefore refused, and the places that could begin such a key
/// are bounded, before the parser sees the text.
struct LessonText {
  /// Bytes; numbers beyond this belong in `.npy` files.
  static let largestSize = 1 << 20
  /// The most that the size in bytes times the number of `{`, `?` and `]:` may be.
  static let largestKeyWork = 1 << 24

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
    try refuseAnchors()
    try refuseNestedKeys()
  }

  /// What is wrong, and where.
  struct Fault: Error {
    let cause: LessonProblem.Cause
    let place: TextPlace

    init(_ cause: LessonProblem.Cause, _ place: TextPlace) {
      self.cause = cause
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

  /// An anchor is `&` and a name where something begins; after a letter or digit (`R&D`) nothing
  /// can begin.
  private func refuseAnchors() throws(Fault) {
    for (row, line) in lines.enumerated() {
      for offset in line.indices.dropLast() where line[offset] == "&" {
        guard line[offset + 1].isAnchorName, offset == 0 || !line[offset - 1].isLetterOrDigit
        else { continue }
        let name = String(scalars: line[(offset + 1)...].prefix { $0.isAnchorName })
        throw Fault(.anchor(name), TextPlace(line: row + 1, column: offset + 1))
      }
    }
  }

  private func refuseNestedKeys() throws(Fault) {
    var openings = 0
    for line in lines {
      var previous: Unicode.Scalar = " "
      for (offset, scalar) in line.enumerated() where scalar != " " && scalar != "\t" {
        let isQuestion =
          scalar == "?" && (offset + 1 == line.count || line[offset + 1].isBlank)
        if scalar == "{" || isQuestion || (scalar == ":" && previous == "]") { openings += 1 }
        previous = scalar
      }
    }
    let size = string.utf8.count
    if openings * size > LessonText.largestKeyWork {
      throw Fault(.tooManyKeys(openings: openings, bytes: size), .start)
    }
  }

  func hasTab(at place: TextPlace) -> Bool {
    guard lines.indices.contains(place.line - 1) else { return false }
    return lines[place.line - 1].dropFirst(place.column - 1).first == "\t"
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
      case .plain: node.place.column - 1 + offset
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
    for row in max(0, place.line - 1)..<max(place.line - 1, lines.count) {
      let line = lines[row]
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
  fileprivate var isBlank: Bool { self == " " || self == "\t" }

  /// What ends a line, besides a carriage return.
  var isBreak: Bool {
    self == "\n" || self == "\u{85}" || self == "\u{2028}" || self == "\u{2029}"
  }

  /// Of the general category Cc, whose members Unicode never changes; its tables are slow.
  fileprivate var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }

  fileprivate var isLetterOrDigit: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
  }

  /// What the name of a YAML anchor is made of.
  fileprivate var isAnchorName: Bool { isLetterOrDigit || self == "_" || self == "-" }
}

extension String {
  init(scalars: some Sequence<Unicode.Scalar>) {
    var view = UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }
}
