import Lessons

/// A lesson as it is being taken: which stop, and how far in it. The screen and `--plain` go through
/// it by the same steps.
package struct Course: Sendable, Equatable {
  package let lesson: Lesson
  let pace: Pace
  /// The review that asks a question of it; nil where the lesson is taken as such.
  private(set) var review: Review?
  /// Where the lesson goes on that a review only looks into.
  private var resumed: Int?
  package private(set) var stopIndex: Int
  private(set) var phase = Phase.reading
  /// Stops that are done: read to their end, or answered.
  var done: Set<Int> = []
  /// Questions answered right at the first try, and later.
  var rightAtOnce: Set<Int> = []
  var rightLater: Set<Int> = []
  /// Questions whose answers were shown.
  var shown: Set<Int> = []
  /// Whether the question asks for what the result at the stop's place would tell; nil while that is
  /// not known.
  var asksForCell: Bool?
  /// Whether the person walked away from the stop.
  var isWandering = false
  /// What flows back, where the stop shows that and not the walk.
  var turned: BackwardScreen?

  /// How much a key tells.
  package enum Pace: Sendable {
    /// What stands beside each other is seen at once.
    case seen
    /// Each is said on its own: the place before its question, the worked answer after it.
    case spoken
  }

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
  init(
    _ lesson: Lesson, at stop: Int? = nil, record: CourseRecord? = nil, pace: Pace = .seen,
    review: Review? = nil
  ) {
    self.lesson = lesson
    self.pace = pace
    self.review = review
    resumed = review == nil ? nil : record?.stop
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

  /// Whether the stop shows what flows back.
  var showsWayBack: Bool { turned != nil && !isWandering }

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
      lesson: lesson.progressKey,
      stop: resumed ?? (phase == .summary ? missing.first ?? stopIndex : stopIndex),
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

extension Course {
  /// What follows from a step, for the walk to follow it.
  enum Move: Equatable {
    case nowhere
    /// To the place that the stop looks at.
    case place
    /// Another stop begins.
    case stop
    /// All stops are behind.
    case end
    /// There is no stop before the first.
    case beforeFirst
    case leave
  }

  /// The key that leads on: from the text to the place, to the question, to what is said after, to
  /// the next stop.
  mutating func goOn() -> Move {
    switch phase {
    case .reading:
      guard stop.at != nil else { return ask() }
      phase = .arrived
      if pace == .seen, stop.question != nil { _ = ask() }
      return .place
    case .arrived: return ask()
    case .asking(let asking): return asking.isAnswered ? tell(asking) : .nowhere
    case .after: return finishStop()
    case .summary: return .leave
    }
  }

  private mutating func ask() -> Move {
    guard let question = stop.question else { return tell(nil) }
    phase = .asking(Asking(question))
    return .nowhere
  }

  private mutating func tell(_ asking: Asking?) -> Move {
    let isAnswerTold = pace == .spoken && asking != nil
    guard isAnswerTold || !stop.after.isEmpty || stop.loose != nil else { return finishStop() }
    phase = .after(asking)
    return .nowhere
  }

  /// Marks the stop as done and begins the next one.
  private mutating func finishStop() -> Move {
    done.insert(stopIndex)
    return moveStop(by: 1)
  }

  mutating func moveStop(by distance: Int) -> Move {
    if phase == .summary, distance < 0 { return begin(stopIndex) }
    let next = stopIndex + distance
    guard next >= 0 else { return .beforeFirst }
    guard next < lesson.stops.count else {
      phase = .summary
      return .end
    }
    return begin(next)
  }

  /// The lesson is taken as such from here on.
  mutating func endReview() { (review, resumed) = (nil, nil) }

  /// To a stop, from 0.
  mutating func begin(_ index: Int) -> Move {
    stopIndex = index
    phase = .reading
    asksForCell = nil
    isWandering = false
    turned = nil
    return .stop
  }

  /// Lets the open question take a key or a line; true if it is answered by that.
  mutating func answer(_ take: (inout Asking) -> Void) -> Bool {
    guard case .asking(var asking) = phase, !asking.isAnswered else { return false }
    take(&asking)
    phase = .asking(asking)
    if asking.isAnswered { score(asking) }
    return asking.isAnswered
  }

  /// Takes over what was answered to the open question before its lesson was written anew; nothing is
  /// scored by that.
  mutating func resume(_ before: Asking) {
    guard case .asking(var asking) = phase, asking.tries.isEmpty, !asking.isAnswered else { return }
    asking.resume(before)
    phase = .asking(asking)
  }

  private mutating func score(_ asking: Asking) {
    done.insert(stopIndex)
    if asking.wasShown {
      shown.insert(stopIndex)
    } else if asking.tries.count == 1 {
      rightAtOnce.insert(stopIndex)
    } else {
      rightLater.insert(stopIndex)
    }
  }
}
