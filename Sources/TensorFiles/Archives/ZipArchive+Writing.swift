extension ZipArchive {
  /// A member that is to be written.
  struct NewMember {
    let name: String
    let contents: [UInt8]
    /// Stands in the table alone: what reads only names and contents does not see it.
    var comment = ""
  }

  /// An archive whose members are stored as they are, as `numpy.savez` writes it.
  ///
  /// - Parameter members: less than 4 GB each and together.
  /// - Returns: nil beyond 4 GB.
  static func bytes(of members: [NewMember]) -> [UInt8]? {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let (name, contents) = (member.name, member.contents)
      guard let size = UInt32(exactly: contents.count), let start = UInt32(exactly: bytes.count)
      else { return nil }
      let header = header(name, contents, size: size)
      bytes += [0x50, 0x4B, 0x03, 0x04] + header + Array(name.utf8) + contents
      directory += [0x50, 0x4B, 0x01, 0x02, 20, 0] + header
      directory.append(littleEndian: UInt16(truncatingIfNeeded: member.comment.utf8.count))
      // The first disk, no attributes.
      for _ in 0..<4 { directory.append(littleEndian: UInt16(0)) }
      directory.append(littleEndian: start)
      directory += Array(name.utf8) + Array(member.comment.utf8)
    }
    guard let count = UInt16(exactly: members.count), let start = UInt32(exactly: bytes.count),
      let size = UInt32(exactly: directory.count)
    else { return nil }
    bytes += directory + [0x50, 0x4B, 0x05, 0x06, 0, 0, 0, 0]
    bytes.append(littleEndian: count)
    bytes.append(littleEndian: count)
    bytes.append(littleEndian: size)
    bytes.append(littleEndian: start)
    bytes.append(littleEndian: UInt16(0))
    return bytes
  }

  /// What stands before a member and, again, in the directory: stored, of 1 January 1980.
  private static func header(_ name: String, _ contents: [UInt8], size: UInt32) -> [UInt8] {
    var header: [UInt8] = [20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]
    header.append(littleEndian: checksum(contents[...]))
    header.append(littleEndian: size)
    header.append(littleEndian: size)
    header.append(littleEndian: UInt16(truncatingIfNeeded: name.utf8.count))
    header.append(littleEndian: UInt16(0))
    return header
  }
}
