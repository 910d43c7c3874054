import ConvolutionEngine
import ExactNumbers
import TensorFiles

/// Reads a lesson's mapping into a draft, collecting every problem.
struct LessonDecoder {
  let text: LessonText
  var log: ProblemLog

  /// Characters; a title stands in one line beside the grains.
  static let longestTitle = 40
  static let longestSummary = 160
  /// A note stands in a few short lines beside the sum.
  static let longestNote = 160
  /// A passage or figure; the largest room that there is on the screen has 19 lines of 76.
  static let longestPassage = 4000
  /// The text of a layer, or of one of its settings.
  static let longestLayer = 4000
  /// A name, an address, a path.
  static let longestName = 255

  init(text: LessonText, file: String, budget: Budget = Budget()) {
    self.text = text
    log = ProblemLog(file: file, budget: budget)
  }

  var grids: GridReader { GridReader(text: text) }

  private static let keys =
    ["title", "summary"] + sceneKeys + ["scenes", "stops", "next", "claims"]

  /// The first lines alone; nil after a problem.
  mutating func heading(_ root: TextNode) -> LessonHeading? {
    MappingReader(root, "the lesson", known: LessonDecoder.keys, log: &log).map { reader in
      var reader = reader
      return heading(in: &reader)
    }
  }

  private mutating func heading(in reader: inout MappingReader) -> LessonHeading {
    LessonHeading(
      title: sentence(
        "title", example: "title: One window", limit: LessonDecoder.longestTitle, in: &reader),
      summary: sentence(
        "summary", example: "summary: Nine products make one number.",
        limit: LessonDecoder.longestSummary, in: &reader))
  }

  mutating func draft(_ root: TextNode) -> LessonDraft? {
    guard var reader = MappingReader(root, "the lesson", known: LessonDecoder.keys, log: &log)
    else { return nil }
    var draft = LessonDraft()
    let heading = heading(in: &reader)
    (draft.title, draft.summary) = (heading.title, heading.summary)
    draft.main = scene(named: Scene.main, in: &reader)
    if let entry = reader.take("scenes") { readScenes(entry.value, into: &draft) }
    if let entry = reader.take("stops") { draft.stops = stops(entry.value) }
    if let entry = reader.take("next") { draft.next = passage(entry.value, "next") }
    if let entry = reader.take("claims") { draft.claims = claims(entry.value) }
    return draft
  }

  /// The keys of a network and its numbers.
  static let sceneKeys = [
    "seed", "input", "layers", "network", "weights", "head", "freeze", "notes", "loss",
  ]

  mutating func scene(named name: String, in reader: inout MappingReader) -> SceneDraft {
    var draft = SceneDraft(name: name)
    if let entry = reader.take("seed") { draft.seed = seed(entry.value) }
    if let entry = reader.take("network") {
      readNetwork(entry, in: &reader, into: &draft)
    } else {
      readLayers(in: &reader, into: &draft)
    }
    if let entry = reader.take("notes") { draft.notes = notes(entry.value) }
    if let entry = reader.take("loss") { draft.loss = loss(entry.value) }
    draft.seed = draft.seed ?? draft.input?.seed
    return draft
  }

  private mutating func readLayers(
    in reader: inout MappingReader, into draft: inout SceneDraft
  ) {
    for key in ["head", "freeze"] {
      if let entry = reader.take(key) { log.add(.named(.needsNetwork(key)), at: entry.place) }
    }
    if let entry = reader.require("input", example: "input: {size: 5x5x1}", log: &log) {
      draft.input = input(entry.value)
    }
    if let entry = reader.require("layers", example: "layers: [\"conv:3\"]", log: &log) {
      readLayers(entry.value, into: &draft)
    }
    if let entry = reader.take("weights") {
      draft.arrays = weights(entry.value)
      if draft.arrays == nil { draft.hasAllLayers = false }
    }
  }

  /// `{file: mine.npz, axes: dyx}`: the numbers of all layers, by their names; nil after a problem.
  private mutating func weights(_ node: TextNode) -> ArraysDraft? {
    guard var reader = MappingReader(node, "weights", known: ["file", "axes"], log: &log),
      let file = reader.require("file", example: "file: mine.npz", log: &log)
    else { return nil }
    return arrays(file, in: &reader)
  }

  /// A text that must be there; empty after a problem.
  mutating func sentence(
    _ key: String, example: String, limit: Int, in reader: inout MappingReader
  ) -> String {
    guard let entry = reader.require(key, example: example, log: &log),
      let sentence = entry.value.sentence(key, limit: limit, log: &log)
    else { return "" }
    if sentence.isEmpty { log.add(.value(.emptyText(key)), at: entry.value.place) }
    return sentence
  }

  mutating func seed(_ node: TextNode) -> UInt64 {
    guard let text = node.text("seed", limit: LessonDecoder.longestName, log: &log) else {
      return 0
    }
    guard let seed = UInt64(text) else {
      log.add(.value(.seed(text)), at: node.place)
      return 0
    }
    return seed
  }

  private mutating func notes(_ node: TextNode) -> [NotesDraft] {
    guard case .mapping(let entries) = node.content else {
      log.add(.value(.kind(what: "notes", found: node.kind, expected: .mapping)), at: node.place)
      return []
    }
    var notes: [NotesDraft] = []
    for entry in entries where !log.isFull {
      let what = "a note of \(entry.key)"
      let items = entry.value.items("notes of \(entry.key)", log: &log) ?? []
      var sentences: [Placed<String>] = []
      for item in items where !log.isFull {
        let sentence = item.sentence(what, limit: LessonDecoder.longestNote, log: &log) ?? ""
        sentences.append(Placed(sentence, item.place))
      }
      notes.append(NotesDraft(layer: Placed(entry.key, entry.place), sentences: sentences))
    }
    return notes
  }
}

