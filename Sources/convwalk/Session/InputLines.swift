import Glibc

/// The lines of standard input, one after the other, of bounded length: what is typed is short, and
/// what has no end is refused before it fills the memory.
struct InputLines {
  /// Bytes; a terminal's own limit.
  static let longest = 4096

  private var bytes: [UInt8] = []
  private var isAtEnd = false

  /// The next line without its end; nil after the last.
  ///
  /// - Throws: `CommandFailure.line` for one that is too long.
  mutating func next() throws(CommandFailure) -> String? {
    while true {
      if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
        defer { bytes.removeSubrange(...end) }
        return try line(bytes[..<end])
      }
      guard bytes.count <= InputLines.longest else { throw .line(longest: InputLines.longest) }
      if isAtEnd {
        defer { bytes = [] }
        return bytes.isEmpty ? nil : try line(bytes[...])
      }
      readMore()
    }
  }

  private func line(_ bytes: ArraySlice<UInt8>) throws(CommandFailure) -> String {
    guard bytes.count <= InputLines.longest else { throw .line(longest: InputLines.longest) }
    let end = bytes.last == UInt8(ascii: "\r") ? 1 : 0
    return String(decoding: bytes.dropLast(end), as: UTF8.self)
  }

  private mutating func readMore() {
    withUnsafeTemporaryAllocation(byteCount: InputLines.longest, alignment: 1) { chunk in
      var count = read(STDIN_FILENO, chunk.baseAddress, chunk.count)
      while count < 0, errno == EINTR { count = read(STDIN_FILENO, chunk.baseAddress, chunk.count) }
      if count > 0 { bytes.append(contentsOf: chunk[..<count]) } else { isAtEnd = true }
    }
  }
}
