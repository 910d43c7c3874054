/// What one number of a `.npy` file is, and in which byte order it stands there.
package struct NumpyElement: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64, float16, float32, float64
  }

  /// Types that numpy writes and that are not taken.
  package enum Unsupported: Sendable, Equatable {
    case object, structured, bfloat16, float8, text, complex, date, longDouble, other
  }

  package let kind: Kind
  package let isBigEndian: Bool

  package init(_ kind: Kind, isBigEndian: Bool = false) {
    self.kind = kind
    self.isBigEndian = isBigEndian
  }

  /// Bytes that one number takes.
  package var size: Int {
    switch kind {
    case .bool, .int8, .uint8: 1
    case .int16, .uint16, .float16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }

  /// Reads numpy's notation: `<i8`, `>f4`, `|u1`. As in numpy, `|`, `=` or no sign at all before a
  /// number of several bytes means this machine's order.
  init(description: PythonLiteral) throws(NumpyError) {
    guard case .string(let text) = description else {
      throw .unsupportedElement(.structured, notation: nil)
    }
    var code = Substring(text)
    var isBigEndian = UInt16(1).bigEndian == 1
    if let sign = code.first, "<>|=".contains(sign) {
      code.removeFirst()
      if sign == "<" { isBigEndian = false }
      if sign == ">" { isBigEndian = true }
    }
    guard let kind = NumpyElement.kinds[code] else {
      throw .unsupportedElement(NumpyElement.unsupported(code), notation: text)
    }
    self.init(kind, isBigEndian: isBigEndian)
  }

  private static let kinds: [Substring: Kind] = [
    "b1": .bool, "?": .bool, "i1": .int8, "i2": .int16, "i4": .int32, "i8": .int64, "u1": .uint8,
    "u2": .uint16, "u4": .uint32, "u8": .uint64, "f2": .float16, "f4": .float32, "f8": .float64,
  ]

  private static func unsupported(_ code: Substring) -> Unsupported {
    switch code.first {
    case "O": .object
    // numpy does not know these types of others' and saves their bytes without a name, or by one
    // that it does not read again.
    case "V" where code == "V2", "g" where code == "g2", "b" where code == "bfloat16": .bfloat16
    case "V" where code == "V1", "f" where code == "f1" || code.hasPrefix("float8"): .float8
    case "V": .structured
    case "S", "U", "a", "T": .text
    case "c": .complex
    case "M", "m": .date
    case "f" where code == "f12" || code == "f16": .longDouble
    default: .other
    }
  }
}
