import ExactNumbers
import Lessons

/// Twenty exercises across the course, each answered once and without hints, and an account of what
/// to read again.
package struct FinalTest: Sendable, Equatable {
  package let seed: UInt64
  package let exercises: [Exercise]
  /// What lessons are called, by their names.
  private let titles: [String: String]
  /// What was typed, as far as the test is done.
  package private(set) var typed: [String] = []

  package static let count = 20

  /// - Parameter titles: what lessons are called, by their names, by which all others are told.
  package init(seed: UInt64, titles: [String: String] = [:]) {
    self.seed = seed
    self.titles = titles
    exercises = ExerciseSheet.exercises(seed: seed, count: FinalTest.count, topics: Topic.allCases)
  }

  /// The exercise that is asked; nil at the end.
  package var exercise: Exercise? { typed.count < exercises.count ? exercises[typed.count] : nil }

  package var isOver: Bool { exercise == nil }

  /// Takes an answer; what is none is not taken, and what one looks like comes back.
  package mutating func take(_ text: String) -> String? {
    guard let exercise else { return nil }
    if case .unreadable(let why) = exercise.question.judge(text) { return why }
    typed.append(text)
    return nil
  }

  /// Goes on without an answer.
  package mutating func skip() {
    if !isOver { typed.append("") }
  }

  private func isRight(_ index: Int) -> Bool {
    exercises[index].question.judge(typed[index]) == .right
  }

  /// What is kept of it, once it is over.
  package var marks: [PracticeMark] {
    typed.indices.map { index in
      PracticeMark(
        topic: PracticeMark.finalTest, kind: exercises[index].kind.rawValue,
        isFound: isRight(index))
    }
  }

  /// How many of those that were answered are right.
  package var right: Int { typed.indices.count { isRight($0) } }
}

extension FinalTest {
  /// What came of it: how many are right, what to read again, and each mistake.
  package var account: [String] {
    let wrong = typed.indices.filter { !isRight($0) }
    let score = "\(right) of \(exercises.count) right."
    guard !wrong.isEmpty else { return [score, "There is nothing to read again."] }
    return [score, "Read again:"] + lessons(of: wrong) + ["What was not right:"]
      + wrong.flatMap { mistake($0) }
  }

  /// The topics in which something is wrong, those with most of it first.
  private func lessons(of wrong: [Int]) -> [String] {
    let counts = Dictionary(wrong.map { (exercises[$0].topic, 1) }, uniquingKeysWith: +)
    let topics = Topic.allCases.filter { counts[$0] != nil }
    let sorted = topics.enumerated().sorted {
      (counts[$1.element] ?? 0, $0.offset) < (counts[$0.element] ?? 0, $1.offset)
    }
    return sorted.map { _, topic in
      let lessons = topic.lessons.map { titles[$0].map { "“\($0)”" } ?? $0 }
      return "  \(topic.rawValue): \(lessons.joined(separator: ", "))"
    }
  }

  /// What was asked, and what came of it.
  private func mistake(_ index: Int) -> [String] {
    let (question, text) = (exercises[index].question, typed[index])
    let found = text.isEmpty ? "no answer" : text
    let right = "     \(found); right is \(question.answerText)."
    let asked = "  \(index + 1). \(question.ask)"
    guard case .slip(let slip) = question.judge(text) else {
      return [asked, "\(right) \(question.why)"]
    }
    return [asked, "\(right) \(slip.says)"]
  }
}
