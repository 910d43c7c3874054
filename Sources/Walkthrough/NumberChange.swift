import ConvolutionEngine
import ExactNumbers

/// A number of the input, a filter or a bias: one that no layer computes. Of a batch normalization the
/// weight of a map is its γ, at the cell 0, 0, 0, and the bias its β.
package enum NumberPlace: Sendable, Hashable {
  case input(Cell)
  case weight(layer: Int, map: Int, Cell)
  case bias(layer: Int, map: Int)
}

/// A number that is put in the place of another: `X[4,4,0] = 5`, `Ker0[2,2,0] = -1`, `b0 = 3`,
/// `bn_gamma[1] = 2`.
package struct NumberChange: Sendable, Equatable {
  package let place: NumberPlace
  package let value: Int128

  /// Changed numbers are no larger than this, so that what follows from them stays readable.
  package static let largest = 1_000_000

  package init(_ place: NumberPlace, to value: Int128) {
    self.place = place
    self.value = value
  }

  /// Reads the name of a place and its new number.
  package init(
    parsing name: String, _ number: String, in network: Network
  ) throws(NumberChangeError) {
    let place = try NumberPlace(parsing: name, in: network)
    guard let value = Int(number.replacing("−", with: "-")) else { throw .notWhole(number) }
    guard value.magnitude <= NumberChange.largest else { throw .tooLarge(value) }
    self.init(place, to: Int128(value))
  }
}

/// Why a number cannot be changed. The wording stands below.
package enum NumberChangeError: Error, Sendable, Equatable {
  /// What nothing is called that can be changed; a layer's output is computed.
  case unknown(String, isComputed: Bool)
  /// A name alone, where one of many numbers is meant.
  case noCell(String)
  /// The same of a list with a number a map.
  case noMap(String)
  case outside(String, Cell, size: Shape)
  case outsideMaps(String, Int, of: Int)
  case noBias(String)
  case notWhole(String)
  case tooLarge(Int)
}

extension NumberChangeError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknown(let name, true):
      "\(name) is computed; an input, a weight or a bias can be changed."
    case .unknown(let name, false): "There is no \(name.isEmpty ? "such place" : name) here."
    case .noCell(let name):
      "Say which number of \(name): x, y and depth, as in \(name)[0,0,0]."
    case .noMap(let name): "Say which number of \(name): its map, as in \(name)[0]."
    case .outside(let name, let cell, let size): "There is no \(name)\(cell); \(name) is \(size)."
    case .outsideMaps(let name, let map, let count):
      "There is no \(name)[\(map)]; of \(name) there \(count == 1 ? "is one" : "are \(count)")."
    case .noBias(let layer): "\(layer) has no bias."
    case .notWhole(let text): "\(text) is not a whole number; only whole numbers can be put in."
    case .tooLarge(let value):
      "\(value) is too large; numbers from −1,000,000 to 1,000,000 can be put in."
    }
  }
}

extension NumberPlace {
  /// Reads a place as code names it: `X[4,4,0]`, `Ker0[2,2,0]`, `b0`, `bn_gamma[1]`.
  package init(parsing name: String, in network: Network) throws(NumberChangeError) {
    let head = String(name.prefix { $0 != "[" })
    let indices = name.dropFirst(head.count)
    let numbers = indices.dropFirst().dropLast().split(separator: ",").map { Int($0) }
    let places = numbers.compactMap { $0 }
    let cell =
      places.count == 3 && numbers.count == 3 && indices.hasSuffix("]")
      ? Cell(places[0], places[1], places[2]) : nil
    func inside(_ size: Shape) throws(NumberChangeError) -> Cell {
      guard let cell else { throw .noCell(head) }
      guard size.contains(cell) else { throw .outside(head, cell, size: size) }
      return cell
    }
    let names = CodeNames(network)
    if head == network.inputName {
      self = .input(try inside(network.input))
    } else if let (layer, map) = names.filter(named: head), let parameters = layer.parameters {
      self = .weight(layer: layer.index, map: map, try inside(parameters.filter))
    } else if cell == nil, let (layer, map) = names.bias(named: head) {
      guard layer.parameters?.bias != nil else { throw .noBias(layer.name) }
      self = .bias(layer: layer.index, map: map)
    } else if let target = names.learned(named: head), let size = network.shape(of: target) {
      guard places.count == 1, numbers.count == 1, indices.hasSuffix("]") else {
        throw .noMap(head)
      }
      guard size.contains(Cell(0, 0, places[0])) else {
        throw .outsideMaps(head, places[0], of: size.depth)
      }
      switch target {
      case .weights(let layer): self = .weight(layer: layer, map: places[0], Cell(0, 0, 0))
      case .bias(let layer): self = .bias(layer: layer, map: places[0])
      case .source: throw .unknown(head, isComputed: true)
      }
    } else {
      throw .unknown(head, isComputed: network.layer(named: head) != nil)
    }
  }
}

