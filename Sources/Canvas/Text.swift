/// A control character as a visible mark of one column: ESC is `␛`, DEL `␡`; C1 controls,
/// bidirectional overrides, combining marks and anything not one column wide are `?`.
package func visibleScalar(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  switch scalar.value {
  case 0x20...0x7E: return scalar
  case 0...0x1F: return Unicode.Scalar(0x2400 + scalar.value) ?? "?"
  case 0x7F: return "\u{2421}"
  case 0x80...0x9F: return "?"
  default: return isOneColumn(scalar) ? scalar : "?"
  }
}

/// Whether a scalar takes exactly one column in every terminal we know of.
private func isOneColumn(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .spacingMark, .enclosingMark, .control, .format, .surrogate, .privateUse,
    .unassigned, .lineSeparator, .paragraphSeparator:
    return false
  default: break
  }
  switch scalar.value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F000...0x1FAFF,
    0x20000...0x3FFFD, 0x231A...0x231B, 0x23E9...0x23F3, 0x25FD...0x25FE, 0x2614...0x2615,
    0x2648...0x2653, 0x26AA...0x26AB, 0x26BD...0x26BE, 0x2705, 0x270A...0x270B, 0x2728, 0x274C,
    0x274E, 0x2753...0x2757, 0x2795...0x2797, 0x27B0, 0x2B1B...0x2B1C, 0x2B50, 0x2B55:
    return false
  default: return true
  }
}

/// The ASCII character, also one column wide, that stands for a glyph on a terminal without UTF-8.
package func asciiStandIn(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  if scalar.value < 0x80 { return scalar }
  switch scalar {
  case "×": return "x"
  case "−", "–", "—", "─": return "-"
  case "·", "…": return "."
  case "▸", "→", "›": return ">"
  case "←": return "<"
  case "↑": return "^"
  case "↓": return "v"
  case "✓": return "v"
  case "✗": return "x"
  case "≈": return "~"
  case "≤": return "<"
  case "≥": return ">"
  case "■", "█": return "#"
  case "▀": return "\""
  case "▄": return "_"
  case "░": return "."
  case "▒": return "+"
  case "▓": return "*"
  case "│", "┃": return "|"
  case "“", "”": return "\""
  case "‘", "’": return "'"
  case "₁": return "1"
  case "₂": return "2"
  case "²": return "2"
  case "é", "è": return "e"
  case "α": return "a"
  case "σ": return "s"
  case "Σ": return "S"
  default: return "?"
  }
}
