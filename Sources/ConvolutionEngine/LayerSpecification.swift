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

extension LayerSpecification {
  /// The same with an order for a flatten that names none; the walk's own is not written out.
  func flattening(_ order: FlatOrder) -> LayerSpecification {
    guard case .flatten(nil) = operation, order != .dyx else { return self }
    var specification = self
    specification.operation = .flatten(order)
    return specification
  }
}

extension Operation {
  /// The kind's name on the command line and in files.
  package var kind: String {
    switch self {
    case .convolution(let convolution): convolution.multiplier == nil ? "conv" : "depthwise"
    case .pool(let pool): pool.kind.rawValue
    case .globalAverage: "globalavgpool"
    case .relu: "relu"
    case .relu6: "relu6"
    case .sigmoid: "sigmoid"
    case .softmax: "softmax"
    case .flatten: "flatten"
    case .dense: "dense"
    case .batchNormalization: "batchnorm"
    case .responseNormalization: "lrn"
    case .zeroPadding: "zeropad"
    case .dropout: "dropout"
    case .addition: "add"
    case .concatenation: "concat"
    }
  }

  /// Every kind that there is, as it is written.
  package static let kinds = [
    "conv", "depthwise", "maxpool", "avgpool", "globalavgpool", "relu", "relu6", "sigmoid",
    "softmax", "flatten", "dense", "batchnorm", "lrn", "zeropad", "dropout", "add", "concat",
  ]
}

extension LayerSpecification: CustomStringConvertible {
  /// The layer as the command line has it, with only the settings that are not defaults (our own):
  /// `conv:5,filters=2,stride=2`. Parsing it again gives the same layer.
  package var description: String {
    var settings: [(key: String, value: String)] = []
    var size: String?
    switch operation {
    case .convolution(let convolution):
      size = convolution.windows.size.description
      if let multiplier = convolution.multiplier, multiplier != 1 {
        settings.append(("multiplier", "\(multiplier)"))
      }
      if convolution.filters != 1 { settings.append(("filters", "\(convolution.filters)")) }
      settings += convolution.windows.settings(defaultStride: Pair(1))
      if convolution.groups != 1 { settings.append(("groups", "\(convolution.groups)")) }
      if !convolution.hasBias { settings.append(("bias", "no")) }
    case .pool(let pool):
      size = pool.windows.size.description
      settings += pool.windows.settings(defaultStride: pool.windows.size)
      let plain = PoolSettings(pool.kind, windows: pool.windows)
      if pool.countsPadding != plain.countsPadding {
        settings.append(("count-padding", pool.countsPadding ? "yes" : "no"))
      }
    case .dense(let dense):
      size = "\(dense.outputs)"
      if !dense.hasBias { settings.append(("bias", "no")) }
    case .batchNormalization(let normalization): settings += normalization.settings
    case .responseNormalization(let response):
      size = "\(response.size)"
      settings += response.settings
    case .zeroPadding(let sides): (size, settings) = sides.text
    case .dropout(let rate): size = rate.settingText
    case .flatten(let order):
      if let order { settings.append(("order", order.rawValue)) }
    case .globalAverage, .relu, .relu6, .sigmoid, .softmax, .addition, .concatenation: break
    }
    if let weightsFile { settings.append(("weights", weightsFile)) }
    if let biasFile { settings.append(("bias", biasFile)) }
    if let name { settings.append(("name", name)) }
    if let inputs { settings.append(("from", inputs.joined(separator: "+"))) }
    let head = size.map { "\(operation.kind):\($0)" } ?? operation.kind
    return ([head] + settings.map { "\($0.key)=\($0.value)" }).joined(separator: ",")
  }
}

/// Settings as they are written, in their order.
private typealias SettingTexts = [(key: String, value: String)]

extension BatchNormalizationSettings {
  fileprivate var settings: SettingTexts {
    var settings: SettingTexts = []
    if epsilon != SettingDefaults.own.epsilon {
      settings.append(("epsilon", epsilon.settingText))
    }
    if !hasScale { settings.append(("scale", "no")) }
    if !hasCentre { settings.append(("center", "no")) }
    return settings
  }
}

extension ResponseNormalizationSettings {
  fileprivate var settings: SettingTexts {
    let plain = ResponseNormalizationSettings(size: size)
    return [
      ("alpha", alpha, plain.alpha), ("beta", beta, plain.beta), ("k", offset, plain.offset),
    ].filter { $0.1 != $0.2 }.map { (key: $0.0, value: $0.1.settingText) }
  }
}

extension Sides {
  /// The one number of all four; nil where they differ.
  fileprivate var all: Int? { Set([left, right, top, bottom]).count == 1 ? left : nil }

  /// Those that are not 0.
  fileprivate var settings: SettingTexts {
    [("left", left), ("right", right), ("top", top), ("bottom", bottom)]
      .filter { $0.1 != 0 }.map { (key: $0.0, value: "\($0.1)") }
  }

  /// As `zeropad` is written: a size where one says it, else the sides.
  fileprivate var text: (size: String?, settings: SettingTexts) {
    guard left == right, top == bottom else { return (nil, settings) }
    return (Pair(left, top).description, [])
  }
}

extension WindowSettings {
  fileprivate func settings(defaultStride: Pair) -> [(key: String, value: String)] {
    var settings: [(key: String, value: String)] = []
    if stride != defaultStride { settings.append(("stride", stride.description)) }
    switch padding {
    case .same: settings.append(("padding", "same"))
    case .sides(let left, let right, let top, let bottom):
      let sides = Sides(left: left, right: right, top: top, bottom: bottom)
      if let all = sides.all {
        if all != 0 { settings.append(("padding", "\(all)")) }
      } else {
        settings += sides.settings
      }
    }
    if dilation != Pair(1) { settings.append(("dilation", dilation.description)) }
    if rounding != .floor { settings.append(("rounding", rounding.rawValue)) }
    return settings
  }
}
