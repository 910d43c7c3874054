import ExactNumbers

/// One thing that can be set of a kind: how it is read, written, and what it is by default, said
/// once.
package struct Setting<Rule: LayerRule>: Sendable {
  /// The keys that it takes; none for the size behind the colon.
  package let keys: [String]
  /// What help says that it is by default; nil for what has to be given.
  package let shownDefault: String?
  let read:
    @Sendable (inout Rule, inout SettingValues, SettingDefaults) throws(LayerTextError) -> Void
  /// Its keys and values, as far as they differ from the defaults; the size has the key "".
  let written: @Sendable (Rule) -> [WrittenSetting]
}

/// A key and its value.
package typealias WrittenSetting = (key: String, value: String)

extension Setting {
  /// Where of the kind a value stands.
  typealias Path<Value> = any WritableKeyPath<Rule, Value> & Sendable

  private init(
    _ keys: [String], shown: String?,
    read:
      @escaping @Sendable (
        inout Rule, inout SettingValues, SettingDefaults
      ) throws(LayerTextError) -> Void,
    written: @escaping @Sendable (Rule) -> [WrittenSetting]
  ) {
    self.keys = keys
    shownDefault = shown
    self.read = read
    self.written = written
  }

  /// A setting of one key.
  ///
  /// - Parameters:
  ///   - fallback: what it is where the text does not say, from what was read before it.
  ///   - parse: reads its text.
  ///   - text: writes a value.
  private static func value<Value: Equatable & Sendable>(
    _ key: String, _ path: Path<Value>, shown: String,
    fallback: @escaping @Sendable (Rule, SettingDefaults) -> Value,
    parse: @escaping @Sendable (inout SettingValues) throws(LayerTextError) -> Value?,
    text: @escaping @Sendable (Value) -> String
  ) -> Setting {
    Setting([key], shown: shown) { rule, values, defaults throws(LayerTextError) in
      rule[keyPath: path] = try parse(&values) ?? fallback(rule, defaults)
    } written: { rule in
      let value = rule[keyPath: path]
      return value == fallback(rule, .own) ? [] : [(key, text(value))]
    }
  }

  static func integer(
    _ key: String, _ path: Path<Int>, default value: Int
  ) -> Setting {
    .value(key, path, shown: "\(value)") { _, _ in
      value
    } parse: { values throws(LayerTextError) in
      try values.integer(key)
    } text: {
      "\($0)"
    }
  }

  /// Yes or no.
  static func flag(
    _ key: String, _ path: Path<Bool>, shown: String = "yes",
    default value: @escaping @Sendable (Rule) -> Bool = { _ in true }
  ) -> Setting {
    .value(key, path, shown: shown) { rule, _ in
      value(rule)
    } parse: { values throws(LayerTextError) in
      try values.choice(key, ["yes": true, "no": false])
    } text: {
      $0 ? "yes" : "no"
    }
  }

  /// `bias`, which may name a file besides: that is read with the files.
  static func bias(_ path: Path<Bool>) -> Setting {
    .value("bias", path, shown: "yes") { _, _ in
      true
    } parse: { values in
      values.peek("bias") != "no"
    } text: {
      $0 ? "yes" : "no"
    }
  }

  /// One of a few words; nil where none is said.
  static func optionalChoice<Value: RawRepresentable<String> & CaseIterable & Sendable & Equatable>(
    _ key: String, _ path: Path<Value?>, shown: String
  ) -> Setting {
    .value(key, path, shown: shown) { _, _ in
      nil
    } parse: { values throws(LayerTextError) in
      try values.choice(
        key, Dictionary(uniqueKeysWithValues: Value.allCases.map { ($0.rawValue, $0) }))
    } text: {
      $0?.rawValue ?? ""
    }
  }

  static func ratio(
    _ key: String, _ path: Path<Ratio>,
    default value: @escaping @Sendable (SettingDefaults) -> Ratio
  ) -> Setting {
    .ratio(key, path, default: value) { _, written, _ in written }
  }

  /// - Parameter meaning: what a written number comes to; nil beyond 128 bits.
  static func ratio(
    _ key: String, _ path: Path<Ratio>,
    default value: @escaping @Sendable (SettingDefaults) -> Ratio,
    meaning: @escaping @Sendable (Rule, Ratio, SettingDefaults) -> Ratio?
  ) -> Setting {
    Setting([key], shown: value(.own).settingText) {
      rule, values, defaults throws(LayerTextError) in
      let written = try values.ratio(key) ?? value(defaults)
      guard let meant = meaning(rule, written, defaults) else {
        throw .value(key: key, found: written.settingText, expected: "a number with fewer digits")
      }
      rule[keyPath: path] = meant
    } written: { rule in
      let number = rule[keyPath: path]
      return number == value(.own) ? [] : [(key, number.settingText)]
    }
  }
}

/// The size behind the colon.
extension Setting {
  /// A count that has to be given.
  ///
  /// - Parameter expected: what it must be, for an error.
  static func size(
    _ expected: String, example: String, _ path: Path<Int>
  ) -> Setting {
    .given(example: example) { text throws(LayerTextError) in
      guard let number = Int(text) else {
        throw .value(key: Rule.name, found: text, expected: expected)
      }
      return number
    } path: {
      path
    } text: {
      "\($0)"
    }
  }

