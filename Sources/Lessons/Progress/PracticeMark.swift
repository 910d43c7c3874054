/// How an exercise went: found at the first try without a hint, or missed.
///
/// Lessons know no topics: both names are those of exercises.
package struct PracticeMark: Sendable, Equatable {
  package let topic: String
  package let kind: String
  package let isFound: Bool

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
