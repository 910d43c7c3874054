/// A ZIP archive put together by hand, member by member, with whatever lies a test wants.
struct ZipBytes {
  struct Member {
    var name = "x.npy"
    /// As it stands in the archive.
    var data: [UInt8] = []
    var flags = 0
    var method = 0
    /// What the table claims; nil: the truth about stored data.
    var size: Int?
    var packedSize: Int?
    var checksum: Int?
    var headerOffset: Int?
    /// Put sizes and offset into a ZIP64 field.
    var isWide = false
    var nameInHeader: String?
  }

  var members: [Member]
  var comment: [UInt8] = []
  /// End with the records of ZIP64.
  var isWide = false
  var countInRecord: Int?
  var tableOffset: Int?

  var bytes: [UInt8] {
    var archive: [UInt8] = []
    var table: [UInt8] = []
    for member in members {
      table += entry(member, at: archive.count)
      archive += header(member) + member.data
    }
    let offset = tableOffset ?? archive.count
    let count = countInRecord ?? members.count
    let wideAt = archive.count + table.count
    archive += table
    if isWide {
      archive += [0x50, 0x4B, 6, 6] + number(44, 8) + number(45, 2) + number(45, 2) + number(0, 8)
      archive += number(count, 8) + number(count, 8) + number(table.count, 8) + number(offset, 8)
      archive += [0x50, 0x4B, 6, 7] + number(0, 4) + number(wideAt, 8) + number(1, 4)
    }
    archive += [0x50, 0x4B, 5, 6] + number(0, 4)
    archive += number(isWide ? -1 : count, 2) + number(isWide ? -1 : count, 2)
    archive += number(isWide ? -1 : table.count, 4) + number(isWide ? -1 : offset, 4)
    return archive + number(comment.count, 2) + comment
  }

  private func number(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// A member's own header, which leaves sizes and checksum to the table, as streams do.
  private func header(_ member: Member) -> [UInt8] {
    let name = Array((member.nameInHeader ?? member.name).utf8)
    return [0x50, 0x4B, 3, 4] + number(20, 2) + number(member.flags, 2) + number(member.method, 2)
      + number(0, 4) + number(0, 12) + number(name.count, 2) + number(3, 2) + name + [1, 2, 3]
  }

  private func entry(_ member: Member, at offset: Int) -> [UInt8] {
    let name = Array(member.name.utf8)
    let packedSize = member.packedSize ?? member.data.count
    let size = member.size ?? member.data.count
    let place = member.headerOffset ?? offset
    // Another field first, which a reader must step over.
    let wide =
      number(0x7075, 2) + number(1, 2) + [9] + number(1, 2) + number(24, 2)
      + number(size, 8) + number(packedSize, 8) + number(place, 8)
    let extra = member.isWide ? wide : []
    return [0x50, 0x4B, 1, 2] + number(45, 2) + number(20, 2) + number(member.flags, 2)
      + number(member.method, 2) + number(0, 4)
      + number(member.checksum ?? checksum(member.data), 4)
      + number(member.isWide ? -1 : packedSize, 4) + number(member.isWide ? -1 : size, 4)
      + number(name.count, 2) + number(extra.count, 2) + number(0, 2) + number(0, 8)
      + number(member.isWide ? -1 : place, 4) + name + extra
  }

  /// CRC-32 bit by bit, as its polynomial defines it.
  private func checksum(_ data: [UInt8]) -> Int {
    var remainder: UInt32 = .max
    for byte in data {
      remainder ^= UInt32(byte)
      for _ in 0..<8 {
        remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0xEDB8_8320 : remainder >> 1
      }
    }
    return Int(~remainder)
  }
}
