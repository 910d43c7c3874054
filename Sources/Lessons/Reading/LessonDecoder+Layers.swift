import ConvolutionEngine
import ExactNumbers

extension LessonDecoder {
  /// Reads `layers`: each item is the command line's own text, or a mapping with the same keys.
  mutating func readLayers(_ node: TextNode, into draft: inout SceneDraft) {
    guard let items = node.items("layers", log: &log) else { return }
    guard !items.isEmpty else {
      log.add(.value(.noLayers), at: node.place)
      return
    }
    guard items.count <= NetworkDecoder.mostLayers else {
      log.add(.blocks(.tooManyLayers(limit: NetworkDecoder.mostLayers)), at: node.place)
      return
    }
    for item in items where !log.isFull {
      let known = log.problems.count
      if log.spend(.layer(), "this layer", at: item.place), let layer = layer(item), isShort(layer)
      {
        draft.layers.append(layer)
      }
      log.keepNewPlaces(after: known)
    }
    draft.hasAllLayers = draft.layers.count == items.count
  }

  /// Whether a layer's name can be told and shown.
  private mutating func isShort(_ layer: LayerDraft) -> Bool {
    let length = layer.specification.name?.unicodeScalars.count ?? 0
    guard length > LessonDecoder.longestName else { return true }
    log.add(
      .limit(
        .textTooLong("the name of this layer", found: length, limit: LessonDecoder.longestName)),
      at: layer.place(ofKey: "name"))
    return false
  }

  private mutating func layer(_ node: TextNode) -> LayerDraft? {
    switch node.content {
    case .mapping(let entries): return layer(entries, at: node.place)
    case .text:
      guard let text = node.text("a layer", limit: LessonDecoder.longestLayer, log: &log) else {
        return nil
      }
      do throws(LayerTextError) {
        return LayerDraft(
          specification: try LayerSpecification(parsing: text), place: node.place, keys: [:])
      } catch {
        log.add(.layer(error), at: node.place)
      }
    case .list:
      log.add(.value(.kind(what: "a layer", found: .list, expected: .mapping)), at: node.place)
    }
    return nil
  }

  private mutating func layer(_ entries: [TextNode.Entry], at place: TextPlace) -> LayerDraft? {
    var draft = LayerParts(place: place)
    for entry in entries where !log.isFull {
      draft.keys[entry.key] = entry.place
      read(entry, into: &draft)
    }
    guard let kind = draft.kind else {
      if draft.keys["kind"] == nil {
        log.add(.value(.missingKey("kind", of: "the layer", example: "kind: conv")), at: place)
      }
      return nil
    }
    let roles = (Operation.kinds.first { $0.name == kind })?.init().roles.map(\.rawValue) ?? []
    // Of those that the kind has not got, the engine says so.
    draft.settings += draft.statistics.keys.sorted().filter { !roles.contains($0) }
      .map { ($0, "here") }
    guard var specification = specification(kind: kind, draft), draft.isSound,
      hasWholeStatistics(draft, specification)
    else { return nil }
    if let weights = draft.weights {
      specification.weightsFile = nil
      // Filters that stand there count themselves.
      if draft.keys["filters"] == nil {
        specification.operation.setCount("filters", to: weights.value.count)
      }
    }
    if draft.bias != nil { specification.biasFile = nil }
    return LayerDraft(
      specification: specification, place: place, keys: draft.keys, weights: draft.weights,
      bias: draft.bias, statistics: draft.statistics)
  }

  /// Whether a normalization has none of its numbers, or all that its settings ask for.
  private mutating func hasWholeStatistics(
    _ draft: LayerParts, _ specification: LayerSpecification
  ) -> Bool {
    guard !draft.statistics.isEmpty else { return true }
    var isWhole = true
    let roles = specification.operation.rule.roles
    for key in roles.map(\.rawValue) where draft.statistics[key] == nil {
      log.add(.value(.missingKey(key, of: "the layer", example: "\(key): [1, 2]")), at: draft.place)
      isWhole = false
    }
    for role in ArrayRole.allCases where !roles.contains(role) {
      guard let given = draft.statistics[role.rawValue], let setting = role.refusal else {
        continue
      }
      log.add(.layer(.both(setting, role.rawValue)), at: given.place)
      isWhole = false
    }
    return isWhole
  }

