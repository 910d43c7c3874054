import ConvolutionEngine

extension Tensor {
  /// Numbers that stand in the order of a layer's weights, such as their gradient, as a `.npy` file
  /// with the axes in which those are read: filters in four, a dense layer's in two. Keras's own order
  /// has a depthwise convolution's as y, x, depth, multiplier.
  ///
  /// - Throws: `NumpyWritingError`, its cell that of the tensor.
  package func numpyBytes(
    _ type: NumpyOutput, asWeightsOf layer: Layer, axes: AxisOrder
  ) throws(NumpyWritingError) -> [UInt8] {
    guard let parameters = layer.parameters else {
      preconditionFailure("a layer whose weights are written has weights")
    }
    let (filter, count) = (parameters.filter, parameters.filters)
    if layer.form == .dotProducts {
      let (output, input) = (
        Odometer.Axis(extent: count, stride: filter.count),
        Odometer.Axis(extent: filter.count, stride: 1)
      )
      return try numpyBytes(type, axes == .yxd ? [input, output] : [output, input])
    }
    let sizes = RoleSizes(shape: filter, filters: count)
    let strides: [AxisOrder.Role: Int] = [
      .x: 1, .y: filter.width, .depth: filter.plane, .filter: filter.count,
    ]
    if axes == .yxd, case .depthwiseConvolution(let rule) = layer.operation, layer.input.depth > 1 {
      let each = rule.multiplier
      return try numpyBytes(
        type,
        [
          .init(extent: filter.height, stride: filter.width),
          .init(extent: filter.width, stride: 1),
          .init(extent: layer.input.depth, stride: each * filter.count),
          .init(extent: each, stride: filter.count),
        ])
    }
    return try numpyBytes(
      type, axes.filters.map { .init(extent: sizes[$0], stride: strides[$0] ?? 0) })
  }

  /// A flat tensor, such as the gradient of biases, as a `.npy` file of one axis.
  package func numpyBytesOfRow(_ type: NumpyOutput) throws(NumpyWritingError) -> [UInt8] {
    try numpyBytes(type, [Odometer.Axis(extent: shape.count, stride: 1)])
  }
}
