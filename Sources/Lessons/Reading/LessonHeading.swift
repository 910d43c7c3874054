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
    var (stops, questions, words) = (0, 0, 0)
    bytes.withUnsafeBufferPointer { text in
      var (place, isBelow) = (0, false)
      while place < text.count {
        let line = CountedLine(text, from: place)
        place = line.end + 1
        if line.isFlush {
          if isBelow { break }
          isBelow = line.has("stops:")
        } else if isBelow {
          if line.has("title:") { stops += 1 }
          if line.has("question:") { questions += 1 }
          if !line.has("says:"), !line.has("answer:") { words += line.words }
        }
      }
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
    guard line.utf8.starts(with: "\(key): ".utf8) else { return nil }
    let value = Substring(line.utf8.dropFirst(key.utf8.count + 2))
    guard let first = value.unicodeScalars.first, first.properties.isAlphabetic,
      value.utf8.last != UInt8(ascii: " "),
      // Searching a text for another takes as long as all the rest of a heading.
      !zip(value.utf8, value.utf8.dropFirst()).contains(where: {
        $0 == UInt8(ascii: " ") && $1 == UInt8(ascii: " ")
      }), value.unicodeScalars.allSatisfy(isPlain)
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

/// A line's words, in one pass and without a copy: all lessons are counted before the list is first
/// drawn.
private struct CountedLine {
  private let text: UnsafeBufferPointer<UInt8>
  private let start: Int
  /// Where its line feed stands, or the text ends.
  let end: Int
  private(set) var words = 0
  /// Where its first word stands that is not the sign of an item.
  private var key: Int?

  init(_ text: UnsafeBufferPointer<UInt8>, from start: Int) {
    (self.text, self.start) = (text, start)
    var (place, before) = (start, UInt8(ascii: " "))
    while place < text.count, text[place] != UInt8(ascii: "\n") {
      let byte = text[place]
      if byte != UInt8(ascii: " "), before == UInt8(ascii: " ") {
        words += 1
        let isSign = byte == UInt8(ascii: "-") && CountedLine.ends(text, at: place + 1)
        if key == nil, !isSign { key = place }
      }
      before = byte
      place += 1
    }
    end = place
  }

  /// Whether it begins at the very edge, as a key of the lesson does, not what is below one.
  var isFlush: Bool {
    start < end && text[start] != UInt8(ascii: " ") && text[start] != UInt8(ascii: "-")
  }

  /// Whether its first word is this one.
  func has(_ name: StaticString) -> Bool {
    guard let key, text[key] == name.utf8Start.pointee, end - key >= name.utf8CodeUnitCount else {
      return false
    }
    let after = key + name.utf8CodeUnitCount
    return CountedLine.ends(text, at: after)
      && text[key..<after].elementsEqual(
        UnsafeBufferPointer(start: name.utf8Start, count: after - key))
  }

  private static func ends(_ text: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
    place >= text.count || text[place] == UInt8(ascii: " ") || text[place] == UInt8(ascii: "\n")
  }
}