  private mutating func read(_ entry: TextNode.Entry, into draft: inout LayerParts) {
    var value: String?
    switch (entry.key, entry.value.content) {
    case ("kind", _):
      draft.kind = entry.value.text("kind", limit: LessonDecoder.longestName, log: &log)
      return
    case ("size", _):
      draft.size = entry.value.text("size", limit: LessonDecoder.longestName, log: &log)
      if draft.size == nil { draft.isSound = false }
      return
    case ("weights", .list(let filters)):
      draft.weights = weights(filters, at: entry.value.place)
      if draft.weights == nil { draft.isSound = false }
      // The engine says whether the kind has weights at all; these stand here, not in a file.
      value = "here"
    case ("bias", .list(let items)):
      draft.bias = numbers(items, "a bias", at: entry.value.place)
      if draft.bias == nil { draft.isSound = false }
      value = "yes"
    case ("gamma", .list(let items)), ("beta", .list(let items)), ("mean", .list(let items)),
      ("variance", .list(let items)):
      draft.statistics[entry.key] = numbers(items, "a \(entry.key)", at: entry.value.place)
      if draft.statistics[entry.key] == nil { draft.isSound = false }
      return
    case ("from", .list(let items)):
      value = names(items, at: entry.place)
    default: value = entry.value.text(entry.key, limit: LessonDecoder.longestLayer, log: &log)
    }
    guard let value else {
      draft.isSound = false
      return
    }
    draft.settings.append((entry.key, value))
  }

  /// A list of layers' names as the command line has it: `a+b`; nil after a problem.
  private mutating func names(_ items: [TextNode], at place: TextPlace) -> String? {
    let most = LessonDecoder.longestLayer
    let names = items.prefix(most).compactMap {
      $0.text("from", limit: LessonDecoder.longestName, log: &log)
    }
    if items.count > most {
      log.add(.limit(.tooMany("from", found: items.count, limit: most)), at: place)
    }
    return names.count == items.count ? names.joined(separator: "+") : nil
  }

  /// Asks the engine again without what it refused, so that all of it is told.
  private mutating func specification(kind: String, _ draft: LayerParts) -> LayerSpecification? {
    var (size, settings) = (draft.size, draft.settings)
    var refused: LayerTextError?
    while !log.isFull {
      do throws(LayerTextError) {
        let specification = try LayerSpecification(kind: kind, size: size, settings: settings)
        return refused == nil ? specification : nil
      } catch {
        guard error != refused else { return nil }
        refused = error
        log.add(.layer(error), at: place(of: error, in: draft))
        switch error {
        case .unknownKind: return nil
        case .unwantedSize: size = nil
        case .missingSize: size = "1"
        default:
          let index = settings.firstIndex { $0.key == error.key }
          if let index { settings.remove(at: index) } else { size = "1" }
        }
      }
    }
    return nil
  }

  private func place(of error: LayerTextError, in draft: LayerParts) -> TextPlace {
    if case .missingSize = error { return draft.place }
    return error.key.flatMap { draft.keys[$0] } ?? draft.keys["size"] ?? draft.place
  }

  private mutating func weights(
    _ filters: [TextNode], at place: TextPlace
  ) -> Placed<[Placed<[Grid]>]>? {
    var grids: [Placed<[Grid]>] = []
    for (index, filter) in filters.enumerated() where !log.isFull {
      if let depths = depthGrids(filter, "filter \(index), depth") { grids.append(depths) }
    }
    return grids.count == filters.count ? Placed(grids, place) : nil
  }

  /// A list of numbers, one an item.
  ///
  /// - Parameter what: one of them, with its article.
  private mutating func numbers(
    _ items: [TextNode], _ what: String, at place: TextPlace
  ) -> Placed<[Placed<Ratio>]>? {
    var numbers: [Placed<Ratio>] = []
    for item in items where !log.isFull {
      guard let grid = grids.grid(item, what, log: &log) else { continue }
      guard grid.numbers.count == 1 else {
        log.add(
          .numbers(.count(what: what, found: grid.numbers.count, expected: 1, each: "number")),
          at: item.place)
        continue
      }
      numbers += grid.numbers
    }
    return numbers.count == items.count ? Placed(numbers, place) : nil
  }
}

/// A layer's entries, sorted into what the engine reads and what stands in the lesson itself.
private struct LayerParts {
  let place: TextPlace
  var kind: String?
  var size: String?
  var settings: [(key: String, value: String)] = []
  var keys: [String: TextPlace] = [:]
  var weights: Placed<[Placed<[Grid]>]>?
  var bias: Placed<[Placed<Ratio>]>?
  var statistics: [String: Placed<[Placed<Ratio>]>] = [:]
  var isSound = true

  init(place: TextPlace) { self.place = place }
}

extension LayerTextError {
  /// The setting that is to blame; nil for the layer as a whole.
  fileprivate var key: String? {
    switch self {
    case .unknownKey(let key, _, _), .repeatedKey(let key), .value(let key, _, _),
      .both(_, let key):
      key
    case .unknownKind: "kind"
    case .notAKey, .missingSize, .unwantedSize: nil
    }
  }
}
