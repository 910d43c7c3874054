/// One of the parts that a ZIP archive is a row of, as far as a reader of a pipe needs it: how long
/// it is. Format: PKWARE's APPNOTE.TXT, section 4.3.
enum ZipRecord {
  /// Bytes, with the data that follow a member's header.
  case known(Int)
  /// A member whose length stands only behind it.
  case unknownLength
  /// The record that ends the archive, with its comment.
  case last(Int)
  /// Nothing of an archive.
  case none

  /// The longest of the parts before names, comments and data.
  static let longest = 56

  /// - Returns: nil where more bytes are needed.
  init?(_ bytes: [UInt8], at place: Int) {
    func short(_ offset: Int) -> Int? {
      bytes.littleEndian(UInt16.self, at: place + offset).map(Int.init)
    }
    guard let signature = bytes.littleEndian(UInt32.self, at: place) else { return nil }
    switch signature {
    case 0x0403_4B50:
      guard let member = ZipRecord(member: bytes, at: place) else { return nil }
      self = member
    case 0x0201_4B50:
      guard let name = short(28), let extra = short(30), let comment = short(32) else { return nil }
      self = .known(46 + name + extra + comment)
    case 0x0606_4B50:
      guard let length = bytes.littleEndian(UInt64.self, at: place + 4) else { return nil }
      self = Int(exactly: length).flatMap { $0 < Int.max - 12 ? .known(12 + $0) : nil } ?? .none
    case 0x0706_4B50: self = .known(20)
    case 0x0605_4B50:
      guard let comment = short(20) else { return nil }
      self = .last(22 + comment)
    case 0x0807_4B50: self = .unknownLength
    default: self = .none
    }
  }

  /// A member's own header, and its data.
  private init?(member bytes: [UInt8], at place: Int) {
    guard let flags = bytes.littleEndian(UInt16.self, at: place + 6),
      let packed = bytes.littleEndian(UInt32.self, at: place + 18),
      let unpacked = bytes.littleEndian(UInt32.self, at: place + 22),
      let name = bytes.littleEndian(UInt16.self, at: place + 26),
      let extra = bytes.littleEndian(UInt16.self, at: place + 28)
    else { return nil }
    let start = 30 + Int(name) + Int(extra)
    guard bytes.count - place >= start else { return nil }
    var wide = ZipWideField(bytes[(place + start - Int(extra))..<(place + start)])
    // The wide field holds only those that do not fit, in this order.
    guard (try? wide.value(narrow: unpacked)) != nil, let length = try? wide.value(narrow: packed)
    else {
      self = .none
      return
    }
    // The third flag: a writer to a pipe knows the length only behind the data.
    if flags & 8 != 0, length == 0 {
      self = .unknownLength
    } else {
      self = length < Int.max - start ? .known(start + length) : .none
    }
  }
}
