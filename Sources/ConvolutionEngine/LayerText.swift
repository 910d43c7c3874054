/// What is wrong with a layer's text or one of its settings.
package enum LayerTextError: Error, Equatable {
  case unknownKind(String)
  case unknownKey(String, kind: String, known: [String])
  case repeatedKey(String)
  case notAKey(String)
  case missingSize(kind: String, example: String)
  case unwantedSize(kind: String, found: String)
  case value(key: String, found: String, expected: String)
  case both(String, String)
}

extension LayerTextError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownKind(let found):
      return "\(found.quoted) is not a layer; the kinds are "
        + "\(Operation.kinds.joined(separator: ", "))."
    case .unknownKey(let key, let kind, let known):
      return "\(kind) has no setting \(key.quoted); "
        + "it has \(known.joined(separator: ", "))."
    case .repeatedKey(let key): return "\(key) is set twice; set it once."
    case .notAKey(let text):
      return "\(text.quoted) is not a setting; a setting is key=value, "
        + "for example stride=2."
    case .missingSize(let kind, let example):
      return "\(kind) needs a size, for example \(example)."
    case .unwantedSize(let kind, let found):
      return "\(kind) has no size, found \(found.quoted); write only \(kind)."
    case .value(let key, let found, let expected):
      return "\(key) is \(found.quoted); it must be \(expected)."
    case .both(let first, let second):
      return "\(first) and \(second) cannot both be set; use one of them."
    }
  }
}

extension LayerSpecification {
  /// Reads a layer as the command line has it: `conv:5,filters=2,stride=2`.
  ///
  /// - Parameter defaults: whose the settings are that the text leaves out.
  /// - Throws: `LayerTextError`; sizes that are numbers but do not fit their input are found
  ///   only when a `Network` is made.
  package init(
    parsing text: String, defaults: SettingDefaults = .own
  ) throws(LayerTextError) {
    let (kind, size, settings) = try LayerSpecification.parts(of: text)
    try self.init(kind: kind, size: size, settings: settings, defaults: defaults)
  }

  /// The keys of the settings that a layer's text has; none where it is no layer's text.
  package static func writtenKeys(_ text: String) -> Set<String> {
    Set((try? parts(of: text))?.settings.map(\.key) ?? [])
  }

  private static func parts(
    of text: String
  ) throws(LayerTextError) -> (
    kind: String, size: String?, settings: [(key: String, value: String)]
  ) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let head = parts[0].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    var settings: [(key: String, value: String)] = []
    for part in parts.dropFirst() {
      guard let equals = part.firstIndex(of: "="), equals != part.startIndex else {
        throw .notAKey(part)
      }
      settings.append((String(part[..<equals]), String(part[part.index(after: equals)...])))
    }
    return (String(head[0]), head.count > 1 ? String(head[1]) : nil, settings)
  }

  /// Reads a layer from its kind, size and settings: what the text form and a file share.
  package init(
    kind: String, size: String?, settings: [(key: String, value: String)],
    defaults: SettingDefaults = .own
  ) throws(LayerTextError) {
    guard Operation.kinds.contains(kind) else { throw .unknownKind(kind) }
    var reader = try SettingsReader(
      kind: kind, size: size, settings: settings, defaults: defaults)
    let operation = try reader.operation()
    let files = try reader.files()
    self.init(
      operation, name: try reader.take("name"),
      inputs: try reader.sources(),
      weightsFile: files.weights, biasFile: files.bias)
  }
}

/// Takes settings one by one, so that each is read once and none is left over.
private struct SettingsReader {
  private let kind: String
  private let size: String?
  private let defaults: SettingDefaults
  private var settings: [String: String] = [:]

  private static let sideKeys = ["left", "right", "top", "bottom"]

  private static let windowKeys =
    ["stride", "padding"] + sideKeys + ["dilation", "rounding"]

  private static func keys(of kind: String) -> [String] {
    switch kind {
    case "conv":
      return ["filters"] + windowKeys + ["groups", "bias", "weights", "name", "from"]
    case "depthwise":
      return ["multiplier"] + windowKeys + ["bias", "weights", "name", "from"]
    case "maxpool": return windowKeys + ["name", "from"]
    case "avgpool": return windowKeys + ["count-padding", "name", "from"]
    case "dense": return ["bias", "weights", "name", "from"]
    case "batchnorm": return ["epsilon", "scale", "center", "name", "from"]
    case "lrn": return ["alpha", "beta", "k", "name", "from"]
    case "zeropad": return sideKeys + ["name", "from"]
    case "flatten": return ["order", "name", "from"]
    default: return ["name", "from"]
    }
  }

