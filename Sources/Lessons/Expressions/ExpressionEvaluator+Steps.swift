import ConvolutionEngine
import ExactNumbers

/// Numbers on the way to an answer, which people take for it.
extension ExpressionEvaluator {
  /// Cells of larger windows have more sums than anybody takes for the whole.
  private static let mostProducts = 1024
  /// Layers of which each one's own parameters are known.
  private static let mostLayers = 64

  /// What an answer is made of, and what each number is; none where it cannot be computed.
  mutating func steps(of answer: WrittenAnswer, in scene: String) -> [Question.Slip] {
    guard answer.parts.count == 1 else { return [] }
    return steps(of: answer.parts[0], in: scene)
  }

  private mutating func steps(of expression: Expression, in scene: String) -> [Question.Slip] {
    switch expression {
    case .scoped(let other, let inside, _):
      return scenes[other] == nil ? [] : steps(of: inside, in: other)
    case .operation(_, let left, let right, _):
      return [left, right].flatMap { operand -> [Question.Slip] in
        guard !operand.isNumber, let value = try? value(of: operand, in: scene) else { return [] }
        return steps(of: operand, in: scene) + [Question.Slip(step: value)]
      }
    case .cell(let name, let indices, _):
      guard let place = try? cell(name, indices, in: scene, at: 0),
        case .layer(let layer) = place.map,
        layer.productsPerCell <= ExpressionEvaluator.mostProducts,
        let account = try? account(of: place.cell, in: layer, scene: scene, at: 0)
      else { return [] }
      return account.steps
    case .call(let name, let arguments, _):
      guard let function = Function(rawValue: name), let network = scenes[scene]?.network else {
        return []
      }
      var layers = network.layers[...]
      if case .name(let name, _)? = arguments.first {
        layers = network.layer(named: name).map { [$0] } ?? []
      }
      guard layers.count <= ExpressionEvaluator.mostLayers else { return [] }
      return layers.flatMap { $0.steps(to: function, isAlone: layers.count == 1) }
    case .number, .negated, .power, .name, .comparison: return []
    }
  }
}

extension Expression {
  fileprivate var isNumber: Bool {
    if case .number = self { true } else { false }
  }
}

extension Question.Slip {
  /// A number on the way of which no more is known.
  init(step value: Number) {
    self.init(answer: [value], says: "That is a step on the way. Go on from there.")
  }
}

extension CellAccount {
  /// Its sums that are not yet the whole.
  fileprivate var steps: [Question.Slip] {
    guard case .weightedSum(let sum) = working else { return [] }
    var steps: [Question.Slip] = []
    if let bias = sum.bias, bias != .zero {
      steps.append(
        Question.Slip(
          answer: [sum.sum(0..<sum.products.count)],
          says: "That is the sum of the products. The bias is still to be added."))
    }
    for depth in 0..<sum.filter.depth {
      if sum.filter.depth > 1 {
        steps.append(
          Question.Slip(
            answer: [sum.sum(sum.slice(depth))],
            says: "That is the sum of one depth. The others are still to be added."))
      }
      guard sum.filter.height > 1 else { continue }
      steps += (0..<sum.filter.height).map { row in
        Question.Slip(
          answer: [sum.sum(sum.row(row, ofSlice: depth))],
          says: "That is the sum of one row of the window. The others are still to be added.")
      }
    }
    return steps
  }
}

extension Layer {
  /// What a count of its parameters or products is made of.
  ///
  /// - Parameter isAlone: whether the count is its own, and not that of several layers.
  fileprivate func steps(to function: Function, isAlone: Bool) -> [Question.Slip] {
    guard function == .params || function == .products else { return [] }
    var steps: [(Int, String)] = []
    if let parameters {
      let weights = parameters.filter.count
      let unit = windows == nil ? "output" : "filter"
      steps.append((weights, "the weights of one \(unit) of \(name)"))
      if function == .params {
        if parameters.bias != nil {
          steps.append((weights + 1, "one \(unit) of \(name) with its bias"))
        }
        steps.append((parameters.weights.count, "the weights of \(name), without its biases"))
      } else {
        steps.append((productsPerCell * output.plane, "the products of one map of \(name)"))
      }
    }
    if !isAlone {
      steps.append(
        (function == .params ? parameterCount : multiplyAdds, "what \(name) has by itself"))
    }
    return steps.map { value, what in
      Question.Slip(
        answer: [Number(Int128(value))], says: "That is \(what): a step on the way. Go on.")
    }
  }
}
