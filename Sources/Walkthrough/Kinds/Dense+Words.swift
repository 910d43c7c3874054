import ConvolutionEngine

extension Dense: LayerWords {
  var title: String { "dense" }

  /// Each output is a map of one cell, and each of its slices one product.
  var grains: [Grain] { [.product, .window, .layer] }

  func purpose(of layer: Layer, in network: Network) -> String {
    "Each output is one dot product with the whole input."
  }

  func value(of cell: Cell, _ code: CellCode) -> String {
    let vector =
      code.notation == .numpy ? "\(code.input)[0, 0, :]" : "\(code.input).flatten()"
    let weights = code.names.filter(code.layer, cell.depth)
    return "\(code.notation.module).sum(\(vector) * \(weights))" + code.bias(cell)
  }

  func numpy(_ loop: NumpyLoop) -> [String] {
    let bias = hasBias ? " + \(loop.names.biases(loop.layer))" : ""
    return ["\(loop.array) = \(loop.input) @ \(loop.names.filters(loop.layer)).T\(bias)"]
  }

  func pytorch(_ code: LayerCode) -> String? {
    "nn.Linear(\(code.layer.input.count), \(outputs)\(hasBias ? "" : ", bias=False"))"
  }

  func keras(_ code: LayerCode) -> String? {
    "layers.Dense(\(outputs)\(hasBias ? "" : ", use_bias=False"))"
  }

  func isVector(_ notation: Notation, over input: Bool) -> Bool { true }
}
