import ConvolutionEngine

extension Softmax: LayerWords {
  var title: String { "softmax" }

  func purpose(of layer: Layer, in network: Network) -> String {
    "Softmax turns the depths of each place into shares of 1."
  }

  func value(of cell: Cell, _ code: CellCode) -> String {
    let all = code.takesVector ? code.input : code.depths(cell, ":")
    switch code.notation {
    case .numpy:
      let largest = "np.max(\(all))"
      return "np.exp(\(code.source(cell)) - \(largest)) / np.sum(np.exp(\(all) - \(largest)))"
    case .pytorch: return "torch.softmax(\(all), 0)[\(cell.depth)]"
    case .keras: return "ops.softmax(\(all))[\(cell.depth)]"
    }
  }

  func numpy(_ loop: NumpyLoop) -> [String] {
    [
      "\(loop.array) = np.exp(\(loop.input) - np.max(\(loop.input), axis=2, keepdims=True))",
      "\(loop.array) /= np.sum(\(loop.array), axis=2, keepdims=True)",
    ]
  }

  func pytorch(_ code: LayerCode) -> String? { "nn.Softmax(dim=1)" }

  func keras(_ code: LayerCode) -> String? { "layers.Softmax()" }
}
