import ConvolutionEngine
import CursesTerminal
import FastEvaluation
import Player
import Synchronization

/// Evaluates layers beside the screen, so that it stays responsive, and wakes the terminal when
/// done and now and then before. Starting another evaluation replaces the one that runs.
final class BackgroundEvaluation: Sendable {
  typealias Outcome = Result<Activations, ArithmeticError>
  /// How far it is, 0 to 1, and the layers finished so far.
  typealias Progress = (fraction: Double, activations: Activations)

  private struct State {
    /// Counts what was started and cancelled: an evaluation with another number ends.
    var number = 0
    var outcome: Outcome?
    var progress: Progress?
  }

  private let state = Mutex(State())

  /// Nothing is told of what takes no longer than a blink.
  private static let blink = Duration.milliseconds(200)

  func start(_ activations: Activations, inputsOf layer: Int) {
    let number = replace()
    Task.detached { [self] in
      Terminal.guardThread()
      var told = ContinuousClock.now
      let outcome = Self.evaluate(activations, inputsOf: layer) { [self] progress in
        let isWanted = state.withLock { $0.number == number }
        if isWanted, ContinuousClock.now - told > Self.blink {
          told = ContinuousClock.now
          tell(progress, number)
        }
        return isWanted
      }
      guard let outcome else { return }
      state.withLock { state in
        if state.number == number { state.outcome = outcome }
      }
      Terminal.wake()
    }
  }

  /// Ends what runs; nothing comes of it any more.
  func cancel() { replace() }

  /// What an evaluation came to, once.
  func takeResult() -> Outcome? {
    state.withLock { state in
      defer { state.outcome = nil }
      return state.outcome
    }
  }

  /// How far it is, if that was told since.
  func takeProgress() -> Progress? {
    state.withLock { state in
      defer { state.progress = nil }
      return state.progress
    }
  }

  @discardableResult
  private func replace() -> Int {
    state.withLock { state in
      state.number += 1
      state.outcome = nil
      state.progress = nil
      return state.number
    }
  }

  private func tell(_ progress: Progress, _ number: Int) {
    state.withLock { state in
      if state.number == number { state.progress = progress }
    }
    Terminal.wake()
  }

  /// - Parameter goesOn: told now and then how far it is; ends the evaluation by false.
  /// - Returns: nil where it was ended.
  static func evaluate(
    _ activations: Activations, inputsOf layer: Int,
    goesOn: @escaping (Progress) -> Bool = { _ in true }
  ) -> Outcome? {
    var activations = activations
    let missing = activations.missing(before: layer)
    let layers = activations.network.layers
    let total = missing.reduce(0.0) { $0 + Double(layers[$1].work) }
    var done = 0.0
    do throws(ArithmeticError) {
      for index in missing {
        let (before, work, finished) = (done, Double(layers[index].work), activations)
        var settings = EvaluationSettings.everyProcessor
        settings.progress = { share in
          goesOn((total > 0 ? (before + share * work) / total : 0, finished))
        }
        try activations.evaluate(index, settings: settings)
        done += work
      }
      return .success(activations)
    } catch {
      if case .cancelled = error { return nil }
      return .failure(error)
    }
  }
}
