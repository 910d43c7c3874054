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
    case .input, .standardized: preconditionFailure("what a number to learn meets is no weight")
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
    case .standardized(let cell):
      guard let numerator = standardization.numerator(of: cell) else {
        preconditionFailure("what is no fraction has no numerator")
      }
      return BinaryTerm(integer: numerator)
    case .one: return BinaryTerm(integer: factorDenominator)
    case .share(let places): return BinaryTerm(integer: factorDenominator / Int128(places))
    case .winner(let isWinner): return BinaryTerm(integer: isWinner ? 1 : 0)
    case .slope(let slope):
      return BinaryTerm(integer: slope.numerator * (factorDenominator / slope.denominator))
    case .irrational: preconditionFailure("what is no fraction has no numerator")
    }
  }

  /// A factor to within 2^−280.
  func precise(_ factor: GradientFactor, of place: Cell, by cell: Cell) -> FixedPoint {
    switch factor {
    case .standardized(let cell): standardization.precise(cell)
    case .irrational:
      irrationalRule.slope(
        of: place, by: cell, in: layer, over: reader.inputs[0], output: reader.output)
    case .weight, .input, .one, .share, .winner, .slope:
      FixedPoint(BigRational(number(factor, of: place, by: cell)))
    }
  }

  /// A factor in float64, and how far off it may be.
  func estimate(
    _ factor: GradientFactor, of place: Cell, by cell: Cell
  ) -> Double.Estimate {
    switch factor {
    case .standardized(let cell): standardization.estimate(cell)
    case .irrational:
      irrationalRule.estimatedSlope(
        of: place, by: cell, in: layer, over: reader.inputs[0], output: reader.output)
    case .weight, .input, .one, .share, .winner, .slope:
      Double.Estimate(value: number(factor, of: place, by: cell).nearestDouble, error: 0)
    }
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
    case .standardized(let cell): standardization[cell]
    case .irrational: precise(factor, of: place, by: cell).number
    }
  }

  private var standardization: Standardization {
    guard case .standardized(let all) = derivative else {
      preconditionFailure("γ alone meets what is standardized")
    }
    return all
  }

  private var irrationalRule: any IrrationalRule {
    guard case .irrational(let rule) = derivative else {
      preconditionFailure("such a factor is a slope of such a rule")
    }
    return rule
  }
}
