import ConvolutionEngine

/// Finds layers' arrays by names, each rule for what the rules before it left.
struct ArraySearch {
  private let names: [String]
  private let layers: [Wanted]
  private let isPartial: Bool
  private let groups: ArrayGroups
  private var groupOf: [Int?]
  private var wayOf: [ArrayMatch.Way]
  private var isUsed: [Bool]
  private(set) var ambiguous: [(layer: String, paths: [String])] = []

  /// A layer and what it takes.
  private struct Wanted {
    let name: String
    let path: [String]
    let roles: [ArrayRole]
    /// The place among these of the layer that it reads; nil for one that takes no arrays.
    let source: Int?
    /// Whether it can be the second half of a separable convolution.
    let isPointwise: Bool
  }

  init(
    _ names: [String], layers: [(name: String, specification: LayerSpecification)],
    isPartial: Bool
  ) {
    self.names = names
    self.isPartial = isPartial
    groups = ArrayGroups(names)
    var wanted: [Wanted] = []
    var places: [String: Int] = [:]
    for (index, (name, specification)) in layers.enumerated() {
      guard !specification.arrays.isEmpty else { continue }
      let source = specification.inputs?.first ?? (index > 0 ? layers[index - 1].name : nil)
      places[name] = wanted.count
      wanted.append(
        Wanted(
          name: name, path: name.split(separator: ".").map(String.init),
          roles: specification.arrays, source: source.flatMap { places[$0] },
          isPointwise: specification.isPointwise))
    }
    self.layers = wanted
    groupOf = Array(repeating: nil, count: wanted.count)
    wayOf = Array(repeating: .name, count: wanted.count)
    isUsed = Array(repeating: false, count: groups.groups.count)
  }

  mutating func run() {
    takeByNames()
    takeByEnds()
    takeByNumbers()
    takePointwise()
  }

  private mutating func take(_ group: Int, _ layer: Int, _ way: ArrayMatch.Way) {
    groupOf[layer] = group
    wayOf[layer] = way
    isUsed[group] = true
  }

  private func has(_ group: Int, any roles: [ArrayRole]) -> Bool {
    !isUsed[group] && roles.contains { groups.groups[group].place(of: $0) != nil }
  }

  private mutating func takeByNames() {
    for (index, layer) in layers.enumerated() {
      if let group = groups.group(layer.path), has(group, any: layer.roles) {
        take(group, index, .name)
      } else if let group = groups.group(behindPrefix: layer.path), has(group, any: layer.roles) {
        let name = groups.groups[group].arrays.values.min().map { names[$0] } ?? ""
        take(group, index, .prefix(groups.prefix(of: name)))
      }
    }
  }

  private mutating func takeByEnds() {
    let open = layers.indices.filter { groupOf[$0] == nil }
    let candidates = groups.groups(endingIn: Set(open.map { layers[$0].path }))
    // `block.conv` says more than `conv`.
    for index in open.sorted(by: { layers[$0].path.count > layers[$1].path.count }) {
      let found = candidates[layers[index].path, default: []]
        .filter { has($0, any: layers[index].roles) }
      if found.count == 1 { take(found[0], index, .end) }
      if found.count > 1 {
        ambiguous.append(
          (layers[index].name, found.map { groups.groups[$0].path.joined(separator: "/") }))
      }
    }
    takeByLayersEnds()
  }

  /// A part's own arrays, `0.weight`, for the layer features.0 of the whole.
  private mutating func takeByLayersEnds() {
    let undecided = Set(ambiguous.map(\.layer))
    var claims: [Int: [Int]] = [:]
    for (index, layer) in layers.enumerated()
    where groupOf[index] == nil && !undecided.contains(layer.name) {
      let lengths = (0..<min(layer.path.count, ArrayGroups.deepest)).reversed()
      let ends = lengths.compactMap { groups.group(Array(layer.path.suffix($0))) }
      if let group = ends.first(where: { has($0, any: layer.roles) }) {
        claims[group, default: []].append(index)
      }
    }
    for (group, claiming) in claims where claiming.count == 1 { take(group, claiming[0], .end) }
  }

