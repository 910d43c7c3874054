/// A value of a YAML file with the place where it stands; all of it is text until it is read.
struct TextNode {
  let place: TextPlace
  let content: Content

  indirect enum Content {
    case text(String, Style)
    case list([TextNode])
    case mapping([Entry])
  }

  /// How a text is written: after `|` or `>` on lines of its own, in quotes, or neither.
  enum Style: Equatable {
    case block, quoted, plain
    /// Neither, and a comment follows on its line, from here on.
    case commented(TextPlace)
  }

  struct Entry {
    let key: String
    let place: TextPlace
    let value: TextNode
  }

  /// Deeper than any lesson goes.
  static let deepest = 32
  /// Characters of a key; the longest that is read has a dozen, a layer's name a few more.
  static let longestKey = 128
}

extension TextNode {
  /// Parses a file; only the first thing that breaks YAML's rules is found.
  ///
  /// - Parameters:
  ///   - file: how the file is called in the problem.
  ///   - budget: what it may cost.
  /// - Returns: its text, and the value of its one document.
  static func read(
    _ bytes: [UInt8], file: String, budget: inout Budget
  ) throws(LessonProblems) -> (text: LessonText, root: TextNode) {
    do throws(LessonText.Fault) {
      let text = try LessonText(bytes)
      var reader = TextNodeReader(text, budget: budget)
      defer { budget = reader.budget }
      return (text, try reader.root())
    } catch {
      throw LessonProblems(
        problems: [LessonProblem(file: file, place: error.place, cause: error.cause)])
    }
  }
}

/// Builds the values of one document out of its events.
///
/// A stranger's file cannot make it work long or deep: aliases are refused, so that there is
/// nothing that grows, what is nested too deep is not read to its end, and each value is paid for.
private struct TextNodeReader: ~Copyable {
  private let text: LessonText
  private var events: YAMLEvents
  private(set) var budget: Budget

  init(_ text: LessonText, budget: Budget) {
    self.text = text
    self.budget = budget
    events = YAMLEvents(text.string)
  }

  mutating func root() throws(LessonText.Fault) -> TextNode {
    guard case .documentStart = try next().kind else {
      throw LessonText.Fault(.emptyFile, .start)
    }
    let root = try node(from: try next(), depth: 0)
    _ = try next()
    let last = try next()
    guard case .end = last.kind else { throw LessonText.Fault(.secondDocument, last.place) }
    return root
  }

  private mutating func node(
    from event: YAMLEvents.Event, depth: Int
  ) throws(LessonText.Fault) -> TextNode {
    guard depth < TextNode.deepest else { throw LessonText.Fault(.tooDeep, event.place) }
    switch event.kind {
    case .text(let string, let style):
      if style == .plain, let item = text.item(after: event.place, before: event.end) {
        throw LessonText.Fault(.swallowedItem, item)
      }
      return TextNode(
        place: event.place, content: .text(string, self.style(style, of: string, event)))
    case .listStart:
      var items: [TextNode] = []
      var item = try next()
      while !item.isEnd {
        items.append(try node(from: item, depth: depth + 1))
        item = try next()
      }
      return TextNode(place: event.place, content: .list(items))
    default:
      return TextNode(place: event.place, content: .mapping(try entries(depth: depth)))
    }
  }

  private mutating func entries(depth: Int) throws(LessonText.Fault) -> [TextNode.Entry] {
    var entries: [TextNode.Entry] = []
    var known: Set<String> = []
    var event = try next()
    while !event.isEnd {
      guard case .text(let key, _) = event.kind else {
        throw LessonText.Fault(.keyIsNoText, event.place)
      }
      let length = key.unicodeScalars.count
      guard length <= TextNode.longestKey else {
        throw LessonText.Fault(.keyTooLong(length, limit: TextNode.longestKey), event.place)
      }
      guard known.insert(key).inserted else {
        throw LessonText.Fault(.duplicateKey(key), event.place)
      }
      let value = try node(from: try next(), depth: depth + 1)
      entries.append(TextNode.Entry(key: key, place: event.place, value: value))
      event = try next()
    }
    return entries
  }

  private mutating func next() throws(LessonText.Fault) -> YAMLEvents.Event {
    let event: YAMLEvents.Event
    do {
      event = try events.next()
    } catch {
      guard !text.hasTab(at: error.place) else { throw LessonText.Fault(.tab, error.place) }
      let fault = SyntaxFault(error)
      throw LessonText.Fault(.syntax(fault), fault.isToldAtStart ? error.start : error.place)
    }
    if let anchor = event.anchor { throw LessonText.Fault(.anchor(anchor), event.place) }
    if case .alias = event.kind { throw LessonText.Fault(.alias, event.place) }
    if event.tag != nil { throw LessonText.Fault(.tag, event.place) }
    var bytes = 0
    if case .text(let string, _) = event.kind { bytes = string.utf8.count }
    if let resource = budget.spend(.node(bytes: bytes)) {
      throw LessonText.Fault(.tooCostly("this value", resource), event.place)
    }
    return event
  }

  /// The style, with the comment that cuts a plain text.
  private func style(
    _ style: TextNode.Style, of string: String, _ event: YAMLEvents.Event
  ) -> TextNode.Style {
    guard style == .plain, !string.isEmpty, let comment = text.comment(at: event.end) else {
      return style
    }
    return .commented(comment)
  }
}

extension YAMLEvents.Event {
  fileprivate var isEnd: Bool {
    switch kind {
    case .listEnd, .mappingEnd: true
    default: false
    }
  }
}
