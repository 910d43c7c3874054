import CNcurses
import Glibc

extension Terminal {
  /// Hands a text to the terminal's clipboard; false where the terminal is known to have none.
  ///
  /// Whether it takes it is the terminal's affair: many ask the person, or are told not to.
  package func copy(_ text: String) -> Bool {
    let name = getenv("TERM").map { String(cString: $0) } ?? ""
    guard !Terminal.withoutClipboard.contains(where: name.hasPrefix) else { return false }
    session_copy(base64(Array(text.utf8)))
    return true
  }

  /// Consoles, and hardware of old.
  private static let withoutClipboard = ["linux", "dumb", "vt", "ansi", "cons", "sun"]
}

/// Bytes in base 64 (RFC 4648).
func base64(_ bytes: [UInt8]) -> String {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var text: [UInt8] = []
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
    for place in 0..<4 {
      text.append(
        place <= group.count ? digits[bits >> (6 * (3 - place)) & 63] : UInt8(ascii: "="))
    }
  }
  return String(decoding: text, as: UTF8.self)
}
