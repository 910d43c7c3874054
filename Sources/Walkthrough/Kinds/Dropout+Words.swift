import ConvolutionEngine
import ExactNumbers

extension Dropout: LayerWords {
  var title: String { "dropout" }

  func purpose(of layer: Layer, in network: Network) -> String {
    "Dropout does something in training only. No number changes here."
  }

  func sentence(moving cell: Cell, to place: Cell, in layer: Layer, _ network: Network) -> String {
    "Training would drop \(rate.text) of the cells by chance; "
      + "afterwards dropout lets all through."
  }

  func value(of cell: Cell, _ code: CellCode) -> String { code.copied(cell) }

  func numpy(_ loop: NumpyLoop) -> [String] { ["\(loop.array) = \(loop.input)"] }

  func pytorch(_ code: LayerCode) -> String? { "nn.Dropout(\(rate.settingText))" }

  func keras(_ code: LayerCode) -> String? { "layers.Dropout(\(rate.settingText))" }
}
