/// The readable arithmetic of every layer over float32, one cell at a time: the reference that
/// anything faster is proven equal to, bit for bit.
///
/// A cell's exact value is summed without losing a bit and rounded once, to the nearest float32,
/// ties to even. So it does not depend on the order of summation. Exact numbers among the float32
/// ones (a picture under float32 weights, seeded weights over a float32 input, a bias) take part
/// as they are; they are not rounded first.
///
/// - A sum that is exactly 0 gives +0, one too small for float32 (2^−150 at most) a zero of its
///   sign. Max pool takes +0 before −0, ReLU gives no −0, flatten keeps it.
/// - What would round to infinity (from 2^128 − 2^103 on) is an error that names the cell.
extension Layer {
  /// Whether this layer rounds, or something before it did.
  package func isRounded(over inputs: [Tensor]) -> Bool {
    !isExact(over: inputs) && (addsUp || inputs.contains(where: \.isRounded))
  }

  /// Whether a cell is a sum: of a convolution, a dense layer, an average. The other layers give
  /// numbers back as they came.
  var addsUp: Bool {
    switch operation {
    case .convolution, .dense, .globalAverage: true
    case .pool(let pool): pool.kind == .average
    case .relu, .flatten: false
    }
  }

  func evaluateFloat32(
    _ inputs: [Tensor], _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> Tensor {
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
    case .flatten: return number(inputs[0], input.cell(at: cell.depth))
    case .pool where !addsUp:
      return places(under: cell).map { number(inputs[0], $0) }.reduce(-.infinity, larger)
    case .convolution, .dense, .pool, .globalAverage:
      let exact = unrounded(cell, inputs[0], over: denominator)
      guard let nearest = exact.nearestFloat else {
        throw .beyondFloat32(layer: name, cell: cell)
      }
      return nearest
    }
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
  func unrounded(_ cell: Cell, _ input: Tensor, over denominator: Int128) -> ExactValue {
    var sum = BinarySum()
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
