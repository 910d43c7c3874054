import ConvolutionEngine

extension Picture {
  /// Reads a PBM, PGM, PPM or PAM picture (P1 to P7); of several in a row, the first.
  ///
  /// PBM's 1 is black, so that it becomes the sample 0.
  ///
  /// Format: netpbm's manual pages `pbm`, `pgm`, `ppm` and `pam`.
  ///
  /// - Throws: `PictureError`.
  package init(netpbm bytes: [UInt8]) throws(PictureError) {
    guard Picture.isNetpbm(bytes) else { throw .unknownKind }
    var reader = NetpbmReader(bytes: bytes, position: 2)
    let kind = Character(Unicode.Scalar(bytes[1]))
    let header = try reader.header(kind)
    if "456".contains(kind), reader.isBetweenReturnAndFeed { throw .lineEnds }
    let samples =
      switch kind {
      case "1": try reader.plainBits(header)
      case "2", "3": try reader.plainSamples(header)
      case "4": try reader.packedBits(header)
      default: try reader.binarySamples(header)
      }
    self.init(header.shape, maximum: header.maximum, samples: samples)
  }

  /// How much of such a file is wanted: of a binary picture no more than its samples.
  static func wanted(ofNetpbm beginning: [UInt8]) -> FileContents.Wanted {
    var reader = NetpbmReader(bytes: beginning, position: 2)
    let kind = Character(Unicode.Scalar(beginning[1]))
    // A number at the end may go on.
    if let header = try? reader.header(kind), reader.position < beginning.count {
      return "123".contains(kind)
        ? reader.wantedText(header, isBitmap: kind == "1")
        : .upTo(reader.position + header.size(kind))
    }
    return beginning.count < longestGap
      ? .atLeast(2 * beginning.count) : .ofPipe(upTo: beginning.count)
  }

  /// White space or a comment may be long, but not without end.
  fileprivate static let longestGap = 1 << 16

  /// Whether the bytes begin as such a picture does.
  package static func isNetpbm(_ bytes: [UInt8]) -> Bool {
    bytes.count > 2 && bytes[0] == UInt8(ascii: "P") && "1234567".utf8.contains(bytes[1])
      && bytes[2].isWhiteSpace
  }
}

extension UInt8 {
  /// White space of the C locale.
  fileprivate var isWhiteSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}

private struct NetpbmHeader {
  let shape: Shape
  let maximum: Int

  init(width: Int, height: Int, channels: Int, maximum: Int) throws(PictureError) {
    guard (1...65535).contains(maximum) else { throw .maximum(maximum) }
    shape = try Picture.shape(width: width, height: height, channels: channels)
    self.maximum = maximum
  }

  /// A sample, checked; `index` is its place among all of them.
  func sample(_ value: Int, at index: Int) throws(PictureError) -> UInt16 {
    guard value <= maximum else {
      let (x, y) = pixel(index)
      throw .sampleBeyondMaximum(x: x, y: y, found: "\(value)", maximum: maximum)
    }
    return UInt16(value)
  }

  /// Bytes that the samples of a binary picture take.
  func size(_ kind: Character) -> Int {
    if kind == "4" { return (shape.width + 7) / 8 * shape.height }
    return shape.count * (maximum < 256 ? 1 : 2)
  }

  func pixel(_ index: Int) -> (x: Int, y: Int) {
    (index / shape.depth % shape.width, index / shape.depth / shape.width)
  }
}

private struct NetpbmReader {
  private enum Token {
    case number(Int)
    /// A number too large for anything here; it and what is none are told as they stand there.
    case huge(String)
    case other(String)
    case end
  }

  let bytes: [UInt8]
  var position: Int

  init(bytes: [UInt8], position: Int) {
    self.bytes = bytes
    self.position = position
  }

  /// The next character; a comment, from `#` on, counts as the line end that ends it.
  private mutating func character() -> UInt8? {
    if position < bytes.count, bytes[position] == UInt8(ascii: "#") {
      position = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    }
    guard position < bytes.count else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  /// A number and the one character of white space after it.
  private mutating func token() -> Token {
    var next = character()
    while let byte = next, byte.isWhiteSpace { next = character() }
    guard next != nil else { return .end }
    let start = position - 1
    var value = 0
    while let byte = next, !byte.isWhiteSpace {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
        return .other(word(at: start))
      }
      value = min(value * 10 + Int(byte - UInt8(ascii: "0")), Int(Int32.max))
      next = character()
    }
    return value == Int(Int32.max) ? .huge(word(at: start)) : .number(value)
  }

  /// What stands at a place as far as an error shows it.
  private func word(at start: Int) -> String {
    let word = bytes[start...].prefix(60).prefix { !$0.isWhiteSpace && $0 != UInt8(ascii: "#") }
    return String(decoding: word, as: UTF8.self)
  }

  private mutating func number(_ field: PictureError.Field) throws(PictureError) -> Int {
    switch token() {
    case .number(let value): return value
    case .huge(let found): throw .beyond(field, found: found)
    case .other(let found): throw .notNumber(field, found: found)
    case .end: throw .missing(field)
    }
  }

  mutating func header(_ kind: Character) throws(PictureError) -> NetpbmHeader {
    if kind == "7" { return try pamHeader() }
    let width = try number(.width)
    let height = try number(.height)
    let isBitmap = kind == "1" || kind == "4"
    return try NetpbmHeader(
      width: width, height: height, channels: kind == "3" || kind == "6" ? 3 : 1,
      maximum: isBitmap ? 1 : try number(.maximum))
  }

  private static let pamFields: [String: PictureError.Field] = [
    "WIDTH": .width, "HEIGHT": .height, "DEPTH": .depth, "MAXVAL": .maximum,
  ]

