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
  /// What has been read, so that nothing is read twice: standard input could not be.
  private var files: [String: NumpyFile] = [:]

  init(image: String? = nil, input: String, layers: [String], seed: UInt64, axes: AxisOrder) {
    self.image = image
    self.input = input
    self.layers = layers
    self.seed = seed
    self.axes = axes
  }

  mutating func subject(_ need: SubjectOptions.Need) throws(CommandFailure) -> Subject {
    var specifications: [LayerSpecification] = []
    for text in layers { specifications.append(try specification(text)) }
    let (shape, numbers) = try readInput(need)
    let network = try network(shape, specifications, [:])
    guard need == .numbers else { return Subject(network, input: numbers) }
    var given: [String: GivenParameters] = [:]
    for layer in network.layers { given[layer.name] = try parameters(of: layer, in: network) }
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
      return try Network(input: input, layers: specifications, seed: seed, parameters: given)
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
      specification = try LayerSpecification(parsing: text)
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

  private mutating func readInput(
    _ need: SubjectOptions.Need
  ) throws(CommandFailure) -> (Shape, Subject.InputNumbers) {
    if let image {
      let size = try SubjectChain.shape(input)
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
    let sides = input.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
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
        if case .dense = layer.operation {
          return try Coefficients(
            dense: file, axes: axes, input: network.shapeBeforeFlatten(layer),
            outputs: shape.filters)
        }
        return try Coefficients(
          filters: file, axes: axes, filter: shape.filter, count: shape.filters)
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
      bytes = try FileContents.read(path)
    } catch {
      throw .file(error)
    }
    let file = try decoding(path) { () throws(NumpyError) in try NumpyFile(bytes) }
    files[path] = file
    return file
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

extension Network {
  /// The size of what a dense layer's flat input was made from: the flat input's own where
  /// nothing was flattened.
  fileprivate func shapeBeforeFlatten(_ layer: Layer) -> Shape {
    var layer = layer
    while case .layer(let index) = layer.sources[0] {
      layer = layers[index]
      switch layer.operation {
      case .flatten: return layer.input
      // What keeps every number's place is looked through.
      case .relu, .relu6, .dropout, .batchNormalization, .sigmoid, .softmax: continue
      default: return layer.output
      }
    }
    return layer.input
  }
}
