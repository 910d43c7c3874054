import ExactNumbers

/// The sink that keeps what the rules hand over: the account of a cell.
extension Layer {
  /// How one cell is computed, at the cost of its window alone.
  ///
  /// - Parameters:
  ///   - inputs: the layer's inputs, of the shapes in `inputs`.
  /// - Throws: `ArithmeticError` when the cell or its working does not fit 128 bits, or the cell
  ///   not float32.
  package func account(of cell: Cell, inputs: [Tensor]) throws(ArithmeticError) -> CellAccount {
    precondition(output.contains(cell), "the cell lies in the layer's output")
    precondition(inputs.map(\.shape) == self.inputs, "the inputs have the layer's input shapes")
    let denominator = try outputDenominator(over: inputs)
    let total = try value(of: cell, inputs: inputs, over: denominator)
    let combination = combination(over: inputs)
    var precise: Number?
    var unrounded = total
    if case .irrational(let rule) = combination {
      precise = rule.precise(cell, in: self, over: inputs[0]).number
    } else if !isExact(over: inputs), roundsFloats(over: inputs) {
      unrounded = .unrounded(self.unrounded(cell, inputs, over: denominator))
    }
    return CellAccount(
      layer: index, cell: cell,
      working: try working(of: cell, combination, inputs, over: denominator, total: total),
      total: total, unrounded: unrounded, precise: precise)
  }

  private func working(
    of cell: Cell, _ combination: Combination, _ inputs: [Tensor], over denominator: Int128,
    total: Number
  ) throws(ArithmeticError) -> CellAccount.Working {
    let input = inputs[0]
    switch combination {
    case .weightedSum:
      return .weightedSum(
        isExact(over: inputs)
          ? try weightedSum(of: cell, input: input, over: denominator)
          : float32WeightedSum(of: cell, input: input))
    case .sum:
      return .added(
        terms(of: cell).map { term in
          term.cell.map { inputs[term.input][$0] } ?? .zero
        })
    case .average:
      let cells = places(under: cell)
      let values = cells.map { input[$0] }
      return .average(
        Average(
          cells: cells, values: values, sum: try sum(of: cells, input, for: cell),
          divisor: divisor(of: cell)))
    case .maximum:
      let cells = places(under: cell)
      let values = cells.map { input[$0] }
      let winners = values.indices.filter { values[$0] == total }
      return .maximum(Candidates(cells: cells, values: values, winners: winners))
    case .copy:
      guard let origin = origin(of: cell) else { return .padding }
      let number = inputs[origin.input][origin.cell]
      return inputs.count == 1
        ? .moved(origin.cell, number) : .joined(input: origin.input, origin.cell, number)
    case .pointwise(let rule): return rule.working(of: input[cell], map: cell.depth, in: self)
    case .irrational(let rule): return rule.working(cell, in: self, over: input)
    }
  }

  private func sum(
    of cells: [Cell], _ input: Tensor, for cell: Cell
  ) throws(ArithmeticError) -> Number {
    guard input.isExact else { return Number.sum(cells.map { input[$0] }) }
    let numerators = input.exactNumerators
    var sum = WideSum()
    for place in cells { sum.add(numerators[input.shape.index(place)]) }
    guard let total = sum.total else { throw .beyond128Bits(layer: name, cell: cell) }
    return Number(total, over: input.denominator)
  }

  private func weightedSum(
    of cell: Cell, input: Tensor, over denominator: Int128
  ) throws(ArithmeticError) -> WeightedSum {
    guard let parameters else { preconditionFailure("a weighted sum has parameters") }
    // The weights are scaled so that each product stands over the total's denominator.
    let scale = denominator / input.denominator / parameters.weights.denominator
    var numbers: [Number?] = []
    var weights: [Number] = []
    var products: [Number] = []
    // Every row's, slice's and partial sum fits when the sum of all magnitudes does.
    var magnitudes = WideSum()
    var fits = true
    let numerators = input.exactNumerators
    visit(cell) { term in
      guard let index = term.weight else { return }
      let weight = parameters.weights.numerator(index)
      let value = term.cell.map { numerators[self.input.index($0)] }
      let (scaled, scaledOverflows) = weight.multipliedReportingOverflow(by: scale)
      let (product, overflows) = (value ?? 0).multipliedReportingOverflow(by: scaled)
      fits = fits && !scaledOverflows && !overflows
      magnitudes.add(product, times: product.signum())
      numbers.append(value.map { Number($0, over: input.denominator) })
      weights.append(Number(scaled, over: denominator / input.denominator))
      products.append(Number(product, over: denominator))
    }
    var bias: Number?
    if let biases = parameters.bias {
      let (scaled, overflows) = biases.numerator(cell.depth).multipliedReportingOverflow(
        by: denominator / biases.denominator)
      fits = fits && !overflows
      magnitudes.add(scaled, times: scaled.signum())
      bias = Number(scaled, over: denominator)
    }
    guard fits, magnitudes.total != nil else {
      throw .workingBeyond128Bits(layer: name, cell: cell)
    }
    return WeightedSum(
      filter: parameters.filter, firstDepth: firstDepth(ofMap: cell.depth), inputs: numbers,
      weights: weights, products: products, bias: bias)
  }

  /// The working of a cell that is rounded: each number as it stands, each product exact.
  private func float32WeightedSum(of cell: Cell, input: Tensor) -> WeightedSum {
    guard let parameters else { preconditionFailure("a weighted sum has parameters") }
    let denominator = input.denominator * parameters.weights.denominator
    var numbers: [Number?] = []
    var weights: [Number] = []
    var products: [Number] = []
    visit(cell) { term in
      guard let index = term.weight else { return }
      let weight = parameters.weights.term(index)
      let value = term.cell.map { input.term(self.input.index($0)) } ?? BinaryTerm(integer: 0)
      numbers.append(term.cell.map { input[$0] })
      weights.append(parameters.weights[index])
      products.append(.unrounded(ExactValue(product: value, weight, over: denominator)))
    }
    return WeightedSum(
      filter: parameters.filter, firstDepth: firstDepth(ofMap: cell.depth), inputs: numbers,
      weights: weights, products: products, bias: parameters.bias?[cell.depth])
  }
}