  /// All layers of a stem, as far as one of them is not found by its name.
  private mutating func takeByNumbers() {
    var stems: [Substring: [(number: Int, layer: Int)]] = [:]
    for (index, layer) in layers.enumerated() where layer.path.count == 1 {
      let (stem, number) = ArraySearch.parts(layer.path[0])
      stems[stem, default: []].append((number, index))
    }
    stems = stems.filter { $0.value.contains { groupOf[$0.layer] == nil } }
    var found: [Substring: [(number: Int, group: Int)]] = [:]
    for (index, group) in groups.groups.enumerated() {
      guard let last = group.path.last else { continue }
      let (stem, number) = ArraySearch.parts(last)
      if stems[stem] != nil { found[stem, default: []].append((number, index)) }
    }
    for (stem, members) in stems {
      takeByNumbers(
        members.sorted { $0.number < $1.number },
        (found[stem] ?? []).sorted { $0.number < $1.number })
    }
  }

  private mutating func takeByNumbers(
    _ members: [(number: Int, layer: Int)], _ found: [(number: Int, group: Int)]
  ) {
    let owners = Set(members.compactMap { groupOf[$0.layer] })
    let pairs = Array(zip(members, found))
    // A second model counts on from where the first ended. Where some names are there, they are
    // another layer's only if all layers of the first model are: conv2d, conv2d_1, conv2d_2 …
    let shifts = Set(pairs.map { $1.number - $0.number })
    guard found.count == members.count || isPartial && found.count > members.count,
      shifts.count == 1, shifts.contains(where: { $0 > 0 }),
      owners.isEmpty || members.map(\.number) == Array(members.indices),
      Set(found.map(\.number)).count == found.count,
      pairs.allSatisfy({ member, found in
        owners.contains(found.group) || has(found.group, any: layers[member.layer].roles)
      }),
      // PyTorch does not count.
      !found.contains(where: { groups.groups[$0.group].arrays["weight"] != nil })
    else { return }
    for owner in owners { isUsed[owner] = false }
    for (member, found) in pairs { take(found.group, member.layer, .number) }
    let decided = Set(members.map { layers[$0.layer].name })
    ambiguous.removeAll { decided.contains($0.layer) }
  }

  private mutating func takePointwise() {
    for (index, layer) in layers.enumerated() where groupOf[index] == nil && layer.isPointwise {
      guard let source = layer.source, let first = groupOf[source],
        groups.groups[first].arrays["depthwise_kernel"] != nil,
        let group = groups.group(groups.groups[first].path + [ArrayGroups.pointwise]),
        has(group, any: layer.roles)
      else { continue }
      take(group, index, .pointwise)
    }
  }

  /// `conv2d_4` is conv2d and 4, `conv2d` conv2d and 0, as Keras counts.
  private static func parts(_ name: String) -> (stem: Substring, number: Int) {
    guard let line = name.lastIndex(of: "_"), line != name.startIndex,
      let number = Int(name[name.index(after: line)...]), number >= 0
    else { return (name[...], 0) }
    return (name[..<line], number)
  }
}

extension ArraySearch {
  /// By the layers' names.
  var taken: [String: ArrayMatch.Taken] {
    var taken: [String: ArrayMatch.Taken] = [:]
    for (index, layer) in layers.enumerated() {
      guard let group = groupOf[index].map({ groups.groups[$0] }) else { continue }
      let places = layer.roles.compactMap { role in group.place(of: role).map { (role, $0) } }
      taken[layer.name] = .init(
        places: Dictionary(uniqueKeysWithValues: places), way: way(index, places.map(\.1)))
    }
    return taken
  }

  /// A name that only seems to be the layer's, such as a/b/kernel for the layer a.b, is told.
  private func way(_ index: Int, _ places: [Int]) -> ArrayMatch.Way {
    guard wayOf[index] == .name else { return wayOf[index] }
    let layer = layers[index].name
    let areExact = places.allSatisfy { place in
      let ending = names[place].dropFirst(layer.count)
      return names[place].hasPrefix(layer) && (ending.first == "." || ending.first == "/")
        && !ending.dropFirst().contains("/") && !ending.dropFirst().contains(".")
    }
    return areExact ? .name : .end
  }

  /// Places of the counts of batches of the normalizations that were taken.
  var counts: Set<Int> {
    Set(
      layers.indices.filter { layers[$0].roles.contains(.variance) }.compactMap { index in
        groupOf[index].flatMap { groups.groups[$0].arrays[ArrayGroups.batchCount] }
      })
  }

  var known: [String] {
    groups.groups.map { $0.path.dropFirst(groups.prefixCount).joined(separator: ".") }
  }
}

extension LayerSpecification {
  fileprivate var isPointwise: Bool {
    operation.count("filters") != nil && operation.windows?.size == Pair(1)
  }
}
