import ConvolutionEngine
import CursesTerminal
import FastEvaluation
import Player

/// Evaluates layers beside the screen, and wakes the terminal when done and now and then before.
/// Starting another evaluation replaces the one that runs.
final class BackgroundEvaluation: Sendable {
  typealias Outcome = Result<Activations, ArithmeticError>
  /// How far it is, 0 to 1, and the layers finished so far.
  typealias Partial = (fraction: Double, activations: Activations)

  private let work = BackgroundWork<Outcome>()
  private let progress = BackgroundProgress<Partial>()

  /// - Parameter layers: those to evaluate, each after what it takes.
  func start(_ activations: Activations, _ layers: [Int]) {
    progress.begin()
    work.start { [self] isWanted in
      var activations = activations
      do throws(ArithmeticError) {
        try activations.evaluate(layers) { [self] done, finished in
          guard isWanted() else { return false }
          progress.tell((done, finished))
          return true
        }
        return .success(activations)
      } catch {
        if case .cancelled = error { return nil }
        return .failure(error)
      }
    }
  }

  /// Ends what runs; nothing comes of it any more.
  func cancel() {
    work.cancel()
    progress.begin()
  }

  /// What an evaluation came to, once.
  func takeResult() -> Outcome? { work.take() }

  /// How far it is, if that was told since.
  func takeProgress() -> Partial? { progress.take() }
}
