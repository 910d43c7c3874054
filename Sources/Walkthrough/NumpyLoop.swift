import ConvolutionEngine

/// A layer, or one map of it, as a loop over numpy arrays `[x, y, depth]` that can be pasted.
struct NumpyLoop {
  private let layer: Layer
  private let names: CodeNames
  private let map: Int?
  private let array: String
  private let input: String

  init(_ layer: Layer, names: CodeNames, map: Int?) {
    self.layer = layer
    self.names = names
    self.map = map
    array = names.array(layer)
    input = names.array(layer.sources[0])
  }

  var lines: [String] {
    switch layer.operation {
    case .relu: return ["\(array) = np.maximum(\(input), 0)"]
    case .relu6: return ["\(array) = np.clip(\(input), 0, 6)"]
    case .sigmoid: return ["\(array) = 1 / (1 + np.exp(-\(input)))"]
    case .softmax:
      return [
        "\(array) = np.exp(\(input) - np.max(\(input), axis=2, keepdims=True))",
        "\(array) /= np.sum(\(array), axis=2, keepdims=True)",
      ]
    case .batchNormalization(let settings):
      return ["\(array) = " + names.normalized(input, layer, settings, root: "np.sqrt")]
    case .responseNormalization(let settings):
      let window = "\(input)[:, :, \(settings.codeRange("k"))]"
      return [
        "for k in range(\(layer.output.depth)):",
        "    \(array)[:,:,k] = \(input)[:,:,k] / "
          + settings.divisor("np.sum(\(window)**2, axis=2)"),
      ]
    case .zeroPadding(let sides):
      let widths = "((\(sides.left), \(sides.right)), (\(sides.top), \(sides.bottom)), (0, 0))"
      return ["\(array) = np.pad(\(input), \(widths))"]
    case .dropout: return ["\(array) = \(input)"]
    case .addition: return ["\(array) = \(inputs.joined(separator: " + "))"]
    case .concatenation:
      return ["\(array) = np.concatenate([\(inputs.joined(separator: ", "))], axis=2)"]
    case .flatten:
      let row = Notation.numpy.flat(input, layer.flatOrder, from: layer.input)
      return ["\(array) = \(row)[None, None, :]"]
    case .globalAverage:
      return ["\(array) = np.mean(\(input), axis=(0, 1), keepdims=True)"]
    case .dense:
      let bias = layer.parameters?.bias == nil ? "" : " + \(names.biases(layer))"
      return ["\(array) = \(input) @ \(names.filters(layer)).T\(bias)"]
    case .convolution, .pool: return padding + [loop, "    \(target) = \(value)"]
    }
  }

  private var inputs: [String] { layer.sources.map { names.array($0) } }

  private var loop: String {
    let output = layer.output
    return map == nil
      ? "for x, y, k in np.ndindex(\(output.width), \(output.height), \(output.depth)):"
      : "for x, y in np.ndindex(\(output.width), \(output.height)):"
  }

  private var target: String { "\(array)[x,y,\(letter)]" }

  private var letter: String { map.map { "\($0)" } ?? "k" }

  private var isPadded: Bool { layer.windows?.isPadded ?? false }

  /// The padded input gets a name of its own. A max pool's padding must never win and an
  /// average's may not count, so their fillers differ.
  private var padding: [String] {
    guard isPadded, let windows = layer.windows else { return [] }
    let (x, y) = (windows.x, windows.y)
    let sides =
      "((\(x.paddingBefore), \(x.paddingAfter)), (\(y.paddingBefore), \(y.paddingAfter)), (0, 0))"
    return ["\(padded) = np.pad(\(fillable), \(sides)\(filler))"]
  }

  private var padded: String { isPadded ? "\(input)p" : input }

  private var fillable: String {
    if case .pool(let pool) = layer.operation, pool.kind == .average, !pool.countsPadding {
      return "\(input).astype(float)"
    }
    return input
  }

  private var filler: String {
    guard case .pool(let pool) = layer.operation else { return "" }
    if pool.kind == .maximum { return ", constant_values=\(input).min()" }
    return pool.countsPadding ? "" : ", constant_values=np.nan"
  }

  private var value: String {
    let window = "\(padded)[\(range(.x, "x")), \(range(.y, "y")), \(depth)]"
    guard case .pool(let pool) = layer.operation else { return product(window) }
    if pool.kind == .maximum { return "np.max(\(window))" }
    return isPadded && !pool.countsPadding ? "np.nanmean(\(window))" : "np.mean(\(window))"
  }

  private func product(_ window: String) -> String {
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
