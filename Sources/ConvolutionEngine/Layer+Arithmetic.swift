/// The readable arithmetic of every layer over exact tensors, one cell at a time: the reference
/// that anything faster is proven equal to. `Layer+Float32.swift` is its counterpart for float32.
extension Layer {
  /// Whether the output is exact: the inputs are, and so is all that they are multiplied with.
  package func isExact(over inputs: [Tensor]) -> Bool {
    switch operation {
    case .sigmoid, .softmax, .responseNormalization: false
    default:
      inputs.allSatisfy(\.isExact) && parameters?.isExact != false
        && normalization?.isExact != false
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
  /// A convolution multiplies the denominators of its input and its weights, a batch
  /// normalization those of its input and its scales; an average multiplies by the least common
  /// multiple of its divisors; what joins inputs takes the least common multiple of theirs; the
  /// rest keep their input's. Float32 has none, which counts as 1.
  package func outputDenominator(over inputs: [Tensor]) throws(ArithmeticError) -> Int128 {
    let denominator = inputs[0].denominator
    switch operation {
    case .convolution, .dense:
      guard let parameters else { preconditionFailure("a weighted sum has parameters") }
      let (product, overflows) = denominator.multipliedReportingOverflow(
        by: parameters.weights.denominator)
      guard !overflows,
        let common = leastCommonMultiple(product, parameters.bias?.denominator ?? 1)
      else { throw .denominatorBeyond128Bits(layer: name) }
      return common
    case .pool, .globalAverage:
      guard addsUp, inputs[0].isExact else { return denominator }
      return try times(divisorMultiple, denominator)
    case .batchNormalization:
      guard isExact(over: inputs) else { return 1 }
      guard let factors = normalization?.denominators,
        let common = leastCommonMultiple(try times(factors.scale, denominator), factors.shift)
      else { throw .denominatorBeyond128Bits(layer: name) }
      return common
    case .addition, .concatenation:
      var common: Int128 = 1
      for input in inputs {
        guard let larger = leastCommonMultiple(common, input.denominator) else {
          throw .denominatorBeyond128Bits(layer: name)
        }
        common = larger
      }
      return common
    case .sigmoid, .softmax, .responseNormalization: return 1
    case .relu, .relu6, .flatten, .dropout, .zeroPadding: return denominator
    }
  }

  private func times(_ factor: Int128?, _ denominator: Int128) throws(ArithmeticError) -> Int128 {
    guard let (product, overflows) = factor?.multipliedReportingOverflow(by: denominator),
      !overflows
    else { throw .denominatorBeyond128Bits(layer: name) }
    return product
  }

  /// The numerator of one cell of an exact output over the layer's denominator.
  package func numerator(
    of cell: Cell, inputs: [Tensor], over denominator: Int128
  ) throws(ArithmeticError) -> Int128 {
    let input = inputs[0].exactNumerators
    switch operation {
    case .convolution, .dense:
      return try weightedNumerator(of: cell, inputs[0], over: denominator)
    case .pool(let pool) where pool.kind == .maximum:
      return places(under: cell).reduce(Int128.min) {
        max($0, input[self.input.index($1)])
      }
    case .pool, .globalAverage:
      let sum = try inputSum(over: places(under: cell), of: inputs[0], for: cell)
      let scale = denominator / inputs[0].denominator / Int128(divisor(of: cell))
      let (numerator, overflows) = sum.multipliedReportingOverflow(by: scale)
      guard !overflows else { throw .beyond128Bits(layer: name, cell: cell) }
      return numerator
    case .relu: return max(0, input[self.input.index(cell)])
    case .relu6:
      let (six, overflows) = denominator.multipliedReportingOverflow(by: 6)
      let number = max(0, input[self.input.index(cell)])
      return overflows ? number : min(six, number)
    case .flatten, .dropout, .zeroPadding, .concatenation:
      return try copiedNumerator(of: cell, inputs, over: denominator)
    case .addition: return try addedNumerator(of: cell, inputs, over: denominator)
    case .batchNormalization:
      return try normalizedNumerator(of: cell, inputs[0], over: denominator)
    case .sigmoid, .softmax, .responseNormalization:
      preconditionFailure("what is never exact has no numerator")
    }
  }

  private func weightedNumerator(
    of cell: Cell, _ input: Tensor, over denominator: Int128
  ) throws(ArithmeticError) -> Int128 {
    guard let parameters else { preconditionFailure("a weighted sum has parameters") }
    let numerators = input.exactNumerators
    let scale = denominator / input.denominator / parameters.weights.denominator
    var sum = WideSum()
    forEachTap(of: cell) { place, inputPlace in
      guard let inputPlace else { return }
      sum.add(
        numerators[self.input.index(inputPlace)],
        times: parameters.weights.numerator(parameters.index(cell.depth, place)))
    }
    guard scale == 1 || sum.multiply(by: scale) else {
      throw .beyond128Bits(layer: name, cell: cell)
    }
    if let bias = parameters.bias {
      sum.add(bias.numerator(cell.depth), times: denominator / bias.denominator)
    }
    guard let total = sum.total else { throw .beyond128Bits(layer: name, cell: cell) }
    return total
  }

  /// Visits a cell's window in the walk's order: x fastest, then y, then depth.
  ///
  /// - Parameter body: gets the place inside the filter and the input's cell under it, nil where
  ///   that is padding.
  func forEachTap(of cell: Cell, _ body: (_ place: Cell, _ input: Cell?) -> Void) {
    guard let filter = parameters?.filter else { return }
    let firstDepth = firstDepth(ofMap: cell.depth)
    for depth in 0..<filter.depth {
      for j in 0..<filter.height {
        let y = windows.map { $0.y.place(position: cell.y, tap: j) } ?? j
        for i in 0..<filter.width {
          let x = windows.map { $0.x.place(position: cell.x, tap: i) } ?? i
          var under: Cell?
          if let x, let y { under = Cell(x, y, firstDepth + depth) }
          body(Cell(i, j, depth), under)
        }
      }
    }
  }

  /// The real input places under a pool's window, in the walk's order; padding is left out.
  package func places(under cell: Cell) -> [Cell] {
    guard let windows else { return [] }
    let columns = windows.x.tapsInside(position: cell.x)
      .compactMap { windows.x.place(position: cell.x, tap: $0) }
    return windows.y.tapsInside(position: cell.y)
      .compactMap { windows.y.place(position: cell.y, tap: $0) }
      .flatMap { y in columns.map { x in Cell(x, y, cell.depth) } }
  }

  func inputSum(
    over cells: [Cell], of input: Tensor, for cell: Cell
  ) throws(ArithmeticError) -> Int128 {
    let numerators = input.exactNumerators
    var sum = WideSum()
    for place in cells { sum.add(numerators[self.input.index(place)]) }
    guard let total = sum.total else { throw .beyond128Bits(layer: name, cell: cell) }
    return total
  }

  /// What an average divides by at one cell: the places that count.
  package func divisor(of cell: Cell) -> Int {
    taps(.x, at: cell.x) * taps(.y, at: cell.y)
  }

  /// Places along an axis that count.
  func taps(_ axis: Axis, at position: Int) -> Int {
    guard let windows = windows?[axis] else { return 1 }
    return countsPadding
      ? windows.tapsWithPadding(position: position) : windows.tapsInside(position: position).count
  }

  /// The least common multiple of all divisors that occur; nil beyond 128 bits.
  private var divisorMultiple: Int128? {
    // A divisor is columns times rows, and every column count meets every row count, so the
    // multiple is a product too.
    guard let columns = countMultiple(.x), let rows = countMultiple(.y) else { return nil }
    let (product, overflows) = columns.multipliedReportingOverflow(by: rows)
    return overflows ? nil : product
  }

  private func countMultiple(_ axis: Axis) -> Int128? {
    guard let windows = windows?[axis] else { return 1 }
    var multiple: Int128 = 1
    for count in windows.tapCounts(withPadding: countsPadding) {
      guard let larger = leastCommonMultiple(multiple, Int128(count)) else { return nil }
      multiple = larger
    }
    return multiple
  }

  private var countsPadding: Bool {
    if case .pool(let pool) = operation { return pool.countsPadding }
    return false
  }
}

extension Tensor {
  /// The numerators where the caller knows that the tensor is exact.
  var exactNumerators: Integers {
    guard let numerators else { preconditionFailure("a float32 tensor has no numerators") }
    return numerators
  }
}
