import ConvolutionEngine

/// What a table counts as a layer's work: literature and tools differ by more than a factor of 2.
package enum CountedWork: String, Sendable, CaseIterable {
  /// Multiplications with a weight, each with the addition that follows it.
  case macs
  /// Two operations a multiply-add.
  case flops
  /// The same and one more for each bias that is added.
  case flopsAndBias = "flops+bias"

  /// The heading of its column.
  var title: String { self == .macs ? "multiply-adds" : rawValue }

  /// What is counted, for a sentence under the table.
  package var explanation: String {
    let others = "pooling, normalization and activations are not"
    switch self {
    case .macs:
      return "multiply-adds: one a product with a weight, padded places counted; biases, \(others)."
    case .flops:
      return "flops: two a product with a weight, padded places counted; biases, \(others)."
    case .flopsAndBias:
      return "flops+bias: two a product with a weight, padded places counted, and one a bias; "
        + "\(others)."
    }
  }

  func work(of layer: Layer) -> Int {
    let biases = layer.parameters?.bias == nil ? 0 : layer.output.count
    switch self {
    case .macs: return layer.multiplyAdds
    case .flops: return 2 * layer.multiplyAdds
    case .flopsAndBias: return 2 * layer.multiplyAdds + biases
    }
  }

  func work(of network: Network) -> Int { network.layers.reduce(0) { $0 + work(of: $1) } }
}
