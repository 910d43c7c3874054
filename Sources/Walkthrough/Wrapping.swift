/// Text broken at spaces into lines of at most `width` columns; a longer word is broken too.
package func wrapped(_ text: String, to width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ") {
    var word = String(word)
    let length = line.unicodeScalars.count + (line.isEmpty ? 0 : 1) + word.unicodeScalars.count
    if length <= width {
      line += line.isEmpty ? word : " " + word
      continue
    }
    if !line.isEmpty { lines.append(line) }
    while word.unicodeScalars.count > width {
      lines.append(String(String.UnicodeScalarView(word.unicodeScalars.prefix(width))))
      word = String(String.UnicodeScalarView(word.unicodeScalars.dropFirst(width)))
    }
    line = word
  }
  return line.isEmpty ? lines : lines + [line]
}
