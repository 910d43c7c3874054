import Yams

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
  init(parsing text: LessonText) throws(LessonText.Fault) {
    let root: Node?
    do {
      // Without rules every scalar stays the text that was written.
      root = try Parser(yaml: text.string, resolver: .basic, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw LessonText.Fault(error, in: text)
    } catch {
      throw LessonText.Fault(.syntax("it cannot be read"), .start)
    }
    guard let root else { throw LessonText.Fault(.emptyFile, .start) }
    try self.init(root, depth: 0)
  }

  private init(_ node: Node, depth: Int) throws(LessonText.Fault) {
    let place = TextPlace(node)
    guard depth < TextNode.deepest else { throw LessonText.Fault(.tooDeep, place) }
    self.place = place
    switch node {
    case .scalar(let scalar): content = .text(scalar.string, Style(scalar.style))
    case .sequence(let sequence):
      var items: [TextNode] = []
      for item in sequence { items.append(try TextNode(item, depth: depth + 1)) }
      content = .list(items)
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, value) in mapping {
        guard case .scalar(let name) = key else {
          throw LessonText.Fault(.keyIsNoText, TextPlace(key))
        }
        entries.append(
          Entry(
            key: name.string, place: TextPlace(key),
            value: try TextNode(value, depth: depth + 1)))
      }
      content = .mapping(entries)
    case .alias: throw LessonText.Fault(.undefinedAlias, place)
    }
  }
}

extension TextPlace {
  fileprivate init(_ node: Node) {
    self = node.mark.map(TextPlace.init) ?? .start
  }

  fileprivate init(_ mark: Mark) {
    self.init(line: max(1, mark.line), column: max(1, mark.column))
  }
}

extension TextNode.Style {
  fileprivate init(_ style: Node.Scalar.Style) {
    switch style {
    case .literal, .folded: self = .block
    case .singleQuoted, .doubleQuoted: self = .quoted
    case .any, .plain: self = .plain
    }
  }
}

extension LessonText.Fault {
  fileprivate init(_ error: YamlError, in text: LessonText) {
    switch error {
    case .duplicatedKeysInMapping(let duplicates, let context):
      self.init(.duplicateKey(duplicates.first ?? ""), TextPlace(context.mark))
    case .composer(_, let problem, let mark, _):
      let isAlias = problem.contains("alias")
      self.init(isAlias ? .undefinedAlias : .secondDocument, TextPlace(mark))
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _):
      if problem.hasPrefix("Maximum nesting") {
        self.init(.tooDeep, TextPlace(mark))
      } else if text.hasTab(at: TextPlace(mark)) {
        self.init(.tab, TextPlace(mark))
      } else {
        let during = context.map { "\(problem) (\($0.text))" } ?? problem
        self.init(.syntax(during), TextPlace(mark))
      }
    case .reader(let problem, _, _, _): self.init(.syntax(problem), .start)
    default: self.init(.syntax("it cannot be read"), .start)
    }
  }
}
