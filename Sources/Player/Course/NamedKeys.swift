import Canvas

extension Key {
  /// The keys that a text tells its reader to press: the o of "Try the key o: it …", the e of "Press e
  /// now". Keys that it only explains are not among them, nor "the key", which leads on.
  static func asked(by text: String) -> [Key] {
    let marks: Set<Character> = [".", ",", ":", ";", "!", "“", "”", "\"", "'"]
    let words = text.split(separator: " ").map { word in
      String(
        word.count == 1
          ? word[...] : word.drop { marks.contains($0) }.prefix { !marks.contains($0) })
    }
    return words.indices.dropFirst().compactMap { index in
      let isAsked =
        words[index - 1].lowercased() == "press"
        || words[index - 1] == "key" && index > 1 && words[index - 2].lowercased() == "the"
      // "Press a key" and "the key a word names" speak of no key a.
      let isArticle = words[index] == "a" && !text.contains(" a:")
      guard isAsked, !isArticle else { return nil }
      return Key(word: words[index])
    }
  }

  private init?(word: String) {
    if let key = Key.named(word) {
      self = key
    } else if word.unicodeScalars.count == 1, let scalar = word.unicodeScalars.first,
      scalar.isASCII
    {
      self = .character(scalar)
    } else {
      return nil
    }
  }
}
