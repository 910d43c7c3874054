import ConvolutionEngine

extension Addition: LayerWords {
  var title: String { "addition" }

  func purpose(of layer: Layer, in network: Network) -> String {
    "Addition adds its inputs cell by cell."
  }

  func value(of cell: Cell, _ code: CellCode) -> String {
    code.layer.sources.indices.map { code.source(cell, input: $0) }.joined(separator: " + ")
  }

  func numpy(_ loop: NumpyLoop) -> [String] {
    ["\(loop.array) = \(loop.inputs.joined(separator: " + "))"]
  }

  func pytorch(_ code: LayerCode) -> String? { code.inputs.joined(separator: " + ") }

  func keras(_ code: LayerCode) -> String? {
    "layers.Add()([\(code.inputs.joined(separator: ", "))])"
  }
}
