import ExactNumbers

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
        + "\(Operation.kinds.map { $0.name }.joined(separator: ", "))."
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
    kind: String, size: String?, settings: [WrittenSetting]
  ) {
    let parts = text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      .map { Substring($0) }
    let head = parts[0].utf8.split(
      separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false
    ).map { String(Substring($0)) }
    var settings: [WrittenSetting] = []
    for part in parts.dropFirst() {
      guard let equals = part.utf8.firstIndex(of: UInt8(ascii: "=")), equals != part.startIndex
      else { throw .notAKey(String(part)) }
      settings.append((String(part[..<equals]), String(part[part.utf8.index(after: equals)...])))
    }
    return (head[0], head.count > 1 ? head[1] : nil, settings)
  }

  /// Reads a layer from its kind, size and settings: what the text form and a file share.
  package init(
    kind: String, size: String?, settings: [WrittenSetting],
    defaults: SettingDefaults = .own
  ) throws(LayerTextError) {
    guard let rule = Operation.kinds.first(where: { $0.name == kind }) else {
      throw .unknownKind(kind)
    }
    var values = try SettingValues(kind: rule, size: size, settings: settings)
    let operation = try rule.read(&values, defaults)
    let files = values.files()
    self.init(
      operation, name: values.take("name"), inputs: try values.sources(),
      weightsFile: files.weights, biasFile: files.bias)
  }
}
