import ConvolutionEngine

extension Sigmoid: LayerWords {
  var title: String { "sigmoid" }

  func purpose(of layer: Layer, in network: Network) -> String {
    "Sigmoid squeezes every number between 0 and 1."
  }

  func value(of cell: Cell, _ code: CellCode) -> String {
    code.notation == .numpy
      ? "1 / (1 + np.exp(-\(code.source(cell))))"
      : "\(code.notation.module).sigmoid(\(code.source(cell)))"
  }

  func numpy(_ loop: NumpyLoop) -> [String] {
    ["\(loop.array) = 1 / (1 + np.exp(-\(loop.input)))"]
  }

  func pytorch(_ code: LayerCode) -> String? { "nn.Sigmoid()" }

  func keras(_ code: LayerCode) -> String? { "layers.Activation('sigmoid')" }
}
