import ConvolutionEngine
import ExactNumbers

/// A network, its numbers, a loss, and the gradients computed so far: the way back of `Activations`.
///
/// Only layers between the loss and what is asked for are computed.
package struct Backward: Sendable {
  package let loss: PlacedLoss
  package private(set) var activations: Activations
  /// Whether the loss depends on a layer.
  private let isReached: [Bool]
  /// Which layers read each source, and as which of their inputs.
  private let readers: [Source: [(layer: Int, branch: Int)]]
  private var gradients: [Source: Tensor] = [:]

  package var network: Network { activations.network }

  package init(_ activations: Activations, from loss: PlacedLoss) {
    self.activations = activations
    self.loss = loss
    let layers = activations.network.layers
    var isReached = layers.map { .layer($0.index) == loss.source }
    var readers: [Source: [(layer: Int, branch: Int)]] = [:]
    for layer in layers.reversed() where isReached[layer.index] {
      for (branch, source) in layer.sources.enumerated() {
        if case .layer(let index) = source { isReached[index] = true }
        readers[source, default: []].append((layer.index, branch))
      }
    }
    self.isReached = isReached
    // In the order in which the layers stand.
    self.readers = readers.mapValues { $0.sorted { ($0.layer, $0.branch) < ($1.layer, $1.branch) } }
  }

  /// Whether the loss depends on it at all.
  package func reaches(_ target: GradientTarget) -> Bool {
    switch target {
    case .source(let source): source == loss.source || readers[source] != nil
    case .weights(let layer), .bias(let layer): isReached[layer]
    }
  }

  /// The layers that read something, and as which of their inputs, as far as the loss depends on
  /// them; the layer itself for its weights and biases.
  package func readers(of target: GradientTarget) -> [(layer: Int, branch: Int)] {
    switch target {
    case .source(let source): source == loss.source ? [] : readers[source] ?? []
    case .weights(let layer), .bias(let layer): [(layer, 0)]
    }
  }

  /// A gradient if it has been computed.
  package func gradient(of source: Source) -> Tensor? { gradients[source] }

  /// Computes, once, all that flows back to something: the gradients of the layers that read it.
  ///
  /// - Parameter target: one that the loss reaches.
  package mutating func evaluateReaders(
    of target: GradientTarget, settings: EvaluationSettings = .everyProcessor
  ) throws(ArithmeticError) {
    if case .layer(let index) = loss.source {
      try activations.evaluate(index, settings: settings)
    }
    let missing = missing(for: target)
    for (done, index) in missing.enumerated() {
      let (start, end) = (Double(done), Double(done + 1))
      let count = Double(missing.count + 1)
      let part = settings.part(from: start / count, to: end / count)
      gradients[.layer(index)] = try evaluated(.source(.layer(index)), part)
    }
  }

  /// The gradients that are still to be computed, the last layer's first.
  package func missing(for target: GradientTarget) -> [Int] {
    var needed: Set<Int> = []
    var rest = readers(of: target).map(\.layer)
    while let index = rest.popLast() {
      guard gradients[.layer(index)] == nil, needed.insert(index).inserted else { continue }
      rest += readers(of: .source(.layer(index))).map(\.layer)
    }
    return needed.sorted(by: >)
  }

  /// Computes a gradient, once, with all that it takes.
  ///
  /// - Parameter target: one that the loss reaches, and that there is.
  package mutating func evaluate(
    _ target: GradientTarget, settings: EvaluationSettings = .everyProcessor
  ) throws(ArithmeticError) -> Tensor {
    if case .source(let source) = target, let gradient = gradients[source] { return gradient }
    try evaluateReaders(of: target, settings: settings)
    let gradient = try evaluated(target, settings)
    if case .source(let source) = target { gradients[source] = gradient }
    return gradient
  }

  /// How one number comes about, at the cost of its products; nil until all that flows back to it
  /// has been computed.
  package func account(
    of cell: Cell, in target: GradientTarget
  ) throws(ArithmeticError) -> GradientAccount? {
    let name = network.name(of: target)
    if target == .source(loss.source) {
      guard let scores = activations.tensor(of: loss.source) else { return nil }
      return try loss.loss.account(of: cell, at: loss.source, over: scores, named: name)
    }
    return try arithmetic(target)?.account(of: cell)
  }

  /// The loss itself; nil where nobody knows it, and until its scores have been computed.
  package var lossValue: Number? {
    activations.tensor(of: loss.source).flatMap { loss.loss.value(over: $0) }
  }

  private func evaluated(
    _ target: GradientTarget, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> Tensor {
    if target == .source(loss.source), let scores = activations.tensor(of: loss.source) {
      return try loss.loss.gradient(over: scores, named: network.name(of: target))
    }
    guard let arithmetic = try arithmetic(target) else {
      preconditionFailure("what flows back has just been computed")
    }
    return try arithmetic.evaluate(settings: settings)
  }

  /// nil until all that flows back to the target has been computed.
  private func arithmetic(
    _ target: GradientTarget
  ) throws(ArithmeticError) -> GradientArithmetic? {
    var all: [GradientReader] = []
    for (index, branch) in readers(of: target) {
      guard let inputs = activations.inputs(of: index), let output = activations.output(of: index),
        let upstream = gradients[.layer(index)]
      else { return nil }
      all.append(
        GradientReader(
          network.layers[index], branch: branch, inputs: inputs, output: output,
          upstream: upstream))
    }
    return try GradientArithmetic(target, in: network, readers: all)
  }
}
