import Lessons

/// A lesson as it is being taken: which stop, and how far in it.
package struct Course: Sendable, Equatable {
  package let lesson: Lesson
  package internal(set) var stopIndex: Int
  var phase = Phase.reading
  /// Stops that are done: read to their end, or answered.
  var done: Set<Int> = []
  /// Questions answered right at the first try, and later.
  var rightAtOnce: Set<Int> = []
  var rightLater: Set<Int> = []
  /// Questions whose answers were shown.
  var shown: Set<Int> = []
  /// Whether the question asks for what the current cell's result would tell.
  var asksForCell = false
  /// Whether the person walked away from the stop.
  var isWandering = false

  /// What a stop is at: read, then key, then action, then question.
  enum Phase: Sendable, Equatable {
    case reading
    /// The walk has arrived and shows its own working.
    case arrived
    case asking(Asking)
    /// What is said afterwards; with the worked answer where there was a question.
    case after(Asking?)
    /// All stops are behind.
    case summary
  }

  /// Begins where the person stopped, or at a stop of one's choice.
  init(_ lesson: Lesson, at stop: Int? = nil, record: CourseRecord? = nil) {
    self.lesson = lesson
    let first = stop ?? record?.resumed ?? 0
    stopIndex = lesson.stops.isEmpty ? 0 : min(max(0, first), lesson.stops.count - 1)
    done = Set(record?.done ?? [])
    rightAtOnce = Set(record?.rightAtOnce ?? [])
    rightLater = Set(record?.rightLater ?? [])
    shown = Set(record?.shown ?? [])
  }

  var stop: Stop { lesson.stops[stopIndex] }

  /// Whether the arrow keys move the input's pattern and not the walk.
  var movesPattern: Bool {
    stop.view == .shift && !isWandering && phase != .summary
  }

  /// Whether the stop is all text, so that an arrow key has nothing to move.
  var hasNothingToMove: Bool { stop.view == .text && !isWandering && phase != .summary }

  /// Whether there is a question that has not been answered yet.
  var awaitsAnswer: Bool {
    switch phase {
    case .reading, .arrived: stop.question != nil
    case .asking(let asking): !asking.isAnswered
    case .after, .summary: false
    }
  }

  var questions: [Int] { lesson.stops.indices.filter { lesson.stops[$0].question != nil } }

  /// How far the person is, to be kept.
  package var record: CourseRecord {
    CourseRecord(
      lesson: lesson.progressKey, stop: phase == .summary ? missing.first ?? stopIndex : stopIndex,
      stops: lesson.stops.count, done: done.sorted(),
      rightAtOnce: rightAtOnce.sorted(), rightLater: rightLater.sorted(),
      shown: shown.subtracting(rightAtOnce).subtracting(rightLater).sorted(),
      isFinished: missing.isEmpty)
  }

  /// Stops that are not done.
  private var missing: [Int] { lesson.stops.indices.filter { !done.contains($0) } }

  /// What is said at the end of a lesson of which stops are not done; none where all are.
  var missingText: [String] {
    guard let first = missing.first else { return [] }
    let stops = missing.map { $0 + 1 }.runs().map(\.words)
    let which =
      missing.count == 1 ? "Stop \(stops[0]) is" : "Stops \(stops.joined(separator: ", ")) are"
    return ["\(which) not done yet. Opened again, the lesson begins at stop \(first + 1)."]
  }
}

/// A question while it is being answered.
struct Asking: Sendable, Equatable {
  let question: Question
  var field = TextField(limit: 30)
  /// The answers that were given, oldest first.
  var tries: [String] = []
  var feedback: Feedback?
  var isAnswered = false
  var wasShown = false

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
    case "?": feedback = .hint(question.hint)
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
