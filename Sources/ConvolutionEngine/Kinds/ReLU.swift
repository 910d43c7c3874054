import ExactNumbers

/// `max(0, x)`
package struct ReLU: PointwiseRule {
  package static let name = "relu"
  package var operation: Operation { .relu(self) }

  package init() {}

  package var turn: Turn? { .bend }

  package func numerator(
    _ number: Int128, over input: Int128, to denominator: Int128, map: Int, in layer: Layer
  ) -> Int128? {
    max(0, number)
  }

  // A zero gets no sign.
  package func value(_ number: Float) -> ExactValue { ExactValue(max(0, number)) }

  /// 0 at 0, as in PyTorch and TensorFlow.
  package func slope(at number: Number, map: Int, in layer: Layer) -> Ratio {
    number > .zero ? Ratio(1) : .zero
  }
}

/// `min(6, max(0, x))`
package struct ReLU6: PointwiseRule {
  package static let name = "relu6"
  package var operation: Operation { .relu6(self) }

  package init() {}

  package var turn: Turn? { .bend }

  package func numerator(
    _ number: Int128, over input: Int128, to denominator: Int128, map: Int, in layer: Layer
  ) -> Int128? {
    // A number over what 6 would be beyond 128 bits is below 6.
    let (six, overflows) = denominator.multipliedReportingOverflow(by: 6)
    return overflows ? max(0, number) : min(six, max(0, number))
  }

  package func value(_ number: Float) -> ExactValue { ExactValue(min(6, max(0, number))) }

  /// 0 at both ends, as in PyTorch.
  package func slope(at number: Number, map: Int, in layer: Layer) -> Ratio {
    number > .zero && number < Number(6) ? Ratio(1) : .zero
  }
}
