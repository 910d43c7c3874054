import ConvolutionEngine

/// A layer, or one map of it, as a loop over numpy arrays `[x, y, depth]` that can be pasted.
struct NumpyLoop {
  let layer: Layer
  let names: CodeNames
  private let map: Int?
  let array: String
  let input: String

  init(_ layer: Layer, names: CodeNames, map: Int?) {
    self.layer = layer
    self.names = names
    self.map = map
    array = names.array(layer)
    input = names.array(layer.sources[0])
  }

  var lines: [String] { layer.operation.words.numpy(self) }

  /// A loop over all windows, after what pads the input.
  ///
  /// - Parameters:
  ///   - filler: what `np.pad` is told to pad with, after a comma; nothing for zeros.
  ///   - padding: what is padded, if not the input as it is.
  ///   - value: what makes a cell of its window.
  func overWindows(
    filler: String = "", padding: String? = nil, _ value: (_ window: String) -> String
  ) -> [String] {
    let window = "\(padded)[\(range(.x, "x")), \(range(.y, "y")), \(depth)]"
    return pad(padding ?? input, filler) + [loop, "    \(target) = \(value(window))"]
  }

  var inputs: [String] { layer.sources.map { names.array($0) } }

  private var loop: String {
    let output = layer.output
    return map == nil
      ? "for x, y, k in np.ndindex(\(output.width), \(output.height), \(output.depth)):"
      : "for x, y in np.ndindex(\(output.width), \(output.height)):"
  }

  private var target: String { "\(array)[x,y,\(letter)]" }

  private var letter: String { map.map { "\($0)" } ?? "k" }

  var isPadded: Bool { layer.windows?.isPadded ?? false }

  /// The padded input gets a name of its own.
  private func pad(_ array: String, _ filler: String) -> [String] {
    guard isPadded, let windows = layer.windows else { return [] }
    let (x, y) = (windows.x, windows.y)
    let sides =
      "((\(x.paddingBefore), \(x.paddingAfter)), (\(y.paddingBefore), \(y.paddingAfter)), (0, 0))"
    return ["\(padded) = np.pad(\(array), \(sides)\(filler))"]
  }

  private var padded: String { isPadded ? "\(input)p" : input }

  /// A window's products with a filter, added up, and the bias.
  func product(_ window: String) -> String {
    // An only filter is no list of filters.
    let map = layer.output.depth == 1 ? 0 : map
    let filter = map.map { names.filter(layer, $0) } ?? "\(names.filters(layer))[k]"
    let bias = map.map { names.bias(layer, $0) } ?? "\(names.biases(layer))[k]"
    return "np.sum(\(window) * \(filter))" + (layer.parameters?.bias == nil ? "" : " + \(bias)")
  }

  private func range(_ axis: Axis, _ letter: String) -> String {
    guard let windows = layer.windows?[axis] else { return ":" }
    let start = windows.stride == 1 ? letter : "\(windows.stride)*\(letter)"
    let step = windows.dilation == 1 ? "" : ":\(windows.dilation)"
    return "\(start):\(start)+\(windows.extent)\(step)"
  }

  private var depth: String {
    guard let filter = layer.parameters?.filter else { return letter }
    guard layer.groups > 1, let parameters = layer.parameters else { return ":" }
    if let map {
      let first = layer.firstDepth(ofMap: map)
      return "\(first):\(first + filter.depth)"
    }
    let maps = parameters.filters / layer.groups
    let group = maps == 1 ? "k" : "k//\(maps)"
    return "\(group)*\(filter.depth):(\(group)+1)*\(filter.depth)"
  }
}
