import ConvolutionEngine
import CursesTerminal
import Synchronization

/// Evaluates layers beside the screen, so that it stays responsive, and wakes the terminal when
/// done. Starting another evaluation replaces the one that runs.
final class BackgroundEvaluation: Sendable {
  typealias Outcome = Result<Activations, ArithmeticError>

  private struct State {
    var number = 0
    var outcome: Outcome?
  }

  private let state = Mutex(State())

  func start(_ activations: Activations, inputsOf layer: Int) {
    let number = state.withLock { state in
      state.number += 1
      state.outcome = nil
      return state.number
    }
    Task.detached { [self] in
      let outcome = Self.evaluate(activations, inputsOf: layer)
      state.withLock { state in
        if state.number == number { state.outcome = outcome }
      }
      Terminal.wake()
    }
  }

  /// What an evaluation came to, once.
  func takeResult() -> Outcome? {
    state.withLock { state in
      defer { state.outcome = nil }
      return state.outcome
    }
  }

  static func evaluate(_ activations: Activations, inputsOf layer: Int) -> Outcome {
    var activations = activations
    do throws(ArithmeticError) {
      try activations.evaluateInputs(of: layer)
      return .success(activations)
    } catch {
      return .failure(error)
    }
  }
}
