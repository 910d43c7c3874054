import ConvolutionEngine
import ExactNumbers

/// The code that makes a whole layer, or a whole map of it.
package struct LayerCode {
  let layer: Layer
  private let network: Network
  let names: CodeNames
  let notation: Notation

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
    case .pytorch: [assignment(layer.operation.words.pytorch(self))]
    case .keras: [assignment(layer.operation.words.keras(self))]
    }
  }

  /// A comment where the library has nothing that makes the same numbers.
  private func assignment(_ code: String?) -> String {
    guard let code else {
      return "# \(notation.title) has no layer like \(layer.specification)"
    }
    let whole =
      takesVector
      ? layer.operation.words.overVector(code, notation, depth: layer.input.depth) : code
    return "\(names.array(layer)) = \(whole)"
  }

  /// Whether the library holds the input as a vector.
  var takesVector: Bool { notation.isVector(layer.sources[0], in: network) }

  /// What is joined, all with as many axes as the first.
  var inputs: [String] {
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

  /// The libraries count rows before columns.
  func rowsFirst(_ pair: Pair) -> String {
    pair.x == pair.y ? "\(pair.x)" : "(\(pair.y), \(pair.x))"
  }

  func pytorchWindows(_ windows: WindowSettings, defaultStride: Pair) -> [String] {
    var arguments: [String] = []
    if windows.stride != defaultStride { arguments.append("stride=\(rowsFirst(windows.stride))") }
    if let sides = layer.windows, sides.isPadded, isEven {
      let padding = Pair(sides.x.paddingBefore, sides.y.paddingBefore)
      arguments.append("padding=\(rowsFirst(padding))")
    }
    if windows.dilation != Pair(1) { arguments.append("dilation=\(rowsFirst(windows.dilation))") }
    return arguments
  }

  /// Whether PyTorch's own `padding=` can pad: both sides alike, and for a pool by no more than
  /// half its window as it is before dilation spreads it.
  var isEven: Bool {
    guard let windows = layer.windows else { return true }
    return [windows.x, windows.y].allSatisfy { axis in
      axis.paddingBefore == axis.paddingAfter
        && (layer.parameters != nil || 2 * axis.paddingBefore <= axis.filter)
    }
  }

  /// Left, right, top, bottom.
  var sides: String {
    layer.windows.map { windows in
      [windows.x, windows.y].map { "\($0.paddingBefore), \($0.paddingAfter)" }
        .joined(separator: ", ")
    } ?? ""
  }

  /// Padding as a layer of its own.
  func padded(_ code: String, with padding: String) -> String {
    "nn.Sequential(\(padding), \(code))"
  }

  /// A PyTorch pool's arguments.
  func pytorchPooling(_ windows: WindowSettings) -> [String] {
    [rowsFirst(windows.size)] + pytorchWindows(windows, defaultStride: windows.size)
      + (windows.rounding == .ceil ? ["ceil_mode=True"] : [])
  }

  /// A Keras pool; nil where it neither spreads its window nor rounds up as it should.
  func kerasPooling(_ name: String, _ windows: WindowSettings) -> String? {
    guard windows.dilation == Pair(1), keepsPositions(.floor) else { return nil }
    var arguments = [rowsFirst(windows.size)]
    if windows.stride != windows.size { arguments.append("strides=\(rowsFirst(windows.stride))") }
    if windows.padding == .same { arguments.append("padding='same'") }
    return kerasPadded("\(name)(\(arguments.joined(separator: ", ")))", windows)
  }

  var isPadded: Bool { layer.windows?.isPadded ?? false }

  /// Whether as many windows fit when the padding is part of the input.
  func keepsPositions(_ rounding: Rounding) -> Bool {
    guard let windows = layer.windows else { return true }
    return [windows.x, windows.y].allSatisfy { axis in
      let alone = try? WindowAxis(
        axis.axis, input: axis.input + axis.paddingBefore + axis.paddingAfter,
        filter: axis.filter, stride: axis.stride, dilation: axis.dilation, rounding: rounding)
      return alone?.positions == axis.positions
    }
  }

  /// Keras's layers know only `same` and `valid`; numbers are a layer of their own before them.
  func kerasPadded(_ code: String, _ settings: WindowSettings) -> String {
    guard case .sides(let left, let right, let top, let bottom) = settings.padding,
      left + right + top + bottom > 0
    else { return code }
    let sides = "((\(top), \(bottom)), (\(left), \(right)))"
    return "keras.Sequential([layers.ZeroPadding2D(\(sides)), \(code)])"
  }
}
