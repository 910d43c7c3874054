import ConvolutionEngine

extension MaxPool: SpatialWords {
  var title: String { "max pooling" }

  func purpose(of layer: Layer, in network: Network) -> String {
    "Max pooling keeps the largest of each window. It has nothing to learn."
  }

  func value(of cell: Cell, _ code: CellCode) -> String {
    "\(code.notation.module).max(\(code.window(cell, depth: "\(cell.depth)")))"
  }

  /// What pads must never win.
  func numpy(_ loop: NumpyLoop) -> [String] {
    loop.overWindows(filler: ", constant_values=\(loop.input).min()") { "np.max(\($0))" }
  }

  func pytorch(_ code: LayerCode) -> String? {
    let pool = "nn.MaxPool2d(\(code.pytorchPooling(windows).joined(separator: ", ")))"
    if code.isEven { return pool }
    guard code.keepsPositions(windows.rounding) else { return nil }
    return code.padded(pool, with: "nn.ConstantPad2d((\(code.sides)), -torch.inf)")
  }

  /// nil where nothing in Keras makes the same numbers: padding put on beforehand could win.
  func keras(_ code: LayerCode) -> String? {
    guard !code.isPadded || windows.padding == .same else { return nil }
    return code.kerasPooling("layers.MaxPooling2D", windows)
  }
}
