import ExactNumbers

/// The readable arithmetic over float32, one cell at a time: the reference that anything faster is
/// proven equal to, bit for bit.
///
/// A cell's exact value is summed without losing a bit and rounded once, to the nearest float32,
/// ties to even. So it does not depend on the order of summation. Exact numbers among the float32
/// ones (a picture under float32 weights, seeded weights over a float32 input, a bias) take part
/// as they are; they are not rounded first.
///
/// An exact input that joins float32 ones in an addition takes part as it is too; a concatenation
/// rounds it.
///
/// - A sum that is exactly 0 gives +0, one too small for float32 (2^−150 at most) a zero of its
///   sign. Max pool takes +0 before −0, ReLU gives no −0, flatten keeps it.
/// - What would round to infinity (from 2^128 − 2^103 on) is an error that names the cell.
extension LayerArithmetic {
  func evaluateFloat32(
    _ report: (Int) throws(ArithmeticError) -> Void
  ) throws(ArithmeticError) -> Tensor {
    if case .irrational(let rule) = combination, let all = rule.all(in: layer, over: inputs[0]) {
      return .float32(layer.output, all)
    }
    var floats: [Float] = []
    floats.reserveCapacity(layer.output.count)
    for index in 0..<layer.output.count {
      try report(index)
      floats.append(try float32(of: layer.output.cell(at: index)))
    }
    return .float32(layer.output, floats, isRounded: layer.isRounded(over: inputs))
  }

  /// One cell, rounded once.
  package func float32(of cell: Cell) throws(ArithmeticError) -> Float {
    let float: Float?
    switch combination {
    case .weightedSum, .sum, .average, .pointwise:
      float = unrounded(cell).nearestFloat
    case .copy:
      // As it stands: a −0 stays one.
      float =
        layer.firstTerm(of: cell).map { term in
          term.cell.map { inputs[term.input][$0].nearestFloat } ?? 0
        } ?? 0
    case .maximum:
      var largest = -Float.infinity
      layer.visit(cell) { term in
        if let cell = term.cell { largest = larger(largest, inputs[0].float(cell)) }
      }
      float = largest
    case .irrational(let rule):
      float = layer.irrational(of: cell, rule, inputs[0])
    }
    guard let float else { throw .beyondFloat32(layer: layer.name, cell: cell) }
    return float
  }

  private func larger(_ first: Float, _ second: Float) -> Float {
    if first == second { return first.sign == .plus ? first : second }
    return first > second ? first : second
  }

  /// The exact value of a cell that is a sum, or a function of one number.
  func unrounded(_ cell: Cell) -> ExactValue {
    var sum = BinarySum()
    switch combination {
    case .weightedSum: return weighted(cell)
    case .average:
      layer.visit(cell) { term in
        let term = inputs.binary(term)
        sum.add(term.integer, exponent: term.exponent)
      }
      return ExactValue(sum, over: Int128(layer.divisor(of: cell)))
    case .pointwise(let rule): return rule.value(inputs[0].float(cell))
    case .sum, .maximum, .copy, .irrational:
      layer.visit(cell) { term in
        let scale = denominator / inputs[term.input].denominator
        let term = inputs.binary(term)
        sum.add(term.integer, times: scale, exponent: term.exponent)
      }
      return ExactValue(sum, over: denominator)
    }
  }

  private func weighted(_ cell: Cell) -> ExactValue {
    let input = inputs[0]
    let parameters = layer.weighingParameters
    var sum = BinarySum()
    layer.visit(cell) { term in
      guard let place = term.cell, let index = term.weight else { return }
      let value = input.term(input.shape.index(place))
      let weight = parameters.weights.term(index)
      sum.add(
        value.integer, times: weight.integer, exponent: value.exponent + weight.exponent)
    }
    sum.multiply(by: denominator / input.denominator / parameters.weights.denominator)
    if let bias = parameters.bias {
      let term = bias.term(cell.depth)
      sum.add(term.integer, times: denominator / bias.denominator, exponent: term.exponent)
    }
    return ExactValue(sum, over: denominator)
  }
}

extension Layer {
  /// One cell that is no fraction, rounded once; nil beyond float32.
  package func irrational(of cell: Cell, _ rule: any IrrationalRule, _ input: Tensor) -> Float? {
    rule.estimate(cell, in: self, over: input)?.float
      ?? rule.precise(cell, in: self, over: input).nearestFloat
  }
}

extension [Tensor] {
  /// A term that is taken as it is; 0 for padding.
  fileprivate func binary(_ term: Term) -> BinaryTerm {
    guard let cell = term.cell else { return BinaryTerm(integer: 0) }
    return self[term.input].term(self[term.input].shape.index(cell))
  }
}

extension Tensor {
  /// One number of a float32 tensor.
  fileprivate func float(_ cell: Cell) -> Float {
    guard let floats else { preconditionFailure("an exact tensor is not taken for float32") }
    return floats[shape.index(cell)]
  }
}

extension Double {
  /// A value known to within an error.
  package struct Estimate {
    package let value: Double
    package let error: Double

    static let zero = Estimate(value: 0, error: 0)

    /// The value rounded; nil where the error could change it, or the zero's sign.
    package var float: Float? {
      let (low, high) = (Float(value - error), Float(value + error))
      return low.bitPattern == high.bitPattern && low.isFinite ? low : nil
    }
  }
}
