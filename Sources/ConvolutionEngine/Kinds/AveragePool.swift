import ExactNumbers

/// Average pooling: the mean of each window, in each depth alone.
package struct AveragePool: WindowedRule {
  package static let name = "avgpool"
  package var operation: Operation { .averagePool(self) }

  package var windows = WindowSettings(size: Pair(0))
  /// Whether padded places count among the divisor.
  package var countsPadding = true

  package init() {}

  /// - Parameter countsPadding: nil: as the libraries do, which count the padding that is given in
  ///   numbers (PyTorch), and not that of `same` (TensorFlow, Keras).
  package init(windows: WindowSettings, countsPadding: Bool? = nil) {
    self.windows = windows
    self.countsPadding = countsPadding ?? AveragePool.countsPadding(windows)
  }

  private static func countsPadding(_ windows: WindowSettings) -> Bool { windows.padding != .same }

  package static let settings: [Setting<AveragePool>] =
    Setting.windows(roundingUp: true) + [
      .flag("count-padding", \.countsPadding, note: " (under padding=same no)") {
        countsPadding($0.windows)
      }
    ]

  package func contested(
    in layer: Layer, by defaults: SettingDefaults
  ) -> [WrittenSetting] {
    // Such padding is TensorFlow's, and so is this.
    windows.padding == .same && layer.windows?.isPadded == true
      ? [("count-padding", countsPadding ? "yes" : "no (TensorFlow's, as padding=same is)")] : []
  }

  package func plan(over inputs: [Shape]) throws(ShapeError) -> LayerPlan {
    var plan = try windows.pooling(over: inputs[0], needsPlaces: !countsPadding)
    plan.countsPadding = countsPadding
    return plan
  }

  package func combination(in layer: Layer, over inputs: [Tensor]) -> Combination { .average }

  package func visit(_ cell: Cell, in layer: Layer, _ body: (Term) -> Void) {
    layer.forEachPlace(under: cell, body)
  }

  package func visitReaders(
    of cell: Cell, ofInput branch: Int, in layer: Layer, _ body: (Reading) -> Void
  ) {
    layer.forEachReader(of: cell, body)
  }
}

/// The mean of each depth.
package struct GlobalAverage: LayerRule {
  package static let name = "globalavgpool"
  package var operation: Operation { .globalAverage(self) }

  package init() {}

  package func plan(over inputs: [Shape]) throws(ShapeError) -> LayerPlan {
    let whole = WindowSettings(size: Pair(inputs[0].width, inputs[0].height))
    return try whole.pooling(over: inputs[0], needsPlaces: true)
  }

  package func combination(in layer: Layer, over inputs: [Tensor]) -> Combination { .average }

  package func visit(_ cell: Cell, in layer: Layer, _ body: (Term) -> Void) {
    layer.forEachPlace(under: cell, body)
  }

  package func visitReaders(
    of cell: Cell, ofInput branch: Int, in layer: Layer, _ body: (Reading) -> Void
  ) {
    layer.forEachReader(of: cell, body)
  }
}
