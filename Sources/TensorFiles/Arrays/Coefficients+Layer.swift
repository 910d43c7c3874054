import ConvolutionEngine

extension Coefficients {
  /// Takes a convolution's or a dense layer's weights from an array.
  ///
  /// Keras keeps the filters of a depthwise convolution as y, x, depth, multiplier, which is taken
  /// for `yxd` besides.
  ///
  /// - Parameter flattened: the shape before `flatten`; see `init(dense:axes:input:outputs:)`.
  /// - Throws: `NumpyError` when the array has another shape or numbers that are not taken.
  package init(
    weights file: NumpyFile, of layer: Layer, _ parameters: Parameters, axes: AxisOrder,
    flattened: Shape
  ) throws(NumpyError) {
    let (filter, count) = (parameters.filter, parameters.filters)
    switch layer.operation {
    case .dense:
      try self.init(dense: file, axes: axes, input: flattened, outputs: count)
    case .convolution(let convolution) where axes == .yxd && convolution.multiplier != nil:
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

extension Network {
  /// The size of what a dense layer's flat input was made from: the flat input's own where
  /// nothing was flattened.
  package func shapeBeforeFlatten(_ layer: Layer) -> Shape {
    var layer = layer
    while case .layer(let index) = layer.sources[0] {
      layer = layers[index]
      switch layer.operation {
      case .flatten: return layer.input
      // What keeps every number's place is looked through.
      case .relu, .relu6, .dropout, .batchNormalization, .sigmoid, .softmax: continue
      default: return layer.output
      }
    }
    return layer.input
  }
}
