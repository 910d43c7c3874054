import ConvolutionEngine

extension ZeroPadding: SpatialWords {
  var title: String { "zero padding" }

  func purpose(of layer: Layer, in network: Network) -> String {
    "Zero padding puts zeros around its input. No number changes."
  }

  func sentence(moving cell: Cell, to place: Cell, in layer: Layer, _ network: Network) -> String {
    "\(network.name(of: layer.sources[0]))\(cell) moves inward."
  }

  func value(of cell: Cell, _ code: CellCode) -> String { code.copied(cell) }

  func numpy(_ loop: NumpyLoop) -> [String] {
    let widths = "((\(sides.left), \(sides.right)), (\(sides.top), \(sides.bottom)), (0, 0))"
    return ["\(loop.array) = np.pad(\(loop.input), \(widths))"]
  }

  func pytorch(_ code: LayerCode) -> String? {
    "nn.ZeroPad2d((\(sides.left), \(sides.right), \(sides.top), \(sides.bottom)))"
  }

  func keras(_ code: LayerCode) -> String? {
    let rows = "(\(sides.top), \(sides.bottom))"
    return "layers.ZeroPadding2D((\(rows), (\(sides.left), \(sides.right))))"
  }
}
