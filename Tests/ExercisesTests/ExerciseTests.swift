import ConvolutionEngine
import ExactNumbers
import Lessons
import TestSupport
import Testing
import Walkthrough

@testable import Exercises

@Suite struct `An exercise` {
  /// The slow run sets `CONVWALK_EXERCISES` to 100000.
  private static let count = setting("CONVWALK_EXERCISES", usually: 1300)

  /// So many of all kinds, of many seeds.
  private static func exercises(_ kind: ExerciseKind) -> some Sequence<Exercise> {
    let each = count / ExerciseKind.allCases.count
    return (0..<each).lazy.map { Exercise(kind, seed: UInt64($0 / 100), number: $0 % 100) }
  }

  @Test(arguments: ExerciseKind.allCases)
  func `is told right by its answer, and each slip by what it names`(kind: ExerciseKind) {
    for exercise in Self.exercises(kind) {
      let question = exercise.question
      #expect(question.judge(Question.text(of: question.answer)) == .right, "\(question)")
      #expect(!question.slips.isEmpty, "\(question.ask)")
      for slip in question.slips {
        #expect(question.judge(Question.text(of: slip.answer)) == .slip(slip), "\(question)")
      }
      let all = [question.answer] + question.slips.map(\.answer)
      #expect(Set(all).count == all.count, "\(question)")
    }
  }

  @Test(arguments: ExerciseKind.allCases)
  func `leads to a place of its own network, and has hints that end before the answer`(
    kind: ExerciseKind
  ) throws {
    for exercise in Self.exercises(kind) {
      let question = exercise.question
      #expect(throws: Never.self) { try look(at: exercise) }
      #expect(question.furtherHints.count >= 1)
      let hints = [question.hint] + question.furtherHints
      #expect(Set(hints).count == hints.count)
      let texts = hints + [question.ask, question.why] + question.slips.map(\.says)
      for text in texts {
        #expect(!text.contains("  ") || text == question.ask, "\(text)")
        #expect(!text.unicodeScalars.contains { !$0.isOneColumn }, "\(text)")
        #expect(".?…)".contains(text.last ?? " "), "\(text)")
      }
      #expect(wrapped(question.ask, to: 76).count <= 5, "\(question.ask)")
      #expect(!exercise.figure.contains { $0.unicodeScalars.count > 76 })
    }
  }

  /// Goes to where an exercise's answer is shown.
  private func look(at exercise: Exercise) throws {
    let network = exercise.network
    switch exercise.place {
    case .step(let address): _ = try Walk(network).place(of: address)
    case .gradient(let address):
      let loss = exercise.loss ?? network.sum(ofLayer: network.layers.count - 1)
      _ = try BackwardWalk(network, from: loss).place(of: address)
    }
  }

  @Test(arguments: ExerciseKind.allCases)
  func `is the same again from the same seed, and another from another`(kind: ExerciseKind) {
    let first = (0..<12).map { Exercise(kind, seed: 5, number: $0) }
    #expect(first == (0..<12).reversed().map { Exercise(kind, seed: 5, number: $0) }.reversed())
    #expect(first != (0..<12).map { Exercise(kind, seed: 6, number: $0) })
    #expect(Set(first.map { [$0.question.ask] + $0.figure }).count > 6)
  }

  /// A layer of weighted sums is linear: the loss changes by the gradient where a number grows by 1.
  @Test(arguments: [ExerciseKind.inputGradient, .weightGradient, .biasGradient])
  func `about what flows back has what the loss grows by`(kind: ExerciseKind) throws {
    for exercise in Self.exercises(kind) {
      guard case .gradient(let address) = exercise.place, let cell = address.cell else {
        Issue.record("\(exercise.place)")
        return
      }
      let network = exercise.network
      let place = try NumberPlace(
        parsing: network.cellName(cell, of: address.target, mark: ""), in: network)
      let input = try exercise.input()
      let losses = try [Int128(100), 101].map { value in
        let (changed, input) = try #require(
          NumberChange(place, to: value).made(in: network, input))
        let output = try changed.layers[0].evaluateCellByCell([input])
        let numerators = try #require(output.numerators)
        return (0..<numerators.count).reduce(Int128(0)) { $0 + numerators[$1] }
      }
      #expect(exercise.question.answer == [Number(losses[1] - losses[0])], "\(exercise)")
    }
  }

  /// Of a setting that is asked for, all others are tried here with the engine's own windows.
  @Test(arguments: [ExerciseKind.padding, .stride, .filter])
  func `that asks for a setting has one that does it, and no other`(kind: ExerciseKind) throws {
    for exercise in Self.exercises(kind) {
      let network = exercise.network
      guard case .convolution(let convolution) = network.layers[0].operation else {
        Issue.record("\(exercise.words)")
        return
      }
      let fitting = (0...70).filter { value in
        var settings = convolution.windows
        switch kind {
        case .padding: settings.padding = .all(value)
        case .stride: settings.stride = Pair(value)
        default: settings.size = Pair(value)
        }
        let windows = try? Windows(settings, over: network.input)
        return windows?.x.positions == network.layers[0].output.width
      }
      #expect(exercise.question.answer == fitting.map { Number(Int128($0)) })
    }
  }

  @Test func `reads as it always did`() {
    let exercise = Exercise(.length, seed: 1, number: 0)
    let question = exercise.question
    #expect(
      [question.ask, Question.text(of: question.answer), question.why, question.hint]
        + question.furtherHints
        + question.slips.map { "\(Question.text(of: $0.answer)): \($0.says)" }
        + [exercise.commandLine] == [
          "8 filters of 4×4 with stride 3 and no padding go over an input of 68×68×3. What is the width of the output?",
          "22", "(68 − 4 + 2·0)/3 + 1 = 64/3 + 1 = 67/3, floor 22.",
          "How many places does the window have to move on, in steps of the stride?",
          "(W − F + 2P)/S + 1, rounded down.", "(68 − 4 + 2·0)/3 + 1, rounded down.",
          "21: You counted the moves; the place where the window begins counts too: + 1.",
          "65: That is with stride 1.",
          "23: 64/3 + 1 = 67/3 is rounded down: there is no room for another window.",
          "convwalk explore 68x68x3 conv:4,filters=8,stride=3 --at 'conv[21,0,0]'",
        ])
  }
}

@Suite struct `The kinds of exercises` {
  @Test func `have numbers of their own, below that of the choices`() {
    let numbers = ExerciseKind.allCases.map(\.number)
    #expect(Set(numbers).count == numbers.count && numbers.allSatisfy { (0..<63).contains($0) })
  }

  /// What a seed makes must not change when another kind is added before it.
  @Test(arguments: [
    (ExerciseKind.length, 0), (.maximum, 12), (.readers, 18), (.kerasConvolution, 25),
  ])
  func `keep the numbers that seeds were drawn with`(kind: ExerciseKind, number: Int) {
    #expect(kind.number == number)
  }
}

@Suite struct `The topics of exercises` {
  @Test func `each have kinds, and every kind a topic`() {
    #expect(Topic.allCases.flatMap(\.kinds).count == ExerciseKind.allCases.count)
    #expect(Topic.allCases.allSatisfy { !$0.kinds.isEmpty })
  }

  @Test func `name lessons that come with convwalk`() throws {
    let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
      .joined(separator: "/")
    let catalogue = try Catalogue(folder: "\(folder)/lessons")
    for topic in Topic.allCases {
      #expect(!topic.lessons.isEmpty)
      for lesson in topic.lessons { #expect(catalogue.names.contains(lesson), "\(lesson)") }
    }
  }
}
