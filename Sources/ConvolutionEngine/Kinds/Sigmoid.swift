import ExactNumbers

/// `1/(1 + e^−x)`
package struct Sigmoid: IrrationalRule {
  package static let name = "sigmoid"
  package static let isSlow = true
  package var operation: Operation { .sigmoid(self) }

  package init() {}

  package func precise(_ cell: Cell, in layer: Layer, over input: Tensor) -> FixedPoint {
    Sigmoid.share(of: input[cell])
  }

  package var squashing: Squashing? { .alone }

  static func share(of number: Number) -> FixedPoint {
    let exponential = exponential(number)
    return (number.isNegative ? exponential : .one) / (.one + exponential)
  }

  /// `−t · ln p − (1 − t) · ln(1 − p)` of a number's share p: `ln(1 + e^−|x|)`, and `|x|` times how
  /// much of the other side is wanted.
  static func crossEntropy(_ number: Number, target: Number) -> FixedPoint {
    let (x, target) = (BigRational(number), BigRational(target))
    let wrong =
      number.isNegative
      ? (BigRational(Ratio(0)) - x) * target : x * (BigRational(Ratio(1)) - target)
    return FixedPoint.logarithm(of: .one + exponential(number)) + FixedPoint(wrong)
  }

  package func working(
    _ cell: Cell, in layer: Layer, over input: Tensor
  ) -> CellAccount.Working {
    .squashed(input[cell], exponential: Sigmoid.exponential(input[cell]).number)
  }

  /// `y · (1 − y)`, from the output.
  package func slope(
    of cell: Cell, by place: Cell, in layer: Layer, over input: Tensor, output: Tensor
  ) -> FixedPoint {
    let share = FixedPoint(BigRational(output[cell]))
    return share * (.one - share)
  }

  package func estimatedSlope(
    of cell: Cell, by place: Cell, in layer: Layer, over input: Tensor, output: Tensor
  ) -> Double.Estimate {
    let share = output[cell].nearestDouble
    let slope = share * (1 - share)
    return Double.Estimate(value: slope, error: slope * 0x1p-50)
  }

  /// e^−|x|: of a negative number the sigmoid is e^x/(1 + e^x) too, in which nothing grows.
  private static func exponential(_ number: Number) -> FixedPoint {
    let x = BigRational(number)
    return .exponential(ofMinus: number.isNegative ? BigRational(Ratio(0)) - x : x)
  }
}
