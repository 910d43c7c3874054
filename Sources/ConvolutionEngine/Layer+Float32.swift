/// The readable arithmetic of every layer over float32, one cell at a time: the reference that
/// anything faster is proven equal to, bit for bit.
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
extension Layer {
  /// Whether this layer rounds, or something before it did.
  package func isRounded(over inputs: [Tensor]) -> Bool {
    !isExact(over: inputs)
      && (addsUp || isIrrational(over: inputs) || inputs.contains(where: \.isRounded)
        // Among float32 inputs an exact one has to become float32 too.
        || !inputs.allSatisfy { $0.isExact == inputs[0].isExact })
  }

  /// Whether a cell is a sum, of a convolution, a dense layer, an average, an addition. The other
  /// layers give numbers back as they came, or what a root or an exponential makes.
  var addsUp: Bool {
    switch operation {
    case .convolution, .dense, .globalAverage, .addition: true
    case .pool(let pool): pool.kind == .average
    default: false
    }
  }

  func evaluateFloat32(
    _ inputs: [Tensor], _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> Tensor {
    if case .softmax = operation { return .float32(output, softmax(over: inputs[0])) }
    let denominator = try outputDenominator(over: inputs)
    var floats: [Float] = []
    floats.reserveCapacity(output.count)
    for index in 0..<output.count {
      try settings.report(index, of: output.count)
      floats.append(
        try float32(of: output.cell(at: index), inputs: inputs, over: denominator))
    }
    return .float32(output, floats, isRounded: isRounded(over: inputs))
  }

  /// One cell, rounded once.
  ///
  /// - Parameter denominator: from `outputDenominator(over:)`.
  func float32(
    of cell: Cell, inputs: [Tensor], over denominator: Int128
  ) throws(ArithmeticError) -> Float {
    switch operation {
    case .relu: return larger(0, number(inputs[0], cell))
    case .relu6: return min(6, larger(0, number(inputs[0], cell)))
    case .flatten, .dropout, .zeroPadding, .concatenation:
      guard let origin = origin(of: cell) else { return 0 }
      return try rounded(inputs[origin.input][origin.cell].nearestFloat, for: cell)
    case .sigmoid, .softmax, .responseNormalization, .batchNormalization:
      return try rounded(irrational(of: cell, inputs[0]), for: cell)
    case .pool where !addsUp:
      return places(under: cell).map { number(inputs[0], $0) }.reduce(-.infinity, larger)
    case .convolution, .dense, .pool, .globalAverage, .addition:
      return try rounded(
        unrounded(cell, inputs, over: denominator).nearestFloat, for: cell)
    }
  }

  private func rounded(_ float: Float?, for cell: Cell) throws(ArithmeticError) -> Float {
    guard let float else { throw .beyondFloat32(layer: name, cell: cell) }
    return float
  }

  private func number(_ tensor: Tensor, _ cell: Cell) -> Float {
    guard case .float32(let floats, _) = tensor.storage else {
      preconditionFailure("an exact tensor is not taken for float32")
    }
    return floats[tensor.shape.index(cell)]
  }

  private func larger(_ first: Float, _ second: Float) -> Float {
    if first == second { return first.sign == .plus ? first : second }
    return first > second ? first : second
  }

  /// The exact value of a cell that is a sum.
  func unrounded(_ cell: Cell, _ inputs: [Tensor], over denominator: Int128) -> ExactValue {
    var sum = BinarySum()
    let input = inputs[0]
    if case .addition = operation {
      for input in inputs {
        let term = input.term(self.input.index(cell))
        sum.add(
          term.integer, times: denominator / input.denominator, exponent: term.exponent)
      }
      return ExactValue(sum, over: denominator)
    }
    guard let parameters else {
      for place in places(under: cell) {
        let term = input.term(self.input.index(place))
        sum.add(term.integer, exponent: term.exponent)
      }
      return ExactValue(sum, over: Int128(divisor(of: cell)))
    }
    forEachTap(of: cell) { place, inputPlace in
      guard let inputPlace else { return }
      let value = input.term(self.input.index(inputPlace))
      let weight = parameters.weights.term(parameters.index(cell.depth, place))
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
