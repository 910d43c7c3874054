/// A text broken at spaces into lines of at most `width` columns; a longer word has its own line.
func wrapped(_ text: String, to width: Int) -> [String] {
  var lines: [String] = []
  for word in text.split(separator: " ") {
    let length = word.unicodeScalars.count
    if let line = lines.last, line.unicodeScalars.count + 1 + length <= width {
      lines[lines.count - 1] = "\(line) \(word)"
    } else {
      lines.append(String(word))
    }
  }
  return lines
}
