import Canvas

/// Text as a script of keys types it: a word that would be a key's name, letter by letter.
func scripted(_ text: String) -> String {
  let letters = text.unicodeScalars.map { Key.character($0) }
  return Key.keys(parsing: text) == letters
    ? text : text.unicodeScalars.map { String(Character($0)) }.joined(separator: " ")
}

/// A word as a shell reads it back: quoted unless it is plain.
package func shellQuoted(_ word: String) -> String {
  let plain = word.unicodeScalars.allSatisfy { scalar in
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
      || ("0"..."9").contains(scalar) || "-_=.,:/+@%".unicodeScalars.contains(scalar)
  }
  if plain, !word.isEmpty { return word }
  return "'"
    + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}

/// A command line in lines that a shell reads as one: all but the last end in a backslash.
///
/// A word longer than a line is cut, and its parts, which begin their lines, are joined again.
package func shellLines(_ words: [String], width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in words {
    let quoted = shellQuoted(word)
    let whole = line.isEmpty ? quoted : "\(line) \(quoted)"
    if whole.unicodeScalars.count <= width - 2 {
      line = whole
      continue
    }
    if !line.isEmpty { lines.append(line + " \\") }
    line = quoted
    var rest = word.unicodeScalars[...]
    while line.unicodeScalars.count > width - 2 {
      var part = rest.prefix(width - 3)
      while shellQuoted(String(part)).unicodeScalars.count > width - 1 { part.removeLast() }
      lines.append(shellQuoted(String(part)) + "\\")
      rest = rest.dropFirst(part.count)
      line = rest.isEmpty ? "" : shellQuoted(String(rest))
    }
  }
  return line.isEmpty ? lines : lines + [line]
}
