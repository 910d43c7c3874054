import ConvolutionEngine
import ExactNumbers

extension ReLU: LayerWords {
  var title: String { "ReLU" }

  func purpose(of layer: Layer, in network: Network) -> String {
    "ReLU cuts negative numbers to 0. It has nothing to learn."
  }

  func expression(of number: Number) -> String { "max(\(number.text), 0)" }

  func sentence(on number: Number) -> String {
    number.isNegative
      ? "\(number.text) is negative: ReLU cuts it to 0."
      : "\(number.text) is not negative: ReLU lets it through."
  }

  func value(of cell: Cell, _ code: CellCode) -> String {
    code.notation == .numpy
      ? "np.maximum(\(code.source(cell)), 0)"
      : "\(code.notation.module).relu(\(code.source(cell)))"
  }

  func numpy(_ loop: NumpyLoop) -> [String] { ["\(loop.array) = np.maximum(\(loop.input), 0)"] }

  func pytorch(_ code: LayerCode) -> String? { "nn.ReLU()" }

  func keras(_ code: LayerCode) -> String? { "layers.ReLU()" }
}

extension ReLU6: LayerWords {
  var title: String { "ReLU6" }

  func purpose(of layer: Layer, in network: Network) -> String {
    "ReLU6 cuts what is below 0 or above 6. It has nothing to learn."
  }

  func expression(of number: Number) -> String { "min(max(\(number.text), 0), 6)" }

  func sentence(on number: Number) -> String {
    if number.isNegative { return "\(number.text) is negative: ReLU6 cuts it to 0." }
    return number > Number(6)
      ? "\(number.text) is above 6: ReLU6 cuts it to 6."
      : "\(number.text) lies from 0 to 6: ReLU6 lets it through."
  }

  func value(of cell: Cell, _ code: CellCode) -> String {
    switch code.notation {
    case .numpy: "np.clip(\(code.source(cell)), 0, 6)"
    case .pytorch: "torch.clamp(\(code.source(cell)), 0, 6)"
    case .keras: "ops.relu6(\(code.source(cell)))"
    }
  }

  func numpy(_ loop: NumpyLoop) -> [String] { ["\(loop.array) = np.clip(\(loop.input), 0, 6)"] }

  func pytorch(_ code: LayerCode) -> String? { "nn.ReLU6()" }

  func keras(_ code: LayerCode) -> String? { "layers.ReLU(max_value=6)" }
}
