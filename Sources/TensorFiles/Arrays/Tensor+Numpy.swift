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
    case .integers(let integers): self.init(shape, integers)
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
      throw .unexpectedShape(
        what: .weights, found: file.shape, expected: axes.filters.map { sizes[$0] },
        axes: axes.filters.map(\.rawValue), fits: AxisOrder.allCases.first { way($0) != nil })
    }
    try self.init(file, file.engineOrder(roles))
  }

  /// Takes a dense layer's weights from an array: out, in; for `yxd` (Keras) in, out.
  ///
  /// Keras flattens y by y, x by x, depth fastest, the walk x fastest and depth slowest; so Keras's
  /// weights are put in the walk's order here, for which the shape before `flatten` is needed.
  ///
  /// - Parameters:
  ///   - input: the shape before `flatten`, or the flat input's own where there is none.
  ///   - outputs: how many cells the layer makes.
  /// - Throws: `NumpyError` when the array has another shape or numbers that are not taken.
  package init(
    dense file: NumpyFile, axes: AxisOrder = .xyd, input: Shape, outputs: Int
  ) throws(NumpyError) {
    let isKeras = axes == .yxd
    let outFirst = [outputs, input.count]
    let expected = isKeras ? outFirst.reversed() : outFirst
    guard file.shape == expected else {
      throw .unexpectedShape(
        what: .weights, found: file.shape, expected: expected,
        axes: isKeras ? ["in", "out"] : ["out", "in"],
        fits: file.shape == expected.reversed() ? (isKeras ? .dyx : .yxd) : nil)
    }
    let step = file.strides[isKeras ? 0 : 1]
    let output = Odometer.Axis(extent: outputs, stride: file.strides[isKeras ? 1 : 0])
    let inside = isKeras ? input.kerasStrides : input.walkStrides
    let order = zip([input.width, input.height, input.depth], inside)
      .map { Odometer.Axis(extent: $0, stride: $1 * step) }
    try self.init(file, order + [output])
  }

  /// Takes one number a filter, or a map, from an array of one axis.
  ///
  /// - Throws: `NumpyError` when the array has another shape or numbers that are not taken.
  package init(
    bias file: NumpyFile, count: Int, use: NumpyError.Use = .bias
  ) throws(NumpyError) {
    guard file.shape == [count] else {
      throw .unexpectedShape(
        what: use, found: file.shape, expected: [count],
        axes: [use == .bias ? "filter" : "map"], fits: nil)
    }
    try self.init(file, file.engineOrder([.filter]))
  }

  /// Takes the numbers in the order in which the axes count through them.
  init(_ file: NumpyFile, _ axes: [Odometer.Axis]) throws(NumpyError) {
    switch try file.numbers(axes) {
    case .integers(let integers): self = .stored(integers, denominator: 1)
    case .float32(let floats): self = .float32(floats)
    }
  }
}

extension Shape {
  /// How far apart neighbours along x, y and depth stand in a flat vector of the walk.
  fileprivate var walkStrides: [Int] { [1, width, plane] }

  /// The same in one that Keras flattened.
  fileprivate var kerasStrides: [Int] { [depth, width * depth, 1] }
}
