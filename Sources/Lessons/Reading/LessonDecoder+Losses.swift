import ConvolutionEngine

extension LessonDecoder {
  /// What flows back comes from: `{layer: p, kind: squared, target: [7, 10]}`, or the gradient
  /// itself, `{upstream: ["1 0"]}`; nil after a problem.
  mutating func loss(_ node: TextNode) -> LossDraft? {
    let keys = ["layer", "kind", "target", "upstream"]
    guard var reader = MappingReader(node, "loss", known: keys, log: &log) else { return nil }
    let layer = reader.take("layer").flatMap { entry in
      entry.value.text("layer of loss", limit: LessonDecoder.longestName, log: &log)
        .map { Placed($0, entry.value.place) }
    }
    let target = reader.take("target")
    if let entry = reader.take("upstream") {
      for key in ["kind", "target"] {
        guard let other = key == "target" ? target : reader.take(key) else { continue }
        log.add(.value(.exclusive("upstream", key)), at: other.place)
      }
      return depthGrids(entry.value, "depth").map {
        LossDraft(place: node.place, layer: layer, kind: .upstream($0))
      }
    }
    guard let entry = reader.require("kind", example: "kind: squared", log: &log),
      let kind = kind(entry.value)
    else { return nil }
    if kind.needsTarget, target == nil {
      log.add(
        .value(.missingKey("target", of: "loss", example: "target: 2")), at: node.place)
      return nil
    }
    if let target, !kind.needsTarget {
      log.add(.stops(.targetOfSum), at: target.place)
      return nil
    }
    let read = target.map { self.target($0.value) }
    if case .some(nil) = read { return nil }
    return LossDraft(
      place: node.place, layer: layer, kind: .named(kind, target: read.flatMap { $0 }))
  }

  private mutating func kind(_ node: TextNode) -> Loss.Kind? {
    guard let text = node.text("kind", limit: LessonDecoder.longestName, log: &log) else {
      return nil
    }
    if let kind = Loss.Kind(rawValue: text) { return kind }
    log.add(.stops(.lossKind(text, known: Loss.Kind.allCases.map(\.rawValue))), at: node.place)
    return nil
  }

  /// A class, which is a whole number alone, or numbers in as many grids as there are depths.
  private mutating func target(_ node: TextNode) -> LossDraft.Target? {
    if case .text(let text, _) = node.content, let label = Int(text), label >= 0 {
      return .label(Placed(label, node.place))
    }
    return depthGrids(node, "depth").map { .numbers($0) }
  }
}
