import ConvolutionEngine

/// Reads a network's mapping, collecting every problem.
struct NetworkDecoder {
  var decoder: LessonDecoder

  /// More layers than this are refused, so that a few blocks cannot fill the memory.
  static let mostLayers = 4096

  init(_ decoder: LessonDecoder) { self.decoder = decoder }

  private static let keys = [
    "title", "source", "input", "weights", "pictures", "base", "blocks", "layers",
  ]

  mutating func network(
    _ root: TextNode, name: String, files: LessonBuilder.Files
  ) -> NetworkFile? {
    guard
      var reader = MappingReader(
        root, "the network", known: NetworkDecoder.keys, log: &decoder.log)
    else { return nil }
    let title = decoder.sentence(
      "title", example: "title: VGG16", limit: LessonDecoder.longestTitle, in: &reader)
    let source = decoder.sentence(
      "source", example: "source: K. Simonyan and A. Zisserman, 2014",
      limit: LessonDecoder.longestSummary, in: &reader)
    var input: InputDraft?
    if let entry = reader.require(
      "input", example: "input: {size: 224x224x3}", log: &decoder.log)
    {
      input = decoder.input(entry.value, "the input of a network", keys: ["name", "size"])
    }
    let numbers = reader.take("weights").map { weights($0.value) } ?? NumbersDraft()
    let pictures = reader.take("pictures").flatMap { self.pictures($0.value) }
    let base = reader.take("base")
    let draft = layers(over: input?.name ?? "X", in: &reader)
    let baseName = base.flatMap { self.base($0.value, of: draft) }
    guard let input, let size = input.size, draft.hasAllLayers else { return nil }
    let file = NetworkFile(
      name: name, title: title, source: source, inputName: input.name, input: size.value,
      layers: draft.layers.map(\.specification), base: baseName, seed: numbers.seed,
      scheme: numbers.scheme)
    var read = checked(file, draft)
    if let arrays = numbers.arrays { read = read.flatMap { taking(arrays, $0, files: files) } }
    if let pictures { read = read.flatMap { showing(pictures, $0, files: files) } }
    return read
  }

  /// The layers, with the blocks that they call written out.
  private mutating func layers(over input: String, in reader: inout MappingReader) -> SceneDraft {
    let blocks = reader.take("blocks")
    var draft = SceneDraft()
    if let entry = reader.require("layers", example: "layers: [\"conv:3\"]", log: &decoder.log) {
      var expander = BlockExpander(input: input, log: decoder.log)
      if let blocks { expander.readBlocks(blocks.value) }
      let layers = expander.expand(entry.value)
      decoder.log = expander.log
      if let layers { decoder.readLayers(layers, into: &draft) }
    }
    for layer in draft.layers where layer.hasNumbers {
      decoder.log.add(.blocks(.numbersInNetwork), at: layer.place)
    }
    return draft
  }

  /// The name of the base's last layer, as far as it can be read.
  private mutating func base(_ node: TextNode, of draft: SceneDraft) -> String? {
    let name = node.text("base", limit: LessonDecoder.longestName, log: &decoder.log)
    if let name, draft.hasAllLayers,
      !draft.layers.contains(where: { $0.specification.name == name })
    {
      decoder.log.add(.blocks(.unknownBase(name)), at: node.place)
    }
    return name
  }

  /// The file, if its layers fit each other.
  private mutating func checked(_ file: NetworkFile, _ draft: SceneDraft) -> NetworkFile? {
    var places = LessonBuilder(text: decoder.text, log: decoder.log)
    let place = draft.layers.first?.place ?? .start
    let isPaid = places.spend(on: file.layers, "this network", at: place)
    decoder.log = places.log
    guard isPaid else { return nil }
    do throws(NetworkError) {
      _ = try file.network()
      return file
    } catch {
      decoder.log.add(.network(error), at: places.place(of: error, in: draft))
      return nil
    }
  }

  /// Where a network's numbers come from.
  private struct NumbersDraft {
    var seed: UInt64 = 0
    var scheme = WeightScheme.small
    var arrays: ArraysDraft?
  }

  /// `{seed: 7, scheme: few-taps, taps: 3}`, or a file of arrays and the order of their axes.
  private mutating func weights(_ node: TextNode) -> NumbersDraft {
    var weights = NumbersDraft()
    let keys = ["file", "axes", "seed", "scheme", "taps"]
    guard var reader = MappingReader(node, "weights", known: keys, log: &decoder.log) else {
      return weights
    }
    if let file = reader.take("file") {
      weights.arrays = decoder.arrays(file, in: &reader)
      for key in ["seed", "scheme", "taps"] {
        if let entry = reader.take(key) {
          decoder.log.add(.value(.exclusive("file", key)), at: entry.place)
        }
      }
      return weights
    }
    if let entry = reader.take("seed") { weights.seed = decoder.seed(entry.value) }
    let scheme = reader.take("scheme")
    let text = scheme.flatMap {
      $0.value.text("scheme", limit: LessonDecoder.longestName, log: &decoder.log)
    }
    let taps = reader.take("taps")
    switch text ?? "small" {
    case "small": weights.scheme = .small
    case "signs": weights.scheme = .signs
    case "few-taps":
      weights.scheme = .fewTaps(taps.map { count($0.value) } ?? NetworkDecoder.usualTaps)
    case let other: decoder.log.add(.blocks(.scheme(other)), at: scheme?.value.place ?? node.place)
    }
    if let taps, text != "few-taps" { decoder.log.add(.blocks(.tapsWithoutScheme), at: taps.place) }
    return weights
  }

  private static let usualTaps = 3

  private mutating func count(_ node: TextNode) -> Int {
    guard let text = node.text("taps", log: &decoder.log) else { return 1 }
    guard let count = Int(text), (1...WeightScheme.mostTaps).contains(count) else {
      decoder.log.add(.blocks(.taps(text)), at: node.place)
      return 1
    }
    return count
  }
}
