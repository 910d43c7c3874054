import Player

/// What a person has in sentences: something is said, a line is typed, and so on.
protocol Conversation {
  /// Whether nothing more is asked.
  var isFinished: Bool { get }

  /// What is said first.
  mutating func begin() -> [String]
  /// Takes a line of input; returns what is said to it.
  mutating func take(_ line: String) -> [String]
}

extension PlainLesson: Conversation {}
extension PlainPractice: Conversation {}
extension PlainReview: Conversation {}
extension PlainWalk: Conversation {}

extension Conversation {
  /// Says what there is to say and reads lines, until the person or the input ends it.
  ///
  /// - Parameter note: called each time that something was said.
  mutating func hold(_ note: (Self) -> Void = { _ in }) throws(CommandFailure) {
    var output = StandardOutput()
    var input = InputLines()
    var lines = begin()
    while true {
      for line in lines { try output.write(line: line) }
      try output.flush()
      note(self)
      guard !isFinished, let line = try input.next() else { return }
      lines = take(line)
    }
  }
}
