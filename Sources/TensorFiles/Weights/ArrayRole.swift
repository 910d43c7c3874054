import ConvolutionEngine

extension ArrayRole {
  /// What PyTorch calls it, then what Keras and Flax do.
  var endings: [String] {
    switch self {
    case .weight: ["weight", "kernel", "depthwise_kernel"]
    case .bias: ["bias"]
    case .gamma: ["weight", "gamma", "scale"]
    case .beta: ["bias", "beta"]
    case .mean: ["running_mean", "moving_mean", "mean"]
    case .variance: ["running_var", "moving_variance", "var"]
    }
  }

  /// Every ending of a name that tells what the array holds.
  static let allEndings = Set(allCases.flatMap(\.endings))

  var use: NumpyError.Use {
    switch self {
    case .weight: .weights
    case .bias: .bias
    case .gamma: .gamma
    case .beta: .beta
    case .mean: .mean
    case .variance: .variance
    }
  }
}

extension AxisOrder {
  /// The order of the library that alone gives arrays such a name; nil for a name of several.
  init?(ofName name: String) {
    switch ArrayGroups.ending(of: name) {
    case "running_mean", "running_var", ArrayGroups.batchCount: self = .dyx
    case "kernel", "depthwise_kernel", ArrayGroups.pointwiseKernel, "moving_mean",
      "moving_variance":
      self = .yxd
    default: return nil
    }
  }

  /// What the library of this order, and no other, calls a batch normalization's variance.
  package var varianceName: String? {
    switch self {
    case .dyx: "running_var"
    case .yxd: "moving_variance"
    case .xyd: nil
    }
  }
}

extension LayerSpecification {
  /// The arrays that a layer takes from a file of many, in the order in which PyTorch and Keras
  /// list them. Those that it takes from files of its own are not among them.
  var arrays: [ArrayRole] {
    let own: [ArrayRole] =
      (weightsFile == nil ? [] : [.weight]) + (biasFile == nil ? [] : [.bias])
    return operation.rule.roles.filter { !own.contains($0) }
  }
}

extension Coefficients {
  /// Takes what a layer has of one role from an array: the one place that knows which shapes fit.
  ///
  /// - Throws: `NumpyError` when the array has another shape or numbers that are not taken.
  package init(
    _ role: ArrayRole, of layer: Layer, from file: NumpyFile, axes: AxisOrder
  ) throws(NumpyError) {
    if role == .weight, let parameters = layer.parameters {
      try self.init(weights: file, of: layer, parameters, axes: axes)
    } else {
      try self.init(bias: file, count: layer.output.depth, use: role.use)
    }
  }
}

extension Layer {
  /// The shape of the array that holds what it has of one role.
  func shape(of role: ArrayRole, axes: AxisOrder) -> [Int] {
    guard role == .weight, let parameters else { return [output.depth] }
    if form == .dotProducts {
      let sizes = [parameters.filters, parameters.filter.count]
      return axes == .yxd ? sizes.reversed() : sizes
    }
    let sizes = RoleSizes(shape: parameters.filter, filters: parameters.filters)
    return axes.filters.map { sizes[$0] }
  }
}
