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
  private let takesVector: Bool

  package init(_ layer: Layer, in network: Network, _ notation: Notation) {
    self.layer = layer
    self.notation = notation
    names = CodeNames(network)
    input = names.array(layer.sources[0])
    makesVector = notation.isVector(.layer(layer.index), in: network)
    takesVector = notation.isVector(layer.sources[0], in: network)
  }

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
    case .flatten:
      switch notation {
      case .numpy: return "\(input).flatten(order='F')[\(cell.depth)]"
      case .pytorch: return "\(input).flatten()[\(cell.depth)]"
      case .keras: return "\(input).flatten()[\(kerasPlace(cell))]"
      }
    case .dense:
      let vector = notation == .numpy ? "\(input)[0, 0, :]" : "\(input).flatten()"
      let product = "\(notation.module).sum(\(vector) * \(names.filter(layer, cell.depth)))"
      return product + bias(cell)
    }
  }

  private func source(_ cell: Cell) -> String {
    takesVector ? "\(input)[\(cell.depth)]" : input + notation.index(cell)
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

  /// Where Keras, which flattens y, then x, then depth (depth fastest), puts a flat cell.
  private func kerasPlace(_ cell: Cell) -> Int {
    let from = layer.input.cell(at: cell.depth)
    return (from.y * layer.input.width + from.x) * layer.input.depth + from.depth
  }
}
