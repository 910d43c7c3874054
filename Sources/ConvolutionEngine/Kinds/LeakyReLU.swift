import ExactNumbers

/// `x` where that is not negative, else `slope · x` (Maas and others, 2013).
package struct LeakyReLU: PointwiseRule {
  package static let name = "leakyrelu"
  package var operation: Operation { .leakyReLU(self) }

  /// What a negative number is multiplied by.
  package var slope = Ratio.zero

  package init() {}

  package init(slope: Ratio) { self.slope = slope.reduced }

  package static let settings: [Setting<LeakyReLU>] =
    [.number("a slope such as 0.1 or 1/3", example: "leakyrelu:0.1", \.slope)]

  package func denominator(over denominator: Int128, in layer: Layer) -> Int128? {
    let (product, overflows) = denominator.multipliedReportingOverflow(by: slope.denominator)
    return overflows ? nil : product
  }

  package var turn: Turn? { .bend }

  package func numerator(
    _ number: Int128, over input: Int128, to denominator: Int128, map: Int, in layer: Layer
  ) -> Int128? {
    let factor = number < 0 ? slope.numerator : slope.denominator
    let (product, overflows) = number.multipliedReportingOverflow(by: factor)
    return overflows ? nil : product
  }

  package func value(_ number: Float) -> ExactValue {
    guard number < 0 else { return ExactValue(number) }
    return ExactValue(
      product: BinaryTerm(number), BinaryTerm(integer: slope.numerator), over: slope.denominator)
  }

  package var roundsFloats: Bool { true }

  /// The slope of the negative side at 0, as in PyTorch.
  package func slope(at number: Number, map: Int, in layer: Layer) -> Ratio {
    number > .zero ? Ratio(1) : slope
  }

  package func slopeDenominator(in layer: Layer) -> Int128? { slope.denominator }
}
