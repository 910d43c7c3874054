import ExactNumbers

/// What a layer does over given inputs, as far as all its cells share it: how their terms come
/// together, whether they are exact, and what they stand over. Found once for all of them.
package struct LayerArithmetic: Sendable {
  package let layer: Layer
  package let inputs: [Tensor]
  package let combination: Combination
  /// Whether the output is exact: the inputs are, and so is all that they are multiplied with.
  package let isExact: Bool
  /// What the numerators of all cells stand over; 1 for float32.
  package let denominator: Int128

  /// - Parameter inputs: of the shapes in the layer's `inputs`.
  /// - Throws: `ArithmeticError.denominatorBeyond128Bits`.
  package init(_ layer: Layer, over inputs: [Tensor]) throws(ArithmeticError) {
    precondition(inputs.map(\.shape) == layer.inputs, "the inputs have the layer's input shapes")
    self.layer = layer
    self.inputs = inputs
    combination = layer.combination(over: inputs)
    isExact = combination.isExact(in: layer, over: inputs)
    denominator = try combination.denominator(in: layer, over: inputs)
  }
}

/// The readable arithmetic of every layer, one cell at a time: the reference that anything faster
/// is proven equal to.
extension Layer {
  package func combination(over inputs: [Tensor]) -> Combination {
    operation.rule.combination(in: self, over: inputs)
  }

  /// Whether the output is exact: the inputs are, and so is all that they are multiplied with.
  package func isExact(over inputs: [Tensor]) -> Bool {
    combination(over: inputs).isExact(in: self, over: inputs)
  }

  /// The parameters of a layer whose cells are weighted sums.
  var weighingParameters: Parameters {
    guard let parameters else { preconditionFailure("a weighted sum has parameters") }
    return parameters
  }

  /// Whether this layer rounds, or something before it did.
  package func isRounded(over inputs: [Tensor]) -> Bool {
    let combination = combination(over: inputs)
    guard !combination.isExact(in: self, over: inputs) else { return false }
    return combination.roundsFloats || inputs.contains(where: \.isRounded)
      // Among float32 inputs an exact one has to become float32 too.
      || !inputs.allSatisfy { $0.isExact == inputs[0].isExact }
  }

  /// The value of one cell, at the cost of its window alone.
  package func value(
    of cell: Cell, inputs: [Tensor]
  ) throws(ArithmeticError) -> Number {
    try LayerArithmetic(self, over: inputs).value(of: cell)
  }

  /// The one denominator of all cells of the output, known without computing any of them.
  package func outputDenominator(over inputs: [Tensor]) throws(ArithmeticError) -> Int128 {
    try combination(over: inputs).denominator(in: self, over: inputs)
  }

  /// The whole output, not too large to hold, cell by cell: the reference that `evaluate` is proven
  /// equal to.
  ///
  /// - Parameter report: told before each cell how many are done.
  package func evaluateCellByCell(
    _ inputs: [Tensor], report: (Int) throws(ArithmeticError) -> Void = { _ in }
  ) throws(ArithmeticError) -> Tensor {
    let arithmetic = try LayerArithmetic(self, over: inputs)
    guard arithmetic.isExact else { return try arithmetic.evaluateFloat32(report) }
    var numerators: [Int128] = []
    numerators.reserveCapacity(output.count)
    for index in 0..<output.count {
      try report(index)
      numerators.append(
        try arithmetic.numerator(of: output.cell(at: index)))
    }
    return Tensor(output, numerators, over: arithmetic.denominator)
  }
}

extension Combination {
  /// Whether what comes together so is exact.
  func isExact(in layer: Layer, over inputs: [Tensor]) -> Bool {
    guard inputs.allSatisfy(\.isExact) else { return false }
    switch self {
    case .irrational: return false
    case .weightedSum: return layer.parameters?.isExact != false
    case .sum, .average, .maximum, .copy, .pointwise: return true
    }
  }

  /// Whether what it makes of float32 may be no float32. The others give numbers back as they came.
  var roundsFloats: Bool {
    switch self {
    case .weightedSum, .sum, .average, .irrational: true
    case .maximum, .copy: false
    case .pointwise(let rule): rule.roundsFloats
    }
  }

