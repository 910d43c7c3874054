import ConvolutionEngine

extension Tensor {
  /// Takes an array's numbers, axes named by `axes`.
  ///
  /// Three axes are a tensor, two one of depth 1, one a flat vector (1×1×N); of four, the first
  /// is a batch of one.
  ///
  /// - Throws: `NumpyError` for other numbers of axes, a larger batch, no numbers, and numbers
  ///   that are not taken.
  package init(_ file: NumpyFile, axes: AxisOrder = .xyd) throws(NumpyError) {
    let shape = try file.tensorShape(axes: axes)
    let roles = try file.tensorRoles(axes)
    switch try file.numbers(file.engineOrder(roles)) {
    case .exact(let integers, let denominator): self.init(shape, integers, over: denominator)
    case .float32(let floats): self = .float32(shape, floats, isRounded: false)
    }
  }
}

extension Coefficients {
  /// Takes a convolution's filters from an array.
  ///
  /// One filter may lack the axis of filters, filters of depth 1 that of depth.
  ///
  /// - Parameters:
  ///   - filter: the shape that each filter must have; its depth is that of its group.
  ///   - count: how many filters there must be.
  /// - Throws: `NumpyError` when the array has another shape or numbers that are not taken.
  package init(
    filters file: NumpyFile, axes: AxisOrder = .xyd, filter: Shape, count: Int
  ) throws(NumpyError) {
    let sizes = RoleSizes(shape: filter, filters: count)
    func way(_ order: AxisOrder) -> [AxisOrder.Role]? {
      order.filters(ofDepth: filter.depth, count: count)
        .first { roles in roles.map { sizes[$0] } == file.shape }
    }
    guard let roles = way(axes) else {
      throw .sizes(
        .unexpectedShape(
          what: .weights, found: file.shape, expected: axes.filters.map { sizes[$0] },
          axes: axes.filters.map(\.rawValue), fits: AxisOrder.allCases.first { way($0) != nil }))
    }
    try self.init(file, file.engineOrder(roles))
  }

  /// Takes a dense layer's weights from an array: out, in; for `yxd` (Keras) in, out.
  ///
  /// - Parameters:
  ///   - inputs: how many numbers the layer takes, in the order in which they lie.
  ///   - outputs: how many cells it makes.
  /// - Throws: `NumpyError` when the array has another shape or numbers that are not taken.
  package init(
    dense file: NumpyFile, axes: AxisOrder = .xyd, inputs: Int, outputs: Int
  ) throws(NumpyError) {
    let isKeras = axes == .yxd
    let outFirst = [outputs, inputs]
    let expected = isKeras ? outFirst.reversed() : outFirst
    guard file.shape == expected else {
      throw .sizes(
        .unexpectedShape(
          what: .weights, found: file.shape, expected: expected,
          axes: isKeras ? ["in", "out"] : ["out", "in"],
          fits: file.shape == expected.reversed() ? (isKeras ? .dyx : .yxd) : nil))
    }
    let (input, output) = isKeras ? (0, 1) : (1, 0)
    try self.init(
      file,
      [(inputs, input), (outputs, output)]
        .map { Odometer.Axis(extent: $0, stride: file.strides[$1]) })
  }

  /// Takes one number a filter, or a map, from an array of one axis.
  ///
  /// - Throws: `NumpyError` when the array has another shape or numbers that are not taken.
  package init(
    bias file: NumpyFile, count: Int, use: NumpyError.Use = .bias
  ) throws(NumpyError) {
    guard file.shape == [count] else {
      throw .sizes(
        .unexpectedShape(
          what: use, found: file.shape, expected: [count],
          axes: [use == .bias ? "filter" : "map"], fits: nil))
    }
    try self.init(file, file.engineOrder([.filter]))
  }

  /// Takes the numbers in the order in which the axes count through them.
  init(_ file: NumpyFile, _ axes: [Odometer.Axis]) throws(NumpyError) {
    switch try file.numbers(axes) {
    case .exact(let integers, let denominator):
      self = .stored(integers, denominator: denominator)
    case .float32(let floats): self = .float32(floats)
    }
  }
}
