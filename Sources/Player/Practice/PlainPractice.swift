import Exercises
import Lessons
import Walkthrough

/// Practice, or the final test, as sentences one after another: for a screen reader, or a terminal
/// that only prints.
package struct PlainPractice: Sendable {
  private var stage: Stage
  package private(set) var isFinished = false
  /// How the last exercise went, to be kept; nil where none was just done.
  package private(set) var record: PracticeMark?
  /// What came of the final test, to be kept; nil until its end.
  package private(set) var testMarks: [PracticeMark]?

  private enum Stage: Sendable {
    case practice(Practice, Asking)
    case test(FinalTest)
  }

  package init(_ practice: Practice) {
    stage = .practice(practice, Asking(practice.exercise.question))
  }

  package init(_ test: FinalTest) { stage = .test(test) }

  /// What is said first.
  package func begin() -> [String] {
    switch stage {
    case .practice(let practice, _):
      [
        "Practice, seed \(practice.seed). \(ExerciseSheet.conventions)", ExerciseSheet.answers,
        "? is a hint, ?? the answer, q leaves.", "",
      ] + asked
    case .test(let test):
      [
        "The final test, \(FinalTest.count) questions, seed \(test.seed). \(ExerciseSheet.conventions)",
        ExerciseSheet.answers,
        "Each is answered once; an empty line is no answer, q leaves.", "",
      ] + asked
    }
  }

  /// Takes a line of input; returns what is said to it.
  package mutating func take(_ line: String) -> [String] {
    record = nil
    guard !isFinished else { return [] }
    if line.filter({ $0 != " " }).lowercased() == "q" {
      isFinished = true
      return account
    }
    switch stage {
    case .practice(let practice, let asking): return take(line, practice, asking)
    case .test(let test): return take(line, test)
    }
  }

  private mutating func take(
    _ line: String, _ practice: Practice, _ asking: Asking
  ) -> [String] {
    var (practice, asking) = (practice, asking)
    guard !line.filter({ $0 != " " }).isEmpty else {
      return ["Type an answer; ? is a hint, ?? the answer.", "Answer:"]
    }
    asking.submit(line)
    guard asking.isAnswered else {
      stage = .practice(practice, asking)
      return [asking.feedbackText ?? "", "Answer:"]
    }
    let said = [
      asking.wasShown ? "The answer is \(asking.answerText)." : "Right.", asking.question.why,
      "To see it: \(practice.exercise.commandLine)", "",
    ]
    let mark: Practice.Mark = asking.isFound ? .found : .missed
    record = practice.record(mark)
    practice.goOn(mark)
    stage = .practice(practice, Asking(practice.exercise.question))
    return said + asked
  }

  private mutating func take(_ line: String, _ test: FinalTest) -> [String] {
    var test = test
    let isEmpty = line.filter { $0 != " " }.isEmpty
    if isEmpty { test.skip() }
    let problem = isEmpty ? nil : test.take(line)
    stage = .test(test)
    if let problem { return [problem, "Answer:"] }
    isFinished = test.isOver
    if isFinished { testMarks = test.marks }
    return isFinished ? account : [""] + asked
  }

  /// The question, and what belongs to it.
  private var asked: [String] {
    let (exercise, number) =
      switch stage {
      case .practice(let practice, _): (Optional(practice.exercise), practice.done + 1)
      case .test(let test): (test.exercise, test.typed.count + 1)
      }
    guard let exercise else { return [] }
    return ["\(number). \(exercise.question.ask)"] + exercise.figure + ["Answer:"]
  }

  private var account: [String] {
    switch stage {
    case .practice(let practice, _):
      ["You leave after \(counted(practice.done, "exercise"))."] + practice.account
    case .test(let test): test.account
    }
  }
}
