import ExactNumbers

/// A control character as a visible mark of one column: ESC is `␛`, DEL `␡`; C1 controls,
/// bidirectional overrides, combining marks and anything not one column wide are `?`.
package func visibleScalar(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  switch scalar.value {
  case 0x20...0x7E: return scalar
  case 0...0x1F: return Unicode.Scalar(0x2400 + scalar.value) ?? "?"
  case 0x7F: return "\u{2421}"
  case 0x80...0x9F: return "?"
  // Arrows, signs and blocks, which are most of what is not ASCII: none is wide, and to look each up
  // would take longer than all else.
  case 0xB7, 0xD7, 0x2026, 0x2190...0x22FF, 0x2500...0x25FC: return scalar
  default: return scalar.isOneColumn ? scalar : "?"
  }
}

extension String {
  /// How many scalars it has: of a screen's numbers and words `unicodeScalars.count` takes far longer.
  package var scalarCount: Int { utf8.count { $0 & 0xC0 != 0x80 } }
}

/// The ASCII character, also one column wide, that stands for a glyph on a terminal without UTF-8.
package func asciiStandIn(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  if scalar.value < 0x80 { return scalar }
  switch scalar {
  case "×": return "x"
  case "−", "–", "—", "─": return "-"
  case "·", "…": return "."
  case "▸", "→", "›": return ">"
  case "◂": return "<"
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
  case "▁", "▄": return "_"
  case "▂", "░": return "."
  case "▃": return ":"
  case "▅": return "="
  case "▆", "▒": return "+"
  case "▇", "▓": return "*"
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
