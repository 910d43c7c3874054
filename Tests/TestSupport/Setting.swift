import Glibc

/// A number that the slow run (`Tests/slow`) sets in the environment, or the suite's own, which is
/// small.
package func setting(_ name: String, usually few: Int) -> Int {
  getenv(name).flatMap { Int(String(cString: $0)) } ?? few
}

/// How many changed inputs a reader is given.
package func fuzzCount(usually few: Int) -> Int { setting("CONVWALK_FUZZ", usually: few) }

/// The sanitizer that watches, `address` or `thread`: each keeps freed memory and reports crashes
/// in its own way.
package let sanitizer = getenv("CONVWALK_SANITIZER").map { String(cString: $0) }

package var isSanitized: Bool { sanitizer != nil }

/// Whether what takes minutes is wanted.
package var isSlowRun: Bool { setting("CONVWALK_SLOW", usually: 0) > 0 }
