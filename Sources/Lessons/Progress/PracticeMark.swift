/// How an exercise went: found at the first try without a hint, or missed.
///
/// Lessons know no topics: both names are those of exercises.
package struct PracticeMark: Sendable, Equatable {
  package let topic: String
  package let kind: String
  package let isFound: Bool

  /// The topic under which the final test is kept.
  package static let finalTest = "final"

  /// Of a topic as many are kept.
  package static let mostOfATopic = 24

  package init(topic: String, kind: String, isFound: Bool) {
    self.topic = topic
    self.kind = kind
    self.isFound = isFound
  }
}

extension CourseProgress {
  /// Adds how an exercise went to what was known of its topic.
  package mutating func note(_ mark: PracticeMark) {
    let marks = (practice[mark.topic] ?? []) + [mark]
    practice[mark.topic] = Array(marks.suffix(PracticeMark.mostOfATopic))
  }
}

/// How exercises went, by topic. The best final test is kept like a topic of its own.
extension [String: [PracticeMark]] {
  /// What came of the best final test; nil where none was taken to its end.
  package var finalTest: (right: Int, count: Int)? {
    self[PracticeMark.finalTest].map { marks in (marks.count(where: \.isFound), marks.count) }
  }

  /// Keeps a final test that was taken to its end, where no earlier one was better.
  package mutating func note(finalTest marks: [PracticeMark]) {
    let right = marks.count(where: \.isFound)
    if right >= finalTest?.right ?? 0 { self[PracticeMark.finalTest] = marks }
  }
}

extension PracticeMark {
  /// What a line of the file begins with; no lesson can be called so.
  static let linePrefix = "practice/"

  /// `practice/sizes marks=length+,size-`
  static func line(of marks: [PracticeMark], topic: String) -> String {
    "\(linePrefix)\(topic) marks="
      + marks.map { $0.kind + ($0.isFound ? "+" : "-") }.joined(separator: ",")
  }

  /// - Returns: nil for a line that is none.
  static func marks(line: Substring) -> (topic: String, marks: [PracticeMark])? {
    let words = line.dropFirst(linePrefix.count).split(separator: " ")
    func isName(_ text: some StringProtocol) -> Bool {
      (1...32).contains(text.utf8.count)
        && text.unicodeScalars.allSatisfy {
          ("a"..."z").contains($0) || ("A"..."Z").contains($0)
        }
    }
    guard let topic = words.first, isName(topic),
      let list = words.dropFirst().first(where: { $0.hasPrefix("marks=") })
    else { return nil }
    let texts = list.dropFirst("marks=".count).split(
      separator: ",", omittingEmptySubsequences: false)
    let marks = texts.compactMap { text -> PracticeMark? in
      let kind = text.dropLast()
      guard let sign = text.last, sign == "+" || sign == "-", isName(kind) else { return nil }
      return PracticeMark(topic: String(topic), kind: String(kind), isFound: sign == "+")
    }
    guard marks.count == texts.count, (1...mostOfATopic).contains(marks.count) else { return nil }
    return (String(topic), marks)
  }
}
