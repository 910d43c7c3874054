import ExactNumbers

/// What gradients are multiplied by on their way back through one layer.
extension GradientArithmetic.Part {
  /// What a cell of the output grows by where the input's does.
  func factor(of reading: Reading, _ cell: Cell) -> GradientFactor {
    switch derivative {
    case .weight:
      guard let weight = reading.weight else { preconditionFailure("a window's cell has a weight") }
      return .weight(weight)
    case .one: return .one
    case .share: return .share(of: layer.divisor(of: reading.output))
    case .winner: return .winner(isWinner(cell, at: reading.output))
    case .slope(let rule):
      let number = reader.inputs[reader.branch][cell]
      return .slope(rule.slope(at: number, map: cell.depth, in: layer))
    case .irrational: return .irrational
    }
  }

  /// Whether a cell is the first of a window's largest.
  private func isWinner(_ cell: Cell, at output: Cell) -> Bool {
    let input = reader.inputs[0]
    let largest = reader.output[output]
    guard input[cell] == largest else { return false }
    var first: Cell?
    layer.visit(output) { term in
      if first == nil, let place = term.cell, input[place] == largest { first = place }
    }
    return first == cell
  }

  /// A factor that is a fraction, times what the factors stand over.
  package func term(_ factor: GradientFactor) -> BinaryTerm {
    switch factor {
    case .weight(let index):
      return layer.weighingParameters.weights.term(index)
    case .input(let cell):
      let input = reader.inputs[0]
      return input.term(input.shape.index(cell))
    case .one: return BinaryTerm(integer: factorDenominator)
    case .share(let places): return BinaryTerm(integer: factorDenominator / Int128(places))
    case .winner(let isWinner): return BinaryTerm(integer: isWinner ? 1 : 0)
    case .slope(let slope):
      return BinaryTerm(integer: slope.numerator * (factorDenominator / slope.denominator))
    case .irrational: preconditionFailure("what is no fraction has no numerator")
    }
  }

  func slope(_ rule: any IrrationalRule, of place: Cell, by cell: Cell) -> FixedPoint {
    rule.slope(
      of: place, by: cell, in: layer, over: reader.inputs[0], output: reader.output)
  }

  /// A factor in float64, and how far off it may be.
  func estimate(
    _ factor: GradientFactor, of place: Cell, by cell: Cell
  ) -> Double.Estimate {
    if case .irrational(let rule) = derivative {
      return rule.estimatedSlope(
        of: place, by: cell, in: layer, over: reader.inputs[0], output: reader.output)
    }
    return Double.Estimate(value: number(factor, of: place, by: cell).nearestDouble, error: 0)
  }

  /// A factor as it is shown.
  func number(_ factor: GradientFactor, of place: Cell, by cell: Cell) -> Number {
    switch factor {
    case .weight(let index): layer.weighingParameters.weights[index]
    case .input(let cell): reader.inputs[0][cell]
    case .one: Number(1)
    case .share(let places): Number(1, over: Int128(places))
    case .winner(let isWinner): Number(isWinner ? 1 : 0)
    case .slope(let slope): .ratio(slope)
    case .irrational:
      if case .irrational(let rule) = derivative {
        slope(rule, of: place, by: cell).number
      } else {
        .zero
      }
    }
  }
}
