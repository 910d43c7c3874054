import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// What flows back to something, asked for by the player and found out outside of `update`.
package struct GradientWork: Sendable, Equatable {
  /// What has been computed so far.
  let backward: Backward
  let target: GradientTarget

  /// Gradients of more numbers are not computed as a whole: each number is shown alone.
  private static let most = 4_000_000
  /// The way back takes about three times as long as the way there.
  private static let forwardShare = 0.25

  /// Whether it takes no longer than a moment.
  var isNear: Bool {
    backward.network.layers.reduce(0) { $0 + $1.multiplyAdds + $1.output.count } < 1 << 20
  }

  /// What was found out.
  package struct Found: Sendable, Equatable {
    let target: GradientTarget
    fileprivate(set) var backward: Backward
    /// All of it; nil where it is too large for that, or one of its numbers does not fit.
    fileprivate(set) var gradient: Tensor?
    /// How wide its numbers get.
    fileprivate(set) var width = ShownWalk.widestColumn
    /// How wide those get that flow back to it.
    fileprivate(set) var upstreamWidth = 1
    /// How far from zero its numbers get, and how far those that flow back to it.
    fileprivate(set) var reach = 0.0
    fileprivate(set) var upstreamReach = 0.0
    /// Why nothing can flow back.
    fileprivate(set) var failure: ArithmeticError?
  }

  /// - Parameter goesOn: told now and then how far it is, 0 to 1; ends it by false.
  /// - Returns: nil where it was ended.
  package func run(goesOn: @escaping (Double) -> Bool = { _ in true }) -> Found? {
    var found = Found(target: target, backward: backward)
    do throws(ArithmeticError) {
      try evaluate(&found, goesOn)
    } catch {
      if case .cancelled = error { return nil }
      found.failure = error
      return found
    }
    for (layer, _) in found.backward.readers(of: target) {
      guard let upstream = found.backward.gradient(of: .layer(layer)) else { continue }
      found.upstreamWidth = max(
        found.upstreamWidth, upstream.widestText(atMost: ShownWalk.widestColumn))
      found.upstreamReach = max(found.upstreamReach, upstream.reach)
    }
    if let gradient = found.gradient {
      found.width = gradient.widestText(atMost: ShownWalk.widestColumn)
      found.reach = gradient.reach
    }
    return found
  }

  private func evaluate(
    _ found: inout Found, _ goesOn: @escaping (Double) -> Bool
  ) throws(ArithmeticError) {
    var activations = backward.activations
    var start = 0.0
    if case .layer(let last) = backward.loss.source, activations.output(of: last) == nil {
      start = GradientWork.forwardShare
      let layers = activations.missing(before: last) + [last]
      try activations.evaluate(layers) { done, _ in goesOn(done * GradientWork.forwardShare) }
      found.backward = Backward(activations, from: backward.loss)
    }
    let count = Double(found.backward.missing(for: target).count)
    var settings = EvaluationSettings.everyProcessor
    settings.progress = { goesOn(start + $0 * (1 - start)) }
    try found.backward.evaluateReaders(of: target, settings: settings)
    guard let shape = backward.network.shape(of: target), shape.count <= GradientWork.most else {
      return
    }
    settings.progress = { goesOn(start + (count + $0) / (count + 1) * (1 - start)) }
    do throws(ArithmeticError) {
      found.gradient = try found.backward.evaluate(target, settings: settings)
    } catch .cancelled {
      throw .cancelled
    } catch {
      // Each number says itself what is wrong with it.
      found.gradient = nil
    }
  }
}

extension Tensor {
  /// The magnitude of the number farthest from zero.
  fileprivate var reach: Double {
    let (low, high, _) = result(of: Extremes(places: 0..<shape.count))
    return max(abs(low.nearestDouble), abs(high.nearestDouble))
  }
}

extension Activations {
  /// Evaluates layers, each after what it takes.
  ///
  /// - Parameter goesOn: told now and then how far it is, 0 to 1, and what was finished; ends the
  ///   evaluation by false.
  /// - Throws: `ArithmeticError.cancelled` where it was ended.
  package mutating func evaluate(
    _ missing: [Int], goesOn: @escaping (Double, Activations) -> Bool
  ) throws(ArithmeticError) {
    let layers = network.layers
    let total = missing.reduce(0.0) { $0 + Double(layers[$1].work) }
    var done = 0.0
    for index in missing {
      let (before, work, finished) = (done, Double(layers[index].work), self)
      var settings = EvaluationSettings.everyProcessor
      settings.progress = { share in
        goesOn(total > 0 ? (before + share * work) / total : 0, finished)
      }
      try evaluate(index, settings: settings)
      done += work
    }
  }
}

extension Backward: Equatable {
  /// Two are equal when they came from the same loss and numbers and hold the same gradients.
  package static func == (first: Backward, second: Backward) -> Bool {
    first.loss == second.loss && first.activations == second.activations
      && ([.input] + first.network.layers.map { .layer($0.index) }).allSatisfy {
        first.gradient(of: $0) == second.gradient(of: $0)
      }
  }
}