  /// A number that has to be given.
  ///
  /// - Parameter isFine: whether it may be this.
  static func number(
    _ expected: String, example: String, _ path: Path<Ratio>,
    isFine: @escaping @Sendable (Ratio) -> Bool = { _ in true }
  ) -> Setting {
    .given(example: example) { text throws(LayerTextError) in
      guard let number = Ratio(parsing: text), isFine(number) else {
        throw .value(key: Rule.name, found: text, expected: expected)
      }
      return number
    } path: {
      path
    } text: {
      $0.settingText
    }
  }

  private static func given<Value: Sendable>(
    example: String, parse: @escaping @Sendable (String) throws(LayerTextError) -> Value,
    path: @escaping @Sendable () -> Path<Value>,
    text: @escaping @Sendable (Value) -> String
  ) -> Setting {
    Setting([], shown: nil) { rule, values, _ throws(LayerTextError) in
      guard let size = values.takeSize() else {
        throw .missingSize(kind: Rule.name, example: example)
      }
      rule[keyPath: path()] = try parse(size)
    } written: {
      [("", text($0[keyPath: path()]))]
    }
  }

  /// Zero padding's sides: a size for all of them, or each by its key.
  static func around(_ path: Path<Sides>) -> Setting {
    Setting(Sides.keys, shown: "0") { rule, values, _ throws(LayerTextError) in
      guard let size = values.takeSize() else {
        guard values.first(of: Sides.keys) != nil else {
          throw .missingSize(kind: Rule.name, example: "zeropad:1 or zeropad,right=1,bottom=1")
        }
        rule[keyPath: path] = try values.sides()
        return
      }
      if let side = values.first(of: Sides.keys) { throw .both("zeropad's size", side) }
      let both = try SettingValues.pair(size, key: Rule.name)
      rule[keyPath: path] = Sides(left: both.x, right: both.x, top: both.y, bottom: both.y)
    } written: { rule in
      let sides = rule[keyPath: path]
      guard sides.left == sides.right, sides.top == sides.bottom else { return sides.written }
      return [("", Pair(sides.left, sides.top).description)]
    }
  }
}

/// The settings of windows.
extension Setting where Rule: WindowedRule {
  /// The size and everything that places windows, in the order in which it is written.
  ///
  /// - Parameters:
  ///   - roundingUp: whether the kind is a pool, whose windows stand side by side unless a stride is
  ///     said, and whose last one may hang over the edge.
  ///   - first: what stands before them.
  static func windows(roundingUp: Bool, first: [Setting] = []) -> [Setting] {
    [windowSize(example: roundingUp ? 2 : 3)] + first + [
      stride(isSize: roundingUp), padding, pair("dilation", \.windows.dilation, default: Pair(1)),
      rounding(up: roundingUp),
    ]
  }

  private static func windowSize(example: Int) -> Setting {
    Setting([], shown: nil) { rule, values, _ throws(LayerTextError) in
      guard let size = values.takeSize() else {
        throw .missingSize(kind: Rule.name, example: "\(Rule.name):\(example)")
      }
      rule.windows.size = try SettingValues.pair(size, key: Rule.name)
    } written: {
      [("", $0.windows.size.description)]
    }
  }

  private static func pair(
    _ key: String, _ path: Path<Pair>, default value: Pair
  ) -> Setting {
    .value(key, path, shown: value.description) { _, _ in
      value
    } parse: { values throws(LayerTextError) in
      try values.pair(key)
    } text: {
      $0.description
    }
  }

  private static func stride(isSize: Bool) -> Setting {
    .value("stride", \.windows.stride, shown: isSize ? "its size" : "1") { rule, _ in
      isSize ? rule.windows.size : Pair(1)
    } parse: { values throws(LayerTextError) in
      try values.pair("stride")
    } text: {
      $0.description
    }
  }

  private static var padding: Setting {
    Setting(["padding"] + Sides.keys, shown: "0") { rule, values, _ throws(LayerTextError) in
      rule.windows.padding = try values.padding()
    } written: { rule in
      switch rule.windows.padding {
      case .same: return [("padding", "same")]
      case .sides(let left, let right, let top, let bottom):
        let sides = Sides(left: left, right: right, top: top, bottom: bottom)
        guard Set([left, right, top, bottom]).count == 1 else { return sides.written }
        return left == 0 ? [] : [("padding", "\(left)")]
      }
    }
  }

  private static func rounding(up: Bool) -> Setting {
    .value("rounding", \.windows.rounding, shown: "floor") { _, _ in
      .floor
    } parse: { values throws(LayerTextError) in
      let all = Dictionary(uniqueKeysWithValues: Rounding.allCases.map { ($0.rawValue, $0) })
      let rounding = try values.choice("rounding", all)
      guard up || rounding != .ceil else {
        throw .value(
          key: "rounding", found: "ceil", expected: "floor or strict (ceil is for pools)")
      }
      return rounding
    } text: {
      $0.rawValue
    }
  }
}

extension Sides {
  static let keys = ["left", "right", "top", "bottom"]

  /// Those that are not 0.
  fileprivate var written: [WrittenSetting] {
    zip(Sides.keys, [left, right, top, bottom]).filter { $0.1 != 0 }
      .map { (key: $0.0, value: "\($0.1)") }
  }
}
