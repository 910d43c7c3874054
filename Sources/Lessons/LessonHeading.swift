import ConvolutionEngine
import ExactNumbers
import TensorFiles

/// What the list of lessons shows of one.
package struct LessonHeading: Sendable, Equatable {
  package let title: String
  package let summary: String
  /// How many stops it has, and about how many minutes they take; 0 where that is not known.
  package private(set) var stops = 0
  package private(set) var minutes = 0

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
    (stops, minutes) = LessonHeading.length(of: bytes)
  }

  /// Words that are read in a minute, beside looking at what they speak of.
  private static let wordsPerMinute = 120
  private static let minutesPerQuestion = 0.75

  /// Counted by its lines alone, as its author wrote them: a stop is an item below `stops:`, and what
  /// is said to slips nobody hears all of.
  private static func length(of bytes: [UInt8]) -> (stops: Int, minutes: Int) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    guard let start = lines.firstIndex(where: { $0.elementsEqual("stops:".utf8) }) else {
      return (0, 0)
    }
    var (stops, questions, words) = (0, 0, 0)
    for line in lines[(start + 1)...] {
      guard let first = line.first, first == UInt8(ascii: " ") || first == UInt8(ascii: "-") else {
        break
      }
      let parts = line.split(separator: UInt8(ascii: " "))
      let key = parts.first { !$0.elementsEqual("-".utf8) }.map {
        String(decoding: $0, as: UTF8.self)
      }
      if key == "title:" { stops += 1 }
      if key == "question:" { questions += 1 }
      if key != "says:", key != "answer:" { words += parts.count }
    }
    let minutes = Double(words) / Double(wordsPerMinute) + Double(questions) * minutesPerQuestion
    return (stops, stops == 0 ? 0 : max(1, Int(minutes.rounded())))
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
