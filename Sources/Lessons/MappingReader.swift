import ConvolutionEngine

/// Takes the entries of a mapping one by one, so that each is read once and none is left over.
struct MappingReader {
  let what: String
  let place: TextPlace
  private let known: [String]
  private var entries: [TextNode.Entry]

  /// - Parameters:
  ///   - what: the mapping in words: `the lesson`.
  ///   - known: the keys that it can have.
  init?(_ node: TextNode, _ what: String, known: [String], log: inout ProblemLog) {
    guard case .mapping(let entries) = node.content else {
      log.add(.kind(what: what, found: node.kind, expected: .mapping), at: node.place)
      return nil
    }
    self.what = what
    self.place = node.place
    self.known = known
    self.entries = entries
    for entry in entries where !known.contains(entry.key) {
      log.add(.unknownKey(entry.key, of: what, known: known), at: entry.place)
    }
  }

  mutating func take(_ key: String) -> TextNode.Entry? {
    guard let index = entries.firstIndex(where: { $0.key == key }) else { return nil }
    return entries.remove(at: index)
  }

  /// - Parameter example: a line that would mend it.
  mutating func require(
    _ key: String, example: String, log: inout ProblemLog
  ) -> TextNode.Entry? {
    if let entry = take(key) { return entry }
    log.add(.missingKey(key, of: what, example: example), at: place)
    return nil
  }
}

extension TextNode {
  var kind: LessonProblem.Kind {
    switch content {
    case .text(let text, .plain) where text.isEmpty: .nothing
    case .text: .text
    case .list: .list
    case .mapping: .mapping
    }
  }

  func items(_ what: String, log: inout ProblemLog) -> [TextNode]? {
    if case .list(let items) = content { return items }
    log.add(.kind(what: what, found: kind, expected: .list), at: place)
    return nil
  }

  /// The text as it is written.
  func text(_ what: String, log: inout ProblemLog) -> String? {
    if case .text(let text, _) = content, kind == .text { return text }
    log.add(.kind(what: what, found: kind, expected: .text), at: place)
    return nil
  }

  /// A text to be shown: one paragraph, whose line breaks are spaces, of characters that any
  /// terminal shows.
  func sentence(_ what: String, limit: Int, log: inout ProblemLog) -> String? {
    guard let text = text(what, log: &log) else { return nil }
    let words = text.split { $0 == " " || $0.isNewline }
    let sentence = words.joined(separator: " ")
    if let scalar = sentence.unicodeScalars.first(where: { !$0.isShown }) {
      log.add(.unprintable(what, scalar), at: place)
      return nil
    }
    guard sentence.count <= limit else {
      log.add(.textTooLong(what, found: sentence.count, limit: limit), at: place)
      return nil
    }
    return sentence
  }
}
