import ConvolutionEngine
import ExactNumbers

extension BatchNormalization: LayerWords {
  var title: String { "batch normalization" }

  func purpose(of layer: Layer, in network: Network) -> String {
    "Batch normalization shifts and scales each map by four numbers of its own."
  }

  func value(of cell: Cell, _ code: CellCode) -> String {
    normalized(
      code.source(cell), code.layer, code.names, map: cell.depth,
      root: "\(code.notation.module).sqrt")
  }

  func numpy(_ loop: NumpyLoop) -> [String] {
    ["\(loop.array) = " + normalized(loop.input, loop.layer, loop.names, root: "np.sqrt")]
  }

  func pytorch(_ code: LayerCode) -> String? {
    let name = code.takesVector ? "BatchNorm1d" : "BatchNorm2d"
    let affine = learnedRows == 0 ? ", affine=False" : ""
    return "nn.\(name)(\(code.layer.input.depth), eps=\(epsilon.settingText)\(affine))"
  }

  func keras(_ code: LayerCode) -> String? {
    let flags = (hasScale ? [] : ["scale=False"]) + (hasCentre ? [] : ["center=False"])
    let arguments = ["epsilon=\(epsilon.settingText)"] + flags
    return "layers.BatchNormalization(\(arguments.joined(separator: ", ")))"
  }

  /// `bn_gamma * (X - bn_mean) / np.sqrt(bn_var + 0.001) + bn_beta`
  ///
  /// - Parameters:
  ///   - map: the one map that is meant; nil: all, by broadcasting.
  ///   - root: the library's square root.
  private func normalized(
    _ input: String, _ layer: Layer, _ names: CodeNames, map: Int? = nil, root: String
  ) -> String {
    let place = map.map { "[\($0)]" } ?? ""
    let scale = hasScale ? "\(names.normalization(layer, "gamma"))\(place) * " : ""
    let shift = hasCentre ? " + \(names.normalization(layer, "beta"))\(place)" : ""
    return scale + standardized(input, layer, names, map: map, root: root) + shift
  }

  /// What γ multiplies: `(X - bn_mean) / np.sqrt(bn_var + 0.001)`
  func standardized(
    _ input: String, _ layer: Layer, _ names: CodeNames, map: Int?, root: String
  ) -> String {
    func array(_ name: String) -> String {
      names.normalization(layer, name) + (map.map { "[\($0)]" } ?? "")
    }
    return "(\(input) - \(array("mean"))) / \(root)(\(array("var")) + \(epsilon.settingText))"
  }
}
