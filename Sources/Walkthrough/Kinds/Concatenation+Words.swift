import ConvolutionEngine

extension Concatenation: LayerWords {
  var title: String { "concatenation" }

  func purpose(of layer: Layer, in network: Network) -> String {
    "Concatenation puts the maps of its inputs behind each other."
  }

  func value(of cell: Cell, _ code: CellCode) -> String { code.copied(cell) }

  func numpy(_ loop: NumpyLoop) -> [String] {
    ["\(loop.array) = np.concatenate([\(loop.inputs.joined(separator: ", "))], axis=2)"]
  }

  func pytorch(_ code: LayerCode) -> String? {
    "torch.cat([\(code.inputs.joined(separator: ", "))], dim=1)"
  }

  func keras(_ code: LayerCode) -> String? {
    "layers.Concatenate()([\(code.inputs.joined(separator: ", "))])"
  }
}
