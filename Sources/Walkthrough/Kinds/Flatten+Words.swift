import ConvolutionEngine

extension Flatten: LayerWords {
  var title: String { "flatten" }

  var grains: [Grain] { [.window, .layer] }

  func purpose(of layer: Layer, in network: Network) -> String {
    layer.flatOrder.isKeras(over: layer.input)
      ? "Flatten lays all cells in one row, the depths of a place together. No number changes."
      : "Flatten lays all cells in one row. No number changes."
  }

  func sentence(moving cell: Cell, to place: Cell, in layer: Layer, _ network: Network) -> String {
    let order =
      layer.flatOrder.isKeras(over: layer.input)
      ? "depth first, then x, then y" : "x first, then y, then depth"
    return "\(network.name(of: layer.sources[0]))\(cell) moves to place \(place.depth): \(order)."
  }

  func value(of cell: Cell, _ code: CellCode) -> String {
    let (layer, input) = (code.layer, code.input)
    let row =
      code.takesVector
      ? "\(input).flatten()" : code.notation.flat(input, layer.flatOrder, from: layer.input)
    return "\(row)[\(cell.depth)]"
  }

  func numpy(_ loop: NumpyLoop) -> [String] {
    let row = Notation.numpy.flat(loop.input, loop.layer.flatOrder, from: loop.layer.input)
    return ["\(loop.array) = \(row)[None, None, :]"]
  }

  func pytorch(_ code: LayerCode) -> String? {
    !code.takesVector && code.layer.flatOrder.isKeras(over: code.layer.input)
      ? "\(code.names.array(code.layer.sources[0])).permute(0, 2, 3, 1).flatten(1)"
      : "nn.Flatten()"
  }

  func keras(_ code: LayerCode) -> String? {
    let shape = code.layer.input
    return code.takesVector || code.layer.flatOrder.isKeras(over: shape)
      || FlatOrder.isEither(over: shape)
      ? "layers.Flatten()" : "keras.Sequential([layers.Permute((3, 1, 2)), layers.Flatten()])"
  }

  func isVector(_ notation: Notation, over input: Bool) -> Bool { true }
}
