import Exercises
import Lessons
import Testing

@Suite struct `Exercises without end` {
  /// The kinds of exercises that come, when those of one kind are missed and all others found.
  private func kinds(
    missing missed: Set<ExerciseKind>, count: Int, topics: [Topic] = Topic.allCases
  ) -> [ExerciseKind] {
    var practice = Practice(seed: 1, topics: topics)
    return (0..<count).map { _ in
      defer { practice.goOn(missed.contains(practice.exercise.kind) ? .missed : .found) }
      return practice.exercise.kind
    }
  }

  @Test func `asks every kind in its turn, a topic after the other, while all is found`() {
    let kinds = kinds(missing: [], count: 64)
    #expect(Array(kinds.prefix(32)).count == Set(kinds.prefix(32)).count)
    #expect(Array(kinds.prefix(32)) == Array(kinds.suffix(32)))
    #expect(kinds.prefix(12).map(\.topic) == Topic.allCases)
  }

  @Test func `brings what was missed again, sooner each time`() {
    let kinds = kinds(missing: [.length], count: 40)
    let turns = kinds.indices.filter { kinds[$0] == .length }
    #expect(Array(turns.prefix(6)) == [0, 5, 9, 12, 14, 16])
  }

  @Test func `brings it as rarely as all others once it is found again`() {
    var practice = Practice(seed: 1)
    practice.goOn(.missed)
    var turns: [Int] = []
    for turn in 1..<70 {
      if practice.exercise.kind == .length { turns.append(turn) }
      practice.goOn(.found)
    }
    #expect(turns.first == 5)
    #expect(turns.dropFirst().first.map { $0 - 5 >= 25 } == true, "\(turns)")
  }

  @Test func `asks with other numbers each time`() {
    var practice = Practice(seed: 4, topics: [.readers])
    var asked: Set<String> = []
    for _ in 0..<20 {
      asked.insert(practice.exercise.question.ask)
      practice.goOn(.missed)
    }
    #expect(asked.count == 20)
  }

  @Test func `keeps marks by topic`() {
    var practice = Practice(seed: 4, topics: [.sizes, .fields])
    for mark in [Practice.Mark.found, .missed, .found, .found] { practice.goOn(mark) }
    #expect(practice.done == 4)
    #expect(practice.marksText(.sizes) + " " + practice.marksText(.fields) == "✓✓ ·✓")
    #expect(
      practice.account
        == ["sizes: 2 of 2 at the first try.", "fields: 1 of 2 at the first try."])
  }
}

@Suite struct `The final test` {
  @Test func `asks twenty questions, one or two of each topic`() {
    let test = FinalTest(seed: 3)
    #expect(test.exercises.count == 20)
    for topic in Topic.allCases {
      #expect((1...2).contains(test.exercises.count { $0.topic == topic }), "\(topic)")
    }
  }

  @Test func `takes each answer once, and none that is no number`() throws {
    var test = FinalTest(seed: 3)
    let answer = Question.text(of: try #require(test.exercise).question.answer)
    #expect(test.take("many")?.hasPrefix("Type ") == true)
    #expect(test.typed.isEmpty)
    #expect(test.take(answer) == nil)
    test.skip()
    #expect(test.typed == [answer, ""])
  }

  @Test func `has nothing to read again for one who knows all`() throws {
    var test = FinalTest(seed: 3)
    while let exercise = test.exercise {
      #expect(test.take(Question.text(of: exercise.question.answer)) == nil)
    }
    #expect(test.account == ["20 of 20 right.", "There is nothing to read again."])
  }

  @Test func `says which lessons to read again, those most needed first, and each mistake`() throws
  {
    var test = FinalTest(seed: 3)
    while let exercise = test.exercise {
      switch exercise.topic {
      case .products: test.skip()
      case .sizes where test.typed.count == 0:
        _ = test.take(Question.text(of: exercise.question.slips[0].answer))
      default: _ = test.take(Question.text(of: exercise.question.answer))
      }
    }
    let question = test.exercises[0].question
    let account = test.account
    #expect(
      account.prefix(7) == [
        "17 of 20 right.", "Read again:", "  products: krizhevsky, separable",
        "  sizes: counting-positions, borders-and-padding, depth-stride-padding, dilation",
        "What was not right:",
        "  1. \(question.ask)",
        "     \(Question.text(of: question.slips[0].answer)); right is "
          + "\(Question.text(of: question.answer)). \(question.slips[0].says)",
      ])
    #expect(account[7] == "  10. \(test.exercises[9].question.ask)")
    #expect(account[8].hasPrefix("     no answer; right is "))
  }
}
