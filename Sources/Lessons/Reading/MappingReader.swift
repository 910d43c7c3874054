import ConvolutionEngine
import ExactNumbers

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
      log.add(.value(.kind(what: what, found: node.kind, expected: .mapping)), at: node.place)
      return nil
    }
    self.what = what
    self.place = node.place
    self.known = known
    self.entries = entries
    for entry in entries where !known.contains(entry.key) && !log.isFull {
      log.add(.value(.unknownKey(entry.key, of: what, known: known)), at: entry.place)
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
    log.add(.value(.missingKey(key, of: what, example: example)), at: place)
    return nil
  }
}

extension TextNode {
  var kind: LessonProblem.Kind {
    switch content {
    case .text("", .plain): .nothing
    case .text: .text
    case .list: .list
    case .mapping: .mapping
    }
  }

  func items(_ what: String, log: inout ProblemLog) -> [TextNode]? {
    if case .list(let items) = content { return items }
    log.add(.value(.kind(what: what, found: kind, expected: .list)), at: place)
    return nil
  }

  /// The text as it is written.
  func text(_ what: String, log: inout ProblemLog) -> String? {
    if case .text(let text, _) = content, kind == .text { return text }
    log.add(.value(.kind(what: what, found: kind, expected: .text)), at: place)
    return nil
  }

  /// A text of at most so many characters, as it is written.
  func text(_ what: String, limit: Int, log: inout ProblemLog) -> String? {
    guard let text = text(what, log: &log) else { return nil }
    let length = text.unicodeScalars.count
    guard length <= limit else {
      log.add(.limit(.textTooLong(what, found: length, limit: limit)), at: place)
      return nil
    }
    return text
  }

  /// The same for a text that is read by people, of which no comment may cut the end off.
  func wholeText(_ what: String, limit: Int, log: inout ProblemLog) -> String? {
    if case .text(_, .commented(let comment)) = content {
      log.add(.limit(.comment(what)), at: comment)
      return nil
    }
    return text(what, limit: limit, log: &log)
  }

  /// A text to be shown: one paragraph, whose line breaks are spaces, of characters that any
  /// terminal shows in one column each.
  func sentence(_ what: String, limit: Int, log: inout ProblemLog) -> String? {
    // Indented and broken into lines it may be longer by its spaces.
    guard let text = wholeText(what, limit: 20 * limit, log: &log) else { return nil }
    let words = text.unicodeScalars.split { $0 == " " || $0.properties.isWhitespace && !$0.isShown }
    let sentence = words.map { String($0) }.joined(separator: " ")
    for scalar in sentence.unicodeScalars where !scalar.isOneColumn {
      log.add(
        .limit(scalar.isShown ? .notOneColumn(what, scalar) : .unprintable(what, scalar)),
        at: place)
      return nil
    }
    let length = sentence.unicodeScalars.count
    guard length <= limit else {
      log.add(.limit(.textTooLong(what, found: length, limit: limit)), at: place)
      return nil
    }
    return sentence
  }
}
