import ExactNumbers

/// Local response normalization: each number is divided by a measure of its neighbours in depth,
/// `x / (k + α · Σ x²)^β`, the sum over `size` maps around its own (Krizhevsky and others, 2012,
/// whose numbers are the defaults).
///
/// PyTorch divides α by the size, so its `alpha` is `size · α`.
package struct ResponseNormalization: IrrationalRule {
  package static let name = "lrn"
  package var operation: Operation { .responseNormalization(self) }

  /// How many maps are summed: `size / 2` below the own one, the rest from it on.
  package var size = 0
  package var alpha = defaultAlpha
  /// A multiple of 1/4, so that square roots are enough.
  package var beta = defaultBeta
  /// k, above 0.
  package var offset = SettingDefaults.own.offset

  package static let defaultAlpha = Ratio(1, over: 10_000)
  package static let defaultBeta = Ratio(3, over: 4)

  package init() {}

  package init(
    size: Int, alpha: Ratio = defaultAlpha, beta: Ratio = defaultBeta,
    offset: Ratio = SettingDefaults.own.offset
  ) {
    self.size = size
    self.alpha = alpha
    self.beta = beta
    self.offset = offset
  }

  package static let settings: [Setting<ResponseNormalization>] =
    [
      .size("a whole number of maps", example: "lrn:5", \.size),
      .ratio("alpha", \.alpha, default: { _ in defaultAlpha }, note: \.alphaNote) {
        rule, written, defaults in
        defaults.alpha(written: written, size: rule.size)
      },
      .ratio("beta", \.beta) { _ in defaultBeta },
      .ratio("k", \.offset) { $0.offset },
    ]

  package func contested(
    in layer: Layer, by defaults: SettingDefaults
  ) -> [WrittenSetting] {
    // Which α the default makes depends on the library; as it is written, it does not. What is done
    // with it does, whoever wrote it.
    [("k", offset.settingText), ("alpha", ResponseNormalization.defaultAlpha.settingText)]
      + (defaults.alphaNote.isEmpty ? [] : [("", "alpha\(defaults.alphaNote)")])
  }

  package func plan(over inputs: [Shape]) throws(ShapeError) -> LayerPlan {
    guard size >= 1 else { throw .setting(key: "size", found: "\(size)", expected: "1 or more") }
    guard alpha >= .zero else {
      throw .setting(key: "alpha", found: alpha.settingText, expected: "0 or more")
    }
    guard offset > .zero else {
      throw .setting(key: "k", found: offset.settingText, expected: "above 0")
    }
    let quarters = beta.multiplied(by: Ratio(4))
    guard let quarters, quarters.isWhole, quarters > .zero, !(quarters > Ratio(16)) else {
      throw .setting(
        key: "beta", found: beta.settingText, expected: "a multiple of 0.25 from 0.25 to 4")
    }
    return LayerPlan(output: inputs[0], placesPerCell: min(size, inputs[0].depth))
  }

  /// The maps that count for one, of a tensor that has so many.
  package func maps(around map: Int, of depth: Int) -> Range<Int> {
    max(0, map - size / 2)..<min(depth, map + (size - 1) / 2 + 1)
  }

  package func visit(_ cell: Cell, in layer: Layer, _ body: (Term) -> Void) {
    for map in maps(around: cell.depth, of: layer.input.depth) {
      body(Term(cell: Cell(cell.x, cell.y, map)))
    }
  }

  package func estimate(
    _ cell: Cell, in layer: Layer, over input: Tensor
  ) -> Double.Estimate? {
    let neighbours = layer.numbers(under: cell, of: input)
    let squares = neighbours.reduce(0.0) { $0 + $1.nearestDouble * $1.nearestDouble }
    return estimate(input[cell].nearestDouble, squares, of: neighbours.count)
  }

  /// - Parameters:
  ///   - number: the nearest to the exact one, as those of which the squares are.
  ///   - squares: the sum of so many squares.
  package func estimate(_ number: Double, _ squares: Double, of count: Int) -> Double.Estimate {
    // Nothing else is nearest to 0 in a tensor: its numbers are not as small as that.
    if number == 0 { return .zero }
    let base = offset.nearestDouble + alpha.nearestDouble * squares
    let root = base.squareRoot().squareRoot()
    var divisor = 1.0
    for _ in 0..<quarters { divisor *= root }
    // All that is added is positive, so every operation is right to 2^−53 of its result.
    let value = number / divisor
    let operations = Double(count + 4 * quarters + 16)
    return Double.Estimate(value: value, error: abs(value) * operations * 0x1p-52)
  }

  package func precise(_ cell: Cell, in layer: Layer, over input: Tensor) -> FixedPoint {
    let squares = ResponseNormalization.squares(layer.numbers(under: cell, of: input))
    let base = BigRational(offset) + BigRational(alpha) * squares
    let x = BigRational(input[cell])
    let magnitude = FixedPoint.fourthRoot(x.power(4) / base.power(quarters)).magnitude
    return FixedPoint(magnitude, isNegative: x.isNegative)
  }

  package func visitReaders(
    of cell: Cell, ofInput branch: Int, in layer: Layer, _ body: (Reading) -> Void
  ) {
    let (below, above) = ((size - 1) / 2, size / 2)
    let maps = max(0, cell.depth - below)...min(layer.output.depth - 1, cell.depth + above)
    for map in maps { body(Reading(output: Cell(cell.x, cell.y, map))) }
  }

  /// With `B = k + α · Σ x²` of the cell: `B^−β` for its own number, and `−2αβ · x · x′ · B^(−β−1)`
  /// for each `x′` among its squares.
  package func slope(
    of cell: Cell, by place: Cell, in layer: Layer, over input: Tensor, output: Tensor
  ) -> FixedPoint {
    let squares = ResponseNormalization.squares(layer.numbers(under: cell, of: input))
    let base = BigRational(offset) + BigRational(alpha) * squares
    let power = FixedPoint.fourthRoot(BigRational(Ratio(1)) / base.power(quarters))
    let numbers = BigRational(input[cell]) * BigRational(input[place])
    let factor = BigRational(Ratio(2)) * BigRational(alpha) * BigRational(beta) * numbers / base
    let shared = (FixedPoint(factor) * power).negated
    return cell == place ? power + shared : shared
  }

  package func estimatedSlope(
    of cell: Cell, by place: Cell, in layer: Layer, over input: Tensor, output: Tensor
  ) -> Double.Estimate {
    var squares = 0.0
    var count = 0
    layer.visit(cell) { term in
      guard let cell = term.cell else { return }
      let number = input[cell].nearestDouble
      squares += number * number
      count += 1
    }
    let base = offset.nearestDouble + alpha.nearestDouble * squares
    let root = base.squareRoot().squareRoot()
    var power = 1.0
    for _ in 0..<quarters { power /= root }
    let numbers = input[cell].nearestDouble * input[place].nearestDouble
    let shared = 2 * alpha.nearestDouble * beta.nearestDouble * numbers * power / base
    // All that is added up to the base is positive.
    let error = (power + abs(shared)) * Double(count + 4 * quarters + 32) * 0x1p-51
    return Double.Estimate(value: cell == place ? power - shared : -shared, error: error)
  }

  package func working(
    _ cell: Cell, in layer: Layer, over input: Tensor
  ) -> CellAccount.Working {
    let cells = layer.terms(of: cell).compactMap(\.cell)
    let values = cells.map { input[$0] }
    let squares = ResponseNormalization.squares(values)
    return .responded(
      Response(
        input: input[cell], cells: cells, values: values, settings: self,
        sumOfSquares: ResponseNormalization.exactSquares(values) ?? FixedPoint(squares).number))
  }

  package func region(
    readBy region: Region, ofInput branch: Int, in layer: Layer
  ) -> Region? {
    let first = maps(around: region.depths.lowerBound, of: layer.input.depth)
    let last = maps(around: region.depths.upperBound - 1, of: layer.input.depth)
    return region.over(depths: first.lowerBound..<last.upperBound)
  }

  /// β as a count of quarters.
  private var quarters: Int { Int((beta.numerator * 4) / beta.denominator) }

  private static func squares(_ numbers: [Number]) -> BigRational {
    numbers.reduce(BigRational(Ratio(0))) { $0 + BigRational($1) * BigRational($1) }
  }

  private static func exactSquares(_ values: [Number]) -> Number? {
    var sum = Ratio.zero
    for value in values {
      guard let ratio = value.ratio, let square = ratio.multiplied(by: ratio),
        let larger = sum.adding(square)
      else { return nil }
      sum = larger
    }
    return .ratio(sum)
  }
}
