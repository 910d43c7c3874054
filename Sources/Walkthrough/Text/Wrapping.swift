/// Text broken at spaces into lines of at most `width` columns; a longer word is broken too.
///
/// A short equation, `12 + 1 = 13`, stays on one line; a longer one is broken before its `=`.
package func wrapped(_ text: String, to width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for unit in unbroken(text.words, longest: width / 3) {
    let length = line.unicodeScalars.count + (line.isEmpty ? 0 : 1) + unit.unicodeScalars.count
    if length <= width {
      line += line.isEmpty ? unit : " " + unit
      continue
    }
    if !line.isEmpty { lines.append(line) }
    var rest = unit.unicodeScalars[...]
    while let end = rest.index(rest.startIndex, offsetBy: width, limitedBy: rest.endIndex),
      end < rest.endIndex
    {
      lines.append(String(rest[..<end]))
      rest = rest[end...]
    }
    line = String(rest)
  }
  return line.isEmpty ? lines : lines + [line]
}

extension String {
  /// What stands between its spaces.
  fileprivate var words: [Substring] {
    utf8.split(separator: UInt8(ascii: " ")).map { Substring($0) }
  }
}

extension Substring {
  private static let signs: [Substring] = ["=", "+", "−", "·", "×", "≈", "<", ">"]

  /// Whether it is a sign that joins what stands beside it; none has more than three bytes.
  fileprivate var isSign: Bool { utf8.count <= 3 && Substring.signs.contains(self) }
}

/// The words of a text, those that a sign joins as one where they are short enough together.
private func unbroken(_ words: [Substring], longest: Int) -> [String] {
  var units: [String] = []
  var start = 0
  while start < words.count {
    var end = start + 1
    while end < words.count, words[end].isSign || words[end - 1].isSign {
      end += 1
    }
    let chain = words[start..<end]
    start = end
    let whole = spaced(chain)
    if whole.unicodeScalars.count <= longest {
      units.append(whole)
      continue
    }
    for side in sides(of: chain) {
      let joined = spaced(side)
      units += joined.unicodeScalars.count <= longest ? [joined] : side.map(String.init)
    }
  }
  return units
}

private func spaced(_ words: ArraySlice<Substring>) -> String {
  var text = ""
  for word in words {
    if !text.isEmpty { text += " " }
    text.append(contentsOf: word)
  }
  return text
}

/// A chain of equations cut before each `=`.
private func sides(of chain: ArraySlice<Substring>) -> [ArraySlice<Substring>] {
  var sides: [ArraySlice<Substring>] = []
  var start = chain.startIndex
  for index in chain.indices where index > start && chain[index] == "=" {
    sides.append(chain[start..<index])
    start = index
  }
  return sides + [chain[start...]]
}

/// A number of things in words: `1 cell`, `3,200 cells`.
package func counted(_ count: Int, _ thing: String) -> String {
  "\(grouped(count)) \(thing)\(count == 1 ? "" : "s")"
}
