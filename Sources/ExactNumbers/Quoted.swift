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
}

extension Array {
  /// What a list holds, as an error names it: of many the first, and how many more there are.
  package func listed(atMost most: Int = 8, _ text: (Element) -> String) -> String {
    let shown = prefix(most).map(text).joined(separator: ", ")
    return count > most ? "\(shown) and \(count - most) more" : shown
  }
}
