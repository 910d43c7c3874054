/// A value of the part of Python's literals that the header of a `.npy` file uses.
indirect enum PythonLiteral: Equatable {
  case string(String)
  case integer(Int)
  case boolean(Bool)
  case none
  case tuple([PythonLiteral])
  case list([PythonLiteral])
  case dictionary([Entry])

  struct Entry: Equatable {
    var key: PythonLiteral
    var value: PythonLiteral
  }

  /// Reads one literal that takes up all the bytes, but for white space around it.
  init(_ bytes: some Sequence<UInt8>) throws(PythonLiteralError) {
    var parser = PythonLiteralParser(bytes: Array(bytes))
    self = try parser.value(depth: 0)
    parser.skipWhiteSpace()
    if parser.next != nil { throw parser.expected(.end) }
  }
}

/// What could not be read as a literal, and where in its bytes, from 0.
package struct PythonLiteralError: Error, Equatable {
  package enum Cause: Equatable, Sendable {
    case value
    case closingQuote
    case colon
    case separator(closing: Character)
    case end
    /// A whole number that 64 bits do not hold.
    case smallerNumber
    case shallowerNesting
    case plainString
  }

  package let expected: Cause
  package let offset: Int
}

private struct PythonLiteralParser {
  /// Arrays have no more than a few levels; a deeper literal is there to exhaust the stack.
  static let deepest = 16

  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  func expected(_ cause: PythonLiteralError.Cause) -> PythonLiteralError {
    PythonLiteralError(expected: cause, offset: position)
  }

  mutating func skipWhiteSpace() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  /// Steps over one character if it comes next after white space.
  private mutating func take(_ character: Character) -> Bool {
    skipWhiteSpace()
    guard next == character.asciiValue else { return false }
    position += 1
    return true
  }

  /// Steps over a word if it comes next.
  private mutating func take(word: StaticString) -> Bool {
    let wanted = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard bytes[position...].starts(with: wanted) else { return false }
    position += wanted.count
    return true
  }

  mutating func value(depth: Int) throws(PythonLiteralError) -> PythonLiteral {
    guard depth < PythonLiteralParser.deepest else { throw expected(.shallowerNesting) }
    if take("{") { return try dictionary(depth: depth) }
    if take("[") { return .list(try items(until: "]", depth: depth).items) }
    if take("(") {
      let (items, hasComma) = try items(until: ")", depth: depth)
      // As in Python, parentheses around one value without a comma are just parentheses.
      if items.count == 1, !hasComma { return items[0] }
      return .tuple(items)
    }
    switch next.map({ Character(Unicode.Scalar($0)) }) {
    case "'", "\"": return .string(try string())
    case "-", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9": return .integer(try integer())
    default: return try word()
    }
  }

  private mutating func word() throws(PythonLiteralError) -> PythonLiteral {
    if take(word: "True") { return .boolean(true) }
    if take(word: "False") { return .boolean(false) }
    if take(word: "None") { return .none }
    throw expected(.value)
  }

  private mutating func items(
    until closing: Character, depth: Int
  ) throws(PythonLiteralError) -> (items: [PythonLiteral], hasComma: Bool) {
    var items: [PythonLiteral] = []
    var hasComma = false
    while !take(closing) {
      guard items.isEmpty || hasComma else { throw expected(.separator(closing: closing)) }
      items.append(try value(depth: depth + 1))
      hasComma = take(",")
    }
    return (items, hasComma)
  }

  private mutating func dictionary(depth: Int) throws(PythonLiteralError) -> PythonLiteral {
    var entries: [PythonLiteral.Entry] = []
    var hasComma = false
    while !take("}") {
      guard entries.isEmpty || hasComma else { throw expected(.separator(closing: "}")) }
      let key = try value(depth: depth + 1)
      guard take(":") else { throw expected(.colon) }
      entries.append(.init(key: key, value: try value(depth: depth + 1)))
      hasComma = take(",")
    }
    return .dictionary(entries)
  }

  private mutating func string() throws(PythonLiteralError) -> String {
    let quote = bytes[position]
    position += 1
    let start = position
    while let byte = next, byte != quote {
      // No array that can be read here has an escape in its header.
      guard byte != UInt8(ascii: "\\") else { throw expected(.plainString) }
      position += 1
    }
    guard next == quote else { throw expected(.closingQuote) }
    defer { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func integer() throws(PythonLiteralError) -> Int {
    let start = position
    if next == UInt8(ascii: "-") { position += 1 }
    let digits = position
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    guard position > digits else { throw expected(.value) }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let value = Int(text) else {
      throw PythonLiteralError(expected: .smallerNumber, offset: start)
    }
    // Python 2 wrote long integers as 3L.
    if next == UInt8(ascii: "L") { position += 1 }
    return value
  }
}
