import Walkthrough

extension CourseProgress {
  /// A lesson of the list as text: its name, title and how far the person is, and below what it is
  /// about.
  ///
  /// - Parameter nameWidth: the columns of the longest name in the list.
  package func lines(
    of name: String, _ heading: LessonHeading, nameWidth: Int
  ) -> [String] {
    let record = self[name].map { "  (\($0.text))" } ?? ""
    let indent = String(repeating: " ", count: nameWidth + 2)
    return ["\(leading(name, to: nameWidth + 2))\(heading.title)\(record)"]
      + wrapped(heading.summary, to: max(20, 78 - nameWidth)).map { indent + $0 }
  }
}

extension CourseRecord {
  /// `stop 3 of 8`, or `done`, how many of the questions that were answered, or whose answers were
  /// shown, were right at once, and of how many the answer was shown.
  package var text: String {
    let place = isFinished ? "done" : "stop \(resumed + 1) of \(stops)"
    let asked = Set(rightAtOnce).union(rightLater).union(shown).count
    guard asked > 0 else { return place }
    let others = answersShown == 0 ? "" : ", \(answersShown) shown"
    return
      "\(place), \(rightAtOnce.count) of \(counted(asked, "question")) right at once\(others)"
  }
}
