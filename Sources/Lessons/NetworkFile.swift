import ConvolutionEngine
import ExactNumbers
import TensorFiles

/// A network as its file under `lessons/networks` has it; `README.md` there says how one is written.
package struct NetworkFile: Sendable, Equatable {
  /// The file's name without its ending.
  package let name: String
  package let title: String
  /// Where the network was published or is shipped.
  package let source: String
  package let inputName: String
  package let input: Shape
  package let layers: [LayerSpecification]
  /// The last layer of the base; nil where the file names none.
  package let base: String?
  package let seed: UInt64
  package let scheme: WeightScheme
  /// The numbers that layers have of a file beside the network's; the seed makes the others.
  package internal(set) var given: [String: GivenParameters] = [:]
  /// That of the library whose order those numbers are in, for each flatten whose own settings name
  /// none; nil where the command line says it.
  var flatOrder: FlatOrder?
  /// Inputs to look at, where the file names some.
  package internal(set) var pictures: LabelledPictures?

  package static let folderName = "networks"
}

extension NetworkFile {
  /// What a command line changes of a network.
  package struct Changes: Sendable {
    package var input: Shape?
    /// Takes the place of everything behind the base.
    package var head: [LayerSpecification]?
    package var seed: UInt64?
    /// That of each flatten whose own settings name none.
    package var flatOrder = FlatOrder.dyx

    package init(
      input: Shape? = nil, head: [LayerSpecification]? = nil, seed: UInt64? = nil
    ) {
      self.input = input
      self.head = head
      self.seed = seed
    }
  }

  /// One line that says what defaults decided of a network made of this file: the order of flattens
  /// for which neither it nor its arrays say one, and what a new head leaves out; nil for nothing.
  ///
  /// - Parameter head: the keys of the written settings of each layer of a new head.
  package func defaultsNote(
    of network: Network, _ defaults: SettingDefaults, head: [Set<String>]?
  ) -> String? {
    let own = head == nil ? layers : Array(layers.prefix(baseCount ?? 0))
    var written: [Int: Set<String>] = [:]
    for (index, layer) in own.enumerated() where flatOrder == nil {
      if layer.operation.rule.leavesOrder { written[index] = [] }
    }
    for (index, keys) in (head ?? []).enumerated() { written[own.count + index] = keys }
    return network.defaultsNote(defaults, written: written)
  }

  /// The network, with sizes inferred.
  ///
  /// - Throws: `NetworkError`, where another input or head does not fit.
  package func network(_ changes: Changes = Changes()) throws(NetworkError) -> Network {
    var layers = layers
    if let head = changes.head { layers = Array(layers.prefix(baseCount ?? 0)) + head }
    let network = try Network(
      inputName: inputName, input: changes.input ?? input, layers: layers,
      flatOrder: flatOrder ?? changes.flatOrder, seed: changes.seed ?? seed, scheme: scheme)
    guard !given.isEmpty else { return network }
    // A new head's layers may be called as those were whose place they take.
    let own = network.layers.prefix(changes.head == nil ? network.layers.count : baseCount ?? 0)
    let names = Set(own.map(\.name))
    return try network.taking(given.filter { names.contains($0.key) })
  }

  /// How many layers the base has, which stand first; nil where the file names none.
  package var baseCount: Int? {
    base.flatMap { base in layers.firstIndex { $0.name == base } }.map { $0 + 1 }
  }
}

extension NetworkFile {
  /// Opens a network by its name in a lessons folder, or by its path.
  ///
  /// - Parameter folder: the lessons' folder.
  package static func open(
    _ name: String, lessons folder: () throws(LessonError) -> String
  ) throws(LessonError) -> NetworkFile {
    if name.contains("/") || name.hasSuffix(".yaml") { return try NetworkFile(path: name) }
    let networks = "\(try folder())/\(folderName)"
    let known = names(in: networks)
    guard known.contains(name) else { throw .unknownNetwork(name, known: known) }
    return try NetworkFile(path: "\(networks)/\(name).yaml", isRegular: true)
  }

  /// The networks of a folder, sorted.
  package static func names(in folder: String) -> [String] {
    SourceFolder(folder).fileNames.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
  }

  private init(path: String, isRegular: Bool = false) throws(LessonError) {
    let source = try LessonSource(path: path, isRegular: isRegular)
    self = try rethrowing(
      try NetworkFile(source), as: LessonError.problems)
  }

  /// Reads a network's file, and those beside it that it names.
  ///
  /// - Throws: every problem that there is; of YAML's own syntax, the first.
  init(_ source: LessonSource) throws(LessonProblems) {
    try self.init(parsing: source.bytes, name: source.name, file: source.path) {
      path throws(LessonFileError) in try source.folder.read(path)
    }
  }

  /// - Parameter files: reads what the file names.
  package init(
    parsing bytes: [UInt8], name: String, file: String,
    files: (String) throws(LessonFileError) -> [UInt8] = { path throws(LessonFileError) in
      throw .missing(path)
    }
  ) throws(LessonProblems) {
    var budget = Budget()
    try self.init(bytes, name: name, file: file, budget: &budget, files: files)
  }

  /// - Parameter budget: that of the lesson which names it.
  init(
    _ bytes: [UInt8], name: String, file: String, budget: inout Budget,
    files: (String) throws(LessonFileError) -> [UInt8]
  ) throws(LessonProblems) {
    let (text, root) = try TextNode.read(bytes, file: file, budget: &budget)
    var decoder = NetworkDecoder(LessonDecoder(text: text, file: file, budget: budget))
    let network = decoder.network(root, name: name, files: files)
    budget = decoder.decoder.log.budget
    try decoder.decoder.log.throwIfAny()
    guard let network else {
      preconditionFailure("a network that cannot be read has a problem")
    }
    self = network
  }
}
