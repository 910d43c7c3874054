import ConvolutionEngine

/// The code that makes a whole layer, or a whole map of it.
package struct LayerCode {
  private let layer: Layer
  private let network: Network
  private let names: CodeNames
  private let notation: Notation

  package init(_ layer: Layer, in network: Network, _ notation: Notation) {
    self.layer = layer
    self.network = network
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
    case .pytorch: [assignment(pytorch.map(overVector))]
    case .keras: [assignment(keras.map(overVector))]
    }
  }

  /// A comment where the library has nothing that makes the same numbers.
  private func assignment(_ code: String?) -> String {
    guard let code else {
      return "# \(notation.title) has no layer like \(layer.specification)"
    }
    return "\(names.array(layer)) = \(code)"
  }

  private var takesVector: Bool { notation.isVector(layer.sources[0], in: network) }

  /// The code with a vector's two other axes given back before it, where it needs them.
  private func overVector(_ code: String) -> String {
    guard takesVector else { return code }
    let depth = layer.input.depth
    switch layer.operation {
    case .convolution, .pool, .globalAverage, .zeroPadding:
      return notation == .pytorch
        ? "nn.Sequential(nn.Unflatten(1, (\(depth), 1, 1)), \(code))"
        : "keras.Sequential([layers.Reshape((1, 1, \(depth))), \(code)])"
    case .responseNormalization:
      return "nn.Sequential(nn.Unflatten(1, (\(depth), 1)), \(code), nn.Flatten())"
    default: return code
    }
  }

  private var pytorch: String? {
    switch layer.operation {
    case .convolution(let convolution):
      var arguments = ["\(layer.input.depth)", "\(layer.output.depth)"]
      arguments.append(pytorchPair(convolution.windows.size))
      arguments += pytorchWindows(convolution.windows, defaultStride: Pair(1))
      if layer.groups != 1 { arguments.append("groups=\(layer.groups)") }
      if !convolution.hasBias { arguments.append("bias=False") }
      let code = "nn.Conv2d(\(arguments.joined(separator: ", ")))"
      return isEven ? code : padded(code, with: "nn.ZeroPad2d((\(sides)))")
    case .pool(let pool): return pytorchPool(pool)
    case .globalAverage: return "nn.AdaptiveAvgPool2d(1)"
    case .relu: return "nn.ReLU()"
    case .relu6: return "nn.ReLU6()"
    case .sigmoid: return "nn.Sigmoid()"
    case .softmax: return "nn.Softmax(dim=1)"
    case .batchNormalization(let settings):
      let name = takesVector ? "BatchNorm1d" : "BatchNorm2d"
      let affine = settings.learnedRows == 0 ? ", affine=False" : ""
      return "nn.\(name)(\(layer.input.depth), eps=\(settings.epsilon.settingText)\(affine))"
    case .responseNormalization(let settings):
      return settings.pytorchArguments.map { "nn.LocalResponseNorm(\($0))" }
    case .zeroPadding(let sides):
      return "nn.ZeroPad2d((\(sides.left), \(sides.right), \(sides.top), \(sides.bottom)))"
    case .dropout(let rate): return "nn.Dropout(\(rate.settingText))"
    case .addition: return inputs.joined(separator: " + ")
    case .concatenation: return "torch.cat([\(inputs.joined(separator: ", "))], dim=1)"
    case .flatten:
      return !takesVector && layer.flatOrder.isKeras(over: layer.input)
        ? "\(names.array(layer.sources[0])).permute(0, 2, 3, 1).flatten(1)" : "nn.Flatten()"
    case .dense(let dense):
      let bias = dense.hasBias ? "" : ", bias=False"
      return "nn.Linear(\(layer.input.count), \(dense.outputs)\(bias))"
    }
  }

  /// What is joined, all with as many axes as the first.
  private var inputs: [String] {
    zip(layer.sources, layer.inputs).map { source, shape in
      let name = names.array(source)
      switch (takesVector, notation.isVector(source, in: network)) {
      case (true, false):
        return notation == .pytorch ? "\(name).flatten(1)" : "layers.Flatten()(\(name))"
      case (false, true):
        return notation == .pytorch
          ? "\(name).unflatten(1, (\(shape.depth), 1, 1))"
          : "layers.Reshape((1, 1, \(shape.depth)))(\(name))"
      default: return name
      }
    }
  }

  /// PyTorch counts rows before columns.
  private func pytorchPair(_ pair: Pair) -> String {
    pair.x == pair.y ? "\(pair.x)" : "(\(pair.y), \(pair.x))"
  }

  private func pytorchWindows(_ windows: WindowSettings, defaultStride: Pair) -> [String] {
    var arguments: [String] = []
    if windows.stride != defaultStride { arguments.append("stride=\(pytorchPair(windows.stride))") }
    if let sides = layer.windows, sides.isPadded, isEven {
      let padding = Pair(sides.x.paddingBefore, sides.y.paddingBefore)
      arguments.append("padding=\(pytorchPair(padding))")
    }
    if windows.dilation != Pair(1) { arguments.append("dilation=\(pytorchPair(windows.dilation))") }
    return arguments
  }

  /// Whether PyTorch's own `padding=` can pad: both sides alike, and for a pool by no more than
  /// half its window as it is before dilation spreads it.
  private var isEven: Bool {
    guard let windows = layer.windows else { return true }
    return [windows.x, windows.y].allSatisfy { axis in
      axis.paddingBefore == axis.paddingAfter
        && (layer.parameters != nil || 2 * axis.paddingBefore <= axis.filter)
    }
  }

  /// Left, right, top, bottom.
  private var sides: String {
    layer.windows.map { windows in
      [windows.x, windows.y].map { "\($0.paddingBefore), \($0.paddingAfter)" }
        .joined(separator: ", ")
    } ?? ""
  }

  /// Padding as a layer of its own.
  private func padded(_ code: String, with padding: String) -> String {
    "nn.Sequential(\(padding), \(code))"
  }

  /// nil where nothing in PyTorch makes the same numbers.
  private func pytorchPool(_ pool: PoolSettings) -> String? {
    let isMaximum = pool.kind == .maximum
    var arguments = [pytorchPair(pool.windows.size)]
    arguments += pytorchWindows(pool.windows, defaultStride: pool.windows.size)
    if pool.windows.rounding == .ceil { arguments.append("ceil_mode=True") }
    if !pool.countsPadding { arguments.append("count_include_pad=False") }
    let name = isMaximum ? "nn.MaxPool2d" : "nn.AvgPool2d"
    let code = "\(name)(\(arguments.joined(separator: ", ")))"
    if isEven { return code }
    // Padding put on beforehand is input to the pool: it counts, and a window may start in it.
    guard isMaximum || pool.countsPadding, keepsPositions(pool.windows.rounding) else { return nil }
    // What pads a max pool must never win.
    return padded(
      code,
      with: isMaximum
        ? "nn.ConstantPad2d((\(sides)), -torch.inf)" : "nn.ZeroPad2d((\(sides)))")
  }

  /// Whether as many windows fit when the padding is part of the input.
  private func keepsPositions(_ rounding: Rounding) -> Bool {
    guard let windows = layer.windows else { return true }
    return [windows.x, windows.y].allSatisfy { axis in
      let alone = try? WindowAxis(
        axis.axis, input: axis.input + axis.paddingBefore + axis.paddingAfter,
        filter: axis.filter, stride: axis.stride, dilation: axis.dilation, rounding: rounding)
      return alone?.positions == axis.positions
    }
  }

  private var keras: String? {
    switch layer.operation {
    case .convolution(let convolution):
      // Keras refuses to spread its filters and to stride at once.
      let windows = convolution.windows
      guard windows.stride == Pair(1) || windows.dilation == Pair(1) else { return nil }
      let isDepthwise = convolution.multiplier != nil
      var arguments = isDepthwise ? [] : ["\(convolution.filters)"]
      arguments.append(pytorchPair(convolution.windows.size))
      if convolution.windows.stride != Pair(1) {
        arguments.append("strides=\(pytorchPair(convolution.windows.stride))")
      }
      if case .same = convolution.windows.padding { arguments.append("padding='same'") }
      if convolution.windows.dilation != Pair(1) {
        arguments.append("dilation_rate=\(pytorchPair(convolution.windows.dilation))")
      }
      if let multiplier = convolution.multiplier, multiplier != 1 {
        arguments.append("depth_multiplier=\(multiplier)")
      }
      if convolution.groups != 1 { arguments.append("groups=\(convolution.groups)") }
      if !convolution.hasBias { arguments.append("use_bias=False") }
      let name = isDepthwise ? "layers.DepthwiseConv2D" : "layers.Conv2D"
      return kerasPadded("\(name)(\(arguments.joined(separator: ", ")))", windows)
    case .pool(let pool): return kerasPool(pool)
    case .globalAverage: return "layers.GlobalAveragePooling2D()"
    case .relu: return "layers.ReLU()"
    case .relu6: return "layers.ReLU(max_value=6)"
    case .sigmoid: return "layers.Activation('sigmoid')"
    case .softmax: return "layers.Softmax()"
    case .batchNormalization(let settings):
      var arguments = ["epsilon=\(settings.epsilon.settingText)"]
      if !settings.hasScale { arguments.append("scale=False") }
      if !settings.hasCentre { arguments.append("center=False") }
      return "layers.BatchNormalization(\(arguments.joined(separator: ", ")))"
    // Keras has no such layer.
    case .responseNormalization: return nil
    case .zeroPadding(let sides):
      let rows = "(\(sides.top), \(sides.bottom))"
      return "layers.ZeroPadding2D((\(rows), (\(sides.left), \(sides.right))))"
    case .dropout(let rate): return "layers.Dropout(\(rate.settingText))"
    case .addition: return "layers.Add()([\(inputs.joined(separator: ", "))])"
    case .concatenation:
      return "layers.Concatenate()([\(inputs.joined(separator: ", "))])"
    case .flatten:
      return takesVector || layer.flatOrder.isKeras(over: layer.input)
        || FlatOrder.isEither(over: layer.input)
        ? "layers.Flatten()" : "keras.Sequential([layers.Permute((3, 1, 2)), layers.Flatten()])"
    case .dense(let dense):
      return "layers.Dense(\(dense.outputs)\(dense.hasBias ? "" : ", use_bias=False"))"
    }
  }

  /// nil where nothing in Keras makes the same numbers: it neither spreads a pool's window nor
  /// rounds up, padding put on beforehand could win a maximum and counts in an average, and that
  /// of `same` does not.
  private func kerasPool(_ pool: PoolSettings) -> String? {
    let isPadded = layer.windows?.isPadded ?? false
    let isSame = pool.windows.padding == .same
    let isMaximum = pool.kind == .maximum
    guard pool.windows.dilation == Pair(1), keepsPositions(.floor),
      !isPadded || (isSame ? isMaximum || !pool.countsPadding : !isMaximum && pool.countsPadding)
    else { return nil }
    let name = isMaximum ? "layers.MaxPooling2D" : "layers.AveragePooling2D"
    var arguments = [pytorchPair(pool.windows.size)]
    if pool.windows.stride != pool.windows.size {
      arguments.append("strides=\(pytorchPair(pool.windows.stride))")
    }
    if isSame { arguments.append("padding='same'") }
    return kerasPadded("\(name)(\(arguments.joined(separator: ", ")))", pool.windows)
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
