import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// The grounds of numbers, by their value among those that they stand with. What is asked for, or
/// not known yet, has none.
extension View {
  /// A number of the input, or of a layer; of a colour picture in its depth's own light.
  func tint(
    _ number: @autoclosure () -> Double, of source: Source, depth: Int, isLit: Bool = false
  ) -> Tint? {
    tintScale(of: source, depth: depth)?.tint(of: number(), isLit: isLit)
  }

  /// What tints one depth of the input, or of a layer.
  func tintScale(of source: Source, depth: Int) -> ToneScale? {
    guard options.isTinted, let scale = shown.scales[source] else { return nil }
    let isInColour = source == .input && shown.isInputInColour
    return scale.lit(isInColour ? Light(rawValue: depth) : nil)
  }

  /// A number of what a layer takes.
  ///
  /// - Parameter name: of the layer that made it, or the input's; nil: the first that the layer takes.
  func inputTint(
    _ input: Tensor, _ cell: Cell, of name: String? = nil, isLit: Bool = false
  ) -> Tint? {
    let source = layer.sources.first { network.name(of: $0) == name } ?? layer.sources[0]
    if hides(cell, of: network.name(of: source)) { return nil }
    return tint(input[cell].nearestDouble, of: source, depth: cell.depth, isLit: isLit)
  }

  /// A computed number of a layer.
  func outputTint(_ cell: Cell, of layer: Layer) -> Tint? {
    guard let output = activations.output(of: layer.index), !hides(cell, of: layer.name) else {
      return nil
    }
    return tint(output[cell].nearestDouble, of: .layer(layer.index), depth: cell.depth)
  }

  /// A weight of the layer, by its sign and its size.
  func weightTint(_ weight: Number?) -> Tint? { tint(weight, reach: measuresOfLayer?.weightReach) }

  /// A product of the layer's working, by its sign and its size.
  func productTint(_ product: Number) -> Tint? {
    tint(product, reach: measuresOfLayer?.productReach)
  }

  /// A number by its sign and its size among those that reach so far from zero.
  func tint(_ number: Number?, reach: Double?, isLit: Bool = false) -> Tint? {
    guard options.isTinted, let number, let reach, reach > 0 else { return nil }
    return Tint(number.nearestDouble / reach, .diverging, isLit: isLit)
  }
}
