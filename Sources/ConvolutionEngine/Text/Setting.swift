import ExactNumbers

/// One thing that can be set of a kind: how it is read, written, and what it is by default, said
/// once.
package struct Setting<Rule>: Sendable {
  /// The keys that it takes; none for the size behind the colon.
  package let keys: [String]
  /// What may be written, as errors and help name it: `a whole number`.
  package let takes: String
  /// A layer with a size, `conv:3`; nil for what has keys alone.
  package let example: String?
  /// What help says that it is where nothing is written; nil for what has to be given.
  package let shownDefault: @Sendable (SettingDefaults) -> String?
  let read:
    @Sendable (inout Rule, inout SettingValues, SettingDefaults) throws(LayerTextError) -> Void
  /// Its keys and values, as far as they differ from the defaults; the size has the key "".
  let written: @Sendable (Rule) -> [WrittenSetting]
  /// Where of the kind it stands, for a whole number.
  private(set) var integer: Path<Int>?

  /// Where of the kind a value stands.
  typealias Path<Value> = any WritableKeyPath<Rule, Value> & Sendable
}

/// A key and its value.
package typealias WrittenSetting = (key: String, value: String)

extension Setting where Rule: LayerRule {
  init(
    _ keys: [String], takes: String, example: String? = nil,
    shown: @escaping @Sendable (SettingDefaults) -> String?,
    read:
      @escaping @Sendable (
        inout Rule, inout SettingValues, SettingDefaults
      ) throws(LayerTextError) -> Void,
    written: @escaping @Sendable (Rule) -> [WrittenSetting]
  ) {
    self.keys = keys
    self.takes = takes
    self.example = example
    shownDefault = shown
    self.read = read
    self.written = written
    integer = nil
  }

  /// A setting of one key.
  ///
  /// - Parameters:
  ///   - shown: what help says of its default; nil: as the default is written.
  ///   - fallback: what it is where the text does not say, from what was read before it.
  ///   - parse: reads its text.
  ///   - text: writes a value.
  static func value<Value: Equatable & Sendable>(
    _ key: String, _ path: Path<Value>, takes: String,
    shown: (@Sendable (SettingDefaults) -> String)? = nil,
    fallback: @escaping @Sendable (Rule, SettingDefaults) -> Value,
    parse: @escaping @Sendable (inout SettingValues) throws(LayerTextError) -> Value?,
    text: @escaping @Sendable (Value) -> String
  ) -> Setting {
    Setting([key], takes: takes, shown: shown ?? { text(fallback(Rule(), $0)) }) {
      rule, values, defaults throws(LayerTextError) in
      rule[keyPath: path] = try parse(&values) ?? fallback(rule, defaults)
    } written: { rule in
      let value = rule[keyPath: path]
      return value == fallback(rule, .own) ? [] : [(key, text(value))]
    }
  }

  static func integer(
    _ key: String, _ path: Path<Int>, default value: Int
  ) -> Setting {
    var setting = Setting.value(key, path, takes: SettingValues.integerExpected) { _, _ in
      value
    } parse: { values throws(LayerTextError) in
      try values.integer(key)
    } text: {
      "\($0)"
    }
    setting.integer = path
    return setting
  }

  /// Yes or no.
  ///
  /// - Parameter note: when its default is another, for help.
  static func flag(
    _ key: String, _ path: Path<Bool>, note: String = "",
    default value: @escaping @Sendable (Rule) -> Bool = { _ in true }
  ) -> Setting {
    let choices = ["yes": true, "no": false]
    return .value(
      key, path, takes: SettingValues.expected(choices),
      shown: { _ in (value(Rule()) ? "yes" : "no") + note }
    ) { rule, _ in
      value(rule)
    } parse: { values throws(LayerTextError) in
      try values.choice(key, choices)
    } text: {
      $0 ? "yes" : "no"
    }
  }

  /// `bias`, which may name a file besides: that is read with the files.
  static func bias(_ path: Path<Bool>) -> Setting {
    .value("bias", path, takes: "yes, no or a file") { _, _ in
      true
    } parse: { values throws(LayerTextError) in
      let text = values.peek("bias")
      // `false` and `none` are other languages' words; a file has an ending, or is `-`.
      if let text, !["yes", "no", "-"].contains(text), !text.contains(where: { "./~".contains($0) })
      {
        throw .value(key: "bias", found: text, expected: "yes, no or a file such as b.npy")
      }
      return text != "no"
    } text: {
      $0 ? "yes" : "no"
    }
  }

