import ExactNumbers

/// What flows back to something, one number at a time: the reference that anything faster is proven
/// equal to.
///
/// Exact where the gradients that flow back are, and all that they are multiplied with; else each
/// number is the exact value of its sum, rounded once to the nearest float32.
package struct GradientArithmetic: Sendable {
  package let target: GradientTarget
  package let shape: Shape
  package let name: String
  package let isExact: Bool
  /// What the numerators of all numbers stand over; of float32 ones, their exact values.
  package let denominator: Int128
  /// Whether float32 numbers stand for exact ones that were rounded.
  package let isRounded: Bool
  package let parts: [Part]

  /// What flows back through one layer.
  package struct Part: Sendable {
    package let reader: GradientReader
    package let derivative: Derivative
    /// What the factors stand over.
    let factorDenominator: Int128
    /// What the products do.
    package let denominator: Int128
    /// That times this is the denominator of all.
    package fileprivate(set) var scale: Int128

    package var layer: Layer { reader.layer }
  }

  /// - Parameters:
  ///   - target: what it is taken by, of this shape and name.
  ///   - readers: all layers that read it; the layer itself for weights and biases.
  /// - Throws: `ArithmeticError.denominatorBeyond128Bits`.
  package init(
    _ target: GradientTarget, in network: Network, readers: [GradientReader]
  ) throws(ArithmeticError) {
    guard let shape = network.shape(of: target) else {
      preconditionFailure("a gradient is taken by something that there is")
    }
    (self.target, self.shape, name) = (target, shape, network.name(of: target))
    var parts: [Part] = []
    var common: Int128? = 1
    for reader in readers {
      guard let part = Part(target, reader) else { throw .denominatorBeyond128Bits(layer: name) }
      common = common.flatMap { leastCommonMultiple($0, part.denominator) }
      parts.append(part)
    }
    guard let common else { throw .denominatorBeyond128Bits(layer: name) }
    for index in parts.indices { parts[index].scale = common / parts[index].denominator }
    self.parts = parts
    denominator = common
    isExact = parts.allSatisfy(\.isExact)
    isRounded = parts.count > 1 || parts.contains { $0.rounds(target) }
  }
}

extension GradientArithmetic.Part {
  /// - Returns: nil where its denominator needs more than 128 bits.
  fileprivate init?(_ target: GradientTarget, _ reader: GradientReader) {
    self.reader = reader
    derivative = reader.derivative(by: target)
    let factors: Int128?
    switch derivative {
    case .input: factors = reader.inputs[0].denominator
    case .one, .winner, .irrational: factors = 1
    case .standardized(let standardization): factors = standardization.lines?.denominator ?? 1
    case .weight: factors = reader.layer.parameters?.weights.denominator ?? 1
    case .share: factors = reader.layer.divisorMultiple
    case .slope(let rule): factors = rule.slopeDenominator(in: reader.layer)
    }
    guard let factors else { return nil }
    let (product, overflows) = factors.multipliedReportingOverflow(
      by: reader.upstream.denominator)
    if overflows { return nil }
    factorDenominator = factors
    denominator = product
    scale = 1
  }

  /// Whether what flows back through it is exact.
  fileprivate var isExact: Bool {
    guard reader.upstream.isExact else { return false }
    switch derivative {
    case .input: return reader.inputs[0].isExact
    case .weight: return layer.parameters?.weights.isExact != false
    case .standardized, .irrational: return hasFractions
    case .one, .share, .winner, .slope: return true
    }
  }

  /// Whether what is multiplied by is a fraction, or a float32.
  var hasFractions: Bool {
    switch derivative {
    case .irrational: false
    case .standardized(let standardization): standardization.lines != nil
    case .input, .weight, .one, .share, .winner, .slope: true
    }
  }

  /// Whether it rounded, or something before it did.
  fileprivate func rounds(_ target: GradientTarget) -> Bool {
    if reader.upstream.isRounded { return true }
    switch derivative {
    case .input, .standardized, .weight, .share, .winner, .irrational: return true
    // A copy is what it was; biases add up a map.
    case .one: return if case .bias = target { true } else { false }
    case .slope(let rule): return rule.slopeDenominator(in: layer) != 1
    }
  }
}

extension GradientReader {
  /// What the layer's output grows by where a number of the target does.
  fileprivate func derivative(by target: GradientTarget) -> Derivative {
    switch target {
    case .source: layer.derivative(over: inputs)
    case .weights: Standardization(layer, over: inputs[0]).map { .standardized($0) } ?? .input
    case .bias: .one
    }
  }
}

extension Layer {
  package func derivative(over inputs: [Tensor]) -> Derivative {
    operation.rule.derivative(in: self, over: inputs)
  }
}

extension GradientArithmetic {
  /// Hands over a cell's products, part by part and in each in the walk's order: the cell whose
  /// gradient flows back, and what it is multiplied by.
  func visit(_ cell: Cell, _ part: Part, _ body: (_ place: Cell, _ by: GradientFactor) -> Void) {
    let layer = part.layer
    switch target {
    case .source:
      layer.operation.rule.visitReaders(of: cell, ofInput: part.reader.branch, in: layer) {
        body($0.output, part.factor(of: $0, cell))
      }
    case .weights:
      if case .standardized = part.derivative {
        layer.forEachPlace(ofMap: cell.depth) { body($0, .standardized($0)) }
      } else {
        layer.forEachUse(ofWeight: layer.filterPlace(of: cell)) { body($0, .input($1)) }
      }
    case .bias: layer.forEachPlace(ofMap: cell.depth) { body($0, .one) }
    }
  }