  init(
    kind: String, size: String?, settings: [(key: String, value: String)],
    defaults: SettingDefaults
  ) throws(LayerTextError) {
    self.kind = kind
    self.size = size
    self.defaults = defaults
    let known = SettingsReader.keys(of: kind)
    for (key, value) in settings {
      guard known.contains(key) else { throw .unknownKey(key, kind: kind, known: known) }
      guard self.settings[key] == nil else { throw .repeatedKey(key) }
      guard !value.isEmpty else {
        throw .value(key: key, found: value, expected: "given after the =")
      }
      self.settings[key] = value
    }
  }

  mutating func take(_ key: String) throws(LayerTextError) -> String? {
    settings.removeValue(forKey: key)
  }

  mutating func operation() throws(LayerTextError) -> Operation {
    switch kind {
    case "conv", "depthwise":
      let windows = try windows(defaultStride: { _ in Pair(1) }, example: "\(kind):3")
      if windows.rounding == .ceil {
        throw .value(
          key: "rounding", found: "ceil", expected: "floor or strict (ceil is for pools)")
      }
      if kind == "depthwise" {
        return .convolution(
          .depthwise(
            windows: windows, multiplier: try integer("multiplier") ?? 1,
            hasBias: settings["bias"] != "no"))
      }
      return .convolution(
        ConvolutionSettings(
          windows: windows, filters: try integer("filters") ?? 1,
          groups: try integer("groups") ?? 1, hasBias: settings["bias"] != "no"))
    case "maxpool", "avgpool":
      let windows = try windows(defaultStride: { $0 }, example: "\(kind):2")
      return .pool(
        PoolSettings(
          kind == "maxpool" ? .maximum : .average, windows: windows,
          countsPadding: try choice("count-padding", ["yes": true, "no": false])))
    case "dense":
      guard let size else { throw .missingSize(kind: kind, example: "dense:10") }
      guard let outputs = Int(size) else {
        throw .value(key: "dense", found: size, expected: "a whole number of outputs")
      }
      return .dense(DenseSettings(outputs: outputs, hasBias: settings["bias"] != "no"))
    case "lrn": return .responseNormalization(try responseNormalization())
    case "zeropad": return .zeroPadding(try sidesAround())
    case "dropout": return .dropout(rate: try rate())
    default:
      if let size { throw .unwantedSize(kind: kind, found: size) }
      if kind == "flatten" { return .flatten(try flatOrder()) }
      if let plain = SettingsReader.plain[kind] { return plain }
      // The only other one of the kinds that there are.
      return .batchNormalization(try batchNormalization())
    }
  }

  /// The kinds that have nothing to set.
  private static let plain: [String: Operation] = [
    "globalavgpool": .globalAverage, "relu": .relu, "relu6": .relu6, "sigmoid": .sigmoid,
    "softmax": .softmax, "add": .addition, "concat": .concatenation,
  ]

  private mutating func flatOrder() throws(LayerTextError) -> FlatOrder? {
    try choice(
      "order",
      Dictionary(uniqueKeysWithValues: FlatOrder.allCases.map { ($0.rawValue, $0) }))
  }

  private mutating func batchNormalization() throws(LayerTextError) -> BatchNormalizationSettings {
    let yesOrNo = ["yes": true, "no": false]
    return BatchNormalizationSettings(
      epsilon: try ratio("epsilon") ?? defaults.epsilon,
      hasScale: try choice("scale", yesOrNo) ?? true,
      hasCentre: try choice("center", yesOrNo) ?? true)
  }

  private mutating func responseNormalization() throws(LayerTextError)
    -> ResponseNormalizationSettings
  {
    guard let size else { throw .missingSize(kind: kind, example: "lrn:5") }
    guard let maps = Int(size) else {
      throw .value(key: "lrn", found: size, expected: "a whole number of maps")
    }
    let plain = ResponseNormalizationSettings(size: maps)
    let written = try ratio("alpha") ?? plain.alpha
    guard let alpha = defaults.alpha(written: written, size: maps) else {
      throw .value(key: "alpha", found: written.settingText, expected: "a number with fewer digits")
    }
    return ResponseNormalizationSettings(
      size: maps, alpha: alpha, beta: try ratio("beta") ?? plain.beta,
      offset: try ratio("k") ?? defaults.offset)
  }

