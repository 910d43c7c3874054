import CursesTerminal
import Dispatch
import Synchronization

/// Work beside the screen, so that it stays responsive; wakes the terminal when it is done. Starting
/// other work replaces what runs.
final class BackgroundWork<Outcome: Sendable>: Sendable {
  private struct State {
    /// Counts what was started and cancelled: work with another number ends.
    var number = 0
    var outcome: Outcome?
  }

  private let state = Mutex(State())
  private let isDone = DispatchSemaphore(value: 0)

  /// - Parameter work: is told by a call whether it is still wanted; nil where it ended early.
  func start(_ work: @escaping @Sendable (_ isWanted: @escaping () -> Bool) -> Outcome?) {
    let number = replace()
    Task.detached { [self] in
      Terminal.guardThread()
      let outcome = work { [self] in isWanted(number) }
      guard let outcome else { return }
      state.withLock { state in
        if state.number == number { state.outcome = outcome }
      }
      isDone.signal()
      Terminal.wake()
    }
  }

  /// Ends what runs; nothing comes of it any more.
  func cancel() { replace() }

  /// What the work came to, once.
  func take() -> Outcome? {
    state.withLock { state in
      defer { state.outcome = nil }
      return state.outcome
    }
  }

  /// The same, where it comes to something within a while.
  func take(within patience: Duration) -> Outcome? {
    let end = ContinuousClock.now + patience
    repeat {
      if let outcome = take() { return outcome }
      let left = end - .now
      // Earlier work may have been done that nobody waits for.
      _ = isDone.wait(timeout: .now() + .nanoseconds(max(0, Int(left / .nanoseconds(1)))))
    } while ContinuousClock.now < end
    return take()
  }

  private func isWanted(_ number: Int) -> Bool { state.withLock { $0.number == number } }

  @discardableResult
  private func replace() -> Int {
    state.withLock { state in
      state.number += 1
      state.outcome = nil
      return state.number
    }
  }
}