extension LessonDecoder {
  /// - Parameters:
  ///   - what: the input in words.
  ///   - keys: those that something is made of.
  mutating func input(
    _ node: TextNode, _ what: String = "input",
    keys: [String] = ["name"] + LessonDecoder.inputKeys
  ) -> InputDraft? {
    guard var reader = MappingReader(node, what, known: keys, log: &log) else { return nil }
    var draft = InputDraft()
    if let entry = reader.take("name"),
      let name = entry.value.text("name", limit: LessonDecoder.longestName, log: &log)
    {
      if !Network.isName(name) { log.add(.value(.inputName(name)), at: entry.value.place) }
      draft.name = name
    }
    if let entry = reader.take("seed") { draft.seed = seed(entry.value) }
    let size = reader.take("size")
    if let size { draft.size = shape(size.value) }
    draft.numbers = inputNumbers(in: &reader)
    var hasNumbers = true
    if case .seeded = draft.numbers { hasNumbers = false }
    if size == nil, !hasNumbers || !keys.contains("depths") {
      log.add(.value(.missingKey("size", of: "input", example: "size: 11x11x4")), at: node.place)
    }
    // A size that could not be read is not the same as none.
    return size != nil && draft.size == nil ? nil : draft
  }

  /// The keys of an input, but for its name.
  static let inputKeys = ["size", "depths", "file", "axes", "picture", "scene", "seed"]

  /// Where the input's numbers come from: one of the keys that tell it, else the seed.
  private mutating func inputNumbers(in reader: inout MappingReader) -> InputDraft.Numbers {
    let given = ["depths", "file", "picture", "scene"].compactMap { key in
      reader.take(key).map { (key: key, value: $0.value, place: $0.place) }
    }
    let axesEntry = reader.take("axes")
    let axes = axes(axesEntry)
    if given.count > 1 {
      log.add(.value(.exclusive(given[0].key, given[1].key)), at: given[1].place)
      return .unreadable
    }
    if let axesEntry, given.first?.key != "file" {
      log.add(.value(.missingKey("file", of: "input", example: "file: x.npy")), at: axesEntry.place)
      return .unreadable
    }
    guard let source = given.first else { return .seeded }
    if source.key == "depths" {
      return depthGrids(source.value, "depth").map { .grids($0) } ?? .unreadable
    }
    guard
      let text = source.value.text(source.key, limit: LessonDecoder.longestName, log: &log),
      let axes
    else { return .unreadable }
    let placed = Placed(text, source.value.place)
    switch source.key {
    case "file": return .file(placed, axes)
    case "picture": return .picture(placed)
    default: return .scene(placed)
    }
  }

  /// The order of a file's axes; x, y, depth where none is said, nil after a problem.
  mutating func axes(_ entry: TextNode.Entry?) -> AxisOrder? {
    guard let entry else { return .xyd }
    guard let text = entry.value.text("axes", limit: LessonDecoder.longestName, log: &log) else {
      return nil
    }
    if let order = AxisOrder(rawValue: text) { return order }
    log.add(.blocks(.axisOrder(text)), at: entry.value.place)
    return nil
  }

  /// A file of arrays and the order of their axes; nil after a problem.
  mutating func arrays(_ file: TextNode.Entry, in reader: inout MappingReader) -> ArraysDraft? {
    guard let order = axes(reader.take("axes")),
      let path = file.value.text("file", limit: LessonDecoder.longestName, log: &log)
    else { return nil }
    guard SourceFolder.isInside(path), path.hasSuffix(".npz") else {
      log.add(.blocks(.archivePath(path)), at: file.value.place)
      return nil
    }
    return ArraysDraft(path: Placed(path, file.value.place), axes: order)
  }

  /// `11x11x4`, or `11x11` for a depth of 1.
  private mutating func shape(_ node: TextNode) -> Placed<Shape>? {
    guard let text = node.text("size", limit: LessonDecoder.longestName, log: &log) else {
      return nil
    }
    let sides = text.typedSides.compactMap(\.self)
    guard sides.count == text.typedSides.count, (2...3).contains(sides.count) else {
      log.add(.value(.size(text)), at: node.place)
      return nil
    }
    do throws(ShapeError) {
      let shape = try Shape(sides[0], sides[1], sides.count == 3 ? sides[2] : 1)
      guard shape.count <= Lesson.largestInput else {
        log.add(
          .numbers(.tooManyNumbers(found: shape.count, limit: Lesson.largestInput)), at: node.place)
        return nil
      }
      return Placed(shape, node.place)
    } catch {
      log.add(.shape(error), at: node.place)
      return nil
    }
  }

  /// A list of grids, one a depth; a lone text is a depth of 1. Nil after a problem.
  mutating func depthGrids(_ node: TextNode, _ what: String) -> Placed<[Grid]>? {
    if case .text = node.content {
      return grids.grid(node, "\(what) 0", log: &log).map { Placed([$0], node.place) }
    }
    guard let items = node.items("\(what)s", log: &log) else { return nil }
    guard !items.isEmpty else {
      log.add(.value(.emptyText("\(what)s")), at: node.place)
      return nil
    }
    var depths: [Grid] = []
    for (index, item) in items.enumerated() where !log.isFull {
      if let grid = grids.grid(item, "\(what) \(index)", log: &log) { depths.append(grid) }
    }
    return depths.count == items.count ? Placed(depths, node.place) : nil
  }
}
