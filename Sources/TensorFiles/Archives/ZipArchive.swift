/// The members of a ZIP archive, as far as `.npz` files need it: one file, stored or deflated
/// members, ZIP64 included. Nothing is unpacked before it is asked for.
///
/// Sizes come from the table at the end; a member's own header must agree on its name.
///
/// Format: PKWARE's APPNOTE.TXT, sections 4.3 and 4.5.3.
package struct ZipArchive: Sendable {
  package struct Member: Sendable, Equatable {
    package let name: String
    /// Bytes after unpacking, as the archive claims.
    package let size: Int
    let isEncrypted: Bool
    let method: Int
    let checksum: UInt32
    let packedSize: Int
    let headerOffset: Int
    let comment: String
  }

  /// In the order of the archive's table; no two have the same name.
  package let members: [Member]
  private let bytes: [UInt8]

  /// Whether the bytes begin as a ZIP archive does, an empty one included.
  package static func isRecognized(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: "PK\u{3}\u{4}".utf8) || bytes.starts(with: "PK\u{5}\u{6}".utf8)
  }

  /// How much of an archive that begins so is wanted: of a pipe, up to the record that ends it, or
  /// to where nothing of an archive follows.
  static func wanted(_ beginning: [UInt8]) -> FileContents.Wanted {
    var place = 0
    while let record = ZipRecord(beginning, at: place) {
      switch record {
      case .unknownLength: return .whole
      case .last(let length): return .ofPipe(upTo: place + length)
      case .none: return .ofPipe(upTo: beginning.count)
      case .known(let length):
        let (next, overflows) = place.addingReportingOverflow(length)
        guard !overflows else { return .ofPipe(upTo: beginning.count) }
        place = next
      }
    }
    return .atLeast(max(place, beginning.count) + ZipRecord.longest)
  }

  /// - Throws: `ArchiveError` when the bytes are not an archive or its table cannot be right.
  package init(_ bytes: [UInt8]) throws(ArchiveError) {
    let directory = try ZipDirectory(bytes)
    members = try directory.members(in: bytes)
    self.bytes = bytes
    try refuseSharing(before: directory.offset)
  }

  /// Unpacks one member and compares its checksum.
  ///
  /// - Parameter limit: a larger member is refused before any memory is taken for it.
  /// - Returns: bytes, and where among them the member stands: a stored one is not copied.
  /// - Throws: `ArchiveError` when the member is too large, damaged, or of a kind not read.
  package func contents(
    of member: Member, limit: Int = NumpyFile.largestSize
  ) throws(ArchiveError) -> ([UInt8], Range<Int>) {
    guard !member.isEncrypted else { throw .encrypted(member.name) }
    guard member.size <= limit else {
      throw .tooLarge(member.name, size: member.size, limit: limit)
    }
    let place = try place(of: member)
    let found: ([UInt8], Range<Int>)?
    switch Method(rawValue: member.method) {
    case .stored: found = place.count == member.size ? (bytes, place) : nil
    case .deflated:
      // Deflate gains at most 1032:1; a larger claim is not worth its memory.
      let isPossible = member.size / 1032 <= place.count
      let unpacked = isPossible ? inflated(bytes[place], to: member.size) : nil
      found = unpacked.map { ($0, 0..<$0.count) }
    case nil: throw .method(member.name, number: member.method)
    }
    guard let found, checksum(found.0[found.1]) == member.checksum else {
      throw .damagedData(member.name)
    }
    return found
  }

  /// The first bytes of a member, fewer where it has no more; nil where they cannot be unpacked.
  func beginning(of member: Member, _ count: Int) -> [UInt8]? {
    guard !member.isEncrypted, let place = try? place(of: member) else { return nil }
    let count = min(count, member.size)
    switch Method(rawValue: member.method) {
    case .stored: return Array(bytes[place].prefix(count))
    case .deflated: return inflatedBeginning(bytes[place], count: count)
    case nil: return nil
    }
  }

  private enum Method: Int {
    case stored = 0
    case deflated = 8
  }

  /// Where a member's packed bytes stand; inside the archive.
  private func place(of member: Member) throws(ArchiveError) -> Range<Int> {
    let start = member.headerOffset
    // The limit keeps the sums below from overflowing.
    guard start <= bytes.count, bytes.littleEndian(UInt32.self, at: start) == 0x0403_4B50,
      let nameLength = bytes.littleEndian(UInt16.self, at: start + 26),
      let extraLength = bytes.littleEndian(UInt16.self, at: start + 28)
    else { throw .damagedHeader(member.name) }
    let nameEnd = start + 30 + Int(nameLength)
    let dataStart = nameEnd + Int(extraLength)
    guard dataStart <= bytes.count, member.packedSize <= bytes.count - dataStart,
      String(decoding: bytes[(start + 30)..<nameEnd], as: UTF8.self) == member.name
    else { throw .damagedHeader(member.name) }
    return dataStart..<(dataStart + member.packedSize)
  }

  /// Overlapping members make a small archive unpack to more than it can hold.
  private func refuseSharing(before directory: Int) throws(ArchiveError) {
    var end = 0
    for member in members.sorted(by: { $0.headerOffset < $1.headerOffset }) {
      let place = try place(of: member)
      guard member.headerOffset >= end, place.upperBound <= directory else {
        throw .overlap(member.name)
      }
      end = place.upperBound
    }
  }
}
