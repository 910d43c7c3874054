/// The bytes of a bracketed paste, gathered up to its end, `ESC [ 2 0 1 ~`.
struct PastedText {
  private static let end = Array("\u{1B}[201~".utf8)
  /// Far more than any field holds; what goes beyond is read and dropped.
  private static let limit = 65_536

  private var bytes: [UInt8] = []
  private var isComplete = false

  /// Takes one byte; returns true when it completes the end.
  mutating func take(_ byte: UInt8) -> Bool {
    bytes.append(byte)
    if bytes.suffix(Self.end.count).elementsEqual(Self.end) {
      bytes.removeLast(Self.end.count)
      isComplete = true
    } else if bytes.count > Self.limit + Self.end.count {
      // Makes room in front of a possible end.
      bytes.remove(at: Self.limit)
    }
    return isComplete
  }

  /// What can stand on one line: control characters are dropped, line ends and tabs are spaces.
  var text: String {
    var text = String.UnicodeScalarView()
    for scalar in String(decoding: bytes.prefix(Self.limit), as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D: text.append(" ")
      case 0x00...0x1F, 0x7F...0x9F, 0xFFFD: break
      default: text.append(scalar)
      }
    }
    return String(text)
  }
}
