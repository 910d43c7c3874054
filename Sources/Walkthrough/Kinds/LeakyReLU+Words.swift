import ConvolutionEngine
import ExactNumbers

extension LeakyReLU: LayerWords {
  var title: String { "leaky ReLU" }

  func purpose(of layer: Layer, in network: Network) -> String {
    "Leaky ReLU multiplies negative numbers by \(slope.text). It has nothing to learn."
  }

  func expression(of number: Number) -> String {
    "\(number.isNegative ? slope.text : "1")·\(number.text)"
  }

  func sentence(on number: Number) -> String {
    number.isNegative
      ? "\(number.text) is negative: leaky ReLU multiplies it by \(slope.text)."
      : "\(number.text) is not negative: leaky ReLU lets it through."
  }

  func value(of cell: Cell, _ code: CellCode) -> String {
    let source = code.source(cell)
    switch code.notation {
    case .numpy: return "np.where(\(source) > 0, \(source), \(slope.settingText) * \(source))"
    case .pytorch: return "nn.functional.leaky_relu(\(source), \(slope.settingText))"
    case .keras: return "ops.leaky_relu(\(source), negative_slope=\(slope.settingText))"
    }
  }

  func numpy(_ loop: NumpyLoop) -> [String] {
    let input = loop.input
    return ["\(loop.array) = np.where(\(input) > 0, \(input), \(slope.settingText) * \(input))"]
  }

  func pytorch(_ code: LayerCode) -> String? { "nn.LeakyReLU(\(slope.settingText))" }

  func keras(_ code: LayerCode) -> String? {
    "layers.LeakyReLU(negative_slope=\(slope.settingText))"
  }
}
