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

  /// The text, and behind it the terminal's answers that came in the middle of it.
  var inputs: [Input] {
    let (text, answers) = PastedText.separated(bytes.prefix(Self.limit))
    return [.event(.pasted(PastedText.line(text)))] + answers.map { .cursor($0) }
  }

  /// The bytes without escape sequences: nothing that was copied has any, save the colours of a
  /// screen's dump.
  private static func separated(_ bytes: ArraySlice<UInt8>) -> (text: [UInt8], answers: [Point]) {
    var (text, answers): ([UInt8], [Point]) = ([], [])
    var rest = bytes
    while let byte = rest.popFirst() {
      guard byte == 0x1B, rest.first == UInt8(ascii: "[") else {
        text.append(byte)
        continue
      }
      var sequence = ControlSequence(opensWithBracket: true)
      var end = rest.dropFirst()
      while let next = end.first, (0x20...0x3F).contains(next) {
        sequence.append(next)
        end.removeFirst()
      }
      guard let final = end.first, (0x40...0x7E).contains(final) else { continue }
      if case .cursor(let place) = sequence.meaning(final: final) { answers.append(place) }
      rest = end.dropFirst()
    }
    return (text, answers)
  }

  /// What can stand on one line: control characters are dropped, line ends and tabs are spaces.
  private static func line(_ bytes: [UInt8]) -> String {
    var text = String.UnicodeScalarView()
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D: text.append(" ")
      case 0x00...0x1F, 0x7F...0x9F, 0xFFFD: break
      default: text.append(scalar)
      }
    }
    return String(text)
  }
}
