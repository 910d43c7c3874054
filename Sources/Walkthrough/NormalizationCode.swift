import ConvolutionEngine

/// The parts of the lines of code that numpy, PyTorch and Keras share.
extension CodeNames {
  /// `bn_gamma * (X - bn_mean) / np.sqrt(bn_var + 0.001) + bn_beta`
  ///
  /// - Parameters:
  ///   - map: the one map that is meant; nil: all, by broadcasting.
  ///   - root: the library's square root.
  func normalized(
    _ input: String, _ layer: Layer, _ settings: BatchNormalizationSettings, map: Int? = nil,
    root: String
  ) -> String {
    func array(_ name: String) -> String {
      normalization(layer, name) + (map.map { "[\($0)]" } ?? "")
    }
    let scale = settings.hasScale ? "\(array("gamma")) * " : ""
    let shift = settings.hasCentre ? " + \(array("beta"))" : ""
    let divisor = "\(root)(\(array("var")) + \(settings.epsilon.settingText))"
    return "\(scale)(\(input) - \(array("mean"))) / \(divisor)\(shift)"
  }
}

extension ResponseNormalizationSettings {
  /// `(2 + 0.0001 * SUM)**0.75`
  func divisor(_ sum: String) -> String {
    "(\(offset.settingText) + \(alpha.settingText) * \(sum))**\(beta.settingText)"
  }

  /// The maps around one, as a slice: `max(0, k-2):k+3`.
  func codeRange(_ map: String) -> String {
    let (below, above) = (size / 2, (size - 1) / 2 + 1)
    return (below == 0 ? map : "max(0, \(map)-\(below))") + ":\(map)+\(above)"
  }

  /// `nn.LocalResponseNorm`'s arguments: PyTorch divides its alpha by the size; nil where that many
  /// times alpha is beyond 128 bits.
  var pytorchArguments: String? {
    let (multiple, overflows) = alpha.numerator.multipliedReportingOverflow(by: Int128(size))
    guard !overflows else { return nil }
    let total = Ratio(multiple, over: alpha.denominator)
    return "\(size), alpha=\(total.settingText), beta=\(beta.settingText), "
      + "k=\(offset.settingText)"
  }
}
