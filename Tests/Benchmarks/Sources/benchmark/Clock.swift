import Glibc

/// Times in nanoseconds.
enum Clock {
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }

  /// What this program's own instructions took so far, in all threads: it is the same beside other
  /// programs.
  private static var user: Double {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return Double(usage.ru_utime.tv_sec) * 1e9 + Double(usage.ru_utime.tv_usec) * 1e3
  }

  static func userTime(_ body: () throws -> Void) rethrows -> Double {
    let start = user
    try body()
    return user - start
  }

  /// The best of three means, each over as many runs as the clock needs to tell them apart.
  static func bestUserTime(_ body: () throws -> Void) rethrows -> Double {
    try body()
    var best = Double.infinity
    for _ in 0..<3 {
      let start = user
      var (runs, spent) = (0.0, 0.0)
      repeat {
        try body()
        runs += 1
        spent = user - start
      } while spent < 60e6
      best = min(best, spent / runs)
    }
    return best
  }

  static func time(_ body: () throws -> Void) rethrows -> Double {
    let start = now
    try body()
    return now - start
  }
}
