import ConvolutionEngine
/// The arrays of a file by the layers that their names tell, for look-ups by name.
///
/// `module.features.0.weight` is the `weight` of [module, features, 0], `conv_1/conv_1/kernel:0` the
/// `kernel` of [conv_1, conv_1].
struct ArrayGroups {
  struct Group {
    let path: [String]
    /// Places among the file's names, by the endings of those.
    var arrays: [String: Int] = [:]

    func place(of role: ArrayRole) -> Int? {
      role.endings.lazy.compactMap { arrays[$0] }.first
    }
  }

  private(set) var groups: [Group] = []
  private var places: [[String]: Int] = [:]
  /// How many parts all paths begin with in common, one at least left over.
  private(set) var prefixCount = 0

  /// Deeper paths are found by their whole names only, so that none takes quadratic time.
  static let deepest = 16

  /// What Flax puts before every name.
  private static let collections = ["params", "batch_stats"]

  init(_ names: [String]) {
    for (place, name) in names.enumerated() {
      guard var (path, ending) = ArrayGroups.parts(of: name) else { continue }
      if path.count > 1, ArrayGroups.collections.contains(path[0]) { path.removeFirst() }
      if ending == ArrayGroups.pointwiseKernel {
        path.append(ArrayGroups.pointwise)
        ending = "kernel"
      }
      guard ArrayRole.allEndings.contains(ending) || ending == ArrayGroups.batchCount else {
        continue
      }
      add(place, ending, to: path)
    }
    moveBiases()
    prefixCount = commonPrefix()
  }

  /// The parts of a name before its last, and that; nil for none.
  private static func parts(of name: String) -> (path: [String], ending: String)? {
    // numpy adds the ending to every name, one that has it already too.
    let name = name.hasSuffix(".npy") ? name.dropLast(4) : name[...]
    var path = name.split { $0 == "/" || $0 == "." }.map(String.init)
    return path.popLast().map { (path, withoutNumber($0)) }
  }

  /// What a name says that its array is: the `kernel` of `conv_1/kernel:0`.
  static func ending(of name: String) -> String? { parts(of: name)?.ending }

  /// PyTorch's count of the batches that a normalization was trained with.
  static let batchCount = "num_batches_tracked"

  /// A separable convolution of Keras is two layers here, the second with the bias.
  static let pointwiseKernel = "pointwise_kernel"
  static let pointwise = "pointwise"

  private mutating func add(_ place: Int, _ ending: String, to path: [String]) {
    let group = places[path] ?? groups.count
    if group == groups.count {
      groups.append(Group(path: path))
      places[path] = group
    }
    if groups[group].arrays[ending] == nil { groups[group].arrays[ending] = place }
  }

  private mutating func moveBiases() {
    for group in groups where group.path.last == ArrayGroups.pointwise {
      let path = Array(group.path.dropLast())
      guard let owner = places[path], groups[owner].arrays["depthwise_kernel"] != nil,
        let bias = groups[owner].arrays.removeValue(forKey: "bias")
      else { continue }
      add(bias, "bias", to: group.path)
    }
  }

  private func commonPrefix() -> Int {
    guard let first = groups.first?.path else { return 0 }
    return groups.reduce(max(0, first.count - 1)) { count, group in
      let shared = zip(first, group.path).prefix { $0 == $1 }.count
      return min(count, shared, max(0, group.path.count - 1))
    }
  }

  /// TensorFlow's names end in `:0`.
  private static func withoutNumber(_ ending: String) -> String {
    guard let colon = ending.lastIndex(of: ":"),
      ending[ending.index(after: colon)...].allSatisfy(\.isNumber)
    else { return ending }
    return String(ending[..<colon])
  }

  /// The group of just this path.
  func group(_ path: [String]) -> Int? { places[path] }

  /// The group of this path behind what all have in common.
  func group(behindPrefix path: [String]) -> Int? {
    guard prefixCount > 0, let first = groups.first else { return nil }
    return places[first.path.prefix(prefixCount) + path]
  }

  /// The common beginning as it stands before the names: `module.`.
  func prefix(of name: String) -> String {
    var left = prefixCount
    let end = name.indices.first { index in
      if name[index] == "/" || name[index] == "." { left -= 1 }
      return left == 0
    }
    return end.map { String(name[...$0]) } ?? ""
  }

  /// Those of which a path ends as one of the given ones, by that one.
  func groups(endingIn paths: Set<[String]>) -> [[String]: [Int]] {
    var found: [[String]: [Int]] = [:]
    for (index, group) in groups.enumerated() {
      for count in 1..<(min(group.path.count, ArrayGroups.deepest) + 1) {
        let end = Array(group.path.suffix(count))
        if paths.contains(end) { found[end, default: []].append(index) }
      }
    }
    return found
  }
}
