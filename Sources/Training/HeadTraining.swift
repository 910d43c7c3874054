import ConvolutionEngine
import ExactNumbers

/// A dense layer that learns to tell classes apart, one example at a time, every number exact.
///
/// Under the hinge loss `Σ max(0, s_j − s_y + 1)` over all classes `j` but the example's own, `y`, each
/// class that comes too near, its share above 0, loses rate × features from its weights and rate from
/// its bias, and the class `y` gains as many times that. So after `n` updates the weights are
///
/// ```
/// W_n = W_0 + rate · Σ over the examples of (coefficient · features)
/// ```
///
/// with a whole number for each example and class. That makes every number exact for ever, and any
/// update quick to find without a history of weights: of an update nothing is kept but which classes
/// came too near, from which the coefficients up to it are counted, and its weights are one sum over
/// the examples. From an update to the next or the one before it is one step of that sum.
package struct HeadTraining: Sendable, Equatable {
  /// The layer as it was before.
  package let layer: Layer
  package let examples: [Example]
  package let rate: Ratio
  /// What is known of the updates so far.
  package private(set) var history: [Past] = []

  private let scale: Scale
  /// The weights after all updates that are known.
  private var last: Weights
  /// Those that were asked for last, and after how many updates they are.
  private var shown: (count: Int, weights: Weights)

  /// What the layer reads of one example, and the class that it is of.
  package struct Example: Sendable, Equatable {
    package let features: Tensor
    package let label: Int

    package init(features: Tensor, label: Int) {
      self.features = features
      self.label = label
    }
  }

  /// What is kept of an update.
  package struct Past: Sendable, Equatable {
    /// The classes that came too near, in order.
    package let tooNear: [Int]
    package let loss: Ratio
    /// Whether the example's own class had the largest score, alone, before.
    package let isHit: Bool
    /// The losses up to this one, added up; nil beyond 128 bits.
    package let lossSoFar: Ratio?
    package let hitsSoFar: Int
  }

  /// - Parameter layer: a dense one, with exact numbers.
  /// - Throws: `TrainingError` where the numbers do not go together or not into 128 bits.
  package init(
    _ layer: Layer, examples: [Example], rate: Ratio
  ) throws(TrainingError) {
    let parameters = try HeadTraining.checked(layer, labels: examples.map(\.label), rate: rate)
    for example in examples {
      precondition(example.features.shape == layer.input, "what the layer reads of an example")
    }
    self.layer = layer
    self.examples = examples
    self.rate = rate.reduced
    scale = try Scale(parameters, examples: examples, rate: self.rate)
    last = try scale.weights(of: parameters)
    shown = (0, last)
  }

  /// Whether a layer can learn at all.
  ///
  /// - Parameter labels: the examples' classes.
  /// - Throws: `TrainingError` where it cannot, whatever the features are.
  package static func check(
    _ layer: Layer, labels: [Int], rate: Ratio
  ) throws(TrainingError) {
    _ = try checked(layer, labels: labels, rate: rate)
  }

  private static func checked(
    _ layer: Layer, labels: [Int], rate: Ratio
  ) throws(TrainingError) -> Parameters {
    guard layer.form == .dotProducts, let parameters = layer.parameters else {
      throw .notDense(layer.name)
    }
    guard parameters.isExact else { throw .notExact(layer.name) }
    guard !labels.isEmpty else { throw .noExamples }
    guard rate > .zero else { throw .rate(rate) }
    for (index, label) in labels.enumerated() where !(0..<parameters.filters).contains(label) {
      throw .label(label, example: index, classes: parameters.filters)
    }
    return parameters
  }

  /// Two are equal that learn the same and are as far.
  package static func == (first: HeadTraining, second: HeadTraining) -> Bool {
    first.history.count == second.history.count && first.rate == second.rate
      && first.layer == second.layer && first.examples == second.examples
  }

  /// The example of an update; they come in their order, again and again.
  package func example(ofUpdate number: Int) -> Int { (number - 1) % examples.count }

  /// Makes updates until so many are known.
  package mutating func advance(to count: Int) throws(TrainingError) {
    while history.count < count {
      let index = example(ofUpdate: history.count + 1)
      let scores = try scale.scores(last, index)
      let label = examples[index].label
      let near = scale.tooNear(scores, label)
      let loss = try scale.loss(scores, near, label)
      let best = scores.indices.filter { $0 != label && scores[$0] >= scores[label] }
      try scale.update(&last, example: index, tooNear: near, label: label)
      let before = history.last
      history.append(
        Past(
          tooNear: near, loss: loss, isHit: best.isEmpty,
          lossSoFar: before == nil ? loss : before?.lossSoFar?.adding(loss),
          hitsSoFar: (before?.hitsSoFar ?? 0) + (best.isEmpty ? 1 : 0)))
    }
  }

  /// One update in full.
  ///
  /// - Parameter number: from 1.
  package mutating func update(_ number: Int) throws(TrainingError) -> HeadUpdate {
    try advance(to: number)
    let index = example(ofUpdate: number)
    let past = history[number - 1]
    var weights = try weights(after: number - 1)
    let before = try scale.scores(weights, index)
    let label = examples[index].label
    let old = scale.numbers(weights)
    try scale.update(&weights, example: index, tooNear: past.tooNear, label: label)
    let after = try scale.scores(weights, index)
    let new = scale.numbers(weights)
    var changed: [HeadUpdate.Change] = []
    if !past.tooNear.isEmpty {
      let times = [(label, Int128(past.tooNear.count))] + past.tooNear.map { ($0, -1) }
      changed = times.sorted { $0.0 < $1.0 }.map { map, times in
        HeadUpdate.Change(
          class: map, times: times, before: old.row(map, layer), after: new.row(map, layer),
          biasBefore: old.bias?[map], biasAfter: new.bias?[map])
      }
    }
    return HeadUpdate(
      number: number, example: index, label: label, features: examples[index].features,
      scoresBefore: before.map(scale.score), scoresAfter: after.map(scale.score),
      tooNear: past.tooNear, loss: past.loss,
      lossAfter: try scale.loss(
        after, scale.tooNear(after, label), label), changes: changed)
  }

  /// The layer's numbers after so many updates.
  package mutating func parameters(after count: Int) throws(TrainingError) -> GivenParameters {
    try advance(to: count)
    let numbers = scale.numbers(try weights(after: count))
    return GivenParameters(weights: numbers.weights, bias: numbers.bias)
  }

  /// How many whole times each example counts for each class after so many updates.
  package func coefficients(after count: Int) -> [[Int128]] {
    var all = [[Int128]](
      repeating: Array(repeating: 0, count: layer.output.count), count: examples.count)
    for number in 0..<count {
      let index = example(ofUpdate: number + 1)
      let near = history[number].tooNear
      all[index][examples[index].label] += Int128(near.count)
      for map in near { all[index][map] -= 1 }
    }
    return all
  }

  private mutating func weights(after count: Int) throws(TrainingError) -> Weights {
    if count == history.count { return last }
    if abs(count - shown.count) < examples.count {
      while shown.count < count { try stepShown(forward: true) }
      while shown.count > count { try stepShown(forward: false) }
    } else {
      shown = (count, try sum(after: count))
    }
    return shown.weights
  }

  /// Makes one update more, or takes the last one back.
  private mutating func stepShown(forward: Bool) throws(TrainingError) {
    let number = forward ? shown.count + 1 : shown.count
    let index = example(ofUpdate: number)
    let near = history[number - 1].tooNear
    let sign: Int128 = forward ? 1 : -1
    let changes = [(examples[index].label, Int128(near.count))] + near.map { ($0, -1) }
    for (map, times) in changes where times != 0 {
      try scale.add(&shown.weights, example: index, to: map, times: sign * times)
    }
    shown.count += forward ? 1 : -1
  }

  /// The weights after so many updates: the first ones, and a sum over the examples.
  private func sum(after count: Int) throws(TrainingError) -> Weights {
    guard let parameters = layer.parameters else { throw .notDense(layer.name) }
    var weights = try scale.weights(of: parameters)
    for (index, row) in coefficients(after: count).enumerated() {
      for (map, times) in row.enumerated() where times != 0 {
        try scale.add(&weights, example: index, to: map, times: times)
      }
    }
    return weights
  }
}

/// One step of learning.
package struct HeadUpdate: Sendable, Equatable {
  /// From 1.
  package let number: Int
  package let example: Int
  package let label: Int
  package let features: Tensor
  package let scoresBefore: [Ratio]
  package let scoresAfter: [Ratio]
  package let tooNear: [Int]
  package let loss: Ratio
  package let lossAfter: Ratio
  /// The classes whose weights change; none where no class came too near.
  package let changes: [Change]

  package struct Change: Sendable, Equatable {
    package let `class`: Int
    /// How many times rate × features is added to its weights, and the rate to its bias.
    package let times: Int128
    package let before: [Number]
    package let after: [Number]
    package let biasBefore: Number?
    package let biasAfter: Number?
  }
}

extension GivenParameters {
  fileprivate func row(_ map: Int, _ layer: Layer) -> [Number] {
    let count = layer.input.count
    return (map * count..<(map + 1) * count).map { weights?[$0] ?? .zero }
  }
}
