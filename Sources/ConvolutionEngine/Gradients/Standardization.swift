import ExactNumbers

/// What a batch normalization's γ multiplies: each number of the input less its map's mean, over its
/// spread, `(x − μ)/√(σ² + ε)`. The gradient by γ is the sum of what flows back times these (Ioffe and
/// Szegedy, 2015, section 3).
package struct Standardization: Sendable {
  private let normalization: Normalization
  private let input: Tensor
  /// nil where some are no fractions, or may not fit 128 bits.
  package let lines: Lines?

  /// Each number as `scale · numerator + shift`, all over one denominator.
  package struct Lines: Sendable {
    package let denominator: Int128
    /// One a map.
    package let scales: [Int128]
    package let shifts: [Int128]
  }

  /// - Returns: nil for any other layer.
  init?(_ layer: Layer, over input: Tensor) {
    guard let normalization = layer.normalization else { return nil }
    self.normalization = normalization
    self.input = input
    lines = Lines(normalization, over: input)
  }

  /// One number as it is shown.
  package subscript(cell: Cell) -> Number {
    guard let lines, let numerator = numerator(of: cell) else { return precise(cell).number }
    return Number(numerator, over: lines.denominator)
  }

  /// The numerator over the denominator of all; nil without one.
  func numerator(of cell: Cell) -> Int128? {
    guard let lines, let numerators = input.numerators else { return nil }
    return lines.scales[cell.depth] * numerators[input.shape.index(cell)]
      + lines.shifts[cell.depth]
  }

  /// One number to within 2^−280.
  func precise(_ cell: Cell) -> FixedPoint { map(cell.depth).value(input[cell]) }

  /// One number in float64, and how far off it may be.
  func estimate(_ cell: Cell) -> Double.Estimate {
    map(cell.depth).doubles.estimate(input[cell].nearestDouble)
  }

  /// A map's numbers but for γ and β.
  package func map(_ map: Int) -> Normalization.Map { normalization[map].withoutLearned }
}

extension Standardization.Lines {
  /// - Returns: nil where some numbers are no fractions, or may not fit 128 bits.
  fileprivate init?(_ normalization: Normalization, over input: Tensor) {
    guard let numerators = input.numerators else { return nil }
    var lines: [Normalization.Line] = []
    var common: Int128 = 1
    for map in 0..<normalization.depth {
      guard let line = normalization[map].withoutLearned.line,
        let scaled = line.scale.multiplied(by: Ratio(1, over: input.denominator)),
        let both = leastCommonMultiple(scaled.reduced.denominator, line.shift.denominator),
        let next = leastCommonMultiple(common, both)
      else { return nil }
      common = next
      lines.append(line)
    }
    let largest = numerators.largestPossible
    var (scales, shifts): ([Int128], [Int128]) = ([], [])
    for line in lines {
      guard let scale = line.scale.multiplied(by: Ratio(common, over: input.denominator))?.reduced,
        let shift = line.shift.multiplied(by: Ratio(common))?.reduced
      else { return nil }
      let (product, overflows) = scale.numerator.magnitude.multipliedReportingOverflow(by: largest)
      let (most, sumOverflows) = product.addingReportingOverflow(shift.numerator.magnitude)
      guard !overflows, !sumOverflows, most <= Int128.max.magnitude else { return nil }
      scales.append(scale.numerator)
      shifts.append(shift.numerator)
    }
    (denominator, self.scales, self.shifts) = (common, scales, shifts)
  }
}

extension Integers {
  /// No number is larger in size: of narrow ones what their width holds, so that none is looked at.
  fileprivate var largestPossible: UInt128 {
    guard bytesEach == 16 else { return 1 << UInt128(8 * bytesEach - 1) }
    let bounds = bounds
    return max(bounds.lowerBound.magnitude, bounds.upperBound.magnitude)
  }
}
