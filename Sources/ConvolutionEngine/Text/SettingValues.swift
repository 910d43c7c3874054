import ExactNumbers

/// The size and the settings of a layer's text, taken one by one, so that each is read once.
struct SettingValues {
  private var size: String?
  private var values: [String: String] = [:]

  /// - Throws: `LayerTextError` for a key that the kind does not have, or has twice, or no value.
  init(
    kind: any LayerRule.Type, size: String?, settings: [WrittenSetting]
  ) throws(LayerTextError) {
    self.size = size
    let known = kind.keys
    for (key, value) in settings {
      guard known.contains(key) else { throw .unknownKey(key, kind: kind.name, known: known) }
      guard values[key] == nil else { throw .repeatedKey(key) }
      guard !value.isEmpty else {
        throw .value(key: key, found: value, expected: "given after the =")
      }
      values[key] = value
    }
  }

  mutating func takeSize() -> String? {
    defer { size = nil }
    return size
  }

  mutating func take(_ key: String) -> String? { values.removeValue(forKey: key) }

  func peek(_ key: String) -> String? { values[key] }

  /// The first of some keys that is there.
  func first(of keys: [String]) -> String? { keys.first { values[$0] != nil } }

  static let integerExpected = "a whole number"
  static let ratioExpected = "a number such as 0.001 or 1e-5"
  static let pairExpected = "a whole number, or 3x5 (width x height)"
  static let paddingExpected = "a whole number, 2x1 (width x height), same or valid"

  /// One of a few words.
  static func expected(_ choices: [String: some Any]) -> String {
    choices.keys.sorted().joined(separator: " or ")
  }

  mutating func integer(_ key: String) throws(LayerTextError) -> Int? {
    guard let text = take(key) else { return nil }
    guard let value = Int(text) else {
      throw .value(key: key, found: text, expected: SettingValues.integerExpected)
    }
    return value
  }

  mutating func ratio(_ key: String) throws(LayerTextError) -> Ratio? {
    guard let text = take(key) else { return nil }
    guard let value = Ratio(parsing: text) else {
      throw .value(key: key, found: text, expected: SettingValues.ratioExpected)
    }
    return value
  }

  mutating func choice<Value>(
    _ key: String, _ values: [String: Value]
  ) throws(LayerTextError) -> Value? {
    guard let text = take(key) else { return nil }
    guard let value = values[text] else {
      throw .value(key: key, found: text, expected: SettingValues.expected(values))
    }
    return value
  }

  mutating func pair(_ key: String) throws(LayerTextError) -> Pair? {
    guard let text = take(key) else { return nil }
    return try SettingValues.pair(text, key: key)
  }

  /// `3`, or `3x5`: width x height.
  static func pair(_ text: String, key: String) throws(LayerTextError) -> Pair {
    let parts = text.typedSides
    switch parts.count {
    case 1: if let both = parts[0] { return Pair(both) }
    case 2: if let x = parts[0], let y = parts[1] { return Pair(x, y) }
    default: break
    }
    throw .value(key: key, found: text, expected: pairExpected)
  }

  mutating func sides() throws(LayerTextError) -> Sides {
    Sides(
      left: try integer("left") ?? 0, right: try integer("right") ?? 0,
      top: try integer("top") ?? 0, bottom: try integer("bottom") ?? 0)
  }

  mutating func padding() throws(LayerTextError) -> Padding? {
    guard let text = take("padding") else { return nil }
    if let side = first(of: Sides.keys) { throw .both("padding", side) }
    if text == "same" { return .same }
    if text == "valid" { return Padding.none }
    guard let both = try? SettingValues.pair(text, key: "padding") else {
      throw .value(key: "padding", found: text, expected: SettingValues.paddingExpected)
    }
    return .sides(left: both.x, right: both.x, top: both.y, bottom: both.y)
  }

  /// The files for weights and bias; `bias=yes` and `bias=no` are no files.
  mutating func files() -> (weights: String?, bias: String?) {
    let bias = take("bias")
    return (take("weights"), bias == "yes" || bias == "no" ? nil : bias)
  }

  /// The names in `from=a+b`.
  mutating func sources() throws(LayerTextError) -> [String]? {
    guard let text = take("from") else { return nil }
    let names = text.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
    guard !names.contains("") else {
      throw .value(key: "from", found: text, expected: "a name, or names joined by +")
    }
    return names
  }
}

extension LayerRule {
  /// Every key that a layer of this kind may have, in the order in which they are written.
  package static var keys: [String] {
    settings.reduce(into: []) { $0 += $1.keys } + (hasWeights ? ["weights"] : []) + [
      "name", "from",
    ]
  }

  /// Whether it has a size behind its name, always or as one way to write it.
  private static var takesSize: Bool { settings.contains { $0.keys.isEmpty } }

  static func read(
    _ values: inout SettingValues, _ defaults: SettingDefaults
  ) throws(LayerTextError) -> Operation {
    if !takesSize, let size = values.takeSize() {
      throw .unwantedSize(kind: name, found: size)
    }
    var rule = Self()
    for setting in settings { try setting.read(&rule, &values, defaults) }
    return rule.operation
  }

  /// The settings as they are written, as far as they differ from the defaults; the size's key is "".
  var written: [WrittenSetting] { Self.settings.flatMap { $0.written(self) } }
}
