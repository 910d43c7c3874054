import ConvolutionEngine
import ExactNumbers

/// Text out of a file, without what could disturb a terminal, cut where it is long.
func quoted(_ text: String) -> String {
  let start = text.unicodeScalars.prefix(40)
  return String(String.UnicodeScalarView(start)).quoted
    + (start.endIndex < text.endIndex ? "…" : "")
}
