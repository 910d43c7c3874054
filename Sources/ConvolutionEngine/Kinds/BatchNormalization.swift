import ExactNumbers

/// Batch normalization as it works after training: for each map, with its own four numbers,
/// `γ · (x − μ)/√(σ² + ε) + β` (Ioffe and Szegedy, 2015).
package struct BatchNormalization: PointwiseRule, IrrationalRule {
  package static let name = "batchnorm"
  package var operation: Operation { .batchNormalization(self) }

  /// ε, above 0.
  package var epsilon = SettingDefaults.own.epsilon
  /// Whether there is a γ to learn; else it is 1.
  package var hasScale = true
  /// Whether there is a β to learn; else it is 0.
  package var hasCentre = true

  package init() {}

  package init(
    epsilon: Ratio = SettingDefaults.own.epsilon, hasScale: Bool = true, hasCentre: Bool = true
  ) {
    self.epsilon = epsilon
    self.hasScale = hasScale
    self.hasCentre = hasCentre
  }

  package static let settings: [Setting<BatchNormalization>] =
    [
      .ratio("epsilon", \.epsilon) { $0.epsilon },
      .flag("scale", \.hasScale), .flag("center", \.hasCentre),
    ]

  package func contested(
    in layer: Layer, by defaults: SettingDefaults
  ) -> [WrittenSetting] {
    [("epsilon", epsilon.settingText)]
  }

  package var roles: [ArrayRole] {
    (hasScale ? [.gamma] : []) + (hasCentre ? [.beta] : []) + [.mean, .variance]
  }

  /// How many numbers each map has: mean and variance, and those to learn.
  package var rows: Int { 2 + learnedRows }

  /// How many of them are learned by gradient: γ and β.
  package var learnedRows: Int { (hasScale ? 1 : 0) + (hasCentre ? 1 : 0) }

  package func plan(over inputs: [Shape]) throws(ShapeError) -> LayerPlan {
    guard epsilon > .zero, epsilon < Ratio(1) else {
      throw .setting(key: "epsilon", found: epsilon.settingText, expected: "above 0 and below 1")
    }
    return LayerPlan(output: inputs[0], normalization: self)
  }

  /// A line `scale · x + shift` where every root is a fraction and the input is exact.
  package func combination(in layer: Layer, over inputs: [Tensor]) -> Combination {
    inputs[0].isExact && layer.normalization?.isExact == true ? .pointwise(self) : .irrational(self)
  }

  package func denominator(over denominator: Int128, in layer: Layer) -> Int128? {
    guard let factors = layer.normalization?.denominators else { return nil }
    let (product, overflows) = factors.scale.multipliedReportingOverflow(by: denominator)
    return overflows ? nil : leastCommonMultiple(product, factors.shift)
  }

  package func numerator(
    _ number: Int128, over input: Int128, to denominator: Int128, map: Int, in layer: Layer
  ) -> Int128? {
    guard let line = layer.normalization?.line(map) else { return nil }
    var sum = WideSum()
    sum.add(number, times: line.scale.numerator)
    guard sum.multiply(by: denominator / input / line.scale.denominator) else { return nil }
    sum.add(line.shift.numerator, times: denominator / line.shift.denominator)
    return sum.total
  }

  package func value(_ number: Float) -> ExactValue {
    preconditionFailure("over float32 it is a root's, see `combination(in:over:)`")
  }

  /// The line's where there is one, whatever the input is.
  package func derivative(in layer: Layer, over inputs: [Tensor]) -> Derivative {
    layer.normalization?.isExact == true ? .slope(self) : .irrational(self)
  }

  package func slope(at number: Number, map: Int, in layer: Layer) -> Ratio {
    layer.normalization?.line(map)?.scale ?? .zero
  }

  package func slopeDenominator(in layer: Layer) -> Int128? {
    layer.normalization?.denominators?.scale
  }

  /// `γ/√(σ² + ε)`
  package func slope(
    of cell: Cell, by place: Cell, in layer: Layer, over input: Tensor, output: Tensor
  ) -> FixedPoint {
    let map = map(of: cell, in: layer)
    let square = BigRational(map.gamma) * BigRational(map.gamma)
    let root = FixedPoint.root(square / (BigRational(map.variance) + BigRational(map.epsilon)))
    return map.gamma.isNegative ? root.negated : root
  }

  package func estimatedSlope(
    of cell: Cell, by place: Cell, in layer: Layer, over input: Tensor, output: Tensor
  ) -> Double.Estimate {
    let factor = map(of: cell, in: layer).doubles.factor
    return Double.Estimate(value: factor, error: abs(factor) * 0x1p-48)
  }

  package func estimate(
    _ cell: Cell, in layer: Layer, over input: Tensor
  ) -> Double.Estimate? {
    map(of: cell, in: layer).doubles.estimate(input[cell].nearestDouble)
  }

  package func precise(_ cell: Cell, in layer: Layer, over input: Tensor) -> FixedPoint {
    map(of: cell, in: layer).value(input[cell])
  }

  package func working(of number: Number, map: Int, in layer: Layer) -> CellAccount.Working {
    .normalized(number, self.map(of: Cell(0, 0, map), in: layer))
  }

  package func working(
    _ cell: Cell, in layer: Layer, over input: Tensor
  ) -> CellAccount.Working {
    working(of: input[cell], map: cell.depth, in: layer)
  }

  private func map(of cell: Cell, in layer: Layer) -> Normalization.Map {
    guard let normalization = layer.normalization else {
      preconditionFailure("a batch normalization has its numbers")
    }
    return normalization[cell.depth]
  }
}

extension Normalization.Map {
  /// `γ · (x − μ)/√(σ² + ε) + β`
  func value(_ number: Number) -> FixedPoint {
    let product = BigRational(gamma) * (BigRational(number) - BigRational(mean))
    // Over float32 such a line makes many a number that lies halfway between two, which only this
    // decides: without a root to draw.
    if let root {
      return FixedPoint(product / BigRational(root) + BigRational(beta))
    }
    let square = product * product / (BigRational(variance) + BigRational(epsilon))
    let scaled = FixedPoint(FixedPoint.root(square).magnitude, isNegative: product.isNegative)
    return scaled + FixedPoint(BigRational(beta))
  }

  /// Its numbers, each right to a few times 2^−53 of itself.
  package var doubles: Doubles {
    let root = (variance.nearestDouble + epsilon.nearestDouble).squareRoot()
    return Doubles(
      factor: gamma.nearestDouble / root, mean: mean.nearestDouble, beta: beta.nearestDouble)
  }

  package struct Doubles {
    let factor: Double
    let mean: Double
    let beta: Double

    /// - Parameter x: the nearest to the exact number.
    package func estimate(_ x: Double) -> Double.Estimate {
      // Each of the few operations is right to 2^−53 of its result.
      let size = abs(factor) * (abs(x) + abs(mean)) + abs(beta)
      return Double.Estimate(value: factor * (x - mean) + beta, error: size * 0x1p-48)
    }
  }
}
