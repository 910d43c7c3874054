/// A list of numbers that a layer multiplies or adds: held, or made from a seed when asked for.
package enum Coefficients: Sendable, Equatable {
  case stored(Integers, denominator: Int128)
  case seeded(SeededSequence, count: Int)

  package var count: Int {
    switch self {
    case .stored(let numerators, _): numerators.count
    case .seeded(_, let count): count
    }
  }

  package var denominator: Int128 {
    switch self {
    case .stored(_, let denominator): denominator
    case .seeded: 1
    }
  }

  /// The numerator of one number.
  package subscript(index: Int) -> Int128 {
    switch self {
    case .stored(let numerators, _): numerators[index]
    case .seeded(let sequence, _): Int128(sequence[index])
    }
  }

  /// Every number's numerator lies within this.
  package var bounds: ClosedRange<Int128> {
    switch self {
    case .stored(let numerators, _): numerators.bounds
    case .seeded(let sequence, _): Int128(sequence.low)...Int128(sequence.high)
    }
  }
}

/// The numbers of a convolution or a dense layer.
///
/// Weights stand filter by filter, and in each x fastest, then y, then depth: PyTorch's
/// `[filter][depth][y][x]`. Groups share nothing: each filter has the depth of its group.
package struct Parameters: Sendable, Equatable {
  /// One filter's width × height × depth.
  package let filter: Shape
  package let filters: Int
  package let weights: Coefficients
  /// One number a filter; nil: no bias.
  package let bias: Coefficients?

  /// - Throws: `ShapeError.parameters` when a count does not fit.
  package init(
    filter: Shape, filters: Int, weights: Coefficients, bias: Coefficients?
  ) throws(ShapeError) {
    guard weights.count == filter.count * filters else {
      throw .parameters(
        what: "the weights", found: "\(weights.count) numbers",
        expected: "\(filters) filters of \(filter): \(filters * filter.count)")
    }
    if let bias, bias.count != filters {
      throw .parameters(
        what: "the bias", found: "\(bias.count) numbers", expected: "\(filters), one a filter")
    }
    self.filter = filter
    self.filters = filters
    self.weights = weights
    self.bias = bias
  }

  /// Seeded weights from −2 to 2 and biases from −3 to 3; see `SeededSequence`.
  package init(
    seed: UInt64, layer: Int, filter: Shape, filters: Int, hasBias: Bool
  ) throws(ShapeError) {
    let count = filter.count * filters
    let weights = SeededSequence(seed: seed, layer: layer, low: -2, high: 2)
    let bias = SeededSequence(seed: seed, layer: layer, low: -3, high: 3, offset: count)
    try self.init(
      filter: filter, filters: filters, weights: .seeded(weights, count: count),
      bias: hasBias ? .seeded(bias, count: filters) : nil)
  }

  /// The numerator of a filter's weight; the place is inside the filter.
  package func weight(_ filter: Int, _ place: Cell) -> Int128 {
    weights[filter * self.filter.count + self.filter.index(place)]
  }

  /// How many numbers there are to learn.
  package var count: Int { weights.count + (bias?.count ?? 0) }

  /// The count as the sum that makes it: `2·(5·5·4) + 2 = 202`.
  package var countText: String {
    let each =
      filter.isFlat
      ? "\(filters)·\(filter.depth)"
      : "\(filters)·(\(filter.width)·\(filter.height)·\(filter.depth))"
    return bias == nil ? "\(each) = \(count)" : "\(each) + \(filters) = \(count)"
  }
}
