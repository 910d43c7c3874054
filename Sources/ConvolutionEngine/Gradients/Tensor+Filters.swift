import ExactNumbers

extension Tensor {
  /// Numbers that stand in the order of a layer's weights, filter by filter.
  package func filters(of layer: Layer) -> [Tensor] {
    guard let parameters = layer.parameters else { return [] }
    let filter = parameters.filter
    return (0..<parameters.filters).map { index in
      let range = index * filter.count..<(index + 1) * filter.count
      switch storage {
      case .exact(let numerators, let denominator):
        return Tensor(filter, range.map { numerators[$0] }, over: denominator)
      case .float32(let floats, let isRounded):
        return Tensor(filter, finite: Array(floats[range]), isRounded: isRounded)
      }
    }
  }
}