  /// One of a few words; nil where none is said.
  ///
  /// - Parameter shown: what nil comes to.
  static func optionalChoice<Value: RawRepresentable<String> & CaseIterable & Sendable & Equatable>(
    _ key: String, _ path: Path<Value?>, shown: @escaping @Sendable (SettingDefaults) -> Value
  ) -> Setting {
    let choices = Dictionary(uniqueKeysWithValues: Value.allCases.map { ($0.rawValue, $0) })
    return .value(
      key, path, takes: SettingValues.expected(choices), shown: { shown($0).rawValue }
    ) { _, _ in
      nil
    } parse: { values throws(LayerTextError) in
      try values.choice(key, choices)
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

  /// - Parameters:
  ///   - note: what else a default means, for help.
  ///   - meaning: what a written number comes to; nil beyond 128 bits.
  static func ratio(
    _ key: String, _ path: Path<Ratio>,
    default value: @escaping @Sendable (SettingDefaults) -> Ratio,
    note: @escaping @Sendable (SettingDefaults) -> String = { _ in "" },
    meaning: @escaping @Sendable (Rule, Ratio, SettingDefaults) -> Ratio?
  ) -> Setting {
    Setting(
      [key], takes: SettingValues.ratioExpected, shown: { value($0).settingText + note($0) }
    ) {
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
extension Setting where Rule: LayerRule {
  /// A count that has to be given.
  ///
  /// - Parameter expected: what it must be, for an error.
  static func size(
    _ expected: String, example: String, _ path: Path<Int>
  ) -> Setting {
    .given(expected, path, example: example) { text throws(LayerTextError) in
      guard let number = Int(text) else {
        throw .value(key: Rule.name, found: text, expected: expected)
      }
      return number
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
    .given(expected, path, example: example) { text throws(LayerTextError) in
      guard let number = Ratio(parsing: text), isFine(number) else {
        throw .value(key: Rule.name, found: text, expected: expected)
      }
      return number
    } text: {
      $0.settingText
    }
  }

  private static func given<Value: Sendable>(
    _ takes: String, _ path: Path<Value>, example: String,
    parse: @escaping @Sendable (String) throws(LayerTextError) -> Value,
    text: @escaping @Sendable (Value) -> String
  ) -> Setting {
    Setting([], takes: takes, example: example, shown: { _ in nil }) {
      rule, values, _ throws(LayerTextError) in
      guard let size = values.takeSize() else {
        throw .missingSize(kind: Rule.name, example: example)
      }
      rule[keyPath: path] = try parse(size)
    } written: {
      [("", text($0[keyPath: path]))]
    }
  }

  /// Zero padding's sides: a size for all of them, or each by its key.
  static func around(_ path: Path<Sides>) -> [Setting] {
    let example = "zeropad:1 or zeropad,right=1,bottom=1"
    return [
      Setting([], takes: SettingValues.pairExpected, example: example, shown: { _ in nil }) {
        rule, values, _ throws(LayerTextError) in
        let side = values.first(of: Sides.keys)
        guard let size = values.takeSize() else {
          guard side != nil else { throw .missingSize(kind: Rule.name, example: example) }
          return
        }
        if let side { throw .both("zeropad's size", side) }
        let both = try SettingValues.pair(size, key: Rule.name)
        rule[keyPath: path] = Sides(left: both.x, right: both.x, top: both.y, bottom: both.y)
      } written: { rule in
        let sides = rule[keyPath: path]
        return sides.isPair ? [("", Pair(sides.left, sides.top).description)] : []
      },
      .sides {
        $0[keyPath: path] = $1
      } written: { rule in
        rule[keyPath: path].isPair ? nil : rule[keyPath: path]
      },
    ]
  }

  /// Each side by its key.
  ///
  /// - Parameters:
  ///   - set: takes them, where any is given.
  ///   - written: those to be written; nil where the size or another setting says them.
  static func sides(
    set: @escaping @Sendable (inout Rule, Sides) -> Void,
    written: @escaping @Sendable (Rule) -> Sides?
  ) -> Setting {
    Setting(Sides.keys, takes: SettingValues.integerExpected, shown: { _ in "0" }) {
      rule, values, _ throws(LayerTextError) in
      if values.first(of: Sides.keys) != nil { set(&rule, try values.sides()) }
    } written: {
      written($0)?.written ?? []
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

  /// Whether a width and a height say them all.
  fileprivate var isPair: Bool { left == right && top == bottom }
}
