import ConvolutionEngine

/// The line of code that computes one cell, as it can be pasted into a Python session in which
/// the arrays have the names and the axis order of the notation.
package struct CellCode {
  let layer: Layer
  let names: CodeNames
  let notation: Notation
  let input: String
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

  /// Whether the library holds the input as a vector.
  var takesVector: Bool { takesVectors[0] }

  /// `v[1,1,0] = np.sum(X[2:7, 2:7, :] * Ker0) + b0`
  package func line(_ cell: Cell) -> String {
    "\(target(cell)) = \(layer.operation.words.value(of: cell, self))"
  }

  private func target(_ cell: Cell) -> String {
    let array = names.array(layer)
    return makesVector ? "\(array)[\(cell.depth)]" : array + notation.index(cell)
  }

  /// One cell of an input.
  func source(_ cell: Cell, input index: Int = 0) -> String {
    names.array(layer.sources[index])
      + (takesVectors[index] ? "[\(cell.depth)]" : notation.index(cell))
  }

  /// Some depths of the input at a cell's place.
  func depths(_ cell: Cell, _ depths: String) -> String {
    input
      + (takesVector
        ? "[\(depths)]" : notation.index(x: "\(cell.x)", y: "\(cell.y)", depth: depths))
  }

  /// A cell that is one of an input's, or 0.
  func copied(_ cell: Cell) -> String {
    layer.origin(of: cell).map { source($0.cell, input: $0.input) } ?? "0"
  }

  /// What a cell's bias adds; nothing without one.
  func bias(_ cell: Cell) -> String {
    layer.parameters?.bias == nil ? "" : " + \(names.bias(layer, cell.depth))"
  }

  /// The products of a window with a filter, added up, and the bias.
  func weightedSum(_ cell: Cell) -> String {
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
  func window(_ cell: Cell, depth: String) -> String {
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
