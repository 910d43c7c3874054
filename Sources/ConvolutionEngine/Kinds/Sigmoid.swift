import ExactNumbers

/// `1/(1 + e^−x)`
package struct Sigmoid: IrrationalRule {
  package static let name = "sigmoid"
  package static let isSlow = true
  package var operation: Operation { .sigmoid(self) }

  package init() {}

  package func precise(_ cell: Cell, in layer: Layer, over input: Tensor) -> FixedPoint {
    let number = input[cell]
    let exponential = Sigmoid.exponential(number)
    return (number.isNegative ? exponential : .one) / (.one + exponential)
  }

  package func working(
    _ cell: Cell, in layer: Layer, over input: Tensor
  ) -> CellAccount.Working {
    .squashed(input[cell], exponential: Sigmoid.exponential(input[cell]).number)
  }

  /// e^−|x|: of a negative number the sigmoid is e^x/(1 + e^x) too, in which nothing grows.
  private static func exponential(_ number: Number) -> FixedPoint {
    let x = BigRational(number)
    return .exponential(ofMinus: number.isNegative ? BigRational(Ratio(0)) - x : x)
  }
}