  /// What all cells of the output stand over.
  ///
  /// A weighted sum multiplies the denominators of its input and its weights; an average multiplies
  /// by the least common multiple of its divisors; a function of one number says what it does; what
  /// takes several inputs takes the least common multiple of theirs. Float32 has none, which counts
  /// as 1.
  func denominator(
    in layer: Layer, over inputs: [Tensor]
  ) throws(ArithmeticError) -> Int128 {
    let denominator = inputs[0].denominator
    let found: Int128?
    switch self {
    case .weightedSum:
      let parameters = layer.weighingParameters
      found = product(denominator, parameters.weights.denominator).flatMap {
        leastCommonMultiple($0, parameters.bias?.denominator ?? 1)
      }
    case .average:
      found =
        inputs[0].isExact
        ? layer.divisorMultiple.flatMap { product($0, denominator) } : denominator
    case .pointwise(let rule):
      found = inputs[0].isExact ? rule.denominator(over: denominator, in: layer) : denominator
    case .sum, .copy:
      found = inputs.reduce(1) { common, input in
        common.flatMap { leastCommonMultiple($0, input.denominator) }
      }
    case .maximum: found = denominator
    case .irrational: found = 1
    }
    guard let found else { throw .denominatorBeyond128Bits(layer: layer.name) }
    return found
  }
}

extension LayerArithmetic {
  /// The value of one cell, at the cost of its window alone.
  package func value(of cell: Cell) throws(ArithmeticError) -> Number {
    if isExact { return Number(try numerator(of: cell), over: denominator) }
    let value = try float32(of: cell)
    return layer.isRounded(over: inputs) ? .rounded(value) : .float32(value)
  }

  /// The numerator of one cell of an exact output.
  package func numerator(of cell: Cell) throws(ArithmeticError) -> Int128 {
    let found: Int128?
    switch combination {
    case .weightedSum: found = weightedNumerator(of: cell)
    case .sum:
      var sum = WideSum()
      layer.visit(cell) {
        sum.add(inputs.numerator($0), times: denominator / inputs[$0.input].denominator)
      }
      found = sum.total
    case .average:
      var sum = WideSum()
      layer.visit(cell) { sum.add(inputs.numerator($0)) }
      let scale = denominator / inputs[0].denominator / Int128(layer.divisor(of: cell))
      found = sum.total.flatMap { product($0, scale) }
    case .maximum:
      var largest = Int128.min
      layer.visit(cell) { largest = max(largest, inputs.numerator($0)) }
      found = largest
    case .copy:
      found =
        layer.firstTerm(of: cell).map { term in
          product(inputs.numerator(term), denominator / inputs[term.input].denominator)
        } ?? 0
    case .pointwise(let rule):
      found = rule.numerator(
        inputs.numerator(Term(cell: cell)), over: inputs[0].denominator, to: denominator,
        map: cell.depth, in: layer)
    case .irrational: preconditionFailure("what is never exact has no numerator")
    }
    guard let found else { throw .beyond128Bits(layer: layer.name, cell: cell) }
    return found
  }

  private func weightedNumerator(of cell: Cell) -> Int128? {
    let input = inputs[0]
    let parameters = layer.weighingParameters
    let numerators = input.exactNumerators
    let scale = denominator / input.denominator / parameters.weights.denominator
    var sum = WideSum()
    layer.visit(cell) { term in
      guard let place = term.cell, let weight = term.weight else { return }
      sum.add(
        numerators[input.shape.index(place)], times: parameters.weights.numerator(weight))
    }
    guard scale == 1 || sum.multiply(by: scale) else { return nil }
    if let bias = parameters.bias {
      sum.add(bias.numerator(cell.depth), times: denominator / bias.denominator)
    }
    return sum.total
  }
}

/// The product; nil beyond 128 bits.
private func product(_ first: Int128, _ second: Int128) -> Int128? {
  let (product, overflows) = first.multipliedReportingOverflow(by: second)
  return overflows ? nil : product
}

extension [Tensor] {
  /// The numerator of a term that is taken as it is; 0 for padding.
  fileprivate func numerator(_ term: Term) -> Int128 {
    guard let cell = term.cell else { return 0 }
    let tensor = self[term.input]
    return tensor.exactNumerators[tensor.shape.index(cell)]
  }
}

extension Tensor {
  /// The numerators where the caller knows that the tensor is exact.
  package var exactNumerators: Integers {
    guard let numerators else { preconditionFailure("a float32 tensor has no numerators") }
    return numerators
  }
}
