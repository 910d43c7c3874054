/// A convolution: each filter's products with every window, added up, and its bias.
///
/// What every deep-learning library computes: the filter is not flipped.
package struct Convolution: WindowedRule {
  package static let name = "conv"
  package static let hasWeights = true
  package var operation: Operation { .convolution(self) }

  package var windows = WindowSettings(size: Pair(0))
  /// How many filters, and so the output's depth.
  package var filters = 1
  package var groups = 1
  package var hasBias = true

  package init() {}

  package init(windows: WindowSettings, filters: Int = 1, groups: Int = 1, hasBias: Bool = true) {
    self.windows = windows
    self.filters = filters
    self.groups = groups
    self.hasBias = hasBias
  }

  package static let settings: [Setting<Convolution>] =
    Setting.windows(roundingUp: false, first: [.integer("filters", \.filters, default: 1)])
    + [.integer("groups", \.groups, default: 1), .bias(\.hasBias)]

  package func plan(over inputs: [Shape]) throws(ShapeError) -> LayerPlan {
    try windows.plan(over: inputs[0], filters: filters, groups: groups, hasBias: hasBias)
  }

  package func combination(in layer: Layer, over inputs: [Tensor]) -> Combination { .weightedSum }

  package func visit(_ cell: Cell, in layer: Layer, _ body: (Term) -> Void) {
    layer.forEachTap(of: cell, body)
  }

  package func visitReaders(
    of cell: Cell, ofInput branch: Int, in layer: Layer, _ body: (Reading) -> Void
  ) {
    layer.forEachReader(of: cell, body)
  }
}

/// A depthwise convolution: each depth of the input has filters of its own, which see it alone.
package struct DepthwiseConvolution: WindowedRule {
  package static let name = "depthwise"
  package static let hasWeights = true
  package var operation: Operation { .depthwiseConvolution(self) }

  package var windows = WindowSettings(size: Pair(0))
  /// How many filters each input depth has.
  package var multiplier = 1
  package var hasBias = true

  package init() {}

  package init(windows: WindowSettings, multiplier: Int = 1, hasBias: Bool = true) {
    self.windows = windows
    self.multiplier = multiplier
    self.hasBias = hasBias
  }

  package static let settings: [Setting<DepthwiseConvolution>] =
    Setting.windows(roundingUp: false, first: [.integer("multiplier", \.multiplier, default: 1)])
    + [.bias(\.hasBias)]

  package func plan(over inputs: [Shape]) throws(ShapeError) -> LayerPlan {
    let depth = inputs[0].depth
    guard multiplier >= 1 else {
      throw .setting(key: "multiplier", found: "\(multiplier)", expected: "1 or more")
    }
    let (filters, overflows) = depth.multipliedReportingOverflow(by: multiplier)
    guard !overflows else {
      throw .tooManyNumbers("\(multiplier) filters for each depth of \(inputs[0])")
    }
    return try windows.plan(over: inputs[0], filters: filters, groups: depth, hasBias: hasBias)
  }

  package func combination(in layer: Layer, over inputs: [Tensor]) -> Combination { .weightedSum }

  package func visit(_ cell: Cell, in layer: Layer, _ body: (Term) -> Void) {
    layer.forEachTap(of: cell, body)
  }

  package func visitReaders(
    of cell: Cell, ofInput branch: Int, in layer: Layer, _ body: (Reading) -> Void
  ) {
    layer.forEachReader(of: cell, body)
  }
}

extension WindowSettings {
  /// The sizes of filters over an input: `(W − F + 2P)/S + 1` windows along each axis, a map a
  /// filter.
  fileprivate func plan(
    over input: Shape, filters: Int, groups: Int, hasBias: Bool
  ) throws(ShapeError) -> LayerPlan {
    for (key, value) in [("groups", groups), ("filters", filters)] where value < 1 {
      throw .setting(key: key, found: "\(value)", expected: "1 or more")
    }
    guard input.depth % groups == 0 else {
      throw .groups(groups: groups, what: "the input's depth", found: input.depth)
    }
    guard filters % groups == 0 else {
      throw .groups(groups: groups, what: "the filters", found: filters)
    }
    let windows = try Windows(self, over: input)
    let output = try Shape(windows.x.positions, windows.y.positions, filters)
    let filter = try Shape(size.x, size.y, input.depth / groups)
    return LayerPlan(
      output: output, windows: windows,
      filters: LayerPlan.Filters(shape: filter, count: filters, hasBias: hasBias), groups: groups,
      placesPerCell: filter.count)
  }
}
