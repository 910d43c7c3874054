import CNcurses
import Canvas
import Glibc

extension Terminal {
  /// Waits for the next event.
  ///
  /// Ctrl-Z, and being stopped and continued by others, happen in here and end in `.resized`.
  /// - Parameter timeoutMilliseconds: after so long without one, `.tick`; nil waits for ever.
  ///   The time counts from this call: a program with a beat passes what is left of it.
  /// - Returns: `.tick` also when `wake` was called, and when all that `hasPendingInput` saw has
  ///   turned out to be no event. After `.interrupted` nothing else follows.
  package func nextEvent(timeoutMilliseconds: Int? = nil) -> Event {
    let deadline = timeoutMilliseconds.map { now() + max(0, $0) }
    while true {
      if let event = noticedEvent() ?? waitingEvent() { return event }
      // Input for which a frame was held back, and that turned out to be no event, brings none.
      if wasWoken || holdsFrameBack && !session_wait(0) {
        wasWoken = false
        holdsFrameBack = false
        return .tick
      }
      if session_wait(milliseconds(until: [deadline, decoder.deadline])) {
        waiting = readInputs().map { $0[...] } ?? decoder.giveUp()[...]
        continue
      }
      waiting = decoder.settle(at: now())[...]
      if waiting.isEmpty, let deadline, now() >= deadline { return .tick }
    }
  }

  /// Whether input is there already: a frame drawn now would be outdated at once, and on a slow
  /// line would hold up the ones that matter.
  package func hasPendingInput() -> Bool {
    holdsFrameBack = !waiting.isEmpty || session_wait(0)
    return holdsFrameBack
  }

  private func noticedEvent() -> Event? {
    let notices = session_take_notices()
    if notices.woken { wasWoken = true }
    if notices.quit_signal != 0 {
      receivedSignal = notices.quit_signal
      return .interrupted
    }
    if notices.suspended { return suspend() }
    if notices.continued { session_resume() }
    guard notices.continued || notices.resized else { return nil }
    measure()
    return .resized(size)
  }

  private func waitingEvent() -> Event? {
    while let input = waiting.popFirst() {
      switch input {
      case .event(let event):
        if event == .key(.controlL) { redrawAll() }
        return event
      case .suspend: return suspend()
      case .cursor(let place): if let event = take(cursor: place) { return event }
      case .ground(let ground): if take(ground: ground) { return .tick }
      }
    }
    return inputHasEnded ? .interrupted : nil
  }

  private func suspend() -> Event {
    hush()
    session_suspend()
    measure()
    return .resized(size)
  }

  /// Reads and decodes what is there; nil at the end of input. Called only when nothing read before
  /// is waiting.
  func readInputs() -> [Input]? {
    let count = inputBuffer.withUnsafeMutableBytes {
      read(session_keys(), $0.baseAddress, $0.count)
    }
    if count > 0 { return decoder.decode(inputBuffer[..<count], at: now()) }
    if count < 0, errno == EINTR || errno == EAGAIN { return [] }
    inputHasEnded = true
    return nil
  }
}

/// A clock that only goes forward, in milliseconds.
func now() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
}

/// How long to wait for the first of some moments; -1, for ever, if there are none.
private func milliseconds(until moments: [Int?]) -> Int32 {
  guard let first = moments.compactMap({ $0 }).min() else { return -1 }
  return Int32(clamping: max(0, first - now()))
}
