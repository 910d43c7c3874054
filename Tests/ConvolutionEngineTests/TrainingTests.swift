import ConvolutionEngine
import ExactNumbers
import Testing
import Training

@Suite struct TrainingTests {
  /// A head of three classes over three features, with the numbers of a sketch.
  static func head() throws -> Layer {
    let weights: [Int128] = [1, 0, -1, 0, 1, 0, 2, -1, 1]
    return try Network(
      input: Shape(1, 1, 3), layers: [LayerSpecification(parsing: "dense:3,name=head")]
    ).taking([
      "head": GivenParameters(
        weights: .stored(Integers(weights), denominator: 1),
        bias: .stored(.int8([0, 0, 0]), denominator: 1))
    ]).layers[0]
  }

  @Test func `one update moves the classes that come too near, and the target as many times`()
    throws
  {
    var training = try HeadTraining(
      TrainingTests.head(),
      examples: [.init(features: Tensor(Shape(1, 1, 3), [2, 0, 5]), label: 1)],
      rate: Ratio(1, over: 4))
    let update = try training.update(1)
    #expect(update.scoresBefore == [Ratio(2 - 5), Ratio(0), Ratio(2 * 2 + 5)])
    // max(0, −3 − 0 + 1) + max(0, 9 − 0 + 1)
    #expect(update.loss == Ratio(0 + 10))
    #expect(update.tooNear == [2])
    #expect(
      update.changes.map(\.after) == [
        [.ratio(Ratio(1, over: 2)), Number(1), .ratio(Ratio(5, over: 4))],
        [.ratio(Ratio(3, over: 2)), Number(-1), .ratio(Ratio(-1, over: 4))],
      ])
    #expect(
      update.changes.map(\.biasAfter) == [.ratio(Ratio(1, over: 4)), .ratio(Ratio(-1, over: 4))])
    #expect(update.scoresAfter == [Ratio(-3), Ratio(15, over: 2), Ratio(3, over: 2)])
    #expect(update.lossAfter == .zero)
    #expect(!training.history[0].isHit)
  }

  /// Sums as they are defined, one update after the other.
  private func slow(
    _ layer: Layer, _ examples: [HeadTraining.Example], rate: Ratio, updates: Int
  ) throws -> [[Ratio]] {
    let parameters = try #require(layer.parameters)
    let count = layer.input.count
    var weights = try (0..<parameters.weights.count).map {
      try #require(parameters.weights[$0].ratio)
    }
    var biases = try (0..<parameters.filters).map { try #require(parameters.bias?[$0].ratio) }
    var all: [[Ratio]] = [weights + biases]
    for number in 0..<updates {
      let example = examples[number % examples.count]
      let x = try (0..<count).map { try #require(example.features[$0].ratio) }
      let scores = try (0..<parameters.filters).map { map in
        try x.indices.reduce(biases[map]) {
          try added($0, weights[map * count + $1], times: x[$1])
        }
      }
      for map in scores.indices where map != example.label {
        let margin = try added(
          added(scores[map], scores[example.label], times: Ratio(-1)), Ratio(1), times: Ratio(1))
        guard margin > .zero else { continue }
        for (row, sign) in [(map, Ratio(-1)), (example.label, Ratio(1))] {
          let step = try added(.zero, rate, times: sign)
          for index in x.indices {
            let place = row * count + index
            weights[place] = try added(weights[place], step, times: x[index])
          }
          biases[row] = try added(biases[row], step, times: Ratio(1))
        }
      }
      all.append(weights + biases)
    }
    return all
  }

  private func added(_ sum: Ratio, _ number: Ratio, times factor: Ratio) throws -> Ratio {
    let product = try #require(number.multiplied(by: factor))
    return try #require(sum.adding(product))
  }

  @Test(arguments: [Ratio(1), Ratio(1, over: 16), Ratio(2, over: 3)])
  func `the numbers after every update, in any order, are those of one after the other`(
    rate: Ratio
  ) throws {
    let layer = try Network(
      input: Shape(1, 1, 5), layers: [LayerSpecification(parsing: "dense:4")], seed: 9
    ).layers[0]
    let sequence = SeededSequence(seed: 4, layer: 1, low: -6, high: 6)
    let examples = try (0..<7).map { index in
      HeadTraining.Example(
        features: Tensor(
          try Shape(1, 1, 5), (0..<5).map { Int128(sequence[index * 5 + $0]) }, over: 2),
        label: index % 4)
    }
    let expected = try slow(layer, examples, rate: rate, updates: 60)
    var training = try HeadTraining(layer, examples: examples, rate: rate)
    for number in [60, 3, 0, 17, 59, 31, 1] {
      let learned = try training.parameters(after: number)
      let weights = try #require(learned.weights)
      let bias = try #require(learned.bias)
      let found =
        try (0..<weights.count).map { try #require(weights[$0].ratio) }
        + (0..<bias.count).map { try #require(bias[$0].ratio) }
      #expect(found == expected[number])
    }
    #expect(training.history.count == 60)
    let coefficients = training.coefficients(after: 60)
    // What the classes lose the target gains.
    for row in coefficients { #expect(row.reduce(0, +) == 0) }
  }

  @Test func `what cannot be learned is refused`() throws {
    let layer = try TrainingTests.head()
    let features = Tensor(try Shape(1, 1, 3), [1, 2, 3] as [Int128])
    #expect(throws: TrainingError.label(3, example: 0, classes: 3)) {
      try HeadTraining(layer, examples: [.init(features: features, label: 3)], rate: Ratio(1))
    }
    #expect(throws: TrainingError.noExamples) {
      try HeadTraining(layer, examples: [], rate: Ratio(1))
    }
    #expect(throws: TrainingError.rate(.zero)) {
      try HeadTraining(layer, examples: [.init(features: features, label: 0)], rate: .zero)
    }
    #expect(
      "\(TrainingError.rate(.zero))" == "the rate is 0; it must be above 0, for example 1/16.")
  }
}

extension TrainingTests {
  @Test func `updates asked for in any order are those made one after the other`() throws {
    let examples = [(2, 0, 5, 1), (1, 3, 0, 0), (0, 4, 1, 2), (3, 1, 1, 1)].map { a, b, c, label in
      (features: [Int128(a), Int128(b), Int128(c)], label: label)
    }
    func training() throws -> HeadTraining {
      try HeadTraining(
        TrainingTests.head(),
        examples: examples.map {
          .init(features: Tensor(try Shape(1, 1, 3), $0.features), label: $0.label)
        }, rate: Ratio(1, over: 8))
    }
    var forward = try training()
    let all = try (1...60).map { try forward.update($0) }
    var jumping = try training()
    // Neighbours, far ones, and to and fro over what is known.
    for number in [60, 59, 58, 57, 1, 2, 3, 30, 29, 31, 60, 5, 4, 44, 45] {
      #expect(try jumping.update(number) == all[number - 1])
    }
  }
}
