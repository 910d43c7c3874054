import ConvolutionEngine
import ExactNumbers
import TensorFiles

/// A subject as it is typed: an input and the layers over it, with the files that they name.
struct SubjectChain {
  /// A picture's file; the input is then its size, or empty.
  private let image: String?
  private let input: String
  private let layers: [String]
  private let seed: UInt64
  private let axes: AxisOrder
  private let weights: WeightsFile?
  private(set) var files: ArrayFiles

  init(
    image: String? = nil, input: String, layers: [String], seed: UInt64, axes: AxisOrder,
    weights: WeightsFile? = nil, files: ArrayFiles = ArrayFiles()
  ) {
    self.image = image
    self.input = input
    self.layers = layers
    self.seed = seed
    self.axes = axes
    self.weights = weights
    self.files = files
  }

  /// Whose defaults the layers take: those of the library whose axes, else whose names, the files
  /// have.
  private var defaults: SettingDefaults {
    (axes == .xyd ? weights?.namedOrder ?? axes : axes).defaults
  }

  mutating func subject(_ need: SubjectOptions.Need) throws(CommandFailure) -> Subject {
    var typed: [TypedLayer] = []
    for text in layers { typed.append(try typedLayer(text)) }
    let match = match(typed.map(\.specification))
    if let match { countFilters(&typed, match) }
    let input = try readInput(need)
    let network = try rethrowing(
      try Network(
        input: input.shape, layers: typed.map(\.specification), flatOrder: defaults.flatOrder,
        seed: seed)
    ) {
      // Filters that no array counts are one, which may be all that is wrong.
      match.flatMap { weights?.problem($0) } ?? CommandFailure.subject(.network($0))
    }
    let written = typed.map(\.written)
    let found = try weights?.parameters(of: network, match, axes: axes, written: written)
    var given = found?.given ?? [:]
    for layer in network.layers {
      let own = try parameters(of: layer)
      given[layer.name] = own?.completed(by: given[layer.name]) ?? given[layer.name]
    }
    let complete = try building { () throws(NetworkError) in try network.taking(given) }
    let note =
      need == .numbers
      ? network.defaultsNote(
        defaults, written: Dictionary(uniqueKeysWithValues: zip(written.indices, written)))
      : nil
    return Subject(
      complete, input: input.numbers,
      notes: input.notes + (found?.notes ?? []) + (note.map { [$0] } ?? []))
  }

  /// Whether a word begins as a layer does.
  static func isLayer(_ word: String) -> Bool {
    Operation.isKind(String(word.prefix { $0 != ":" && $0 != "," }))
  }

  /// A layer as it was typed.
  private struct TypedLayer {
    var specification: LayerSpecification
    /// The keys of the settings that its text has.
    let written: Set<String>

    /// Whether it leaves its filters to be counted.
    var isUncounted: Bool {
      specification.operation.count("filters") != nil && !written.contains("filters")
    }

    /// Makes it so many filters, where it leaves them to be counted.
    mutating func count(_ filters: Int) {
      if isUncounted { specification.operation.setCount("filters", to: filters) }
    }
  }

  /// One layer; where only the file of its weights says how many filters it has, that many.
  private mutating func typedLayer(_ text: String) throws(CommandFailure) -> TypedLayer {
    var layer = TypedLayer(
      specification: try rethrowing(
        try LayerSpecification(parsing: text, defaults: defaults),
        as: { CommandFailure.subject(.layerText(text, $0)) }),
      written: LayerSpecification.writtenKeys(text))
    if layer.isUncounted, let path = layer.specification.weightsFile,
      let filters = try files.array(path).filterCount(axes: axes)
    {
      layer.count(filters)
    }
    return layer
  }

  /// Which arrays of `--weights` the layers take; nil where their names are not right, as the network
  /// says then.
  private func match(_ specifications: [LayerSpecification]) -> ArrayMatch? {
    guard let weights,
      let names = try? Network.names(of: specifications, inputName: "X")
    else { return nil }
    return weights.match(Array(zip(names, specifications)))
  }

