import Lessons
import Walkthrough

/// The questions of lessons that were not found at the first try, in sentences one after another.
package struct PlainReview: Sendable {
  /// By the name under which progress is kept.
  private let lessons: [String: Lesson]
  private var review: Review?
  private var asked: PlainLesson?
  private var records: [String: CourseRecord]
  package private(set) var isFinished = false

  /// - Parameters:
  ///   - lessons: those of the questions at least.
  ///   - records: how far the person is, in the order of the lessons.
  package init(_ lessons: [Lesson], _ records: [CourseRecord]) {
    self.lessons = Dictionary(lessons.map { ($0.progressKey, $0) }) { first, _ in first }
    let known = self.lessons
    let current = records.filter { known[$0.lesson]?.stops.count == $0.stops }
    self.records = Dictionary(current.map { ($0.lesson, $0) }) { first, _ in first }
    review = Review(of: current)
  }

  /// How far the person is in the lesson of the question, to be kept.
  package var record: CourseRecord? { review.flatMap { records[$0.question.lesson] } }

  /// What is said first.
  package mutating func begin() -> [String] {
    guard let review else {
      isFinished = true
      return [Review.nothing]
    }
    return [
      "\(counted(review.questions.count, "question")) that you did not find at the first try.",
      "Enter goes on; ? is a hint, ?? the answer, q leaves.", "",
    ] + ask()
  }

  /// Takes a line of input; returns what is said to it.
  package mutating func take(_ line: String) -> [String] {
    guard !isFinished, let review, var lesson = asked else { return [] }
    if line.filter({ $0 != " " }).lowercased() == "q" {
      isFinished = true
      return ["You leave the \(review.title.lowercased())."]
    }
    let said = lesson.take(line)
    asked = lesson
    // Where the lesson as such goes on does not change.
    let resumed = records[review.question.lesson]?.stop
    var record = lesson.record
    record.stop = resumed ?? record.stop
    records[review.question.lesson] = record
    guard lesson.isFinished else { return said }
    guard self.review?.move(by: 1) == true else {
      isFinished = true
      return said + [Review.account(missed: records.values.reduce(0) { $0 + $1.missed.count })]
    }
    return said + [""] + ask()
  }

  private mutating func ask() -> [String] {
    guard let review, let lesson = lessons[review.question.lesson] else { return [] }
    var plain = PlainLesson(
      lesson, record: records[review.question.lesson], at: review.question.stop, isOneStop: true)
    defer { asked = plain }
    return ["\(review.title), of “\(lesson.title)”."] + plain.begin()
  }
}
