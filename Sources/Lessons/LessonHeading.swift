import ConvolutionEngine
import ExactNumbers
import TensorFiles

/// What the list of lessons shows of one.
package struct LessonHeading: Sendable, Equatable {
  package let title: String
  package let summary: String

  /// Reads the heading of a lesson by its first lines, or all of the text where they do not begin
  /// as lessons do: a list of lessons is to cost no YAML parser, and no network either.
  package init(contentsOf path: String) throws(LessonError) {
    let bytes = try rethrowing(
      try FileContents.readRegular(path, limit: LessonText.largestSize),
      as: LessonError.unreadable)
    if let heading = LessonHeading(firstLinesOf: bytes) {
      self = heading
    } else {
      self = try rethrowing(
        try LessonHeading(wholeText: bytes, file: path), as: LessonError.problems)
    }
  }

  private init(wholeText bytes: [UInt8], file: String) throws(LessonProblems) {
    var budget = Budget()
    let (text, root) = try TextNode.read(bytes, file: file, budget: &budget)
    var decoder = LessonDecoder(text: text, file: file, budget: budget)
    let heading = decoder.heading(root)
    try decoder.log.throwIfAny()
    guard let heading else { preconditionFailure("what is no heading has a problem") }
    self = heading
  }

  init(title: String, summary: String) {
    self.title = title
    self.summary = summary
  }

  /// `title: …` and `summary: …`, each on a line of its own and in words that YAML takes as they
  /// are; nil for anything else.
  init?(firstLinesOf bytes: [UInt8]) {
    var lines: [Substring] = []
    for line in bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 3).prefix(3) {
      guard let text = String(validating: line, as: UTF8.self) else { return nil }
      lines.append(text[...])
    }
    guard lines.count == 3, lines[2].first?.isLetter == true,
      let title = LessonHeading.value(of: "title", in: lines[0]),
      title.unicodeScalars.count <= LessonDecoder.longestTitle,
      let summary = LessonHeading.value(of: "summary", in: lines[1]),
      summary.unicodeScalars.count <= LessonDecoder.longestSummary
    else { return nil }
    self.title = title
    self.summary = summary
  }

  /// The value of a line `key: value`; nil where YAML might read something else.
  private static func value(of key: String, in line: Substring) -> String? {
    guard line.hasPrefix("\(key): ") else { return nil }
    let value = line.dropFirst(key.count + 2)
    guard let first = value.unicodeScalars.first, first.properties.isAlphabetic,
      value.last != " ", !value.contains("  "), value.unicodeScalars.allSatisfy(isPlain)
    else { return nil }
    return String(value)
  }

  /// Neither a sign of YAML's inside plain words, nor what a whole lesson may not have either.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isOneColumn && scalar != "#" && scalar != ":"
  }
}

extension Catalogue {
  /// What the list shows of a lesson.
  package func heading(of name: String) throws(LessonError) -> LessonHeading {
    try LessonHeading(contentsOf: try path(of: name))
  }
}
