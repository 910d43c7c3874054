import ConvolutionEngine
import ExactNumbers
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

  /// Changed numbers are no larger than this, so that what follows from them stays readable.
  static let largest = 1_000_000
}

extension ShownWalk {
  /// What is wrong with a typed change.
  struct ChangeProblem: Error {
    let text: String
  }

  func changeTarget(
    _ name: String, _ number: String
  ) -> Result<ChangeTarget, ChangeProblem> {
    let bracket = name.firstIndex(of: "[") ?? name.endIndex
    let head = String(name[..<bracket])
    let numbers = name[bracket...].dropFirst().dropLast().split(separator: ",").map { Int($0) }
    let places = numbers.compactMap { $0 }
    let cell =
      places.count == 3 && numbers.count == 3 && name.hasSuffix("]")
      ? Cell(places[0], places[1], places[2]) : nil
    let part: ChangeTarget.Part
    switch changePart(head, cell) {
    case .success(let found): part = found
    case .failure(let problem): return .failure(problem)
    }
    guard let value = Int(number.replacing("−", with: "-")) else {
      return .failure(
        ChangeProblem(text: "\(number) is not a whole number; only whole numbers can be put in."))
    }
    guard value.magnitude <= ChangeTarget.largest else {
      return .failure(
        ChangeProblem(
          text: "\(value) is too large; numbers from −1,000,000 to 1,000,000 can be put in."))
    }
    return .success(ChangeTarget(part: part, value: Int128(value)))
  }

  /// What a name stands for, and whether that exists.
  private func changePart(_ head: String, _ cell: Cell?) -> Result<ChangeTarget.Part, ChangeProblem>
  {
    if head == network.inputName {
      guard let cell else { return .failure(placeProblem(head)) }
      guard network.input.contains(cell) else {
        return .failure(
          ChangeProblem(text: "There is no \(head)\(cell); \(head) is \(network.input)."))
      }
      return .success(.input(cell))
    }
    guard let parameters = layer.parameters else { return .failure(unknown(head)) }
    for map in 0..<parameters.filters {
      if head == names.filter(layer, map) {
        guard let cell else { return .failure(placeProblem(head)) }
        guard parameters.filter.contains(cell) else {
          return .failure(
            ChangeProblem(text: "There is no \(head)\(cell); \(head) is \(parameters.filter)."))
        }
        return .success(.weight(map: map, cell))
      }
      if head == names.bias(layer, map), cell == nil {
        guard parameters.bias != nil else {
          return .failure(ChangeProblem(text: "\(layer.name) has no bias."))
        }
        return .success(.bias(map: map))
      }
    }
    return .failure(unknown(head))
  }

  private func placeProblem(_ head: String) -> ChangeProblem {
    ChangeProblem(text: "Say which number of \(head): x, y and depth, as in \(head)[0,0,0].")
  }

  /// Says what there is to change instead.
  private func unknown(_ head: String) -> ChangeProblem {
    let wrong =
      network.layer(named: head) == nil
      ? "There is no \(head.isEmpty ? "such place" : head) here"
      : "\(head) is computed"
    guard let parameters = layer.parameters else {
      return ChangeProblem(text: "\(wrong); \(network.inputName) can be changed.")
    }
    let last = parameters.filters - 1
    func all(_ name: (Int) -> String) -> String {
      last == 0 ? name(0) : "\(name(0)) to \(name(last))"
    }
    var known = [network.inputName, all { names.filter(layer, $0) }]
    if parameters.bias != nil { known.append(all { names.bias(layer, $0) }) }
    return ChangeProblem(
      text: "\(wrong); what can be changed is \(known.dropLast().joined(separator: ", ")) and "
        + "\(known[known.count - 1]).")
  }

  /// The presentation with one number changed; nil where that number does not exist.
  func presentation(changing target: ChangeTarget) -> Presentation? {
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
    try? network.taking([layer.name: parameters])
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
