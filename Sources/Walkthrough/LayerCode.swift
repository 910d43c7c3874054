import ConvolutionEngine

/// The code that makes a whole layer, or a whole map of it.
package struct LayerCode {
  private let layer: Layer
  private let names: CodeNames
  private let notation: Notation

  package init(_ layer: Layer, in network: Network, _ notation: Notation) {
    self.layer = layer
    self.notation = notation
    names = CodeNames(network)
  }

  /// The layer as the library's own layer object; in numpy, as the loop that it stands for.
  package var lines: [String] { lines(map: nil) }

  /// In numpy, the loop over one map alone; the other libraries make all maps at once.
  package func lines(ofMap map: Int) -> [String] { lines(map: map) }

  private func lines(map: Int?) -> [String] {
    switch notation {
    case .numpy: NumpyLoop(layer, names: names, map: map).lines
    case .pytorch: ["\(names.array(layer)) = \(pytorch)"]
    case .keras: ["\(names.array(layer)) = \(keras)"]
    }
  }

  private var pytorch: String {
    switch layer.operation {
    case .convolution(let convolution):
      var arguments = ["\(layer.input.depth)", "\(convolution.filters)"]
      arguments.append(pytorchPair(convolution.windows.size))
      arguments += pytorchWindows(convolution.windows, defaultStride: Pair(1))
      if convolution.groups != 1 { arguments.append("groups=\(convolution.groups)") }
      if !convolution.hasBias { arguments.append("bias=False") }
      return padded("nn.Conv2d(\(arguments.joined(separator: ", ")))")
    case .pool(let pool):
      let name = pool.kind == .maximum ? "nn.MaxPool2d" : "nn.AvgPool2d"
      var arguments = [pytorchPair(pool.windows.size)]
      arguments += pytorchWindows(pool.windows, defaultStride: pool.windows.size)
      if pool.windows.rounding == .ceil { arguments.append("ceil_mode=True") }
      if !pool.countsPadding { arguments.append("count_include_pad=False") }
      return padded("\(name)(\(arguments.joined(separator: ", ")))")
    case .globalAverage: return "nn.AdaptiveAvgPool2d(1)"
    case .relu: return "nn.ReLU()"
    case .flatten: return "nn.Flatten()"
    case .dense(let dense):
      let bias = dense.hasBias ? "" : ", bias=False"
      return "nn.Linear(\(layer.input.count), \(dense.outputs)\(bias))"
    }
  }

  /// PyTorch counts rows before columns.
  private func pytorchPair(_ pair: Pair) -> String {
    pair.x == pair.y ? "\(pair.x)" : "(\(pair.y), \(pair.x))"
  }

  private func pytorchWindows(_ windows: WindowSettings, defaultStride: Pair) -> [String] {
    var arguments: [String] = []
    if windows.stride != defaultStride { arguments.append("stride=\(pytorchPair(windows.stride))") }
    if let sides = layer.windows, sides.isPadded, isEven(sides) {
      let padding = Pair(sides.x.paddingBefore, sides.y.paddingBefore)
      arguments.append("padding=\(pytorchPair(padding))")
    }
    if windows.dilation != Pair(1) { arguments.append("dilation=\(pytorchPair(windows.dilation))") }
    return arguments
  }

  private func isEven(_ windows: Windows) -> Bool {
    windows.x.paddingBefore == windows.x.paddingAfter
      && windows.y.paddingBefore == windows.y.paddingAfter
  }

  /// PyTorch's layers pad both sides alike; anything else is a layer of its own before them.
  private func padded(_ code: String) -> String {
    guard let windows = layer.windows, windows.isPadded, !isEven(windows) else { return code }
    let (x, y) = (windows.x, windows.y)
    let sides =
      "\(x.paddingBefore), \(x.paddingAfter), \(y.paddingBefore), \(y.paddingAfter)"
    return "nn.Sequential(nn.ZeroPad2d((\(sides))), \(code))"
  }

  private var keras: String {
    switch layer.operation {
    case .convolution(let convolution):
      var arguments = ["\(convolution.filters)", pytorchPair(convolution.windows.size)]
      if convolution.windows.stride != Pair(1) {
        arguments.append("strides=\(pytorchPair(convolution.windows.stride))")
      }
      if case .same = convolution.windows.padding { arguments.append("padding='same'") }
      if convolution.windows.dilation != Pair(1) {
        arguments.append("dilation_rate=\(pytorchPair(convolution.windows.dilation))")
      }
      if convolution.groups != 1 { arguments.append("groups=\(convolution.groups)") }
      if !convolution.hasBias { arguments.append("use_bias=False") }
      return kerasPadded("layers.Conv2D(\(arguments.joined(separator: ", ")))", convolution.windows)
    case .pool(let pool):
      let name = pool.kind == .maximum ? "layers.MaxPooling2D" : "layers.AveragePooling2D"
      var arguments = [pytorchPair(pool.windows.size)]
      if pool.windows.stride != pool.windows.size {
        arguments.append("strides=\(pytorchPair(pool.windows.stride))")
      }
      if case .same = pool.windows.padding { arguments.append("padding='same'") }
      return kerasPadded("\(name)(\(arguments.joined(separator: ", ")))", pool.windows)
    case .globalAverage: return "layers.GlobalAveragePooling2D()"
    case .relu: return "layers.ReLU()"
    case .flatten: return "layers.Flatten()"
    case .dense(let dense):
      return "layers.Dense(\(dense.outputs)\(dense.hasBias ? "" : ", use_bias=False"))"
    }
  }

  /// Keras's layers know only `same` and `valid`; numbers are a layer of their own before them.
  private func kerasPadded(_ code: String, _ settings: WindowSettings) -> String {
    guard case .sides(let left, let right, let top, let bottom) = settings.padding,
      left + right + top + bottom > 0
    else { return code }
    let sides = "((\(top), \(bottom)), (\(left), \(right)))"
    return "keras.Sequential([layers.ZeroPadding2D(\(sides)), \(code)])"
  }
}
