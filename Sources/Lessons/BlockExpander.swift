import ConvolutionEngine

/// Writes out the blocks of a network's file: lists of layers with places for values, `<name>`.
///
/// ```
/// blocks:
///   conv:
///     - conv:3,filters=<filters>,padding=1,name=<name>
///     - relu,name=<name>_relu
/// layers:
///   - {block: conv, name: [conv1, conv2], filters: [32, 64]}
/// ```
///
/// A value that is a list writes the block once for each item. `<i+2>` is a number and 2;
/// `<previous>` is the name of the layer before the block.
struct BlockExpander {
  var log: ProblemLog
  private var blocks: [String: [TextNode]] = [:]
  private var layers: [TextNode] = []
  /// The name of the last layer so far; nil where it has none of its own.
  private var last: String?
  private var isSound = true

  /// A block in a block in a block is enough.
  static let deepest = 4

  init(input: String, log: ProblemLog) {
    self.log = log
    last = input
  }

  /// Reads `blocks`.
  mutating func readBlocks(_ node: TextNode) {
    guard case .mapping(let entries) = node.content else {
      log.add(.kind(what: "blocks", found: node.kind, expected: .mapping), at: node.place)
      return
    }
    for entry in entries {
      blocks[entry.key] = entry.value.items("the block \(entry.key)", log: &log)
    }
  }

  /// The list of layers without blocks; nil after a problem.
  mutating func expand(_ node: TextNode) -> TextNode? {
    guard let items = node.items("layers", log: &log) else { return nil }
    write(items, values: nil, depth: 0)
    return isSound ? TextNode(place: node.place, content: .list(layers)) : nil
  }

  /// - Parameter values: what stands in the places of the block around them; nil outside of one.
  private mutating func write(_ items: [TextNode], values: Values?, depth: Int) {
    for item in items where isSound {
      let item = values.map { filled(item, $0) } ?? item
      if case .mapping(let entries) = item.content, let block = entries.first(named: "block") {
        write(block, entries, at: item.place, depth: depth)
      } else {
        layers.append(item)
        last = item.layerName
      }
      if layers.count > NetworkDecoder.mostLayers {
        refuse(.tooManyLayers(limit: NetworkDecoder.mostLayers), at: item.place)
      }
    }
  }

  private mutating func write(
    _ block: TextNode.Entry, _ entries: [TextNode.Entry], at place: TextPlace, depth: Int
  ) {
    guard let name = block.value.text("block", log: &log), let items = blocks[name] else {
      if case .text(let name, _) = block.value.content {
        log.add(.unknownBlock(name, known: blocks.keys.sorted()), at: block.value.place)
      }
      isSound = false
      return
    }
    guard depth < BlockExpander.deepest else {
      return refuse(.blocksTooDeep(limit: BlockExpander.deepest), at: place)
    }
    for values in repeated(entries.filter { $0.key != "block" }) where isSound {
      var values = values
      values.previous = last
      write(items, values: values, depth: depth + 1)
    }
  }

  /// The values of each time that a block is written.
  private mutating func repeated(_ entries: [TextNode.Entry]) -> [Values] {
    var times: Int?
    var columns: [(key: String, texts: [String])] = []
    for entry in entries {
      guard case .list(let items) = entry.value.content else {
        guard let text = entry.value.text(entry.key, log: &log) else {
          isSound = false
          continue
        }
        columns.append((entry.key, [text]))
        continue
      }
      let texts = items.compactMap { $0.text(entry.key, log: &log) }
      if texts.count < items.count { isSound = false }
      if let times, times != texts.count {
        refuse(.listLength(entry.key, found: texts.count, expected: times), at: entry.place)
      }
      times = times ?? texts.count
      columns.append((entry.key, texts))
    }
    guard isSound else { return [] }
    let lists = Set(
      entries.filter { if case .list = $0.value.content { true } else { false } }
        .map(\.key))
    return (0..<(times ?? 1)).map { time in
      Values(
        texts: Dictionary(
          columns.map { ($0.key, $0.texts[lists.contains($0.key) ? time : 0]) },
          uniquingKeysWith: { first, _ in first }))
    }
  }

  private mutating func refuse(_ cause: LessonProblem.Cause, at place: TextPlace) {
    log.add(cause, at: place)
    isSound = false
  }

  /// What stands in a block's places.
  private struct Values {
    var texts: [String: String]
    var previous: String?

    /// The text for what stands between `<` and `>`; nil where there is none.
    func text(_ place: Substring) -> String? {
      let parts = place.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      guard let text = name == "previous" ? previous : texts[name] else { return nil }
      guard parts.count == 2 else { return text }
      guard let number = Int(text), let more = Int(parts[1]) else { return nil }
      let (sum, overflows) = number.addingReportingOverflow(more)
      return overflows ? nil : String(sum)
    }
  }

  private mutating func filled(_ node: TextNode, _ values: Values) -> TextNode {
    switch node.content {
    case .text(let text, let style):
      return TextNode(
        place: node.place, content: .text(filled(text, values, at: node.place), style))
    case .list(let items):
      return TextNode(place: node.place, content: .list(items.map { filled($0, values) }))
    case .mapping(let entries):
      return TextNode(
        place: node.place,
        content: .mapping(
          entries.map {
            TextNode.Entry(key: $0.key, place: $0.place, value: filled($0.value, values))
          }))
    }
  }

  private mutating func filled(_ text: String, _ values: Values, at place: TextPlace) -> String {
    var rest = text[...]
    var whole = ""
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      let inside = rest[rest.index(after: open)..<close]
      guard let value = values.text(inside) else {
        let known = values.texts.keys.sorted() + (values.previous == nil ? [] : ["previous"])
        refuse(.place("<\(inside)>", known: known), at: place)
        return text
      }
      whole += rest[..<open] + value
      guard whole.utf8.count <= LessonText.largestSize else {
        refuse(.tooManyLayers(limit: NetworkDecoder.mostLayers), at: place)
        return text
      }
      rest = rest[rest.index(after: close)...]
    }
    return whole + rest
  }
}

extension [TextNode.Entry] {
  fileprivate func first(named key: String) -> TextNode.Entry? { first { $0.key == key } }
}

extension TextNode {
  /// The name that a layer is given where it stands; nil for none.
  fileprivate var layerName: String? {
    switch content {
    case .text(let text, _):
      return text.split(separator: ",").last { $0.hasPrefix("name=") }
        .map { String($0.dropFirst("name=".count)) }
    case .mapping(let entries):
      guard case .text(let name, _) = entries.first(named: "name")?.value.content else {
        return nil
      }
      return name
    case .list: return nil
    }
  }
}
