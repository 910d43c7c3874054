import Glibc

/// A number that the slow run (`Tests/slow`) sets in the environment, or the suite's own, which is
/// small.
package func setting(_ name: String, usually few: Int) -> Int {
  getenv(name).flatMap { Int(String(cString: $0)) } ?? few
}

/// How many changed inputs a reader is given.
package func fuzzCount(usually few: Int) -> Int { setting("CONVWALK_FUZZ", usually: few) }

/// Whether a sanitizer watches: it keeps freed memory and reports crashes in its own way.
package var isSanitized: Bool { setting("CONVWALK_SANITIZED", usually: 0) > 0 }

/// Whether what takes minutes is wanted.
package var isSlowRun: Bool { setting("CONVWALK_SLOW", usually: 0) > 0 }
