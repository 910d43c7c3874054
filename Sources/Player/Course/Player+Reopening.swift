import Lessons

/// A lesson that its author has written anew.
extension Player {
  /// Opens it where the person stands: at the same stop and as far in it, with what was answered and
  /// what was being typed.
  package mutating func reopen(_ lesson: Lesson) -> [Effect] {
    guard let old = course else { return open(lesson) }
    let record = old.lesson.stops.count == lesson.stops.count ? old.record : nil
    var effects = open(lesson, record: record, at: old.stopIndex, pace: old.pace)
    while let now = course, now.stopIndex == old.stopIndex, now.phase.depth < old.phase.depth {
      if case .asking = now.phase {
        course?.resumeQuestion(like: old)
        guard course?.awaitsAnswer == false, old.phase.depth > now.phase.depth else { break }
      }
      effects += old.phase == .summary ? moveStop(by: 1) : goOn()
    }
    course?.resumeQuestion(like: old)
    return effects + evaluateWanted()
  }
}

extension Course.Phase {
  /// How far in a stop it is.
  fileprivate var depth: Int {
    switch self {
    case .reading: 0
    case .arrived: 1
    case .asking: 2
    case .after: 3
    case .summary: 4
    }
  }
}

extension Course {
  /// Takes over what was answered to a question of the same stop.
  fileprivate mutating func resumeQuestion(like old: Course) {
    guard old.stopIndex == stopIndex, let before = old.asking else { return }
    resume(before)
  }

  private var asking: Asking? {
    switch phase {
    case .asking(let asking): asking
    case .after(let asking): asking
    case .reading, .arrived, .summary: nil
    }
  }
}
