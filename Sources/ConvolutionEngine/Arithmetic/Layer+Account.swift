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
    return try LayerArithmetic(self, over: inputs).account(of: cell)
  }
}

extension LayerArithmetic {
  fileprivate func account(of cell: Cell) throws(ArithmeticError) -> CellAccount {
    let total = try value(of: cell)
    var precise: Number?
    var unrounded = total
    if case .irrational(let rule) = combination {
      precise = rule.precise(cell, in: layer, over: inputs[0]).number
    } else if !isExact, combination.roundsFloats {
      unrounded = .unrounded(self.unrounded(cell))
    }
    return CellAccount(
      layer: layer.index, cell: cell, working: try working(of: cell, total: total), total: total,
      unrounded: unrounded, precise: precise)
  }

  private func working(
    of cell: Cell, total: Number
  ) throws(ArithmeticError) -> CellAccount.Working {
    let input = inputs[0]
    switch combination {
    case .weightedSum:
      return .weightedSum(
        isExact ? try weightedSum(of: cell) : float32WeightedSum(of: cell))
    case .sum:
      return .added(
        layer.terms(of: cell).map { term in
          term.cell.map { inputs[term.input][$0] } ?? .zero
        })
    case .average:
      let cells = layer.places(under: cell)
      let values = cells.map { input[$0] }
      return .average(
        Average(
          cells: cells, values: values, sum: try sum(of: cells, input, for: cell),
          divisor: layer.divisor(of: cell)))
    case .maximum:
      let cells = layer.places(under: cell)
      let values = cells.map { input[$0] }
      let winners = values.indices.filter { values[$0] == total }
      return .maximum(Candidates(cells: cells, values: values, winners: winners))
    case .copy:
      guard let origin = layer.origin(of: cell) else { return .padding }
      let number = inputs[origin.input][origin.cell]
      return inputs.count == 1
        ? .moved(origin.cell, number) : .joined(input: origin.input, origin.cell, number)
    case .pointwise(let rule): return rule.working(of: input[cell], map: cell.depth, in: layer)
    case .irrational(let rule): return rule.working(cell, in: layer, over: input)
    }
  }

  private func sum(
    of cells: [Cell], _ input: Tensor, for cell: Cell
  ) throws(ArithmeticError) -> Number {
    guard input.isExact else { return Number.sum(cells.map { input[$0] }) }
    let numerators = input.exactNumerators
    var sum = WideSum()
    for place in cells { sum.add(numerators[input.shape.index(place)]) }
    guard let total = sum.total else { throw .beyond128Bits(layer: layer.name, cell: cell) }
    return Number(total, over: input.denominator)
  }

  private func weightedSum(
    of cell: Cell
  ) throws(ArithmeticError) -> WeightedSum {
    let (input, numerators) = (inputs[0], inputs[0].exactNumerators)
    let parameters = layer.weighingParameters
    // The weights are scaled so that each product stands over the total's denominator.
    let scale = denominator / input.denominator / parameters.weights.denominator
    var numbers: [Number?] = []
    var weights: [Number] = []
    var products: [Number] = []
    // Every row's, slice's and partial sum fits when the sum of all magnitudes does.
    var magnitudes = WideSum()
    var fits = true
    layer.visit(cell) { term in
      guard let index = term.weight else { return }
      let weight = parameters.weights.numerator(index)
      let value = term.cell.map { numerators[input.shape.index($0)] }
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
      throw .workingBeyond128Bits(layer: layer.name, cell: cell)
    }
    return WeightedSum(
      filter: parameters.filter, firstDepth: layer.firstDepth(ofMap: cell.depth), inputs: numbers,
      weights: weights, products: products, bias: bias)
  }

  /// The working of a cell that is rounded: each number as it stands, each product exact.
  private func float32WeightedSum(of cell: Cell) -> WeightedSum {
    let input = inputs[0]
    let parameters = layer.weighingParameters
    let denominator = input.denominator * parameters.weights.denominator
    var numbers: [Number?] = []
    var weights: [Number] = []
    var products: [Number] = []
    layer.visit(cell) { term in
      guard let index = term.weight else { return }
      let weight = parameters.weights.term(index)
      let value = term.cell.map { input.term(input.shape.index($0)) } ?? BinaryTerm(integer: 0)
      numbers.append(term.cell.map { input[$0] })
      weights.append(parameters.weights[index])
      products.append(.unrounded(ExactValue(product: value, weight, over: denominator)))
    }
    return WeightedSum(
      filter: parameters.filter, firstDepth: layer.firstDepth(ofMap: cell.depth), inputs: numbers,
      weights: weights, products: products, bias: parameters.bias?[cell.depth])
  }
}
