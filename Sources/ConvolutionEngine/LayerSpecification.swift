/// One layer as it is written down: what it does, and optionally its name, what it takes and
/// where its numbers come from. `Network` gives it sizes.
package struct LayerSpecification: Sendable, Hashable {
  /// nil: named by its kind.
  package var name: String?
  /// The layers it takes by name; nil: the previous one.
  package var inputs: [String]?
  package var operation: Operation
  /// Files that hold its weights and bias, as written; nil: seeded.
  package var weightsFile: String?
  package var biasFile: String?

  package init(
    _ operation: Operation, name: String? = nil, inputs: [String]? = nil,
    weightsFile: String? = nil, biasFile: String? = nil
  ) {
    self.operation = operation
    self.name = name
    self.inputs = inputs
    self.weightsFile = weightsFile
    self.biasFile = biasFile
  }
}

extension Operation {
  /// The kind's name on the command line and in files.
  package var kind: String {
    switch self {
    case .convolution: "conv"
    case .pool(let pool): pool.kind.rawValue
    case .globalAverage: "globalavgpool"
    case .relu: "relu"
    case .flatten: "flatten"
    case .dense: "dense"
    }
  }

  /// Every kind that there is, as it is written.
  package static let kinds = [
    "conv", "maxpool", "avgpool", "globalavgpool", "relu", "flatten", "dense",
  ]
}

extension LayerSpecification: CustomStringConvertible {
  /// The layer as the command line has it, with only the settings that are not defaults:
  /// `conv:5,filters=2,stride=2`. Parsing it again gives the same layer.
  package var description: String {
    var settings: [(key: String, value: String)] = []
    var size: String?
    switch operation {
    case .convolution(let convolution):
      size = convolution.windows.size.description
      if convolution.filters != 1 { settings.append(("filters", "\(convolution.filters)")) }
      settings += convolution.windows.settings(defaultStride: Pair(1))
      if convolution.groups != 1 { settings.append(("groups", "\(convolution.groups)")) }
      if !convolution.hasBias { settings.append(("bias", "no")) }
    case .pool(let pool):
      size = pool.windows.size.description
      settings += pool.windows.settings(defaultStride: pool.windows.size)
      if !pool.countsPadding { settings.append(("count-padding", "no")) }
    case .dense(let dense):
      size = "\(dense.outputs)"
      if !dense.hasBias { settings.append(("bias", "no")) }
    case .globalAverage, .relu, .flatten: break
    }
    if let weightsFile { settings.append(("weights", weightsFile)) }
    if let biasFile { settings.append(("bias", biasFile)) }
    if let name { settings.append(("name", name)) }
    if let inputs { settings.append(("from", inputs.joined(separator: "+"))) }
    let head = size.map { "\(operation.kind):\($0)" } ?? operation.kind
    return ([head] + settings.map { "\($0.key)=\($0.value)" }).joined(separator: ",")
  }
}

extension WindowSettings {
  fileprivate func settings(defaultStride: Pair) -> [(key: String, value: String)] {
    var settings: [(key: String, value: String)] = []
    if stride != defaultStride { settings.append(("stride", stride.description)) }
    switch padding {
    case .same: settings.append(("padding", "same"))
    case .sides(let left, let right, let top, let bottom):
      if left == right, top == bottom, left == top {
        if left != 0 { settings.append(("padding", "\(left)")) }
      } else {
        let sides = [("left", left), ("right", right), ("top", top), ("bottom", bottom)]
        settings += sides.filter { $0.1 != 0 }.map { (key: $0.0, value: "\($0.1)") }
      }
    }
    if dilation != Pair(1) { settings.append(("dilation", dilation.description)) }
    if rounding != .floor { settings.append(("rounding", rounding.rawValue)) }
    return settings
  }
}
