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

  /// A line a layer with weights, windows or a normalization: its gradients' times in microseconds,
  /// and how many evaluations each takes; of a network then all of the way back, and how many of the
  /// way forward.
  func show() throws {
    var activations = Activations(network, input: input)
    let last = network.layers.count - 1
    let forward = try Clock.userTime { try activations.evaluate(last, settings: settings) }
    let loss = try network.upstream(upstream(network.layers[last].output), ofLayer: last)
    var backward = Backward(activations, from: loss)
    if network.layers.count > 1, let first = network.layers.first(where: { $0.parameters != nil }) {
      let start = backward
      let back = try Clock.userTime {
        _ = try backward.evaluate(.source(.layer(first.index)), settings: settings)
      }
      print(
        "  all: \(text(forward)) forward, back to \(first.name) \(text(back, times: forward))")
      backward = start
    }
    for layer in network.layers.reversed()
    where layer.parameters != nil || layer.windows != nil || layer.normalization != nil {
      try show(layer, activations, &backward)
    }
  }

  private func show(
    _ layer: Layer, _ activations: Activations, _ backward: inout Backward
  ) throws {
    let upstream = try backward.evaluate(.source(.layer(layer.index)), settings: settings)
    let wide = try evaluationTime(layer, asWideAs: upstream)
    var targets = [("input", GradientTarget.source(layer.sources[0]))]
    let weights = GradientTarget.weights(layer: layer.index)
    if network.shape(of: weights) != nil { targets.append(("weights", weights)) }
    let texts = try targets.map { name, target in
      let time = try gradientTime(target, layer, activations, upstream)
      return "\(name) \(text(time, times: wide))"
    }
    let widths = ([upstream] + (activations.inputs(of: layer.index) ?? [])).map(\.widthText)
    print(
      "  \(layer.name): what flows back \(widths[0]), input \(widths[1]); forward \(text(wide)), "
        + texts.joined(separator: ", "))
  }

  private func text(_ time: Double) -> String { "\(Int(time / 1_000)) µs" }

  private func text(_ time: Double, times other: Double) -> String {
    "\(text(time)) (\((time / other * 10).rounded() / 10)×)"
  }

  /// What flows back to the end: whole numbers of two digits, or float32 ones.
  private func upstream(_ shape: Shape) -> Tensor {
    let numbers = SeededSequence(seed: 5, layer: 1, low: -99, high: 99)
    guard network.layers.allSatisfy({ $0.parameters?.isExact != false }), input.isExact else {
      return .float32(shape, (0..<shape.count).map { Float(numbers[$0]) * 0.37 })
    }
    return Tensor(shape, Integers((0..<shape.count).map { Int64(numbers[$0]) }))
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
    return try Clock.bestUserTime { _ = try arithmetic.evaluate(settings: settings) }
  }

  /// The layer over an input whose numbers go as far as a gradient's.
  private func evaluationTime(_ layer: Layer, asWideAs gradient: Tensor) throws -> Double {
    let sequence = SeededSequence(seed: 3, layer: 1, low: 0, high: gradient.shape.count - 1)
    let places = (0..<layer.input.count).map { sequence[$0] }
    let numbers: Tensor
    if let numerators = gradient.numerators {
      numbers = Tensor(layer.input, places.map { numerators[$0] })
    } else {
      let floats = gradient.floats ?? [0]
      numbers = .float32(layer.input, places.map { floats[$0 % floats.count] })
    }
    return try Clock.bestUserTime { _ = try layer.evaluate([numbers], settings: settings) }
  }
}

extension Tensor {
  /// The bits of its largest number.
  fileprivate var widthText: String {
    guard let bounds = numerators?.bounds else { return "float32" }
    let largest = max(bounds.lowerBound.magnitude, bounds.upperBound.magnitude)
    return "\(UInt128.bitWidth - largest.leadingZeroBitCount) bits"
  }
}
