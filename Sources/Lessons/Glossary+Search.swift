extension Glossary {
  /// Those that texts use.
  package static func terms(in texts: [String]) -> [Term] {
    let spoken = texts.map { words(of: $0) }
    let lowercased = spoken.map { $0.map { $0.lowercased() } }
    return terms.filter { term in
      ([term.name] + term.forms).contains { form in
        let isExact = form != form.lowercased() || form.count == 1
        let wanted = words(of: form).filter { !$0.isEmpty }
        // A sign alone, such as ≈, is no word.
        if wanted.isEmpty { return texts.contains { $0.contains(form) } }
        return (isExact ? spoken : lowercased).contains { $0.contains(wanted) }
      }
    }
  }

  /// Words, each run of what is no letter and no digit an empty one unless it is a space or a hyphen.
  static func words(of text: String) -> [String] {
    var words: [String] = []
    for piece in text.split(whereSeparator: { $0 == " " || $0 == "-" || $0 == "\n" }) {
      var word = ""
      // `window's` is a window.
      let isPossessive = piece.hasSuffix("'s") || piece.hasSuffix("’s")
      for character in isPossessive ? piece.dropLast(2) : piece {
        if character.isLetter || character.isNumber || character == "×" {
          word.append(character)
        } else {
          if !word.isEmpty { words.append(word) }
          words.append("")
          word = ""
        }
      }
      if !word.isEmpty { words.append(word) }
    }
    return words
  }
}
