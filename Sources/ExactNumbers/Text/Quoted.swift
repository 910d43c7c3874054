extension Unicode.Scalar {
  /// Whether a terminal shows it and does nothing else: no control, no change of direction, no
  /// invisible character.
  package var isShown: Bool {
    // Nearly every character of a lesson, without a look into Unicode's tables.
    if ("\u{20}"..."\u{7E}").contains(self) { return true }
    return switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      false
    default: true
    }
  }

  /// Whether it takes exactly one column in every terminal we know of; no control character does.
  package var isOneColumn: Bool {
    if ("\u{20}"..."\u{7E}").contains(self) { return true }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .control, .format, .surrogate, .privateUse,
      .unassigned, .lineSeparator, .paragraphSeparator:
      return false
    default: break
    }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F000...0x1FAFF,
      0x20000...0x3FFFD, 0x231A...0x231B, 0x23E9...0x23F3, 0x25FD...0x25FE, 0x2614...0x2615,
      0x2648...0x2653, 0x26AA...0x26AB, 0x26BD...0x26BE, 0x2705, 0x270A...0x270B, 0x2728, 0x274C,
      0x274E, 0x2753...0x2757, 0x2795...0x2797, 0x27B0, 0x2B1B...0x2B1C, 0x2B50, 0x2B55:
      return false
    default: return true
    }
  }
}

extension String {
  /// The text, in which what a terminal would act upon or not show is written by its code,
  /// `\u{202E}`; the ends of lines stay.
  package var shown: String {
    unicodeScalars.reduce(into: "") { text, scalar in
      if scalar.isShown || scalar == "\n" {
        text.unicodeScalars.append(scalar)
      } else {
        text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      }
    }
  }

  /// In quotes, as an error names what it found.
  package var quoted: String { debugDescription.shown }

  /// The same, cut where it is long: what stands in a file may be as long as the file.
  package var excerpt: String {
    let start = unicodeScalars.prefix(40)
    return String(String.UnicodeScalarView(start)).quoted + (start.endIndex < endIndex ? "…" : "")
  }
}

extension Array {
  /// What a list holds, as an error names it: of many the first, and how many more there are.
  package func listed(atMost most: Int = 8, _ text: (Element) -> String) -> String {
    let shown = prefix(most).map(text).joined(separator: ", ")
    return count > most ? "\(shown) and \(count - most) more" : shown
  }
}
