import Canvas
import Lessons

/// A question while it is being answered.
struct Asking: Sendable, Equatable {
  let question: Question
  var field = TextField(limit: 30)
  /// The answers that were given, oldest first.
  var tries: [String] = []
  var feedback: Feedback?
  var isAnswered = false
  var wasShown = false
  /// How many hints were asked for.
  private(set) var hintsGiven = 0
  /// What a task wants and does not have yet.
  private(set) var wanting: [String] = []

  enum Feedback: Sendable, Equatable {
    case right
    case slip(String)
    case wrong
    case unreadable(String)
    case hint(String)
    case shown
  }

  init(_ question: Question) {
    self.question = question
  }

  /// Takes what is typed as an answer; `?` asks for a hint and `??` for the answer.
  mutating func submit() { submit(field.text) }

  mutating func submit(_ text: String) {
    var answer = Substring(text)
    while answer.first == " " { answer.removeFirst() }
    while answer.last == " " { answer.removeLast() }
    field.clear()
    switch answer {
    case "": return
    case "?":
      let hints = [question.hint] + question.furtherHints
      feedback = .hint(hints[min(hintsGiven, hints.count - 1)])
      hintsGiven += 1
    case "q", "quit", "exit":
      feedback = .unreadable("Here all keys type an answer. Esc leaves the field, then q quits.")
    case _ where answer.allSatisfy { $0 == "?" }:
      feedback = .shown
      isAnswered = true
      wasShown = true
    default:
      switch question.judge(String(answer)) {
      case .right:
        feedback = .right
        isAnswered = true
      case .slip(let slip): feedback = .slip(slip.says)
      case .wrong: feedback = .wrong
      case .unreadable(let why):
        feedback = .unreadable(why)
        return
      }
      tries.append(String(answer))
    }
  }
}

extension Asking {
  /// Gives the answers again that were given before, judged by what the question is now.
  mutating func resume(_ before: Asking) {
    for text in before.tries where !isAnswered { submit(text) }
    if before.wasShown, !isAnswered { submit("??") }
    if case .hint = before.feedback, !isAnswered { submit("?") }
    field = before.field
  }
}

extension Asking {
  /// Whether `w` is what was typed, and no choice: what words mean is asked.
  func asksForWords(_ text: String) -> Bool {
    text.filter { $0 != " " } == "w"
      && (isAnswered || !question.choices.contains { $0.lowercased().hasPrefix("w") })
  }

  /// Takes how far a task is: it is found once it is done.
  mutating func take(_ standing: Question.Standing) {
    feedback = nil
    switch standing {
    case .done:
      (feedback, isAnswered) = (.right, true)
      tries.append("")
    case .open(let wanting): self.wanting = wanting
    case .beside(let text): feedback = .unreadable(text)
    }
  }
}

extension Asking {
  /// Changes what is typed; false once it is answered.
  mutating func edit(_ change: (inout TextField) -> Void) -> Bool {
    guard !isAnswered else { return false }
    change(&field)
    return true
  }

  /// A key into the field; Enter hands the answer in.
  mutating func take(_ key: Key) {
    guard !isAnswered else { return }
    if key == .enter { submit() } else { field.type(key) }
  }
}

extension Asking {
  /// Whether it was answered at the first try, without a hint.
  var isFound: Bool { isAnswered && !wasShown && tries.count == 1 && hintsGiven == 0 }

  /// The answer as it is shown: `6`, or `4×4×2`.
  var answerText: String { question.answerText }

  var feedbackText: String? {
    switch feedback {
    case .slip(let says): says
    case .wrong: "Not yet. ? gives a hint, ?? the answer."
    case .unreadable(let why): why
    case .hint(let hint): "Hint: \(hint)"
    case .right, .shown, nil: nil
    }
  }
}

extension Asking {
  /// The keys of its field, or the one that goes on once it is answered.
  func hints(_ view: View) -> [Hint] {
    guard !isAnswered else { return [Hint(keys: view.key(.next), label: "go on")] }
    if question.task != nil {
      let change = view.key(.change)
      return [
        Hint(keys: change, label: "change"), Hint(keys: "\(change) ? Enter", label: "hint"),
        Hint(keys: "\(change) ?? Enter", label: "show it"),
      ]
    }
    return [
      Hint(keys: "Enter", label: "answer"), Hint(keys: "? Enter", label: "hint"),
      Hint(keys: "?? Enter", label: "show it"),
    ]
  }
}
