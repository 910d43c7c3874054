import CLibYAML

/// The events of a YAML text, one after the other, as libyaml finds them.
///
/// Values are not resolved: `1`, `yes` and `null` are the text that was written.
struct YAMLEvents: ~Copyable {
  struct Event {
    let kind: Kind
    let place: TextPlace
    /// Behind its last character.
    var end = TextPlace.start
    /// The name after `&` before a value.
    let anchor: String?
    /// What `!` begins before a value.
    var tag: String?
  }

  enum Kind {
    case text(String, TextNode.Style)
    case listStart, listEnd, mappingStart, mappingEnd
    case alias
    case documentStart
    case documentEnd
    case end
  }

  /// What breaks YAML's rules; `problem` and `context` are libyaml's wording.
  struct Failure: Error {
    let problem: String
    let context: String
    let place: TextPlace
    /// Where what was being read begins.
    let start: TextPlace
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let bytes: UnsafeMutableBufferPointer<UInt8>

  /// Begins to read a text.
  init(_ text: String) {
    parser = .allocate(capacity: 1)
    bytes = .allocate(capacity: text.utf8.count)
    _ = bytes.initialize(from: text.utf8)
    // Fails for want of memory alone; `next` then finds a parser that has no input.
    guard yaml_parser_initialize(parser) == 1 else {
      parser.initialize(to: yaml_parser_t())
      return
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    bytes.deallocate()
  }

  /// The next event; after `end` nothing may be asked any more.
  mutating func next() throws(Failure) -> Event {
    var event = yaml_event_t()
    guard parser.pointee.read_handler != nil, yaml_parser_parse(parser, &event) == 1 else {
      throw failure
    }
    defer { yaml_event_delete(&event) }
    let place = TextPlace(event.start_mark)
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      return Event(
        kind: .text(
          String(
            decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self),
          TextNode.Style(scalar.style)),
        place: place, end: TextPlace(event.end_mark), anchor: String(optional: scalar.anchor),
        tag: String(optional: scalar.tag))
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      return Event(
        kind: .listStart, place: place, anchor: String(optional: start.anchor),
        tag: String(optional: start.tag))
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      return Event(
        kind: .mappingStart, place: place, anchor: String(optional: start.anchor),
        tag: String(optional: start.tag))
    case YAML_SEQUENCE_END_EVENT: return Event(kind: .listEnd, place: place, anchor: nil)
    case YAML_MAPPING_END_EVENT: return Event(kind: .mappingEnd, place: place, anchor: nil)
    case YAML_ALIAS_EVENT: return Event(kind: .alias, place: place, anchor: nil)
    case YAML_DOCUMENT_START_EVENT: return Event(kind: .documentStart, place: place, anchor: nil)
    case YAML_DOCUMENT_END_EVENT: return Event(kind: .documentEnd, place: place, anchor: nil)
    case YAML_STREAM_END_EVENT: return Event(kind: .end, place: place, anchor: nil)
    // The start of the stream says nothing; there is one, at the front.
    default: return try next()
    }
  }

  private var failure: Failure {
    let parser = parser.pointee
    guard let problem = parser.problem else {
      return Failure(problem: "it cannot be read", context: "", place: .start, start: .start)
    }
    let place = TextPlace(parser.problem_mark)
    guard let context = parser.context else {
      return Failure(problem: String(cString: problem), context: "", place: place, start: place)
    }
    return Failure(
      problem: String(cString: problem), context: String(cString: context), place: place,
      start: TextPlace(parser.context_mark))
  }
}

extension TextPlace {
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }
}

extension TextNode.Style {
  fileprivate init(_ style: yaml_scalar_style_t) {
    switch style {
    case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: self = .block
    case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .quoted
    default: self = .plain
    }
  }
}

extension String {
  fileprivate init?(optional text: UnsafeMutablePointer<yaml_char_t>?) {
    guard let text else { return nil }
    self.init(cString: text)
  }
}
