import ConvolutionEngine
import CursesTerminal
import FastEvaluation
import Player
import Synchronization

/// Evaluates layers beside the screen, and wakes the terminal when done and now and then before.
/// Starting another evaluation replaces the one that runs.
final class BackgroundEvaluation: Sendable {
  typealias Outcome = Result<Activations, ArithmeticError>
  /// How far it is, 0 to 1, and the layers finished so far.
  typealias Progress = (fraction: Double, activations: Activations)

  private let work = BackgroundWork<Outcome>()
  private let progress = Mutex<Progress?>(nil)

  /// Nothing is told of what takes no longer than a blink.
  private static let blink = Duration.milliseconds(200)

  func start(_ activations: Activations, inputsOf layer: Int) {
    progress.withLock { $0 = nil }
    work.start { [self] isWanted in
      var told = ContinuousClock.now
      return Self.evaluate(activations, inputsOf: layer) { [self] now in
        guard isWanted() else { return false }
        if ContinuousClock.now - told > Self.blink {
          told = ContinuousClock.now
          progress.withLock { $0 = now }
          Terminal.wake()
        }
        return true
      }
    }
  }

  /// Ends what runs; nothing comes of it any more.
  func cancel() {
    work.cancel()
    progress.withLock { $0 = nil }
  }

  /// What an evaluation came to, once.
  func takeResult() -> Outcome? { work.take() }

  /// How far it is, if that was told since.
  func takeProgress() -> Progress? {
    progress.withLock { progress in
      defer { progress = nil }
      return progress
    }
  }

  /// - Parameter goesOn: told now and then how far it is; ends the evaluation by false.
  /// - Returns: nil where it was ended.
  private static func evaluate(
    _ activations: Activations, inputsOf layer: Int,
    goesOn: @escaping (Progress) -> Bool
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
