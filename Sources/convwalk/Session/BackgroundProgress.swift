import CursesTerminal
import Synchronization

/// How far work beside the screen is: kept until the screen takes it, and told only now and then.
final class BackgroundProgress<Value: Sendable>: Sendable {
  private struct State {
    var told = ContinuousClock.now
    var value: Value?
  }

  private let state = Mutex(State())

  /// Nothing is told of what takes no longer than a blink.
  private static var blink: Duration { .milliseconds(200) }

  /// Forgets what was told of other work.
  func begin() { state.withLock { $0 = State() } }

  /// Keeps it and wakes the terminal, unless that was done just now.
  func tell(_ value: Value) {
    let isDue = state.withLock { state in
      guard ContinuousClock.now - state.told > Self.blink else { return false }
      state = State(value: value)
      return true
    }
    if isDue { Terminal.wake() }
  }

  /// How far it is, if that was told since.
  func take() -> Value? {
    state.withLock { state in
      defer { state.value = nil }
      return state.value
    }
  }
}
