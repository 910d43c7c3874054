import ExactNumbers

/// Why nothing can be learned.
package enum TrainingError: Error, Sendable, Equatable {
  case notDense(String)
  case notExact(String)
  case noExamples
  case rate(Ratio)
  case label(Int, example: Int, classes: Int)
  /// A number that is no fraction of 128 bits.
  case features(example: Int)
  case beyond128Bits
  /// What the layers before the head meet.
  case arithmetic(example: Int, String)
}

extension TrainingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notDense(let layer):
      "\(layer) is not dense, and only a dense layer learns here; end the layers with dense:N."
    case .notExact(let layer):
      "\(layer) has float32 weights, which would round what it learns; give it whole numbers or "
        + "fractions, or a new head."
    case .noExamples: "there are no examples; give at least one."
    case .rate(let rate):
      "the rate is \(rate.asciiText); it must be above 0, for example 1/16."
    case .label(let label, let example, let classes):
      "example \(example) is of class \(label), and the layer has \(classes), from 0 to "
        + "\(classes - 1)."
    case .features(let example):
      "example \(example) makes features that need more than 128 bits as fractions; use inputs and "
        + "weights with fewer digits."
    case .arithmetic(let example, let problem): "example \(example): \(problem)"
    case .beyond128Bits:
      "the head's numbers need more than 128 bits; use a rate that is a power of two, or inputs and "
        + "weights with fewer digits."
    }
  }
}
