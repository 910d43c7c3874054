import ConvolutionEngine
import ExactNumbers
import TensorFiles

/// The file of `--weights`: the numbers of all layers.
struct WeightsFile {
  private let path: String
  private let arrays: NamedArrays
  private let isPartial: Bool

  /// - Parameter isPartial: whether it may have more than the layers take.
  init(
    _ path: String, isPartial: Bool, files: inout ArrayFiles
  ) throws(CommandFailure) {
    self.path = path
    self.isPartial = isPartial
    arrays = try files.arrays(path, expectsArchive: true)
  }

  /// The order of axes of the library whose names the arrays bear; nil where they do not tell.
  var namedOrder: AxisOrder? { arrays.namedOrder }

  func match(
    _ layers: [(name: String, specification: LayerSpecification)]
  ) -> ArrayMatch {
    ArrayMatch(arrays, layers: layers, isPartial: isPartial)
  }

  /// What keeps a network from its numbers before its sizes are known: layers without any array.
  func problem(_ match: ArrayMatch) -> CommandFailure? {
    match.unmatchedError.map { .weights(path: path, $0) }
  }

  /// The network with every layer's numbers, but for those that a layer takes from files of its own,
  /// and what there is to tell of how they were found.
  ///
  /// - Parameter written: the keys of each layer's settings that somebody wrote.
  func parameters(
    of network: Network, _ match: ArrayMatch? = nil, axes: AxisOrder, written: [Set<String>] = []
  ) throws(CommandFailure) -> (given: [String: GivenParameters], notes: [String]) {
    let match = match ?? ArrayMatch(arrays, network, isPartial: isPartial)
    let given = try rethrowing(
      try match.parameters(of: network, axes: axes),
      as: { CommandFailure.weights(path: path, $0) })
    var notes = match.notes
    if let order = namedOrder, let name = order.varianceName,
      let note = network.epsilonNote(of: order.defaults, named: name, written: written)
    {
      notes.append(note)
    }
    return (given, notes.map { "\(path): \($0)" })
  }
}

/// Files of arrays, each read once: standard input could not be read twice.
struct ArrayFiles {
  private var read: [String: NamedArrays] = [:]

  var isEmpty: Bool { read.isEmpty }

  /// - Parameter expectsArchive: whether a file that is neither should have been an archive.
  mutating func arrays(
    _ path: String, expectsArchive: Bool = false
  ) throws(CommandFailure) -> NamedArrays {
    if let arrays = read[path] { return arrays }
    let bytes = try rethrowing(
      try FileContents.read(path, wanted: NamedArrays.wanted), as: CommandFailure.file)
    let arrays = try rethrowing(try NamedArrays(bytes)) { (error: ArchiveError) -> CommandFailure in
      guard case .notZip(let foreign) = error, !expectsArchive, !path.hasSuffix(".npz") else {
        return .archive(path: path, error)
      }
      return .contents(path: path, .notNumpy(foreign))
    }
    read[path] = arrays
    return arrays
  }

  /// The only array of a file.
  mutating func array(_ path: String) throws(CommandFailure) -> NumpyFile {
    let arrays = try arrays(path)
    return try rethrowing(try arrays.array()) { (error: ArchiveError) -> CommandFailure in
      guard case .onlyArray(let problem) = error else { return .archive(path: path, error) }
      return .contents(path: path, problem)
    }
  }
}
