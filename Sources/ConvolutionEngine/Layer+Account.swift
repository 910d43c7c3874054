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
    let isRoundedHere = addsUp && !isExact(over: inputs)
    return CellAccount(
      layer: index, cell: cell,
      working: try working(of: cell, inputs, over: denominator, total: total), total: total,
      unrounded: isRoundedHere
        ? .unrounded(unrounded(cell, inputs, over: denominator)) : total,
      precise: isIrrational(over: inputs) ? precise(of: cell, inputs[0]).number : nil)
  }

  private func working(
    of cell: Cell, _ inputs: [Tensor], over denominator: Int128, total: Number
  ) throws(ArithmeticError) -> CellAccount.Working {
    let input = inputs[0]
    switch operation {
    case .convolution, .dense:
      return .weightedSum(
        isExact(over: inputs)
          ? try weightedSum(of: cell, input: input, over: denominator)
          : float32WeightedSum(of: cell, input: input))
    case .pool(let pool) where pool.kind == .maximum:
      let cells = places(under: cell)
      let values = cells.map { input[$0] }
      let winners = values.indices.filter { values[$0] == total }
      return .maximum(Candidates(cells: cells, values: values, winners: winners))
    case .pool, .globalAverage:
      let cells = places(under: cell)
      let values = cells.map { input[$0] }
      let sum =
        input.isExact
        ? Number(try inputSum(over: cells, of: input, for: cell), over: input.denominator)
        : Number.sum(values)
      return .average(
        Average(cells: cells, values: values, sum: sum, divisor: divisor(of: cell)))
    case .relu: return .rectified(input[cell])
    case .relu6: return .clamped(input[cell])
    case .flatten, .dropout, .zeroPadding, .concatenation:
      guard let origin = origin(of: cell) else { return .padding }
      let number = inputs[origin.input][origin.cell]
      guard case .concatenation = operation else { return .moved(origin.cell, number) }
      return .joined(input: origin.input, origin.cell, number)
    case .addition: return .added(inputs.map { $0[cell] })
    case .batchNormalization:
      guard let normalization else { preconditionFailure("a normalization has its numbers") }
      return .normalized(input[cell], normalization[cell.depth])
    case .responseNormalization(let settings):
      return .responded(response(of: cell, in: input, settings))
    case .sigmoid:
      return .squashed(input[cell], exponential: Sigmoid(input[cell]).exponential.number)
    case .softmax: return .shared(share(of: cell, in: input))
    }
  }

  private func response(
    of cell: Cell, in input: Tensor, _ settings: ResponseNormalizationSettings
  ) -> Response {
    let cells = neighbours(of: cell)
    let values = cells.map { input[$0] }
    return Response(
      input: input[cell], cells: cells, values: values, settings: settings,
      sumOfSquares: exactSquares(values) ?? FixedPoint(Response.squares(values)).number)
  }

  private func exactSquares(_ values: [Number]) -> Number? {
    var sum = Ratio.zero
    for value in values {
      guard let ratio = value.ratio, let square = ratio.multiplied(by: ratio),
        let larger = sum.adding(square)
      else { return nil }
      sum = larger
    }
    return .ratio(sum)
  }

  private func share(of cell: Cell, in input: Tensor) -> Share {
    let values = numbers(of: input, at: cell)
    let softmax = Softmax(values)
    return Share(
      values: values, largest: softmax.largest, exponentials: softmax.exponentials.map(\.number),
      sum: softmax.sum.number)
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
    let numerators = input.exactNumerators
    forEachTap(of: cell) { place, inputPlace in
      let weight = parameters.weights.numerator(parameters.index(cell.depth, place))
      let value = inputPlace.map { numerators[self.input.index($0)] }
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
    forEachTap(of: cell) { place, inputPlace in
      let weight = parameters.weights.term(parameters.index(cell.depth, place))
      let value = inputPlace.map { input.term(self.input.index($0)) } ?? BinaryTerm(integer: 0)
      numbers.append(inputPlace.map { input[$0] })
      weights.append(parameters.weight(cell.depth, place))
      products.append(.unrounded(ExactValue(product: value, weight, over: denominator)))
    }
    return WeightedSum(
      filter: parameters.filter, firstDepth: firstDepth(ofMap: cell.depth), inputs: numbers,
      weights: weights, products: products, bias: parameters.bias?[cell.depth])
  }
}
