import ExactNumbers

/// A list of numbers that a layer multiplies or adds: held, or made from a seed when asked for.
package enum Coefficients: Sendable, Equatable {
  case stored(Integers, denominator: Int128)
  case seeded(SeededSequence, count: Int)
  /// None infinite or NaN.
  case float32([Float])

  /// Whether a seed makes them.
  package var isSeeded: Bool {
    if case .seeded = self { true } else { false }
  }

  package var count: Int {
    switch self {
    case .stored(let numerators, _): numerators.count
    case .seeded(_, let count): count
    case .float32(let floats): floats.count
    }
  }

  /// What the numerators of exact ones stand over; 1 for float32.
  package var denominator: Int128 {
    switch self {
    case .stored(_, let denominator): denominator
    case .seeded, .float32: 1
    }
  }

  package subscript(index: Int) -> Number {
    if case .float32(let floats) = self { return .float32(floats[index]) }
    return Number(numerator(index), over: denominator)
  }

  /// One number times the denominator, for exact ones only.
  package func numerator(_ index: Int) -> Int128 {
    switch self {
    case .stored(let numerators, _): return numerators[index]
    case .seeded(let sequence, _): return Int128(sequence[index])
    case .float32: preconditionFailure("a float32 number has no numerator")
    }
  }

  /// One number times the denominator.
  func term(_ index: Int) -> BinaryTerm {
    if case .float32(let floats) = self { return BinaryTerm(floats[index]) }
    return BinaryTerm(integer: numerator(index))
  }

  package var isExact: Bool {
    if case .float32 = self { false } else { true }
  }

  /// Every number's numerator lies within this; nil for float32.
  package var bounds: ClosedRange<Int128>? {
    switch self {
    case .stored(let numerators, _): numerators.bounds
    case .seeded(let sequence, _): Int128(sequence.low)...Int128(sequence.high)
    case .float32: nil
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
        expected:
          "\(filters) filter\(filters == 1 ? "" : "s") of \(filter): \(filters * filter.count)")
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

  /// Seeded weights, from −2 to 2 unless the scheme says otherwise, and biases from −3 to 3; see
  /// `SeededSequence`.
  package init(
    seed: UInt64, scheme: WeightScheme = .small, layer: Int, filter: Shape, filters: Int,
    hasBias: Bool
  ) throws(ShapeError) {
    let count = filter.count * filters
    let weights = scheme.weights(seed: seed, layer: layer, filter: filter)
    let bias = SeededSequence(seed: seed, layer: layer, low: -3, high: 3, offset: count)
    try self.init(
      filter: filter, filters: filters, weights: .seeded(weights, count: count),
      bias: hasBias ? .seeded(bias, count: filters) : nil)
  }

  /// A filter's weight; the place is inside the filter.
  package func weight(_ filter: Int, _ place: Cell) -> Number { weights[index(filter, place)] }

  /// Where a filter's weight stands among all weights.
  func index(_ filter: Int, _ place: Cell) -> Int {
    filter * self.filter.count + self.filter.index(place)
  }

  package var isExact: Bool { weights.isExact && bias?.isExact != false }

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
