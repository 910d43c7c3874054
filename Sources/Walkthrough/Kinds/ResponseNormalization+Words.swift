import ConvolutionEngine
import ExactNumbers

extension ResponseNormalization: LayerWords {
  var title: String { "local response normalization" }

  func purpose(of layer: Layer, in network: Network) -> String {
    "Local response normalization divides by what the neighbouring maps hold."
  }

  func value(of cell: Cell, _ code: CellCode) -> String {
    let maps = maps(around: cell.depth, of: code.layer.input.depth)
    let window = code.depths(cell, "\(maps.lowerBound):\(maps.upperBound)")
    return "\(code.source(cell)) / " + divisor("\(code.notation.module).sum(\(window)**2)")
  }

  func numpy(_ loop: NumpyLoop) -> [String] {
    let window = "\(loop.input)[:, :, \(range("k"))]"
    return [
      "for k in range(\(loop.layer.output.depth)):",
      "    \(loop.array)[:,:,k] = \(loop.input)[:,:,k] / "
        + divisor("np.sum(\(window)**2, axis=2)"),
    ]
  }

  /// PyTorch divides its alpha by the size; nil where that many times alpha is beyond 128 bits.
  func pytorch(_ code: LayerCode) -> String? {
    let (multiple, overflows) = alpha.numerator.multipliedReportingOverflow(by: Int128(size))
    guard !overflows else { return nil }
    let total = Ratio(multiple, over: alpha.denominator)
    return "nn.LocalResponseNorm(\(size), alpha=\(total.settingText), beta=\(beta.settingText), "
      + "k=\(offset.settingText))"
  }

  /// Keras has no such layer.
  func keras(_ code: LayerCode) -> String? { nil }

  func overVector(_ code: String, _ notation: Notation, depth: Int) -> String {
    "nn.Sequential(nn.Unflatten(1, (\(depth), 1)), \(code), nn.Flatten())"
  }

  /// `(2 + 0.0001 * SUM)**0.75`
  private func divisor(_ sum: String) -> String {
    "(\(offset.settingText) + \(alpha.settingText) * \(sum))**\(beta.settingText)"
  }

  /// The maps around one, as a slice: `max(0, k-2):k+3`.
  private func range(_ map: String) -> String {
    let (below, above) = (size / 2, (size - 1) / 2 + 1)
    return (below == 0 ? map : "max(0, \(map)-\(below))") + ":\(map)+\(above)"
  }
}