  /// One number.
  package func value(of cell: Cell) throws(ArithmeticError) -> Number {
    if isExact { return Number(try numerator(of: cell), over: denominator) }
    let value = try float32(of: cell)
    return isRounded ? .rounded(value) : .float32(value)
  }

  /// The numerator of an exact one.
  package func numerator(of cell: Cell) throws(ArithmeticError) -> Int128 {
    var sum = WideSum()
    var fits = true
    for part in parts {
      let upstream = part.reader.upstream
      let numerators = upstream.exactNumerators
      visit(cell, part) { place, factor in
        let (scaled, overflows) = part.term(factor).integer
          .multipliedReportingOverflow(by: part.scale)
        fits = fits && !overflows
        sum.add(numerators[upstream.shape.index(place)], times: scaled)
      }
    }
    guard fits, let total = sum.total else { throw .beyond128Bits(layer: name, cell: cell) }
    return total
  }

  /// One that is no exact one, rounded once.
  package func float32(of cell: Cell) throws(ArithmeticError) -> Float {
    if let float = estimate(of: cell).float { return float }
    let float =
      hasIrrationals ? precise(cell).nearestFloat : unrounded(cell).nearestFloat
    guard let float else { throw .beyondFloat32(layer: name, cell: cell) }
    return float
  }

  var hasIrrationals: Bool { parts.contains { !$0.hasFractions } }

  /// The exact value of a sum of fractions.
  func unrounded(_ cell: Cell) -> ExactValue {
    var total = BinarySum()
    for part in parts { total.add(exactSum(cell, part)) }
    return ExactValue(total, over: denominator)
  }

  /// What flows back through one layer, over the denominator of all.
  private func exactSum(_ cell: Cell, _ part: Part) -> ExactValue {
    let upstream = part.reader.upstream
    var sum = BinarySum()
    visit(cell, part) { place, factor in
      let (gradient, by) = (upstream.term(upstream.shape.index(place)), part.term(factor))
      sum.add(gradient.integer, times: by.integer, exponent: gradient.exponent + by.exponent)
    }
    sum.multiply(by: part.scale)
    return ExactValue(sum, over: denominator)
  }

  /// The value where some slope is no fraction.
  func precise(_ cell: Cell) -> FixedPoint {
    parts.reduce(FixedPoint(Magnitude(0))) { total, part in
      guard !part.hasFractions else {
        return total + FixedPoint(BigRational(exactSum(cell, part)))
      }
      var sum = total
      visit(cell, part) { place, factor in
        let gradient = FixedPoint(BigRational(part.reader.upstream[place]))
        sum = sum + gradient * part.precise(factor, of: place, by: cell)
      }
      return sum
    }
  }

  /// The value in float64, and how far off it may be.
  private func estimate(of cell: Cell) -> Double.Estimate {
    var (sum, size, error, count) = (0.0, 0.0, 0.0, 0.0)
    for part in parts {
      visit(cell, part) { place, factor in
        let gradient = part.reader.upstream[place].nearestDouble
        let by = part.estimate(factor, of: place, by: cell)
        sum += gradient * by.value
        size += abs(gradient * by.value)
        error += abs(gradient) * by.error
        count += 1
      }
    }
    // Each number is right to 2^−53 of itself, each product and each sum to as much of what it is.
    return Double.Estimate(value: sum, error: error * (1 + 0x1p-20) + size * (count + 8) * 0x1p-52)
  }

  /// The whole gradient, number by number.
  ///
  /// - Parameter report: told before each how many are done.
  package func evaluateCellByCell(
    report: (Int) throws(ArithmeticError) -> Void = { _ in }
  ) throws(ArithmeticError) -> Tensor {
    guard shape.count <= Tensor.largestCount else { throw .tooLarge(layer: name, shape: shape) }
    if isExact {
      var numerators: [Int128] = []
      numerators.reserveCapacity(shape.count)
      for index in 0..<shape.count {
        try report(index)
        numerators.append(try numerator(of: shape.cell(at: index)))
      }
      return Tensor(shape, numerators, over: denominator)
    }
    var floats: [Float] = []
    floats.reserveCapacity(shape.count)
    for index in 0..<shape.count {
      try report(index)
      floats.append(try float32(of: shape.cell(at: index)))
    }
    return .float32(shape, floats, isRounded: isRounded)
  }
}

extension Layer {
  /// The filter and the place in it of a number of a weights' gradient.
  package func filterPlace(of cell: Cell) -> (filter: Int, place: Cell) {
    let depth = plan.filters?.shape.depth ?? 1
    return (cell.depth / depth, Cell(cell.x, cell.y, cell.depth % depth))
  }

  /// Visits all cells of a map of the output: x fastest, then y.
  fileprivate func forEachPlace(ofMap map: Int, _ body: (Cell) -> Void) {
    for place in 0..<output.plane {
      var cell = output.cell(at: place)
      cell.depth = map
      body(cell)
    }
  }

  /// Visits the windows in which a weight meets a number that is not padding: x fastest, then y.
  func forEachUse(
    ofWeight weight: (filter: Int, place: Cell), _ body: (_ output: Cell, _ input: Cell) -> Void
  ) {
    let (filter, place) = weight
    let depth = firstDepth(ofMap: filter) + place.depth
    guard let windows else {
      body(Cell(0, 0, filter), Cell(place.x, place.y, depth))
      return
    }
    for y in 0..<output.height {
      guard let row = windows.y.place(position: y, tap: place.y) else { continue }
      for x in 0..<output.width {
        guard let column = windows.x.place(position: x, tap: place.x) else { continue }
        body(Cell(x, y, filter), Cell(column, row, depth))
      }
    }
  }
}
