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
  }

  /// In the order of the archive's table; no two have the same name.
  package let members: [Member]
  private let bytes: [UInt8]

  /// Whether the bytes begin as a ZIP archive does, an empty one included.
  package static func isRecognized(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: "PK\u{3}\u{4}".utf8) || bytes.starts(with: "PK\u{5}\u{6}".utf8)
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
  /// - Throws: `ArchiveError` when the member is too large, damaged, or of a kind not read.
  package func contents(
    of member: Member, limit: Int = NumpyFile.largestSize
  ) throws(ArchiveError) -> [UInt8] {
    guard !member.isEncrypted else { throw .encrypted(member.name) }
    guard member.size <= limit else {
      throw .tooLarge(member.name, size: member.size, limit: limit)
    }
    let packed = bytes[try place(of: member)]
    let unpacked: [UInt8]?
    switch member.method {
    case 0: unpacked = packed.count == member.size ? Array(packed) : nil
    case 8:
      // Deflate gains at most 1032:1; a larger claim is not worth its memory.
      let isPossible = member.size / 1032 <= packed.count
      unpacked = isPossible ? inflated(packed, to: member.size) : nil
    default: throw .method(member.name, number: member.method)
    }
    guard let unpacked, checksum(unpacked) == member.checksum else {
      throw .damagedData(member.name)
    }
    return unpacked
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
