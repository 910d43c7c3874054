import ExactNumbers

/// The readable arithmetic of every layer, one cell at a time: the reference that anything faster
/// is proven equal to.
extension Layer {
  package func combination(over inputs: [Tensor]) -> Combination {
    operation.rule.combination(in: self, over: inputs)
  }

  /// Whether the output is exact: the inputs are, and so is all that they are multiplied with.
  package func isExact(over inputs: [Tensor]) -> Bool {
    guard inputs.allSatisfy(\.isExact) else { return false }
    switch combination(over: inputs) {
    case .irrational: return false
    case .weightedSum: return parameters?.isExact != false
    case .sum, .average, .maximum, .copy, .pointwise: return true
    }
  }

  /// Whether this layer rounds, or something before it did.
  package func isRounded(over inputs: [Tensor]) -> Bool {
    guard !isExact(over: inputs) else { return false }
    return roundsFloats(over: inputs) || inputs.contains(where: \.isRounded)
      // Among float32 inputs an exact one has to become float32 too.
      || !inputs.allSatisfy { $0.isExact == inputs[0].isExact }
  }

  /// Whether what it makes of float32 may be no float32. The other layers give numbers back as they
  /// came.
  func roundsFloats(over inputs: [Tensor]) -> Bool {
    switch combination(over: inputs) {
    case .weightedSum, .sum, .average, .irrational: true
    case .maximum, .copy: false
    case .pointwise(let rule): rule.roundsFloats
    }
  }

  /// The value of one cell, at the cost of its window alone.
  package func value(
    of cell: Cell, inputs: [Tensor]
  ) throws(ArithmeticError) -> Number {
    try value(of: cell, inputs: inputs, over: outputDenominator(over: inputs))
  }

  func value(
    of cell: Cell, inputs: [Tensor], over denominator: Int128
  ) throws(ArithmeticError) -> Number {
    if isExact(over: inputs) {
      return Number(
        try numerator(of: cell, inputs: inputs, over: denominator), over: denominator)
    }
    let value = try float32(of: cell, inputs: inputs, over: denominator)
    return isRounded(over: inputs) ? .rounded(value) : .float32(value)
  }

  /// The one denominator of all cells of the output, known without computing any of them.
  ///
  /// A weighted sum multiplies the denominators of its input and its weights; an average multiplies
  /// by the least common multiple of its divisors; a function of one number says what it does; what
  /// takes several inputs takes the least common multiple of theirs. Float32 has none, which counts
  /// as 1.
  package func outputDenominator(over inputs: [Tensor]) throws(ArithmeticError) -> Int128 {
    let denominator = inputs[0].denominator
    let found: Int128?
    switch combination(over: inputs) {
    case .weightedSum:
      guard let parameters else { preconditionFailure("a weighted sum has parameters") }
      found = product(denominator, parameters.weights.denominator).flatMap {
        leastCommonMultiple($0, parameters.bias?.denominator ?? 1)
      }
    case .average:
      found =
        inputs[0].isExact
        ? divisorMultiple.flatMap { product($0, denominator) } : denominator
    case .pointwise(let rule):
      found = inputs[0].isExact ? rule.denominator(over: denominator, in: self) : denominator
    case .sum, .copy:
      found = inputs.reduce(1) { common, input in
        common.flatMap { leastCommonMultiple($0, input.denominator) }
      }
    case .maximum: found = denominator
    case .irrational: found = 1
    }
    guard let found else { throw .denominatorBeyond128Bits(layer: name) }
    return found
  }

  /// The numerator of one cell of an exact output over the layer's denominator.
  package func numerator(
    of cell: Cell, inputs: [Tensor], over denominator: Int128
  ) throws(ArithmeticError) -> Int128 {
    let found: Int128?
    switch combination(over: inputs) {
    case .weightedSum: found = weightedNumerator(of: cell, inputs[0], over: denominator)
    case .sum:
      var sum = WideSum()
      visit(cell) {
        sum.add(inputs.numerator($0), times: denominator / inputs[$0.input].denominator)
      }
      found = sum.total
    case .average:
      var sum = WideSum()
      visit(cell) { sum.add(inputs.numerator($0)) }
      let scale = denominator / inputs[0].denominator / Int128(divisor(of: cell))
      found = sum.total.flatMap { product($0, scale) }
    case .maximum:
      var largest = Int128.min
      visit(cell) { largest = max(largest, inputs.numerator($0)) }
      found = largest
    case .copy:
      found =
        terms(of: cell).first.map { term in
          product(inputs.numerator(term), denominator / inputs[term.input].denominator)
        } ?? 0
    case .pointwise(let rule):
      found = rule.numerator(
        inputs.numerator(Term(cell: cell)), over: inputs[0].denominator, to: denominator,
        map: cell.depth, in: self)
    case .irrational: preconditionFailure("what is never exact has no numerator")
    }
    guard let found else { throw .beyond128Bits(layer: name, cell: cell) }
    return found
  }

  private func weightedNumerator(
    of cell: Cell, _ input: Tensor, over denominator: Int128
  ) -> Int128? {
    guard let parameters else { preconditionFailure("a weighted sum has parameters") }
    let numerators = input.exactNumerators
    let scale = denominator / input.denominator / parameters.weights.denominator
    var sum = WideSum()
    visit(cell) { term in
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

  private func product(_ first: Int128, _ second: Int128) -> Int128? {
    let (product, overflows) = first.multipliedReportingOverflow(by: second)
    return overflows ? nil : product
  }

  /// The whole output, not too large to hold, cell by cell: the reference that `evaluate` is proven
  /// equal to.
  ///
  /// - Parameter report: told before each cell how many are done.
  package func evaluateCellByCell(
    _ inputs: [Tensor], report: (Int) throws(ArithmeticError) -> Void = { _ in }
  ) throws(ArithmeticError) -> Tensor {
    guard isExact(over: inputs) else { return try evaluateFloat32(inputs, report) }
    let denominator = try outputDenominator(over: inputs)
    var numerators: [Int128] = []
    numerators.reserveCapacity(output.count)
    for index in 0..<output.count {
      try report(index)
      numerators.append(
        try numerator(of: output.cell(at: index), inputs: inputs, over: denominator))
    }
    return Tensor(output, numerators, over: denominator)
  }
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
