/// What of a layer an array holds.
package enum ArrayRole: String, Sendable, CaseIterable {
  case weight, bias, gamma, beta, mean, variance

  /// The setting by which a layer does without; nil where it cannot.
  package var refusal: String? {
    switch self {
    case .bias: "bias=no"
    case .gamma: "scale=no"
    case .beta: "center=no"
    case .weight, .mean, .variance: nil
    }
  }
}
