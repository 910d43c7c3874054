import ConvolutionEngine
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
  /// What has been read, so that nothing is read twice: standard input could not be.
  private var files: [String: NumpyFile] = [:]

  init(
    image: String? = nil, input: String, layers: [String], seed: UInt64, axes: AxisOrder,
    weights: WeightsFile? = nil
  ) {
    self.image = image
    self.input = input
    self.layers = layers
    self.seed = seed
    self.axes = axes
    self.weights = weights
  }

  /// Whose defaults the layers take: those of the library whose axes, else whose names, the files
  /// have.
  private var defaults: SettingDefaults {
    axes == .xyd && weights?.isNamedByPyTorch == true ? .pytorch : axes.defaults
  }

  mutating func subject(_ need: SubjectOptions.Need) throws(CommandFailure) -> Subject {
    var specifications: [LayerSpecification] = []
    for text in layers { specifications.append(try specification(text)) }
    countFilters(&specifications)
    let (shape, numbers) = try readInput(need)
    let network = try network(shape, specifications, [:])
    var given = try weights?.parameters(of: network) ?? [:]
    for layer in network.layers {
      let own = try parameters(of: layer, in: network)
      given[layer.name] = own?.completed(by: given[layer.name]) ?? given[layer.name]
    }
    let written = layers.map(LayerSpecification.writtenKeys)
    if need == .numbers, let note = network.defaultsNote(defaults, written: written) {
      StandardError.note(note)
    }
    return Subject(try self.network(shape, specifications, given), input: numbers)
  }

  /// Whether a word begins as a layer does.
  static func isLayer(_ word: String) -> Bool {
    Operation.kinds.contains(String(word.prefix { $0 != ":" && $0 != "," }))
  }

  private func network(
    _ input: Shape, _ specifications: [LayerSpecification], _ given: [String: GivenParameters]
  ) throws(CommandFailure) -> Network {
    do throws(NetworkError) {
      return try Network(
        input: input, layers: specifications, flatOrder: defaults.flatOrder, seed: seed,
        parameters: given)
    } catch {
      throw .network(error)
    }
  }

  /// One layer; where only the file of its weights says how many filters it has, that many.
  private mutating func specification(
    _ text: String
  ) throws(CommandFailure) -> LayerSpecification {
    var specification: LayerSpecification
    do throws(LayerTextError) {
      specification = try LayerSpecification(parsing: text, defaults: defaults)
    } catch {
      throw .layerText(text, error)
    }
    if case .convolution(var settings) = specification.operation, !text.contains(",filters="),
      let path = specification.weightsFile,
      let filters = try numpyFile(path).filterCount(axes: axes)
    {
      settings.filters = filters
      specification.operation = .convolution(settings)
    }
    return specification
  }

  /// Gives convolutions that do not say how many filters they have as many as `--weights` has.
  private func countFilters(_ specifications: inout [LayerSpecification]) {
    guard let weights,
      // Where the names are not right, the network says so.
      let names = try? Network.names(of: specifications, inputName: "X")
    else { return }
    for (index, name) in names.enumerated() where !layers[index].contains(",filters=") {
      guard case .convolution(var settings) = specifications[index].operation,
        settings.multiplier == nil, specifications[index].weightsFile == nil,
        let filters = weights.filterCount(ofLayer: name, size: settings.windows.size)
      else { continue }
      settings.filters = filters
      specifications[index].operation = .convolution(settings)
    }
  }

  /// - Parameter pictureSize: what a picture is scaled to where no size is typed; nil: its own.
  mutating func readInput(
    _ need: SubjectOptions.Need, pictureSize: Shape? = nil
  ) throws(CommandFailure) -> (Shape, Subject.InputNumbers) {
    if let image {
      let size = try SubjectChain.shape(input) ?? pictureSize
      guard size != nil || input.isEmpty else { throw .inputSize(input) }
      let tensor = try PictureInput.tensor(image, size: size)
      return (tensor.shape, .given(tensor))
    }
    if let shape = try SubjectChain.shape(input) { return (shape, .seeded(seed)) }
    if input.isEmpty { throw .inputSize(input) }
    if SubjectChain.isLayer(input) { throw .layerAsInput(input) }
    let file = try numpyFile(input)
    return try decoding(input) { () throws(NumpyError) in
      switch need {
      case .sizes: return (try file.tensorShape(axes: axes), .seeded(seed))
      case .numbers:
        let tensor = try Tensor(file, axes: axes)
        return (tensor.shape, .given(tensor))
      }
    }
  }

  /// The input's size; nil where it is the name of a file.
  static func shape(_ input: String) throws(CommandFailure) -> Shape? {
    // Digits, signs and x alone are meant as a size, if not always a possible one.
    guard input != "-", !input.isEmpty, input.contains(where: \.isNumber),
      input.allSatisfy({ "0123456789xX×+-.,".contains($0) }), !input.hasPrefix(".")
    else { return nil }
    let sides = input.replacing("×", with: "x").split(
      separator: "x", omittingEmptySubsequences: false
    ).map { Int($0) }
    guard sides.count == 3, let width = sides[0], let height = sides[1], let depth = sides[2] else {
      throw .inputSize(input)
    }
    do throws(ShapeError) {
      return try Shape(width, height, depth)
    } catch {
      throw .inputShape(error)
    }
  }

  /// The numbers that a layer takes from files; nil where it names none.
  private mutating func parameters(
    of layer: Layer, in network: Network
  ) throws(CommandFailure) -> GivenParameters? {
    guard let shape = layer.parameters else { return nil }
    var given = GivenParameters()
    if let path = layer.specification.weightsFile {
      let file = try numpyFile(path)
      given.weights = try decoding(path) { () throws(NumpyError) in
        try Coefficients(weights: file, of: layer, shape, axes: axes)
      }
    }
    if let path = layer.specification.biasFile {
      let file = try numpyFile(path)
      given.bias = try decoding(path) { () throws(NumpyError) in
        try Coefficients(bias: file, count: shape.filters)
      }
    }
    return given
  }

  private mutating func numpyFile(_ path: String) throws(CommandFailure) -> NumpyFile {
    if let file = files[path] { return file }
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileContents.read(path) {
        NumpyFile.isRecognized($0) || ZipArchive.isRecognized($0)
      }
    } catch {
      throw .file(error)
    }
    let file = try array(in: bytes, path)
    files[path] = file
    return file
  }

  /// A `.npy` file, or the only array of a `.npz` file.
  private func array(in bytes: [UInt8], _ path: String) throws(CommandFailure) -> NumpyFile {
    guard ZipArchive.isRecognized(bytes) else {
      return try decoding(path) { () throws(NumpyError) in try NumpyFile(bytes) }
    }
    do throws(ArchiveError) {
      return try NumpyArchive(bytes).array()
    } catch {
      // It begins like an archive, and was never said to be one.
      if error == .notZip, !path.hasSuffix(".npz") { throw .contents(path: path, .notNumpy) }
      throw .archive(path: path, error)
    }
  }

  private func decoding<Value>(
    _ path: String, _ body: () throws(NumpyError) -> Value
  ) throws(CommandFailure) -> Value {
    do throws(NumpyError) {
      return try body()
    } catch {
      throw .contents(path: path, error)
    }
  }
}

extension GivenParameters {
  /// Numbers of its own, and others for those that it has none of.
  fileprivate func completed(by other: GivenParameters?) -> GivenParameters {
    GivenParameters(weights: weights ?? other?.weights, bias: bias ?? other?.bias)
  }
}
