import Lessons
import Walkthrough

/// The questions of lessons that were not found at the first try, asked again one after another.
package struct Review: Sendable, Equatable {
  package struct Question: Sendable, Equatable {
    package let lesson: String
    /// From 0.
    package let stop: Int
  }

  package let questions: [Question]
  private(set) var index = 0

  /// nil where no question is missed.
  ///
  /// - Parameter records: how far the person is, in the order of the lessons.
  package init?(of records: [CourseRecord]) {
    questions = records.flatMap { record in
      record.missed.map { Question(lesson: record.lesson, stop: $0) }
    }
    guard !questions.isEmpty else { return nil }
  }

  var question: Question { questions[index] }

  /// `Review, question 2 of 5`
  var title: String { "Review, question \(index + 1) of \(questions.count)" }

  /// Goes on by so many questions; false where there are none.
  mutating func move(by distance: Int) -> Bool {
    guard questions.indices.contains(index + distance) else { return false }
    index += distance
    return true
  }

  /// What is said at its end.
  ///
  /// - Parameter missed: how many questions are missed now.
  package static func account(missed: Int) -> String {
    missed == 0
      ? "The review is over: no question is missed any more."
      : "The review is over; \(counted(missed, "question")) \(missed == 1 ? "is" : "are") still missed."
  }

  /// What is said where there is nothing to review.
  package static let nothing =
    "No question is missed: none that was asked, or all were found at the first try."
}

extension LessonList {
  /// The questions to take again; nil for none.
  var review: Review? { Review(of: records) }
}

extension Player {
  /// Asks the questions again that were not found at the first try.
  package mutating func openMissed() -> [Effect] {
    review = list?.review
    guard review != nil else {
      say(Review.nothing)
      return []
    }
    return openReviewed()
  }

  private mutating func openReviewed() -> [Effect] {
    guard let question = review?.question else { return [] }
    list?.select(question.lesson)
    return [.openStop(lesson: question.lesson, question.stop)]
  }

  /// From the question that is asked again to another one, or back to the list behind the last; nil
  /// outside a review.
  mutating func moveReview(by distance: Int) -> [Effect]? {
    guard review != nil, let course else { return nil }
    if review?.move(by: distance) == true {
      list?.note(course.record)
      return [.record(course.record)] + openReviewed()
    }
    guard distance > 0 else {
      say("This is the first question of the review.")
      return []
    }
    let effects = leaveLesson()
    say(Review.account(missed: list?.review?.questions.count ?? 0))
    return effects
  }
}
