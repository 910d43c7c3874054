@testable import TensorFiles

/// The bytes of a ZIP archive with the checksum of each member made right in its table, so that
/// changes of a member get beyond it; others as they are.
///
/// Format: PKWARE's APPNOTE.TXT, section 4.3.12.
func repairedArchive(_ bytes: [UInt8]) -> [UInt8] {
  guard let archive = try? ZipArchive(bytes), var place = try? ZipDirectory(bytes).offset else {
    return bytes
  }
  var bytes = bytes
  for member in archive.members {
    guard case .known(let length)? = ZipRecord(bytes, at: place) else { break }
    if let unpacked = unpacked(member, in: bytes) {
      let checksum = checksum(unpacked[...])
      for byte in 0..<4 {
        bytes[place + 16 + byte] = UInt8(truncatingIfNeeded: checksum >> (8 * byte))
      }
    }
    place += length
  }
  return bytes
}

/// A member's data, whatever its checksum; nil where there is none of the size that the table says.
private func unpacked(_ member: ZipArchive.Member, in bytes: [UInt8]) -> [UInt8]? {
  guard let name = bytes.littleEndian(UInt16.self, at: member.headerOffset + 26),
    let extra = bytes.littleEndian(UInt16.self, at: member.headerOffset + 28)
  else { return nil }
  let start = member.headerOffset + 30 + Int(name) + Int(extra)
  guard start <= bytes.count, member.packedSize <= bytes.count - start else { return nil }
  let packed = bytes[start..<start + member.packedSize]
  switch member.method {
  case 0: return Array(packed)
  case 8 where member.size <= 1 << 20: return inflated(packed, to: member.size)
  default: return nil
  }
}
