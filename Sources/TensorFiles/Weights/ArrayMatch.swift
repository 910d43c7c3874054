import ExactNumbers
import ConvolutionEngine

/// Which arrays of a file each layer takes.
///
/// They are found by the layers' names; see `Way` for what else is enough. Arrays without names go
/// by their order, which is that of PyTorch's and Keras's lists. Shapes are compared when the
/// numbers are read.
package struct ArrayMatch: Sendable {
  /// How a layer's arrays were found, the surest first.
  package enum Way: Sendable, Equatable {
    /// `conv1.weight`, `conv1/kernel` or `conv1/kernel:0` for the layer conv1.
    case name
    /// Behind what all names begin with: `module.conv1.weight`.
    case prefix(String)
    /// By the end of a longer path, where no other ends so: `encoder/conv1/kernel`; or by a path
    /// that is the end of the layer's name.
    case end
    /// By counting: `conv2d_4` and `conv2d_5`, as a second model in one Keras process has them, for
    /// the layers conv2d and conv2d_1.
    case number
    /// The second half of a Keras separable convolution, behind the layer that took the first.
    case pointwise
    /// Arrays without names.
    case order
  }

  struct Taken: Sendable {
    var places: [ArrayRole: Int]
    let way: Way
  }

  let arrays: NamedArrays
  let isPartial: Bool
  /// The layers' names, in order.
  package let layers: [String]
  /// By the layers' names.
  private(set) var taken: [String: Taken] = [:]
  /// Layers whose arrays could be one of several, and the paths of those.
  private(set) var ambiguous: [(layer: String, paths: [String])] = []
  /// What there is but for what a layer takes.
  private(set) var leftOver: [Int] = []
  /// Layers that should have arrays and have none.
  private(set) var unmatched: [String] = []
  /// The layers that the names tell, for somebody who has to name them so.
  private(set) var known: [String] = []

  /// - Parameters:
  ///   - layers: in order, each with its name.
  ///   - isPartial: whether the file may have more than these layers take.
  package init(
    _ arrays: NamedArrays, layers: [(name: String, specification: LayerSpecification)],
    isPartial: Bool = false
  ) {
    self.arrays = arrays
    self.isPartial = isPartial
    self.layers = layers.map(\.name)
    let passedOver: Set<Int>
    if arrays.areUnnamed {
      passedOver = takeInOrder(layers)
    } else {
      var search = ArraySearch(arrays.names, layers: layers, isPartial: isPartial)
      search.run()
      taken = search.taken
      ambiguous = search.ambiguous
      known = search.known
      passedOver = search.counts
    }
    unmatched = layers.filter { taken[$0.name] == nil && !$0.specification.arrays.isEmpty }
      .map(\.name)
    let used = Set(taken.values.flatMap(\.places.values)).union(passedOver)
    leftOver = arrays.names.indices.filter { !used.contains($0) }
  }

  package init(_ arrays: NamedArrays, _ network: Network, isPartial: Bool = false) {
    self.init(
      arrays, layers: network.layers.map { ($0.name, $0.specification) }, isPartial: isPartial)
  }

  /// - Returns: what is no layer's and not told either: single numbers, such as the count of
  ///   batches behind a normalization's.
  private mutating func takeInOrder(
    _ layers: [(name: String, specification: LayerSpecification)]
  ) -> Set<Int> {
    let ordered = arrays.names.indices.sorted {
      (NamedArrays.number(of: arrays.names[$0]) ?? 0)
        < (NamedArrays.number(of: arrays.names[$1]) ?? 0)
    }
    let counts = Set(ordered.filter { (try? arrays.header(arrays.names[$0]))?.shape == [] })
    var rest = ordered.filter { !counts.contains($0) }[...]
    for (name, specification) in layers {
      var places: [ArrayRole: Int] = [:]
      for role in specification.arrays { places[role] = rest.popFirst() }
      if !places.isEmpty { taken[name] = Taken(places: places, way: .order) }
    }
    return counts
  }

  /// How many filters of a width and height there are for a layer of this name; nil where that is
  /// not to be seen.
  ///
  /// Where the order of axes is another than the one that was said, the count comes from that: what
  /// is wrong is then the order, and not the count.
  package func filterCount(ofLayer name: String, size: Pair, axes: AxisOrder) -> Int? {
    guard let place = taken[name]?.places[.weight],
      let shape = (try? arrays.header(arrays.names[place]))?.shape, shape.count == 4
    else { return nil }
    return ([axes] + AxisOrder.allCases).lazy.compactMap { order in
      let sides = Dictionary(uniqueKeysWithValues: zip(order.filters, shape))
      return sides[.x] == size.x && sides[.y] == size.y ? sides[.filter] : nil
    }.first
  }
}

extension ArrayMatch {
  /// What was found by more than the exact names, a line each.
  package var notes: [String] {
    var notes: [String] = []
    var behindPrefix: [String: [String]] = [:]
    for layer in layers {
      guard let taken = taken[layer] else { continue }
      let names = taken.places.values.sorted().map { arrays.names[$0] }
      switch taken.way {
      case .name: continue
      case .prefix(let prefix): behindPrefix[prefix, default: []].append(layer)
      default: notes.append("\(layer) takes \(names.listed(quotedName))\(taken.way.reason).")
      }
    }
    if isPartial, !leftOver.isEmpty {
      notes.append("left over: \(leftOver.map { arrays.names[$0] }.listed(\.excerpt)).")
    }
    let prefixes = behindPrefix.sorted { $0.key < $1.key }.map { prefix, layers in
      "\(prefix.excerpt), with which all names begin, falls away: \(layers.listed { $0 })."
    }
    return prefixes + notes
  }
}

extension ArrayMatch.Way {
  fileprivate var reason: String {
    switch self {
    case .name, .prefix: ""
    case .end: " by the end of the path"
    case .number: " by counting"
    case .pointwise: ", the second half of a separable convolution"
    case .order: " by order"
    }
  }
}

/// A name whole, unless it is there to fill the screen.
private func quotedName(_ name: String) -> String {
  name.unicodeScalars.count <= 120 ? name.quoted : name.excerpt
}
