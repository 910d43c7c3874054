import ConvolutionEngine
import ExactNumbers
import FastEvaluation

/// How long a work's gradients take, each against the layer's own evaluation over numbers that are as
/// wide as those that flow back.
struct WayBack {
  private let network: Network
  private let input: Tensor
  private let settings: EvaluationSettings

  init(_ work: Work, threads: Int) throws {
    (network, input) = try work.made()
    settings = EvaluationSettings(threads: threads)
  }

  /// A line a layer with weights: its gradients' times in microseconds, and how many evaluations
  /// each takes; then all of the way back, and how many of the way forward.
  func show() throws {
    var activations = Activations(network, input: input)
    let last = network.layers.count - 1
    let forward = try Clock.time { try activations.evaluate(last, settings: settings) }
    let start = Backward(activations, from: network.sum(ofLayer: last))
    guard let first = network.layers.first(where: { $0.parameters != nil }) else { return }
    var backward = start
    let back = try Clock.time {
      _ = try backward.evaluate(.weights(layer: first.index), settings: settings)
    }
    for layer in network.layers.reversed() where layer.parameters != nil {
      let upstream = try backward.evaluate(.source(.layer(layer.index)), settings: settings)
      let wide = try evaluationTime(layer, asWideAs: upstream)
      let targets = [GradientTarget.source(layer.sources[0]), .weights(layer: layer.index)]
      let texts = try targets.map { target in
        let time = try gradientTime(target, layer, activations, upstream)
        return "\(Int(time / 1_000)) µs (\((time / wide * 10).rounded() / 10)×)"
      }
      print("  \(layer.name): input \(texts[0]), weights \(texts[1])")
    }
    print(
      "\(Int(back)) ns back, \(Int(forward)) ns forward: \((back / forward * 10).rounded() / 10)×")
  }

  private func gradientTime(
    _ target: GradientTarget, _ layer: Layer, _ activations: Activations, _ upstream: Tensor
  ) throws -> Double {
    guard let inputs = activations.inputs(of: layer.index),
      let output = activations.output(of: layer.index)
    else { return 0 }
    let reader = GradientReader(
      layer, branch: 0, inputs: inputs, output: output, upstream: upstream)
    let arithmetic = try GradientArithmetic(target, in: network, readers: [reader])
    return try Clock.best { _ = try arithmetic.evaluate(settings: settings) }
  }

  /// The layer over an input whose numbers go as far as a gradient's.
  private func evaluationTime(_ layer: Layer, asWideAs gradient: Tensor) throws -> Double {
    let numbers: Tensor
    if let numerators = gradient.numerators, numerators.count > 0 {
      let sequence = SeededSequence(seed: 3, layer: 1, low: 0, high: numerators.count - 1)
      numbers = Tensor(
        layer.input, (0..<layer.input.count).map { numerators[sequence[$0]] })
    } else {
      numbers = .float32(layer.input, (0..<layer.input.count).map { Float($0 % 999) * 0.37 })
    }
    return try Clock.best { _ = try layer.evaluate([numbers], settings: settings) }
  }
}
