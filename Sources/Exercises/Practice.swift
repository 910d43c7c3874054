import Lessons

/// Exercises without end: which one comes next, and what was found of each topic.
///
/// Every kind of exercise has its turn. One that was not found at the first try comes again, with
/// other numbers, after a few others: the sooner, the more often it was missed.
package struct Practice: Sendable, Equatable {
  package let topics: [Topic]
  package let seed: UInt64
  package private(set) var exercise: Exercise
  /// The last exercises of each topic, oldest first.
  package private(set) var marks: [Topic: [Mark]] = [:]
  /// Those of sittings before.
  private var before: [Topic: [Mark]] = [:]
  /// How many exercises are done.
  package private(set) var done = 0
  private var cards: [Card]
  /// Which card the exercise is of.
  private var current = 0

  package enum Mark: Sendable, Equatable {
    /// At the first try, without a hint.
    case found
    /// Later, or it was shown.
    case missed
  }

  /// A kind of exercise, and when it comes again.
  private struct Card: Sendable, Equatable {
    let kind: ExerciseKind
    /// In terms of exercises done.
    var due: Int
    /// How often it was missed, less how often it was found since.
    var misses = 0
    var drawn = 0

    mutating func note(_ mark: Mark) { misses = max(0, misses + (mark == .found ? -1 : 1)) }

    /// After how many exercises it comes again.
    func wait(among count: Int) -> Int {
      misses == 0 ? count : max(2, Practice.longestWait - misses)
    }
  }

  /// What was missed once comes again as the fifth exercise after it.
  private static let longestWait = 6

  /// - Parameters:
  ///   - topics: at least one.
  ///   - earlier: how exercises went in sittings before, by topic, the oldest first: what was missed
  ///     then comes first.
  package init(
    seed: UInt64, topics: [Topic] = Topic.allCases, earlier: [String: [PracticeMark]] = [:]
  ) {
    precondition(!topics.isEmpty, "exercises are about something")
    self.topics = topics
    self.seed = seed
    // The first kind of each topic, then the second one of those that have it.
    let most = topics.map(\.kinds.count).max() ?? 0
    let kinds = (0..<most).flatMap { round in
      topics.compactMap { $0.kinds.indices.contains(round) ? $0.kinds[round] : nil }
    }
    cards = kinds.enumerated().map { index, kind in
      var card = Card(kind: kind, due: index)
      for mark in earlier[kind.topic.rawValue] ?? [] where mark.kind == kind.rawValue {
        card.note(mark.isFound ? .found : .missed)
      }
      if card.misses > 0 { card.due = 0 }
      return card
    }
    for topic in topics {
      before[topic] = earlier[topic.rawValue]?.map { $0.isFound ? .found : .missed }
    }
    exercise = Exercise(kinds[0], seed: seed, number: 0)
    current = next
    exercise = Exercise(cards[current].kind, seed: seed, number: 0)
  }

  /// What is kept of how the exercise went.
  package func record(_ mark: Mark) -> PracticeMark {
    PracticeMark(
      topic: exercise.topic.rawValue, kind: exercise.kind.rawValue, isFound: mark == .found)
  }

  /// Notes how the exercise went, and draws the next one.
  package mutating func goOn(_ mark: Mark) {
    marks[exercise.topic, default: []].append(mark)
    done += 1
    cards[current].drawn += 1
    cards[current].note(mark)
    cards[current].due = done - 1 + cards[current].wait(among: cards.count)
    current = next
    exercise = Exercise(cards[current].kind, seed: seed, number: cards[current].drawn)
  }
}

extension Practice {
  /// What was missed when its turn has come, else whose turn is next.
  private var next: Int {
    let missed = cards.indices.filter { cards[$0].misses > 0 }
    let due = missed.filter { cards[$0].due <= done }
    let others = cards.indices.filter { cards[$0].misses == 0 }
    let candidates = !due.isEmpty ? due : !others.isEmpty ? others : Array(cards.indices)
    return candidates.min { (cards[$0].due, $0) < (cards[$1].due, $1) } ?? current
  }

  /// The last marks of a topic as they are shown: `✓✓·`; as many as at most that.
  package func marksText(_ topic: Topic, most: Int = 4) -> String {
    ((before[topic] ?? []) + (marks[topic] ?? [])).suffix(most).map { $0 == .found ? "✓" : "·" }
      .joined()
  }

  /// How it went, topic by topic, for the end.
  package var account: [String] {
    topics.compactMap { topic in
      guard let marks = marks[topic] else { return nil }
      return
        "\(topic.rawValue): \(marks.count { $0 == .found }) of \(marks.count) at the first try."
    }
  }
}
