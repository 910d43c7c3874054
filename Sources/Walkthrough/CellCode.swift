import ConvolutionEngine

/// The line of code that computes one cell, as it can be pasted into a Python session in which
/// the arrays have the names and the axis order of the notation.
package struct CellCode {
  private let layer: Layer
  private let names: CodeNames
  private let notation: Notation
  private let input: String
  /// Whether the library holds the result, or the input, with one axis only.
  private let makesVector: Bool
  private let takesVectors: [Bool]

  package init(_ layer: Layer, in network: Network, _ notation: Notation) {
    self.layer = layer
    self.notation = notation
    names = CodeNames(network)
    input = names.array(layer.sources[0])
    makesVector = notation.isVector(.layer(layer.index), in: network)
    takesVectors = layer.sources.map { notation.isVector($0, in: network) }
  }

  private var takesVector: Bool { takesVectors[0] }

  /// `v[1,1,0] = np.sum(X[2:7, 2:7, :] * Ker0) + b0`
  package func line(_ cell: Cell) -> String { "\(target(cell)) = \(value(cell))" }

  private func target(_ cell: Cell) -> String {
    let array = names.array(layer)
    return makesVector ? "\(array)[\(cell.depth)]" : array + notation.index(cell)
  }

  private func value(_ cell: Cell) -> String {
    switch layer.operation {
    case .convolution: return convolution(cell)
    case .pool(let pool) where pool.kind == .maximum:
      return "\(notation.module).max(\(window(cell, depth: "\(cell.depth)")))"
    case .pool, .globalAverage:
      let window = window(cell, depth: "\(cell.depth)")
      return "\(notation.module).sum(\(window)) / \(layer.divisor(of: cell))"
    case .relu:
      return notation == .numpy
        ? "np.maximum(\(source(cell)), 0)" : "\(notation.module).relu(\(source(cell)))"
    case .relu6:
      switch notation {
      case .numpy: return "np.clip(\(source(cell)), 0, 6)"
      case .pytorch: return "torch.clamp(\(source(cell)), 0, 6)"
      case .keras: return "ops.relu6(\(source(cell)))"
      }
    case .sigmoid:
      return notation == .numpy
        ? "1 / (1 + np.exp(-\(source(cell))))" : "\(notation.module).sigmoid(\(source(cell)))"
    case .softmax: return softmax(cell)
    case .batchNormalization(let settings):
      return names.normalized(
        source(cell), layer, settings, map: cell.depth, root: "\(notation.module).sqrt")
    case .responseNormalization(let settings):
      let maps = settings.maps(around: cell.depth, of: layer.input.depth)
      let window = depths(cell, "\(maps.lowerBound):\(maps.upperBound)")
      return "\(source(cell)) / "
        + settings.divisor("\(notation.module).sum(\(window)**2)")
    case .dropout, .zeroPadding, .concatenation:
      return layer.origin(of: cell).map { source($0.cell, input: $0.input) } ?? "0"
    case .addition:
      return layer.sources.indices.map { source(cell, input: $0) }.joined(separator: " + ")
    case .flatten:
      let row =
        takesVector
        ? "\(input).flatten()" : notation.flat(input, layer.flatOrder, from: layer.input)
      return "\(row)[\(cell.depth)]"
    case .dense:
      let vector = notation == .numpy ? "\(input)[0, 0, :]" : "\(input).flatten()"
      let product = "\(notation.module).sum(\(vector) * \(names.filter(layer, cell.depth)))"
      return product + bias(cell)
    }
  }

  private func source(_ cell: Cell, input index: Int = 0) -> String {
    names.array(layer.sources[index])
      + (takesVectors[index] ? "[\(cell.depth)]" : notation.index(cell))
  }

  /// Some depths of the input at a cell's place.
  private func depths(_ cell: Cell, _ depths: String) -> String {
    input
      + (takesVector
        ? "[\(depths)]" : notation.index(x: "\(cell.x)", y: "\(cell.y)", depth: depths))
  }

  private func softmax(_ cell: Cell) -> String {
    let all = takesVector ? input : depths(cell, ":")
    switch notation {
    case .numpy:
      let largest = "np.max(\(all))"
      return "np.exp(\(source(cell)) - \(largest)) / np.sum(np.exp(\(all) - \(largest)))"
    case .pytorch: return "torch.softmax(\(all), 0)[\(cell.depth)]"
    case .keras: return "ops.softmax(\(all))[\(cell.depth)]"
    }
  }

  private func bias(_ cell: Cell) -> String {
    layer.parameters?.bias == nil ? "" : " + \(names.bias(layer, cell.depth))"
  }

  private func convolution(_ cell: Cell) -> String {
    guard let windows = layer.windows, let filter = layer.parameters?.filter else { return "0" }
    let columns = windows.x.tapsInside(position: cell.x)
    let rows = windows.y.tapsInside(position: cell.y)
    if columns.isEmpty || rows.isEmpty {
      return layer.parameters?.bias == nil ? "0" : names.bias(layer, cell.depth)
    }
    let first = layer.firstDepth(ofMap: cell.depth)
    let depth = layer.groups == 1 ? ":" : "\(first):\(first + filter.depth)"
    var weights = names.filter(layer, cell.depth)
    // Padded places contribute nothing, so the line leaves them out on both sides.
    if columns.count < filter.width || rows.count < filter.height {
      weights += notation.index(
        x: "\(columns.lowerBound):\(columns.upperBound)",
        y: "\(rows.lowerBound):\(rows.upperBound)", depth: ":")
    }
    return "\(notation.module).sum(\(window(cell, depth: depth)) * \(weights))" + bias(cell)
  }

  /// The part of the input under the window that is not padding: `X[2:7, 2:7, :]`.
  private func window(_ cell: Cell, depth: String) -> String {
    guard let windows = layer.windows else { return input }
    // A window needs all three axes, which a vector then gets back.
    let array =
      takesVector ? input + notation.index(x: "None", y: "None", depth: ":") : input
    return array
      + notation.index(
        x: range(windows.x, cell.x), y: range(windows.y, cell.y), depth: depth)
  }

  private func range(_ axis: WindowAxis, _ position: Int) -> String {
    let taps = axis.tapsInside(position: position)
    guard let first = taps.first.flatMap({ axis.place(position: position, tap: $0) }),
      let last = taps.last.flatMap({ axis.place(position: position, tap: $0) })
    else { return "0:0" }
    return axis.dilation == 1 ? "\(first):\(last + 1)" : "\(first):\(last + 1):\(axis.dilation)"
  }
}
