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
  enum Style {
    case block, quoted, plain
  }

  struct Entry {
    let key: String
    let place: TextPlace
    let value: TextNode
  }

  /// Deeper than any lesson goes.
  static let deepest = 32
}

extension TextNode {
  /// Parses a file; only the first thing that breaks YAML's rules is found.
  ///
  /// - Parameter file: how the file is called in the problem.
  /// - Returns: its text, and the value of its one document.
  static func read(
    _ bytes: [UInt8], file: String
  ) throws(LessonProblems) -> (text: LessonText, root: TextNode) {
    do throws(LessonText.Fault) {
      let text = try LessonText(bytes)
      var reader = TextNodeReader(text)
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
/// nothing that grows, and what is nested too deep is not read to its end.
private struct TextNodeReader: ~Copyable {
  private let text: LessonText
  private var events: YAMLEvents

  init(_ text: LessonText) {
    self.text = text
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
      return TextNode(place: event.place, content: .text(string, style))
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
      let isTab = text.hasTab(at: error.place)
      throw LessonText.Fault(isTab ? .tab : .syntax(error.problem), error.place)
    }
    if let anchor = event.anchor { throw LessonText.Fault(.anchor(anchor), event.place) }
    if case .alias = event.kind { throw LessonText.Fault(.alias, event.place) }
    return event
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
