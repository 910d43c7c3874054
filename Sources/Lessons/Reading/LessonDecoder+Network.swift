extension LessonDecoder {
  /// Reads `network`, and what a scene changes of it: `input`, `head` and `freeze`.
  mutating func readNetwork(
    _ network: TextNode.Entry, in reader: inout MappingReader, into draft: inout SceneDraft
  ) {
    for key in ["layers", "weights"] {
      if let other = reader.take(key) {
        log.add(.value(.exclusive("network", key)), at: other.place)
      }
    }
    if let entry = reader.take("input") {
      draft.hasInput = true
      draft.input = input(
        entry.value, "the input of a named network", keys: LessonDecoder.inputKeys)
    }
    let name = network.value.text("network", limit: LessonDecoder.longestName, log: &log)
    let head = reader.take("head").map { self.head($0) }
    let freeze = reader.take("freeze").flatMap { self.freeze($0) }
    guard let name else { return }
    guard Catalogue.isName(name[...]) else {
      log.add(.named(.networkName(name)), at: network.value.place)
      return
    }
    draft.network = NetworkDraft(
      name: Placed(name, network.value.place), head: head, freeze: freeze)
  }

  private mutating func head(_ entry: TextNode.Entry) -> [LayerDraft] {
    var draft = SceneDraft()
    readLayers(entry.value, into: &draft)
    return draft.layers
  }

  private mutating func freeze(_ entry: TextNode.Entry) -> TextPlace? {
    guard let part = entry.value.text("freeze", log: &log) else { return nil }
    if part == "base" { return entry.value.place }
    log.add(.named(.freeze(part)), at: entry.value.place)
    return nil
  }
}
