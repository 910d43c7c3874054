import ConvolutionEngine

extension AveragePool: SpatialWords {
  var title: String { "average pooling" }

  func purpose(of layer: Layer, in network: Network) -> String {
    "Average pooling keeps the mean of each window. It has nothing to learn."
  }

  func value(of cell: Cell, _ code: CellCode) -> String { code.mean(cell) }

  func numpy(_ loop: NumpyLoop) -> [String] {
    countsPadding || !loop.isPadded
      ? loop.overWindows { "np.mean(\($0))" }
      : loop.overWindows(
        filler: ", constant_values=np.nan", padding: "\(loop.input).astype(float)"
      ) { "np.nanmean(\($0))" }
  }

  /// nil where nothing in PyTorch makes the same numbers: it does not spread an average's window,
  /// and padding put on beforehand counts.
  func pytorch(_ code: LayerCode) -> String? {
    guard windows.dilation == Pair(1) else { return nil }
    let arguments =
      code.pytorchPooling(windows) + (countsPadding ? [] : ["count_include_pad=False"])
    let pool = "nn.AvgPool2d(\(arguments.joined(separator: ", ")))"
    if code.isEven { return pool }
    guard countsPadding, code.keepsPositions(windows.rounding) else { return nil }
    return code.padded(pool, with: "nn.ZeroPad2d((\(code.sides)))")
  }

  /// Keras's own padding, that of `same`, does not count; what is put on beforehand does.
  func keras(_ code: LayerCode) -> String? {
    let isSame = windows.padding == .same
    guard !code.isPadded || isSame != countsPadding else { return nil }
    return code.kerasPooling("layers.AveragePooling2D", windows)
  }
}

extension GlobalAverage: SpatialWords {
  var title: String { "global average pooling" }

  func purpose(of layer: Layer, in network: Network) -> String {
    "Global average pooling keeps one number of each map, its mean. It has nothing to learn."
  }

  func value(of cell: Cell, _ code: CellCode) -> String { code.mean(cell) }

  func numpy(_ loop: NumpyLoop) -> [String] {
    ["\(loop.array) = np.mean(\(loop.input), axis=(0, 1), keepdims=True)"]
  }

  func pytorch(_ code: LayerCode) -> String? { "nn.AdaptiveAvgPool2d(1)" }

  func keras(_ code: LayerCode) -> String? { "layers.GlobalAveragePooling2D()" }

  func isVector(_ notation: Notation, over input: Bool) -> Bool { notation == .keras }
}

extension CellCode {
  fileprivate func mean(_ cell: Cell) -> String {
    let window = window(cell, depth: "\(cell.depth)")
    return "\(notation.module).sum(\(window)) / \(layer.divisor(of: cell))"
  }
}
