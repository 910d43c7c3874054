extension Layer {
  /// How one cell is computed, at the cost of its window alone.
  ///
  /// - Parameters:
  ///   - inputs: the layer's inputs, of the shapes in `inputs`.
  ///   - denominator: of this layer's output, from `outputDenominator(over:)`.
  /// - Throws: `ArithmeticError` when the cell or its working does not fit 128 bits.
  package func account(of cell: Cell, inputs: [Tensor]) throws(ArithmeticError) -> CellAccount {
    precondition(output.contains(cell), "the cell lies in the layer's output")
    precondition(inputs.map(\.shape) == self.inputs, "the inputs have the layer's input shapes")
    let input = inputs[0]
    let denominator = try outputDenominator(over: inputs)
    let total = Number(
      try numerator(of: cell, inputs: inputs, over: denominator), over: denominator)
    func account(_ working: CellAccount.Working) -> CellAccount {
      CellAccount(layer: index, cell: cell, working: working, total: total)
    }
    switch operation {
    case .convolution, .dense:
      return account(.weightedSum(try weightedSum(of: cell, input: input, over: denominator)))
    case .pool(let pool) where pool.kind == .maximum:
      let cells = places(under: cell)
      let values = cells.map { input[$0] }
      let winners = values.indices.filter { values[$0].numerator == total.numerator }
      return account(.maximum(Candidates(cells: cells, values: values, winners: winners)))
    case .pool, .globalAverage:
      let cells = places(under: cell)
      let values = cells.map { input[$0] }
      let sum = Number(
        try inputSum(over: cells, of: input, for: cell), over: input.denominator)
      return account(
        .average(Average(cells: cells, values: values, sum: sum, divisor: divisor(of: cell))))
    case .relu: return account(.rectified(input[cell]))
    case .flatten:
      let source = self.input.cell(at: cell.depth)
      return account(.moved(source, input[source]))
    }
  }

  private func weightedSum(
    of cell: Cell, input: Tensor, over denominator: Int128
  ) throws(ArithmeticError) -> WeightedSum {
    guard let parameters else { preconditionFailure("a weighted sum has parameters") }
    // The weights are scaled so that each product stands over the total's denominator.
    let scale = denominator / input.denominator / parameters.weights.denominator
    let weightDenominator = denominator / input.denominator
    var numbers: [Number?] = []
    var weights: [Number] = []
    var products: [Number] = []
    // Every row's, slice's and partial sum fits when the sum of all magnitudes does.
    var magnitudes = WideSum()
    var fits = true
    forEachTap(of: cell) { place, inputPlace in
      let weight = parameters.weight(cell.depth, place)
      let value = inputPlace.map { input.numerators[self.input.index($0)] }
      let (scaled, scaledOverflows) = weight.multipliedReportingOverflow(by: scale)
      let (product, overflows) = (value ?? 0).multipliedReportingOverflow(by: scaled)
      fits = fits && !scaledOverflows && !overflows
      magnitudes.add(product, times: product.signum())
      numbers.append(value.map { Number($0, over: input.denominator) })
      weights.append(Number(scaled, over: weightDenominator))
      products.append(Number(product, over: denominator))
    }
    var bias: Number?
    if let biases = parameters.bias {
      let (scaled, overflows) = biases[cell.depth].multipliedReportingOverflow(
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
}