  /// Gives convolutions that do not say how many filters they have as many as `--weights` has.
  private func countFilters(_ layers: inout [TypedLayer], _ match: ArrayMatch) {
    for (index, name) in match.layers.enumerated() {
      let specification = layers[index].specification
      guard layers[index].isUncounted, specification.weightsFile == nil,
        let size = specification.operation.windows?.size,
        let filters = match.filterCount(ofLayer: name, size: size, axes: axes)
      else { continue }
      layers[index].count(filters)
    }
  }

  /// An input that was read.
  struct Input {
    let shape: Shape
    let numbers: Subject.InputNumbers
    /// The array that it was read from.
    var array: NumpyFile?
    var notes: [String] = []
  }

  /// - Parameter pictureSize: what a picture is scaled to where no size is typed; nil: its own.
  mutating func readInput(
    _ need: SubjectOptions.Need, pictureSize: Shape? = nil
  ) throws(CommandFailure) -> Input {
    if let image {
      let size = try SubjectChain.shape(input) ?? pictureSize
      guard size != nil || input.isEmpty else { throw .subject(.inputSize(input)) }
      let picture = try PictureInput(image, size: size)
      return Input(
        shape: picture.tensor.shape, numbers: .given(picture.tensor), notes: picture.notes)
    }
    if let shape = try SubjectChain.shape(input) {
      return Input(shape: shape, numbers: .seeded(seed))
    }
    if input.isEmpty { throw .subject(.inputSize(input)) }
    if SubjectChain.isLayer(input) { throw .subject(.layerAsInput(input)) }
    let array = try files.array(input)
    return try decoding(input) { () throws(NumpyError) in
      switch need {
      case .sizes:
        let shape = try array.tensorShape(axes: axes)
        return Input(shape: shape, numbers: .seeded(seed), array: array)
      case .numbers:
        let tensor = try Tensor(array, axes: axes)
        return Input(shape: tensor.shape, numbers: .given(tensor), array: array)
      }
    }
  }

  /// The input's size; nil where it is the name of a file.
  static func shape(_ input: String) throws(CommandFailure) -> Shape? {
    // Digits, signs and x alone are meant as a size, if not always a possible one.
    guard input != "-", !input.isEmpty, input.contains(where: \.isNumber),
      input.allSatisfy({ "0123456789xX×*+-.,; ".contains($0) }), !input.hasPrefix(".")
    else { return nil }
    let sides = input.typedSides
    guard sides.count == 3, let width = sides[0], let height = sides[1], let depth = sides[2] else {
      throw .subject(.inputSize(input))
    }
    return try rethrowing(
      try Shape(width, height, depth), as: { CommandFailure.subject(.inputShape($0)) })
  }

  /// The numbers that a layer takes from files of its own; nil where it names none.
  private mutating func parameters(
    of layer: Layer
  ) throws(CommandFailure) -> GivenParameters? {
    guard layer.parameters != nil else { return nil }
    func numbers(
      _ role: ArrayRole, _ path: String?
    ) throws(CommandFailure) -> Coefficients? {
      guard let path else { return nil }
      let file = try files.array(path)
      return try decoding(path) { () throws(NumpyError) in
        try Coefficients(role, of: layer, from: file, axes: axes)
      }
    }
    return GivenParameters(
      weights: try numbers(.weight, layer.specification.weightsFile),
      bias: try numbers(.bias, layer.specification.biasFile))
  }
}

/// Runs what may meet an array that does not fit.
func decoding<Value>(
  _ path: String, _ body: () throws(NumpyError) -> Value
) throws(CommandFailure) -> Value {
  try rethrowing(try body(), as: { CommandFailure.contents(path: path, $0) })
}

extension GivenParameters {
  /// Numbers of its own, and others for those that it has none of.
  fileprivate func completed(by other: GivenParameters?) -> GivenParameters {
    GivenParameters(
      weights: weights ?? other?.weights, bias: bias ?? other?.bias,
      normalization: normalization ?? other?.normalization)
  }
}
