import ConvolutionEngine

extension Coefficients {
  /// Takes a convolution's or a dense layer's weights from an array.
  ///
  /// Keras keeps the filters of a depthwise convolution as y, x, depth, multiplier, which is taken
  /// for `yxd` besides.
  ///
  /// - Throws: `NumpyError` when the array has another shape or numbers that are not taken.
  package init(
    weights file: NumpyFile, of layer: Layer, _ parameters: Parameters, axes: AxisOrder
  ) throws(NumpyError) {
    let (filter, count) = (parameters.filter, parameters.filters)
    switch (layer.form, layer.operation) {
    case (.dotProducts, _):
      try self.init(dense: file, axes: axes, inputs: layer.input.count, outputs: count)
    case (_, .depthwiseConvolution) where axes == .yxd:
      let depth = layer.input.depth
      let shape = [filter.height, filter.width, depth, count / depth]
      guard depth > 1, file.shape == shape else { fallthrough }
      let order = [(1, filter.width), (0, filter.height), (3, count / depth), (2, depth)]
      try self.init(file, order.map { Odometer.Axis(extent: $1, stride: file.strides[$0]) })
    default:
      try self.init(filters: file, axes: axes, filter: filter, count: count)
    }
  }
}