  /// Whether a carriage return was read, and a line feed comes.
  var isBetweenReturnAndFeed: Bool {
    position < bytes.count && bytes[position - 1] == UInt8(ascii: "\r")
      && bytes[position] == UInt8(ascii: "\n")
  }

  /// A PAM header: lines of a word and a value, in any order, until `ENDHDR`.
  private mutating func pamHeader() throws(PictureError) -> NetpbmHeader {
    var values: [PictureError.Field: Int] = [:]
    while let line = line() {
      let words = line.split(whereSeparator: \.isWhiteSpace)
        .map { String(decoding: $0, as: UTF8.self) }
      guard let word = words.first, !word.hasPrefix("#"), word != "TUPLTYPE" else { continue }
      if word == "ENDHDR" { break }
      guard let field = NetpbmReader.pamFields[word] else {
        throw .headerLine(String(decoding: line.prefix(60), as: UTF8.self))
      }
      let found = String(words.dropFirst().joined(separator: " ").prefix(60))
      guard words.count == 2, found.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
        throw .notNumber(field, found: found)
      }
      guard let value = Int32(found) else { throw .beyond(field, found: found) }
      values[field] = Int(value)
    }
    func value(_ field: PictureError.Field) throws(PictureError) -> Int {
      guard let value = values[field] else { throw .missing(field) }
      return value
    }
    return try NetpbmHeader(
      width: try value(.width), height: try value(.height), channels: try value(.depth),
      maximum: try value(.maximum))
  }

  /// The next line without its end; nil at the end of the file.
  private mutating func line() -> ArraySlice<UInt8>? {
    guard position < bytes.count else { return nil }
    let rest = bytes[position...]
    let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
    position = min(end + 1, bytes.count)
    return rest[..<end]
  }

  /// How much is wanted of a file whose samples are text: up to the last one, or to what is none.
  mutating func wantedText(_ header: NetpbmHeader, isBitmap: Bool) -> FileContents.Wanted {
    var found = 0
    var end = position
    while found < header.shape.count, let isSample = isBitmap ? bit() : sample() {
      // A word at the end may go on; an error shows so much of it.
      guard isSample || bytes.count - end > 60 else { return .atLeast(bytes.count + 60) }
      guard isSample else { return .upTo(bytes.count) }
      found += 1
      end = position
    }
    if found == header.shape.count {
      return isBitmap || end < bytes.count ? .upTo(end) : .atLeast(bytes.count + 1)
    }
    return bytes.count - end > Picture.longestGap
      ? .ofPipe(upTo: bytes.count) : .atLeast(2 * bytes.count)
  }

  /// Whether the next word is a number; nil at the end.
  private mutating func sample() -> Bool? {
    switch token() {
    case .number: true
    case .huge, .other: false
    case .end: nil
    }
  }

  /// Whether the next character that is no white space is a bit; nil at the end.
  private mutating func bit() -> Bool? {
    while let byte = character() {
      if !byte.isWhiteSpace { return byte == UInt8(ascii: "0") || byte == UInt8(ascii: "1") }
    }
    return nil
  }

  func binarySamples(_ header: NetpbmHeader) throws(PictureError) -> [UInt16] {
    let size = header.maximum < 256 ? 1 : 2
    let found = (bytes.count - position) / size
    guard found >= header.shape.count else {
      throw .truncated(expected: header.shape.count, found: found)
    }
    var samples: [UInt16] = []
    samples.reserveCapacity(header.shape.count)
    for index in 0..<header.shape.count {
      let place = position + index * size
      let value = size == 1 ? Int(bytes[place]) : Int(bytes[place]) << 8 | Int(bytes[place + 1])
      samples.append(try header.sample(value, at: index))
    }
    return samples
  }

  /// One digit a sample, with or without white space between them.
  mutating func plainBits(_ header: NetpbmHeader) throws(PictureError) -> [UInt16] {
    var samples: [UInt16] = []
    while samples.count < header.shape.count {
      guard let byte = character() else {
        throw .truncated(expected: header.shape.count, found: samples.count)
      }
      switch byte {
      case UInt8(ascii: "0"): samples.append(1)
      case UInt8(ascii: "1"): samples.append(0)
      case _ where byte.isWhiteSpace: continue
      default:
        let (x, y) = header.pixel(samples.count)
        throw .notSample(x: x, y: y, found: word(at: position - 1))
      }
    }
    return samples
  }

  /// Eight samples a byte, the highest bit first; each row begins with a byte of its own.
  func packedBits(_ header: NetpbmHeader) throws(PictureError) -> [UInt16] {
    let (width, height) = (header.shape.width, header.shape.height)
    let rowSize = (width + 7) / 8
    guard bytes.count - position >= rowSize * height else {
      let found = (bytes.count - position) / rowSize * width
      throw .truncated(expected: header.shape.count, found: found)
    }
    return (0..<height).flatMap { y in
      (0..<width).map { x in
        let byte = bytes[position + y * rowSize + x / 8]
        return UInt16(1 - byte >> (7 - x % 8) & 1)
      }
    }
  }

  mutating func plainSamples(_ header: NetpbmHeader) throws(PictureError) -> [UInt16] {
    var samples: [UInt16] = []
    for index in 0..<header.shape.count {
      switch token() {
      case .number(let value): samples.append(try header.sample(value, at: index))
      case .end: throw .truncated(expected: header.shape.count, found: index)
      case .huge(let found):
        let (x, y) = header.pixel(index)
        throw .sampleBeyondMaximum(x: x, y: y, found: found, maximum: header.maximum)
      case .other(let found):
        let (x, y) = header.pixel(index)
        throw .notSample(x: x, y: y, found: found)
      }
    }
    return samples
  }
}
