/// Max pooling: the largest number of each window, in each depth alone.
package struct MaxPool: WindowedRule {
  package static let name = "maxpool"
  package var operation: Operation { .maxPool(self) }

  package var windows = WindowSettings(size: Pair(0))

  package init() {}

  package init(windows: WindowSettings) { self.windows = windows }

  package static let settings: [Setting<MaxPool>] = Setting.windows(roundingUp: true)

  package func plan(over inputs: [Shape]) throws(ShapeError) -> LayerPlan {
    try windows.pooling(over: inputs[0], needsPlaces: true)
  }

  package func combination(in layer: Layer, over inputs: [Tensor]) -> Combination { .maximum }

  package var turn: Turn? { .maximum }

  package func visit(_ cell: Cell, in layer: Layer, _ body: (Term) -> Void) {
    layer.forEachPlace(under: cell, body)
  }

  package func visitReaders(
    of cell: Cell, ofInput branch: Int, in layer: Layer, _ body: (Reading) -> Void
  ) {
    layer.forEachReader(of: cell, body)
  }
}

extension WindowSettings {
  /// The sizes of a pool, which keeps the depth.
  ///
  /// - Parameter needsPlaces: whether each window needs a place that is not padding, to choose from
  ///   or to divide by.
  func pooling(over input: Shape, needsPlaces: Bool) throws(ShapeError) -> LayerPlan {
    let windows = try Windows(self, over: input)
    if needsPlaces { try windows.refuseEmpty() }
    return LayerPlan(
      output: try Shape(windows.x.positions, windows.y.positions, input.depth), windows: windows,
      placesPerCell: windows.x.filter * windows.y.filter)
  }
}
