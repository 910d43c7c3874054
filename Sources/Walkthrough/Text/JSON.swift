/// A JSON value to be written: keys keep their order and integers their 128 bits, neither of
/// which Foundation's encoder promises.
package enum JSON: Sendable {
  case integer(Int128)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([(key: String, value: JSON)])
  case null

  package static func int(_ value: Int) -> JSON { .integer(Int128(value)) }

  /// The value on one line, in ASCII, as RFC 8259 has it.
  package var text: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .integer(let value): text += String(value)
    case .number(let value): text += "\(value)"
    case .string(let value): JSON.write(value, to: &text)
    case .null: text += "null"
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        value.write(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += "," }
        JSON.write(member.key, to: &text)
        text += ":"
        member.value.write(to: &text)
      }
      text += "}"
    }
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for unit in string.utf16 {
      switch unit {
      case 0x22: text += "\\\""
      case 0x5C: text += "\\\\"
      case 0x20..<0x7F: text.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      default:
        let hex = String(unit, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      }
    }
    text += "\""
  }
}
