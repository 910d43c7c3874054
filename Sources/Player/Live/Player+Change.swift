import Canvas
import ConvolutionEngine
import Walkthrough

/// A number of the input, a filter or a bias that can be changed: `X[4,4,0]`, `Ker0[2,2,0]`, `b0`.
struct ChangeTarget: Equatable {
  enum Part: Equatable {
    case input(Cell)
    case weight(map: Int, Cell)
    case bias(map: Int)
  }

  let part: Part
  let value: Int128
}

extension Player {
  /// What `c` offers: the number that is being multiplied.
  var changeStart: String {
    guard let cell = step.cell, let windows = layer.windows else {
      return "\(network.inputName)[0,0,0] = "
    }
    let tap =
      step.productsDone > 0 && place.grain == .product
      ? layer.tap(step.productsDone - 1, of: cell) : Cell(0, 0, shownDepth)
    let x = windows.x.place(position: cell.x, tap: tap.x)
    let y = windows.y.place(position: cell.y, tap: tap.y)
    guard layer.sources[0] == .input, let x, let y else { return "" }
    return "\(network.inputName)\(Cell(x, y, tap.depth)) = "
  }

  var exampleChange: String {
    layer.parameters == nil
      ? "\(network.inputName)[0,0,0] = 5"
      : "\(network.inputName)[0,0,0] = 5, \(names.filter(layer, 0))[0,0,0] = −1"
  }

  /// Changes what was typed, as `X[4,4,0] = 5`.
  mutating func change(typed text: String) -> [Effect] {
    let halves = text.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
    guard halves.count == 2, let target = target(String(halves[0]), String(halves[1])) else {
      fail("Write a place and a whole number, for example \(exampleChange).")
      return []
    }
    guard let presentation = presentation(changing: target) else {
      fail("\(halves[0]) does not exist here; \(network.inputName) is \(network.input).")
      return []
    }
    overlay = nil
    let effects = change(to: presentation)
    let changed = changedCount
    say(
      "\(halves[0]) is now \(Number(target.value).text). "
        + "\(changed) output\(changed == 1 ? "" : "s") of \(layer.name) changed, marked ~. "
        + "\(key(.undo)) undoes."
    )
    return effects
  }

  private func target(_ name: String, _ number: String) -> ChangeTarget? {
    let plain = number.replacing("−", with: "-")
    guard let value = Int(plain), abs(value) <= 1_000_000 else { return nil }
    let bracket = name.firstIndex(of: "[") ?? name.endIndex
    let head = String(name[..<bracket])
    let places = name[bracket...].dropFirst().dropLast().split(separator: ",").map { Int($0) }
    let numbers = places.compactMap { $0 }
    let isCell = numbers.count == 3 && places.count == 3
    if head == network.inputName, isCell {
      return ChangeTarget(
        part: .input(Cell(numbers[0], numbers[1], numbers[2])), value: Int128(value))
    }
    for map in 0..<(layer.parameters?.filters ?? 0) {
      if head == names.filter(layer, map), isCell {
        return ChangeTarget(
          part: .weight(map: map, Cell(numbers[0], numbers[1], numbers[2])), value: Int128(value))
      }
      if head == names.bias(layer, map), bracket == name.endIndex {
        return ChangeTarget(part: .bias(map: map), value: Int128(value))
      }
    }
    return nil
  }

  /// The presentation with one number changed; nil where that number does not exist.
  private func presentation(changing target: ChangeTarget) -> Presentation? {
    var changed = subject
    switch target.part {
    case .input(let cell):
      guard network.input.contains(cell), let numerators = subject.input.numerators else {
        return nil
      }
      let denominator = subject.input.denominator
      var values = (0..<numerators.count).map { numerators[$0] }
      values[network.input.index(cell)] = target.value * denominator
      changed.input = Tensor(network.input, values, over: denominator)
    case .weight(let map, let place):
      guard let parameters = layer.parameters, parameters.filter.contains(place) else { return nil }
      let index = map * parameters.filter.count + parameters.filter.index(place)
      guard let weights = parameters.weights.replacing(index, with: target.value),
        let network = network(giving: GivenParameters(weights: weights, bias: parameters.bias))
      else { return nil }
      changed.network = network
    case .bias(let map):
      guard let parameters = layer.parameters,
        let bias = parameters.bias?.replacing(map, with: target.value),
        let network = network(giving: GivenParameters(weights: parameters.weights, bias: bias))
      else { return nil }
      changed.network = network
    }
    return changed
  }

  private func network(giving parameters: GivenParameters) -> Network? {
    var given: [String: GivenParameters] = [:]
    for layer in network.layers {
      if let own = layer.parameters {
        given[layer.name] = GivenParameters(weights: own.weights, bias: own.bias)
      }
    }
    given[layer.name] = parameters
    let specifications = network.layers.map(\.specification)
    return try? Network(
      inputName: network.inputName, input: network.input, layers: specifications,
      parameters: given)
  }

  /// Whether the last live change changed this cell of the current layer.
  func isChanged(_ cell: Cell, of layer: Layer) -> Bool {
    guard let before = beforeChange?.output(of: layer.index),
      let now = activations.output(of: layer.index), before.shape == now.shape
    else { return false }
    return before[cell] != now[cell]
  }

  private var changedCount: Int {
    (0..<layer.output.count).count { isChanged(layer.output.cell(at: $0), of: layer) }
  }
}

extension Coefficients {
  /// The list with one whole number changed; nil for lists too long to hold or not exact.
  fileprivate func replacing(_ index: Int, with value: Int128) -> Coefficients? {
    guard count <= 1 << 20, (0..<count).contains(index) else { return nil }
    var numbers: [Int128] = []
    for place in 0..<count {
      guard let ratio = self[place].ratio else { return nil }
      numbers.append(ratio.numerator)
    }
    numbers[index] = value * denominator
    return .stored(Integers(numbers), denominator: denominator)
  }
}
