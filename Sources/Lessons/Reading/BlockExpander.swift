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
  private var blocks: [String: Block] = [:]
  private var layers: [TextNode] = []
  /// The name of the last layer so far; nil where it has none of its own.
  private var last: String?
  private var isSound = true
  /// What calls give that has no place in the block. A place that is misspelled has no value
  /// either, which is told alone.
  private var unused: [(cause: LessonProblem.Blocks, place: TextPlace)] = []

  /// A list of layers, and what it has places for.
  private struct Block {
    let items: [TextNode]
    let names: Set<String>
    let place: TextPlace
    var isUsed = false
  }

  /// A block in a block in a block is enough.
  static let deepest = 4

  init(input: String, log: ProblemLog) {
    self.log = log
    last = input
  }

  /// Reads `blocks`.
  mutating func readBlocks(_ node: TextNode) {
    guard case .mapping(let entries) = node.content else {
      log.add(.value(.kind(what: "blocks", found: node.kind, expected: .mapping)), at: node.place)
      return
    }
    for entry in entries where !log.isFull {
      guard let items = entry.value.items("the block \(entry.key)", log: &log) else { continue }
      var names: Set<String> = []
      for item in items { item.addPlaces(to: &names) }
      names.remove("previous")
      blocks[entry.key] = Block(items: items, names: names, place: entry.place)
    }
  }

  /// The list of layers without blocks; nil after a problem.
  mutating func expand(_ node: TextNode) -> TextNode? {
    guard let items = node.items("layers", log: &log) else { return nil }
    write(items, values: nil, depth: 0)
    guard isSound else { return nil }
    for (cause, place) in unused { log.add(.blocks(cause), at: place) }
    for (name, block) in blocks.sorted(by: { $0.key < $1.key }) where !block.isUsed {
      log.add(.blocks(.unusedBlock(name)), at: block.place)
    }
    return TextNode(place: node.place, content: .list(layers))
  }

  /// - Parameter values: what stands in the places of the block around them; nil outside of one.
  private mutating func write(_ items: [TextNode], values: Values?, depth: Int) {
    for item in items where isSound {
      guard pay(.item, at: item.place) else { return }
      let item = values.map { filled(item, $0) } ?? item
      if case .mapping(let entries) = item.content, let block = entries.first(named: "block") {
        write(block, entries, at: item.place, depth: depth)
      } else {
        layers.append(item)
        last = item.layerName
      }
      if isSound, layers.count > NetworkDecoder.mostLayers {
        refuse(.tooManyLayers(limit: NetworkDecoder.mostLayers), at: item.place)
      }
    }
  }

  private mutating func write(
    _ block: TextNode.Entry, _ entries: [TextNode.Entry], at place: TextPlace, depth: Int
  ) {
    guard let name = block.value.text("block", limit: TextNode.longestKey, log: &log) else {
      isSound = false
      return
    }
    guard let called = blocks[name] else {
      return refuse(.unknownBlock(name, known: blocks.keys.sorted()), at: block.value.place)
    }
    blocks[name]?.isUsed = true
    guard depth < BlockExpander.deepest else {
      return refuse(.blocksTooDeep(limit: BlockExpander.deepest), at: place)
    }
    let given = entries.filter { $0.key != "block" }
    for entry in given where !called.names.contains(entry.key) {
      guard unused.count < ProblemLog.most else { break }
      let cause = LessonProblem.Blocks.unusedValue(
        entry.key, block: name, known: called.names.sorted())
      unused.append((cause, entry.place))
    }
    guard var values = values(given) else { return }
    for time in 0..<values.times where isSound {
      guard pay(.item, at: place) else { return }
      values.time = time
      values.previous = last
      write(called.items, values: values, depth: depth + 1)
    }
  }

  /// What a call of a block gives it; nil after a problem.
  private mutating func values(_ entries: [TextNode.Entry]) -> Values? {
    var values = Values()
    for entry in entries {
      guard case .list(let items) = entry.value.content else {
        guard let text = entry.value.text(entry.key, log: &log) else {
          isSound = false
          continue
        }
        values.texts[entry.key] = text
        continue
      }
      let texts = items.compactMap { $0.text(entry.key, log: &log) }
      if texts.count < items.count { isSound = false }
      if values.hasLists, values.times != texts.count {
        refuse(
          .listLength(entry.key, found: texts.count, expected: values.times), at: entry.place)
      }
      if !values.hasLists { values.times = texts.count }
      values.lists[entry.key] = texts
    }
    return isSound ? values : nil
  }

  /// Spends what writing something costs.
  private mutating func pay(_ cost: Budget.Cost, at place: TextPlace) -> Bool {
    if !log.spend(cost, "writing out this block", at: place) { isSound = false }
    return isSound
  }

  private mutating func refuse(_ cause: LessonProblem.Blocks, at place: TextPlace) {
    log.add(.blocks(cause), at: place)
    isSound = false
  }

  /// What stands in a block's places.
  private struct Values {
    /// The same each time.
    var texts: [String: String] = [:]
    /// One for each time.
    var lists: [String: [String]] = [:]
    /// How often the block is written, and which time it is.
    var times = 1
    var time = 0
    var previous: String?

    var hasLists: Bool { !lists.isEmpty }
    var names: [String] { (Array(texts.keys) + Array(lists.keys)).sorted() }

    /// The text for what stands between `<` and `>`; nil where there is none.
    func text(_ place: Substring) -> String? {
      let parts = place.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      guard let text = name == "previous" ? previous : texts[name] ?? lists[name]?[time] else {
        return nil
      }
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
      guard pay(.filled(bytes: 0), at: node.place) else { return node }
      return TextNode(place: node.place, content: .list(items.map { filled($0, values) }))
    case .mapping(let entries):
      guard pay(.filled(bytes: 0), at: node.place) else { return node }
      return TextNode(
        place: node.place,
        content: .mapping(
          entries.map {
            TextNode.Entry(key: $0.key, place: $0.place, value: filled($0.value, values))
          }))
    }
  }

  private mutating func filled(_ text: String, _ values: Values, at place: TextPlace) -> String {
    guard pay(.filled(bytes: text.utf8.count), at: place) else { return text }
    var whole = ""
    for piece in text.places {
      switch piece {
      case .text(let text): whole += text
      case .place(let inside):
        guard let value = values.text(inside) else {
          let known = values.names + (values.previous == nil ? [] : ["previous"])
          refuse(.place("<\(inside)>", known: known), at: place)
          return text
        }
        guard pay(.filled(bytes: value.utf8.count), at: place) else { return text }
        whole += value
      }
    }
    return whole
  }
}

/// What a text of a block is made of.
private enum Piece {
  case text(Substring)
  /// What stands between `<` and `>`.
  case place(Substring)
}

extension String {
  fileprivate var places: [Piece] {
    var pieces: [Piece] = []
    var rest = utf8[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "<")),
      let close = rest[open...].firstIndex(of: UInt8(ascii: ">"))
    {
      pieces.append(.text(self[rest.startIndex..<open]))
      pieces.append(.place(self[utf8.index(after: open)..<close]))
      rest = rest[utf8.index(after: close)...]
    }
    return pieces + [.text(self[rest.startIndex...])]
  }
}

extension TextNode {
  /// Adds the names of all places in the text: `i` for `<i+2>`.
  fileprivate func addPlaces(to names: inout Set<String>) {
    switch content {
    case .text(let text, _):
      for case .place(let inside) in text.places {
        names.insert(String(inside.prefix { $0 != "+" }))
      }
    case .list(let items): for item in items { item.addPlaces(to: &names) }
    case .mapping(let entries): for entry in entries { entry.value.addPlaces(to: &names) }
    }
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