  /// `zeropad:1`, `zeropad:2x1`, or each side on its own.
  private mutating func sidesAround() throws(LayerTextError) -> Sides {
    guard let size else {
      guard !settings.keys.filter(SettingsReader.sideKeys.contains).isEmpty else {
        throw .missingSize(kind: kind, example: "zeropad:1 or zeropad,right=1,bottom=1")
      }
      return try sides()
    }
    if let side = SettingsReader.sideKeys.first(where: { settings[$0] != nil }) {
      throw .both("zeropad's size", side)
    }
    let both = try pair(size, key: kind)
    return Sides(left: both.x, right: both.x, top: both.y, bottom: both.y)
  }

  private func rate() throws(LayerTextError) -> Ratio {
    guard let size else { throw .missingSize(kind: kind, example: "dropout:0.5") }
    guard let rate = Ratio(parsing: size), !rate.isNegative, rate < Ratio(1) else {
      throw .value(key: kind, found: size, expected: "a share from 0 to below 1, such as 0.5")
    }
    return rate
  }

  private mutating func ratio(_ key: String) throws(LayerTextError) -> Ratio? {
    guard let text = try take(key) else { return nil }
    guard let value = Ratio(parsing: text) else {
      throw .value(key: key, found: text, expected: "a number such as 0.001 or 1e-5")
    }
    return value
  }

  private mutating func sides() throws(LayerTextError) -> Sides {
    Sides(
      left: try integer("left") ?? 0, right: try integer("right") ?? 0,
      top: try integer("top") ?? 0, bottom: try integer("bottom") ?? 0)
  }

  /// The files for weights and bias; `bias=yes` and `bias=no` are no files.
  mutating func files() throws(LayerTextError) -> (weights: String?, bias: String?) {
    let bias = try take("bias")
    return (try take("weights"), bias == "yes" || bias == "no" ? nil : bias)
  }

  /// The names in `from=a+b`.
  mutating func sources() throws(LayerTextError) -> [String]? {
    guard let text = try take("from") else { return nil }
    let names = text.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
    guard !names.contains("") else {
      throw .value(key: "from", found: text, expected: "a name, or names joined by +")
    }
    return names
  }

  private mutating func windows(
    defaultStride: (Pair) -> Pair, example: String
  ) throws(LayerTextError) -> WindowSettings {
    guard let size else { throw .missingSize(kind: kind, example: example) }
    let filter = try pair(size, key: kind)
    let roundings = Dictionary(uniqueKeysWithValues: Rounding.allCases.map { ($0.rawValue, $0) })
    return WindowSettings(
      size: filter,
      stride: try take("stride").map { text throws(LayerTextError) in
        try pair(text, key: "stride")
      } ?? defaultStride(filter),
      padding: try padding(),
      dilation: try take("dilation").map { text throws(LayerTextError) in
        try pair(text, key: "dilation")
      } ?? Pair(1),
      rounding: try choice("rounding", roundings) ?? .floor)
  }

  private mutating func padding() throws(LayerTextError) -> Padding {
    guard let text = try take("padding") else {
      let sides = try sides()
      return .sides(left: sides.left, right: sides.right, top: sides.top, bottom: sides.bottom)
    }
    if let side = SettingsReader.sideKeys.first(where: { settings[$0] != nil }) {
      throw .both("padding", side)
    }
    if text == "same" { return .same }
    if text == "valid" { return .none }
    guard let both = try? pair(text, key: "padding") else {
      throw .value(
        key: "padding", found: text, expected: "a whole number, 2x1 (width x height), same or valid"
      )
    }
    return .sides(left: both.x, right: both.x, top: both.y, bottom: both.y)
  }

  private mutating func integer(_ key: String) throws(LayerTextError) -> Int? {
    guard let text = try take(key) else { return nil }
    guard let value = Int(text) else {
      throw .value(key: key, found: text, expected: "a whole number")
    }
    return value
  }

  private mutating func choice<Value>(
    _ key: String, _ values: [String: Value]
  ) throws(LayerTextError) -> Value? {
    guard let text = try take(key) else { return nil }
    guard let value = values[text] else {
      throw .value(key: key, found: text, expected: values.keys.sorted().joined(separator: " or "))
    }
    return value
  }

  /// `3`, or `3x5`: width x height.
  private func pair(_ text: String, key: String) throws(LayerTextError) -> Pair {
    let parts = text.replacing("×", with: "x").split(
      separator: "x", omittingEmptySubsequences: false
    ).map { Int($0) }
    switch parts.count {
    case 1: if let both = parts[0] { return Pair(both) }
    case 2: if let x = parts[0], let y = parts[1] { return Pair(x, y) }
    default: break
    }
    throw .value(key: key, found: text, expected: "a whole number, or 3x5 (width x height)")
  }
}