extension NumberChange {
  /// The network and its input with the number changed; nil where that number is not exact, does not
  /// exist, or is one of too many.
  package func made(
    in network: Network, _ input: Tensor
  ) -> (network: Network, input: Tensor)? {
    switch place {
    case .input(let cell):
      guard network.input.contains(cell), let numerators = input.numerators else { return nil }
      var values = (0..<numerators.count).map { numerators[$0] }
      values[network.input.index(cell)] = value * input.denominator
      return (network, Tensor(network.input, values, over: input.denominator))
    case .weight(let layer, let map, let cell):
      if let normalization = network.layers[layer].normalization {
        return network.giving(normalization, normalization.index(ofGamma: map), value, to: layer)
          .map { ($0, input) }
      }
      guard let parameters = network.layers[layer].parameters, parameters.filter.contains(cell)
      else { return nil }
      let index = map * parameters.filter.count + parameters.filter.index(cell)
      guard let weights = parameters.weights.replacing(index, with: value) else { return nil }
      let given = GivenParameters(weights: weights, bias: parameters.bias)
      return network.giving(given, to: layer).map { ($0, input) }
    case .bias(let layer, let map):
      if let normalization = network.layers[layer].normalization {
        return network.giving(normalization, normalization.index(ofBeta: map), value, to: layer)
          .map { ($0, input) }
      }
      guard let parameters = network.layers[layer].parameters,
        let bias = parameters.bias?.replacing(map, with: value)
      else { return nil }
      let given = GivenParameters(weights: parameters.weights, bias: bias)
      return network.giving(given, to: layer).map { ($0, input) }
    }
  }
}

extension Network {
  fileprivate func giving(_ parameters: GivenParameters, to layer: Int) -> Network? {
    try? taking([layers[layer].name: parameters])
  }

  /// - Parameter index: of the normalization's number that the value replaces.
  fileprivate func giving(
    _ normalization: Normalization, _ index: Int?, _ value: Int128, to layer: Int
  ) -> Network? {
    guard let index, let numbers = normalization.coefficients.replacing(index, with: value) else {
      return nil
    }
    return giving(GivenParameters(normalization: numbers), to: layer)
  }

  /// The places of the numbers that another network, with an input of its own, has otherwise; nil
  /// where the two differ in more than numbers.
  package func changedPlaces(
    _ input: Tensor, from other: Network, _ otherInput: Tensor
  ) -> [NumberPlace]? {
    guard self.input == other.input, input.shape == otherInput.shape,
      layers.count == other.layers.count
    else { return nil }
    var places = (0..<input.shape.count).filter { input[$0] != otherInput[$0] }.map {
      NumberPlace.input(input.shape.cell(at: $0))
    }
    for (layer, old) in zip(layers, other.layers) where layer != old {
      guard layer.plan == old.plan, layer.operation == old.operation, layer.name == old.name,
        layer.sources == old.sources
      else { return nil }
      if let now = layer.normalization, let before = old.normalization {
        guard let found = now.changedPlaces(from: before, ofLayer: layer.index) else { return nil }
        places += found
        continue
      }
      guard let new = layer.parameters, let parameters = old.parameters,
        (new.bias == nil) == (parameters.bias == nil)
      else { return nil }
      for index in 0..<new.weights.count where new.weights[index] != parameters.weights[index] {
        let (map, tap) = index.quotientAndRemainder(dividingBy: new.filter.count)
        places.append(.weight(layer: layer.index, map: map, new.filter.cell(at: tap)))
      }
      guard let bias = new.bias, let before = parameters.bias else { continue }
      places += (0..<bias.count).filter { bias[$0] != before[$0] }.map {
        .bias(layer: layer.index, map: $0)
      }
    }
    return places
  }
}

extension Normalization {
  /// The γ and β that another of as many maps has otherwise; nil where μ or σ² differ, too.
  fileprivate func changedPlaces(
    from other: Normalization, ofLayer layer: Int
  ) -> [NumberPlace]? {
    var places: [NumberPlace] = []
    for map in 0..<depth where self[map] != other[map] {
      let (now, before) = (self[map], other[map])
      guard now.mean == before.mean, now.variance == before.variance else { return nil }
      if now.gamma != before.gamma {
        places.append(.weight(layer: layer, map: map, Cell(0, 0, 0)))
      }
      if now.beta != before.beta { places.append(.bias(layer: layer, map: map)) }
    }
    return places
  }
}

extension Coefficients {
  /// The list with one whole number changed; nil for lists too long to hold or not exact.
  fileprivate func replacing(_ index: Int, with value: Int128) -> Coefficients? {
    guard count <= 1 << 20, (0..<count).contains(index) else { return nil }
    switch self {
    case .stored(let numerators, let denominator):
      return .stored(
        numerators.replacing(index, with: value * denominator), denominator: denominator)
    case .seeded(let sequence, let count):
      let numbers = Integers(
        count: count, from: min(Int128(sequence.low), value), to: max(Int128(sequence.high), value)
      ) { $0 == index ? value : Int128(sequence[$0]) }
      return .stored(numbers, denominator: 1)
    case .float32: return nil
    }
  }
}

extension Integers {
  /// The list with one number changed, stored no wider than it must be.
  fileprivate func replacing(_ index: Int, with value: Int128) -> Integers {
    let bounds = bounds
    return Integers(
      count: count, from: min(bounds.lowerBound, value), to: max(bounds.upperBound, value)
    ) { $0 == index ? value : self[$0] }
  }
}
