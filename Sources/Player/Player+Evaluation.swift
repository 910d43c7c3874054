import ConvolutionEngine
import FastEvaluation
import Walkthrough

extension Player {
  /// Layers up to this many multiply-adds are evaluated at once, between two key presses;
  /// larger ones are an effect.
  static let cheap = 2_000_000

  /// Evaluates what the screen needs and is cheap, and measures its columns.
  mutating func settle() {
    let layers = network.layers
    let missing = activations.missing(before: place.layer)
    if missing.reduce(0, { min(Player.cheap, $0) + layers[$1].work }) <= Player.cheap {
      for index in missing { evaluateCheaply(index) }
    }
    for case .layer(let source) in layer.sources { measureWidth(of: source) }
    if measures[place.layer] == nil, let input = activations.inputs(of: place.layer)?.first {
      measures[place.layer] = Measures(layer, input: input)
    }
    for index in [place.layer, place.layer + 1] where layers.indices.contains(index) {
      evaluateCheaply(index)
    }
  }

  private mutating func evaluateCheaply(_ index: Int) {
    if activations.output(of: index) == nil, activations.inputs(of: index) != nil,
      network.layers[index].work <= Player.cheap
    {
      // A cell that does not fit is said where its account is shown.
      _ = try? activations.evaluate(index)
    }
    measureWidth(of: index)
  }

  private mutating func measureWidth(of index: Int) {
    guard widths[index] == nil, let output = activations.output(of: index) else { return }
    widths[index] = output.widestText(atMost: Player.widestColumn)
  }

  /// The width of a layer's numbers: measured where the layer is evaluated, else a bound.
  func width(of source: Source) -> Int {
    switch source {
    case .input: return min(inputWidth, Player.widestColumn)
    case .layer(let index):
      return min(widths[index] ?? boundWidth(of: index), Player.widestColumn)
    }
  }

  /// The widest text that a layer's numbers can have, by the sizes of what goes into them.
  private func boundWidth(of index: Int) -> Int {
    guard let measures = measures[index] else {
      return network.layers[index].parameters == nil
        ? network.layers[index].sources.map(width).max() ?? 1 : Player.widestColumn
    }
    return measures.total
  }

  /// Columns are never wider than this; a longer number is shown `≈` there and exact below.
  static let widestColumn = 7
}

extension Layer {
  /// An exponential takes as long as hundreds of products.
  private var costPerCell: Int {
    operation.isSlow ? 500 : placesPerCell
  }

  /// What evaluating it costs, in products or in visits.
  package var work: Int {
    max(multiplyAdds, output.count * (windows.map { $0.x.filter * $0.y.filter } ?? costPerCell))
  }
}
