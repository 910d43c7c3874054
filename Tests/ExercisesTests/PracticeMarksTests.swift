import Exercises
import Lessons
import Testing

@Suite struct `What was missed in practice` {
  private func mark(_ kind: ExerciseKind, _ isFound: Bool) -> PracticeMark {
    PracticeMark(topic: kind.topic.rawValue, kind: kind.rawValue, isFound: isFound)
  }

  /// What a file of marks is read as.
  private func read(_ marks: [PracticeMark]) throws -> CourseProgress {
    var progress = CourseProgress()
    for mark in marks { progress.note(mark) }
    guard case .whole(let found) = CourseProgress.read(progress.bytes) else {
      Issue.record("\(String(decoding: progress.bytes, as: UTF8.self))")
      return progress
    }
    #expect(found == progress)
    return found
  }

  @Test func `comes first in the next sitting, and its marks stand there`() throws {
    let kept = try read([
      mark(.readers, false), mark(.length, true), mark(.fieldOfTwo, false), mark(.fieldOfTwo, true),
    ])
    let practice = Practice(seed: 3, earlier: kept.practice)
    #expect(practice.exercise.kind == .readers)
    #expect(practice.marksText(.readers) == "·")
    #expect(practice.marksText(.fields) == "·✓" && practice.marksText(.sizes) == "✓")
    // Of this sitting nothing is told yet.
    #expect(practice.account == [])
    #expect(
      Practice(seed: 3, topics: [.fields], earlier: kept.practice).exercise.kind == .fieldOfTwo)
    #expect(Practice(seed: 3, earlier: [:]).exercise.kind == .length)
  }

  @Test func `is known as what was practised`() {
    var practice = Practice(seed: 3, topics: [.unread])
    let record = practice.record(.missed)
    #expect(record == mark(.unreadPlace, false))
    practice.goOn(.missed)
    #expect(practice.record(.found).kind == ExerciseKind.unreadCount.rawValue)
  }

  @Test func `is kept as far back as is of use, beside the lessons`() throws {
    let many = (0..<100).map { mark(.stride, $0 % 3 == 0) }
    let kept = try read(many)
    #expect(kept.practice["settings"] == Array(many.suffix(24)))
    #expect(kept.records.isEmpty)
  }

  @Test(arguments: [
    "practice/sizes marks=", "practice/ marks=length+", "practice/sizes",
    "practice/sizes marks=length",
    "practice/sizes marks=length+,,size-", "practice/si\u{1B}zes marks=length+",
    "practice/sizes marks=length+\npractice/sizes marks=length-", "practice/sizes marks=le.ngth+",
  ])
  func `is no line that says something else`(line: String) {
    guard case .damaged = CourseProgress.read(Array("convwalk progress 1\n\(line)\n".utf8)) else {
      Issue.record("\(line)")
      return
    }
  }
}
