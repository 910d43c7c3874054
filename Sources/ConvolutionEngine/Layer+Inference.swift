extension Layer {
  /// Infers a layer's windows, output and parameters from its inputs.
  init(
    index: Int, name: String, specification: LayerSpecification, sources: [Source],
    inputs: [Shape], seed: UInt64, scheme: WeightScheme
  ) throws(ShapeError) {
    try specification.operation.checkInputs(inputs)
    let input = inputs[0]
    self.index = index
    self.name = name
    self.specification = specification
    self.sources = sources
    self.inputs = inputs
    normalization = try specification.operation.normalization(
      over: input, seed: seed, layer: index + 1)
    switch specification.operation {
    case .convolution(let convolution):
      let convolution = try convolution.resolved(over: input)
      let windows = try Windows(convolution.windows, over: input)
      output = try Shape(windows.x.positions, windows.y.positions, convolution.filters)
      self.windows = windows
      parameters = try Parameters.seeded(
        seed: seed, scheme: scheme, layer: index + 1, filter: convolution.filter(over: input),
        filters: convolution.filters, hasBias: convolution.hasBias)
    case .pool(let pool):
      let windows = try Windows(pool.windows, over: input)
      if pool.kind == .maximum || !pool.countsPadding { try windows.refuseEmpty() }
      output = try Shape(windows.x.positions, windows.y.positions, input.depth)
      self.windows = windows
      parameters = nil
    case .globalAverage:
      let whole = WindowSettings(size: Pair(input.width, input.height))
      output = try Shape(1, 1, input.depth)
      windows = try Windows(whole, over: input)
      parameters = nil
    case .relu, .relu6, .sigmoid, .softmax, .batchNormalization, .responseNormalization,
      .dropout, .addition, .concatenation, .zeroPadding:
      output = try specification.operation.output(from: inputs)
      windows = nil
      parameters = nil
    case .flatten:
      output = try Shape(1, 1, input.count)
      windows = nil
      parameters = nil
    case .dense(let dense):
      guard input.isFlat else { throw .needsFlatInput(found: input) }
      guard dense.outputs >= 1 else {
        throw .setting(key: "outputs", found: "\(dense.outputs)", expected: "1 or more")
      }
      output = try Shape(1, 1, dense.outputs)
      windows = nil
      parameters = try Parameters.seeded(
        seed: seed, scheme: scheme, layer: index + 1, filter: input, filters: dense.outputs,
        hasBias: dense.hasBias)
    }
  }
}

extension ConvolutionSettings {
  /// The same with the groups and filters that a depthwise one has over an input.
  fileprivate func resolved(over input: Shape) throws(ShapeError) -> ConvolutionSettings {
    var settings = self
    if let multiplier {
      guard multiplier >= 1 else {
        throw .setting(key: "multiplier", found: "\(multiplier)", expected: "1 or more")
      }
      let (filters, overflows) = input.depth.multipliedReportingOverflow(by: multiplier)
      guard !overflows else {
        throw .tooManyNumbers("\(multiplier) filters for each depth of \(input)")
      }
      settings.groups = input.depth
      settings.filters = filters
    }
    try settings.checkGroups(over: input)
    return settings
  }

  private func checkGroups(over input: Shape) throws(ShapeError) {
    guard groups >= 1 else {
      throw .setting(key: "groups", found: "\(groups)", expected: "1 or more")
    }
    guard filters >= 1 else {
      throw .setting(key: "filters", found: "\(filters)", expected: "1 or more")
    }
    guard input.depth % groups == 0 else {
      throw .groups(groups: groups, what: "the input's depth", found: input.depth)
    }
    guard filters % groups == 0 else {
      throw .groups(groups: groups, what: "the filters", found: filters)
    }
  }

  /// One filter's shape over an input: its depth is the input's, divided among the groups.
  fileprivate func filter(over input: Shape) throws(ShapeError) -> Shape {
    try Shape(windows.size.x, windows.size.y, input.depth / groups)
  }
}

extension Parameters {
  /// The same as the initializer, for sizes of which the product may not be possible.
  fileprivate static func seeded(
    seed: UInt64, scheme: WeightScheme, layer: Int, filter: Shape, filters: Int, hasBias: Bool
  ) throws(ShapeError) -> Parameters {
    let (count, overflows) = filter.count.multipliedReportingOverflow(by: filters)
    guard !overflows, count <= Shape.largestCount else {
      throw .tooManyNumbers("\(filters) filters of \(filter)")
    }
    return try Parameters(
      seed: seed, scheme: scheme, layer: layer, filter: filter, filters: filters, hasBias: hasBias)
  }
}

extension Windows {
  fileprivate init(_ settings: WindowSettings, over input: Shape) throws(ShapeError) {
    x = try settings.windows(.x, over: input.width)
    y = try settings.windows(.y, over: input.height)
  }

  /// A pool whose window holds no real place has nothing to choose from or to divide by.
  fileprivate func refuseEmpty() throws(ShapeError) {
    for windows in [x, y] {
      for position in windows.edgePositions.joined()
      where windows.tapsInside(position: position).isEmpty {
        throw .windowOfPadding(axis: windows.axis, position: position, input: windows.input)
      }
    }
  }
}
