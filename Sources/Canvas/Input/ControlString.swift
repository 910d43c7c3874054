/// A string meant for a terminal, or from one: `ESC ]` and others, up to BEL or `ESC \`.
struct ControlString {
  enum State {
    case goesOn, ends, breaksOff
  }

  /// Whether it is an operating system command, `ESC ]`.
  private let isCommand: Bool
  private var text: [UInt8] = []
  private var isAfterEscape = false

  /// No answer that is understood is longer; what is, is only read away.
  private static let longest = 40

  init(isCommand: Bool) { self.isCommand = isCommand }

  mutating func take(_ byte: UInt8) -> State {
    defer { isAfterEscape = byte == 0x1B }
    switch byte {
    case 0x07: return .ends
    case UInt8(ascii: "\\") where isAfterEscape: return .ends
    case 0x03, 0x18, 0x1A: return .breaksOff
    case 0x1B: break
    default:
      if text.count <= ControlString.longest { text.append(byte) }
    }
    return .goesOn
  }

  /// What `11;rgb:1e1e/1e1e/2e2e` says of the background; nil for any other string.
  ///
  /// Each number has one to four hexadecimal digits, the brightest all f (XParseColor, "RGB device
  /// string specification"); a fourth, as in `rgba:`, is opacity.
  var ground: Ground? {
    guard isCommand, text.count <= ControlString.longest else { return nil }
    let text = String(decoding: text, as: UTF8.self)
    guard
      let colour = ["11;rgb:", "11;rgba:"].first(where: text.hasPrefix).map({
        text.dropFirst($0.utf8.count)
      })
    else { return nil }
    let levels = colour.split(separator: "/", omittingEmptySubsequences: false).map { digits in
      (1...4).contains(digits.utf8.count) && digits.utf8.allSatisfy(isHexDigit)
        ? Int(digits, radix: 16).map { Double($0) / Double(1 << (4 * digits.utf8.count) - 1) } : nil
    }
    guard levels.count == 3 || levels.count == 4, let red = levels[0], let green = levels[1],
      let blue = levels[2]
    else { return nil }
    return Ground(red: red, green: green, blue: blue)
  }
}

private func isHexDigit(_ byte: UInt8) -> Bool {
  Character(Unicode.Scalar(byte)).isHexDigit
}
