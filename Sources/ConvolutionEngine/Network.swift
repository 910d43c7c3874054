/// A chain or graph of named layers over one input, with every size inferred.
///
/// ```
/// let network = try Network(
///   input: Shape(11, 11, 4), layers: [LayerSpecification(parsing: "conv:5,filters=2,stride=2")])
/// network.layers[0].output   // 4×4×2
/// ```
package struct Network: Sendable, Equatable {
  /// Networks whose cells look at more places than this in all are refused, so that no count of
  /// products or steps can overflow.
  package static let mostSteps: Int128 = 1 << 56

  package let inputName: String
  package let input: Shape
  package let layers: [Layer]
  /// What makes the numbers of layers that are given none, also of those that a change makes anew.
  package let seed: UInt64
  package let scheme: WeightScheme
  /// Where each layer stands, by its name.
  private let indices: [String: Int]

  /// - Parameters:
  ///   - flatOrder: that of each flatten whose own settings name none.
  ///   - seed: makes the numbers of layers that are given none, as the scheme says.
  /// - Throws: `NetworkError`, naming the layer.
  package init(
    inputName: String = "X", input: Shape, layers specifications: [LayerSpecification],
    flatOrder: FlatOrder = .dyx, seed: UInt64 = 0, scheme: WeightScheme = .small
  ) throws(NetworkError) {
    guard !specifications.isEmpty else { throw .noLayers }
    let names = try Network.names(of: specifications, inputName: inputName)
    let indices = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    var layers: [Layer] = []
    var steps: Int128 = 0
    for (index, specification) in specifications.enumerated() {
      let sources = try Network.sources(
        of: specification, index: index, names: names, indices: indices, inputName: inputName)
      let inputs = sources.map { source in
        switch source {
        case .input: input
        case .layer(let index): layers[index].output
        }
      }
      do throws(ShapeError) {
        let layer = try Layer(
          index: index, name: names[index], specification: specification.flattening(flatOrder),
          sources: sources, inputs: inputs, seed: seed, scheme: scheme)
        steps += Int128(layer.placesPerCell) * Int128(layer.output.count)
        guard steps <= Network.mostSteps else { throw .tooManySteps(upTo: layer.output) }
        layers.append(layer)
      } catch {
        throw .layer(
          name: names[index], number: index + 1, input: inputs.first ?? input, error)
      }
    }
    self.init(inputName: inputName, input: input, layers: layers, seed: seed, scheme: scheme)
  }

  private init(
    inputName: String, input: Shape, layers: [Layer], seed: UInt64, scheme: WeightScheme
  ) {
    self.inputName = inputName
    self.input = input
    self.layers = layers
    self.seed = seed
    self.scheme = scheme
    indices = Dictionary(uniqueKeysWithValues: layers.map { ($0.name, $0.index) })
  }

  /// The network with other numbers in the same layers.
  func with(_ layers: [Layer]) -> Network {
    Network(inputName: inputName, input: input, layers: layers, seed: seed, scheme: scheme)
  }

  /// ReLU over one number: a network that needs no author.
  package static let smallest = Network()

  private init() {
    inputName = "X"
    input = .one
    layers = [
      Layer(
        index: 0, name: "relu", specification: LayerSpecification(.relu(ReLU())), sources: [.input],
        inputs: [.one], plan: LayerPlan(output: .one), parameters: nil, normalization: nil)
    ]
    (seed, scheme) = (0, .small)
    indices = ["relu": 0]
  }

  package func shape(of source: Source) -> Shape {
    switch source {
    case .input: input
    case .layer(let index): layers[index].output
    }
  }

  package func name(of source: Source) -> String {
    switch source {
    case .input: inputName
    case .layer(let index): layers[index].name
    }
  }

  package func layer(named name: String) -> Layer? { indices[name].map { layers[$0] } }

  package var parameterCount: Int { layers.reduce(0) { $0 + $1.parameterCount } }
  package var multiplyAdds: Int { layers.reduce(0) { $0 + $1.multiplyAdds } }
}

extension Network {
  /// Each layer's name: its own, or its kind, numbered where that is not unique.
  package static func names(
    of specifications: [LayerSpecification], inputName: String
  ) throws(NetworkError) -> [String] {
    var taken: Set<String> = [inputName]
    for case let name? in specifications.map(\.name) {
      guard isLayerName(name) else { throw .badName(name) }
      guard taken.insert(name).inserted else { throw .duplicateName(name) }
    }
    let unnamed = Dictionary(
      specifications.filter { $0.name == nil }.map { ($0.operation.kind, 1) },
      uniquingKeysWith: +)
    var next: [String: Int] = [:]
    var names: [String] = []
    for specification in specifications {
      let kind = specification.operation.kind
      if let name = specification.name {
        names.append(name)
      } else if unnamed[kind] == 1, taken.insert(kind).inserted {
        names.append(kind)
      } else {
        var name: String
        repeat {
          let number = next[kind, default: 0] + 1
          next[kind] = number
          name = "\(kind)\(number)"
        } while !taken.insert(name).inserted
        names.append(name)
      }
    }
    return names
  }

  /// Letters, digits, `_` and `.`, not starting with a `.`: what framework users call layers. Those
  /// of PyTorch's `Sequential` are numbers: `0`, `features.0`.
  package static func isLayerName(_ name: String) -> Bool {
    func isPart(_ scalar: Unicode.Scalar) -> Bool {
      ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
        || scalar == "_" || scalar == "."
    }
    return !name.isEmpty && name.first != "." && name.unicodeScalars.allSatisfy(isPart)
  }

  /// The name of an input or a scene: a layer's, but not starting with a digit.
  package static func isName(_ name: String) -> Bool {
    isLayerName(name) && name.first?.isNumber == false
  }

  private static func sources(
    of specification: LayerSpecification, index: Int, names: [String], indices: [String: Int],
    inputName: String
  ) throws(NetworkError) -> [Source] {
    guard let inputs = specification.inputs else {
      return [index == 0 ? .input : .layer(index - 1)]
    }
    var sources: [Source] = []
    for name in inputs {
      if name == inputName {
        sources.append(.input)
      } else if let found = indices[name], found < index {
        sources.append(.layer(found))
      } else {
        throw .unknownSource(
          layer: names[index], source: name, known: [inputName] + names[..<index])
      }
    }
    return sources
  }
}
