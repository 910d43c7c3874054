/// The table at the end of a ZIP archive (the "central directory").
struct ZipDirectory {
  let offset: Int
  private let end: Int
  private let count: Int

  private static let recordSize = 22
  private static let longestComment = 65535

  init(_ bytes: [UInt8]) throws(ArchiveError) {
    let record = try ZipDirectory.record(in: bytes)
    let isWide = bytes.littleEndian(UInt32.self, at: record - 20) == 0x0706_4B50
    let wide = isWide ? try WideRecord(bytes, locator: record - 20) : nil
    guard let disks = bytes.littleEndian(UInt32.self, at: record + 4),
      let count = bytes.littleEndian(UInt16.self, at: record + 10),
      let size = bytes.littleEndian(UInt32.self, at: record + 12),
      let offset = bytes.littleEndian(UInt32.self, at: record + 16)
    else { throw .damagedTable }
    guard disks == 0 || isWide else { throw .severalParts }
    self.count = count == .max ? wide?.count ?? Int(count) : Int(count)
    let length = size == .max ? wide?.size ?? Int(size) : Int(size)
    self.offset = offset == .max ? wide?.offset ?? Int(offset) : Int(offset)
    let (end, overflows) = self.offset.addingReportingOverflow(length)
    guard !overflows, end <= record else { throw .damagedTable }
    self.end = end
  }

  /// Where the record that ends the archive starts: the last one behind which its comment alone
  /// stands, else, as Python's `zipfile` reads it, the last one, whatever was written behind it.
  private static func record(in bytes: [UInt8]) throws(ArchiveError) -> Int {
    let last = bytes.count - recordSize
    guard last >= 0 else { throw missing(bytes) }
    var followed: Int?
    for place in stride(from: last, through: max(0, last - longestComment), by: -1) {
      guard bytes[place] == UInt8(ascii: "P"),
        bytes.littleEndian(UInt32.self, at: place) == 0x0605_4B50,
        let comment = bytes.littleEndian(UInt16.self, at: place + 20)
      else { continue }
      let end = place + recordSize + Int(comment)
      if end == bytes.count { return place }
      if followed == nil, end < bytes.count { followed = place }
    }
    guard let followed else { throw missing(bytes) }
    return followed
  }

  private static func missing(_ bytes: [UInt8]) -> ArchiveError {
    ZipArchive.isRecognized(bytes)
      ? .cutShort : .notZip(ForeignFile(Array(bytes.prefix(ForeignFile.beginning))))
  }

  /// The members, each record checked to lie inside the table.
  func members(in bytes: [UInt8]) throws(ArchiveError) -> [ZipArchive.Member] {
    var members: [ZipArchive.Member] = []
    var names: Set<String> = []
    var place = offset
    while place < end {
      let (member, next) = try member(at: place, in: bytes)
      guard names.insert(member.name).inserted else { throw .duplicateName(member.name) }
      members.append(member)
      place = next
    }
    guard members.count == count else { throw .damagedTable }
    return members
  }

  private func member(
    at place: Int, in bytes: [UInt8]
  ) throws(ArchiveError) -> (ZipArchive.Member, next: Int) {
    func short(_ offset: Int) throws(ArchiveError) -> Int {
      guard let value = bytes.littleEndian(UInt16.self, at: place + offset) else {
        throw .damagedTable
      }
      return Int(value)
    }
    func word(_ offset: Int) throws(ArchiveError) -> UInt32 {
      guard let value = bytes.littleEndian(UInt32.self, at: place + offset) else {
        throw .damagedTable
      }
      return value
    }
    guard try word(0) == 0x0201_4B50 else { throw .damagedTable }
    let nameEnd = place + 46 + (try short(28))
    let extraEnd = nameEnd + (try short(30))
    let next = extraEnd + (try short(32))
    guard next <= end else { throw .damagedTable }
    var extra = ZipWideField(bytes[nameEnd..<extraEnd])
    // The wide field holds only those that do not fit, in this order.
    let size = try extra.value(narrow: try word(24))
    let packedSize = try extra.value(narrow: try word(20))
    let headerOffset = try extra.value(narrow: try word(42))
    let member = ZipArchive.Member(
      name: String(decoding: bytes[(place + 46)..<nameEnd], as: UTF8.self), size: size,
      isEncrypted: try short(8) & 1 == 1, method: try short(10), checksum: try word(16),
      packedSize: packedSize, headerOffset: headerOffset,
      comment: String(decoding: bytes[extraEnd..<next], as: UTF8.self))
    return (member, next)
  }
}

/// The record that ZIP64 puts before the last one, for numbers that do not fit there.
private struct WideRecord {
  let count: Int
  let size: Int
  let offset: Int

  init(_ bytes: [UInt8], locator: Int) throws(ArchiveError) {
    guard let place = bytes.littleEndian(UInt64.self, at: locator + 8).flatMap(Int.init(exactly:)),
      place <= locator - 56, bytes.littleEndian(UInt32.self, at: place) == 0x0606_4B50
    else { throw .damagedTable }
    guard bytes.littleEndian(UInt64.self, at: place + 16) == 0 else { throw .severalParts }
    func field(_ offset: Int) throws(ArchiveError) -> Int {
      guard let value = bytes.littleEndian(UInt64.self, at: place + offset),
        let number = Int(exactly: value)
      else { throw .damagedTable }
      return number
    }
    count = try field(32)
    size = try field(40)
    offset = try field(48)
  }
}

/// A member's extra field for numbers beyond 32 bits.
struct ZipWideField {
  private var rest: ArraySlice<UInt8> = []

  /// Finds the field among a member's extra ones.
  init(_ extra: ArraySlice<UInt8>) {
    let extra = Array(extra)
    var place = 0
    while let kind = extra.littleEndian(UInt16.self, at: place),
      let size = extra.littleEndian(UInt16.self, at: place + 2),
      place + 4 + Int(size) <= extra.count
    {
      if kind == 1 {
        rest = extra[(place + 4)..<(place + 4 + Int(size))]
        return
      }
      place += 4 + Int(size)
    }
  }

  /// A number of the table, or the next of this field where the table has only ones.
  mutating func value(narrow: UInt32) throws(ArchiveError) -> Int {
    guard narrow == .max else { return Int(narrow) }
    guard let wide = Array(rest.prefix(8)).littleEndian(UInt64.self, at: 0),
      let value = Int(exactly: wide)
    else { throw .damagedTable }
    rest = rest.dropFirst(8)
    return value
  }
}
