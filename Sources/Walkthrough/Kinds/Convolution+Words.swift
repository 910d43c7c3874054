import ConvolutionEngine

extension Convolution: SpatialWords {
  var title: String { "convolution" }

  var grains: [Grain] { Grain.allCases }

  func purpose(of layer: Layer, in network: Network) -> String { layer.filterPurpose(in: network) }

  func value(of cell: Cell, _ code: CellCode) -> String { code.weightedSum(cell) }

  func numpy(_ loop: NumpyLoop) -> [String] { loop.overWindows(loop.product) }

  func pytorch(_ code: LayerCode) -> String? {
    code.pytorchConvolution(windows, groups: groups, hasBias: hasBias)
  }

  func keras(_ code: LayerCode) -> String? {
    let arguments = groups == 1 ? [] : ["groups=\(groups)"]
    return code.kerasConvolution(
      "layers.Conv2D", ["\(filters)"], windows, arguments, hasBias: hasBias)
  }
}

extension DepthwiseConvolution: SpatialWords {
  var title: String { "depthwise convolution" }

  var grains: [Grain] { Grain.allCases }

  func purpose(of layer: Layer, in network: Network) -> String { layer.filterPurpose(in: network) }

  func value(of cell: Cell, _ code: CellCode) -> String { code.weightedSum(cell) }

  func numpy(_ loop: NumpyLoop) -> [String] { loop.overWindows(loop.product) }

  func pytorch(_ code: LayerCode) -> String? {
    code.pytorchConvolution(windows, groups: code.layer.groups, hasBias: hasBias)
  }

  func keras(_ code: LayerCode) -> String? {
    let arguments = multiplier == 1 ? [] : ["depth_multiplier=\(multiplier)"]
    return code.kerasConvolution(
      "layers.DepthwiseConv2D", [], windows, arguments, hasBias: hasBias)
  }
}

extension Layer {
  /// What of the input each filter reads, and what it makes.
  fileprivate func filterPurpose(in network: Network) -> String {
    let filters = output.depth
    let (input, depth) = (network.name(of: sources[0]), self.input.depth)
    if parameters?.filter.depth == 1, groups > 1 {
      return "Each of \(filters) filters reads 1 depth of \(input) and makes 1 map."
    }
    let each =
      groups > 1 ? "its group's depths" : depth == 1 ? "the one depth" : "all \(depth) depths"
    return filters == 1
      ? "One filter reads \(each) of \(input) and makes 1 map."
      : "Each of \(filters) filters reads \(each) of \(input) and makes 1 map."
  }
}

extension LayerCode {
  fileprivate func pytorchConvolution(
    _ windows: WindowSettings, groups: Int, hasBias: Bool
  ) -> String {
    var arguments = ["\(layer.input.depth)", "\(layer.output.depth)", rowsFirst(windows.size)]
    arguments += pytorchWindows(windows, defaultStride: Pair(1))
    if groups != 1 { arguments.append("groups=\(groups)") }
    if !hasBias { arguments.append("bias=False") }
    let code = "nn.Conv2d(\(arguments.joined(separator: ", ")))"
    return isEven ? code : padded(code, with: "nn.ZeroPad2d((\(sides)))")
  }

  /// nil where Keras refuses: to spread filters and to stride at once.
  fileprivate func kerasConvolution(
    _ name: String, _ first: [String], _ windows: WindowSettings, _ last: [String], hasBias: Bool
  ) -> String? {
    guard windows.stride == Pair(1) || windows.dilation == Pair(1) else { return nil }
    var arguments = first + [rowsFirst(windows.size)]
    if windows.stride != Pair(1) { arguments.append("strides=\(rowsFirst(windows.stride))") }
    if case .same = windows.padding { arguments.append("padding='same'") }
    if windows.dilation != Pair(1) {
      arguments.append("dilation_rate=\(rowsFirst(windows.dilation))")
    }
    arguments += last
    if !hasBias { arguments.append("use_bias=False") }
    return kerasPadded("\(name)(\(arguments.joined(separator: ", ")))", windows)
  }
}
