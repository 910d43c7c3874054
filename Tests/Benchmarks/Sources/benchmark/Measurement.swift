import ConvolutionEngine
import ExactNumbers
import FastEvaluation

/// The best times of a work's evaluation and of each of its layers, in nanoseconds.
struct Measurement {
  private let network: Network
  private let input: Tensor
  private let settings: EvaluationSettings
  /// Made beforehand, as the libraries make theirs.
  private let filters: [ReadyFilters?]
  private var best = Double.infinity
  private var layers: [Double]

  init(_ work: Work, threads: Int) throws {
    (network, input) = try work.made()
    let settings = EvaluationSettings(threads: threads)
    self.settings = settings
    filters = try network.layers.map { layer in
      layer.parameters == nil || layer.output.plane == 1
        ? nil : try ReadyFilters(layer, isExact: work.numbers == .integers, settings: settings)
    }
    layers = Array(repeating: .infinity, count: network.layers.count)
  }

  mutating func run(seconds: Double) throws {
    let start = Clock.now
    repeat {
      var total = 0.0
      var tensor = input
      // One clock reading costs as much as a small layer does.
      let repetitions = network.multiplyAdds < 10_000 ? 1_000 : 1
      for (index, layer) in network.layers.enumerated() {
        var output = tensor
        let before = Clock.now
        for _ in 0..<repetitions {
          output = try layer.evaluate([tensor], settings: settings, filters: filters[index])
        }
        let time = (Clock.now - before) / Double(repetitions)
        tensor = output
        total += time
        layers[index] = min(layers[index], time)
      }
      best = min(best, total)
    } while Clock.now - start < seconds * 1e9
  }

  func show(isDetailed: Bool) {
    print(Int(best))
    guard isDetailed else { return }
    for (layer, time) in zip(network.layers, layers) {
      let rate = Int(Double(layer.multiplyAdds) / time)
      print("  \(layer.name): \(Int(time / 1_000)) µs, \(rate) multiply-adds a nanosecond")
    }
  }
}
