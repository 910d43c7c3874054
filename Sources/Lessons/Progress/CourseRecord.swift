/// How far a person is in a lesson.
package struct CourseRecord: Sendable, Equatable {
  package var lesson: String
  package var stop: Int
  package var stops: Int
  package var done: [Int]
  package var rightAtOnce: [Int]
  package var rightLater: [Int]
  package var isFinished: Bool

  package init(
    lesson: String, stop: Int, stops: Int, done: [Int], rightAtOnce: [Int], rightLater: [Int],
    isFinished: Bool
  ) {
    self.lesson = lesson
    self.stop = stop
    self.stops = stops
    self.done = done
    self.rightAtOnce = rightAtOnce
    self.rightLater = rightLater
    self.isFinished = isFinished
  }
}

extension CourseRecord {
  /// What two programs, or two sittings, know of one lesson; where they differ, this one is newer.
  ///
  /// Records of a lesson that has since got more or fewer stops are not mixed.
  package func merged(over older: CourseRecord) -> CourseRecord {
    guard older.stops == stops else { return self }
    var merged = self
    merged.done = Set(done).union(older.done).sorted()
    let atOnce = Set(rightAtOnce).union(older.rightAtOnce)
    merged.rightAtOnce = atOnce.sorted()
    merged.rightLater = Set(rightLater).union(older.rightLater).subtracting(atOnce).sorted()
    merged.isFinished = isFinished || older.isFinished
    return merged
  }
}
