import Glibc

/// Wall-clock times in nanoseconds.
enum Clock {
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }

  static func time(_ body: () throws -> Void) rethrows -> Double {
    let start = now
    try body()
    return now - start
  }

  /// The best of three.
  static func best(_ body: () throws -> Void) rethrows -> Double {
    try (0..<3).map { _ in try time(body) }.min() ?? 0
  }
}
