import Glibc

/// How far a person is in a lesson.
package struct CourseRecord: Sendable, Equatable {
  package var lesson: String
  package var stop: Int
  package var stops: Int
  package var done: [Int]
  package var rightAtOnce: [Int]
  package var rightLater: [Int]
  /// Stops whose answers were shown, and not found in another sitting.
  package var shown: [Int]
  package var isFinished: Bool

  package init(
    lesson: String, stop: Int, stops: Int, done: [Int], rightAtOnce: [Int], rightLater: [Int],
    shown: [Int] = [], isFinished: Bool
  ) {
    self.lesson = lesson
    self.stop = stop
    self.stops = stops
    self.done = done
    self.rightAtOnce = rightAtOnce
    self.rightLater = rightLater
    self.shown = shown
    self.isFinished = isFinished
  }
}

extension CourseRecord {
  /// Questions whose answers were shown, or found after the first try only: those to take again.
  package var missed: [Int] {
    Set(rightLater).union(shown).subtracting(rightAtOnce).sorted()
  }

  /// Of how many questions the answer was shown, and never found.
  package var answersShown: Int {
    Set(shown).subtracting(rightAtOnce).subtracting(rightLater).count
  }

  /// Where the lesson goes on when it is opened again: at its first stop once it is finished, and
  /// after its last one at the first that is not done.
  package var resumed: Int {
    if isFinished { return 0 }
    guard stop == stops - 1, done.contains(stop) else { return stop }
    return (0..<stops).first { !done.contains($0) } ?? stop
  }

  /// What progress in a person's own file is kept under: `file-` and a hash of where it stands.
  package static func name(ofFile path: String) -> String {
    var whole = path
    if let resolved = realpath(path, nil) {
      whole = String(cString: resolved)
      free(resolved)
    }
    // FNV-1a: the same in every run, as Swift's own hashes are not.
    let hash = whole.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    let digits = String(hash, radix: 16)
    return "file-" + String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// What two programs, or two sittings, know of one lesson; where they differ, this one is newer.
  ///
  /// Records of a lesson that has since got more or fewer stops are not mixed.
  package func merged(over older: CourseRecord) -> CourseRecord {
    guard older.stops == stops else { return self }
    var merged = self
    merged.done = Set(done).union(older.done).sorted()
    let atOnce = Set(rightAtOnce).union(older.rightAtOnce)
    merged.rightAtOnce = atOnce.sorted()
    merged.rightLater = Set(rightLater).union(older.rightLater).subtracting(atOnce).sorted()
    merged.shown =
      Set(shown).union(older.shown).subtracting(atOnce).subtracting(merged.rightLater).sorted()
    merged.isFinished = isFinished || older.isFinished
    return merged
  }
}
