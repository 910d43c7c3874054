import ConvolutionEngine

/// What is drawn for an exercise, one number after another: those of one stream of a
/// `SeededSequence`, so that they are the same on every machine.
struct Draws {
  private let seed: UInt64
  private let stream: Int
  private var count = 0

  init(seed: UInt64, stream: Int) {
    self.seed = seed
    self.stream = stream
  }

  /// How many streams belong to one number: one a kind of exercise, and the last for choices.
  static let streams = 64

  /// The stream of an exercise.
  static func stream(_ kind: ExerciseKind, _ number: Int) -> Int {
    number * streams + kind.number
  }

  /// The stream from which the kind of an exercise is chosen.
  static func choices(_ number: Int) -> Int { number * streams + streams - 1 }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    defer { count += 1 }
    return SeededSequence(
      seed: seed, layer: stream, low: range.lowerBound, high: range.upperBound)[count]
  }

  /// One of some values; one that is to come more often stands there more often.
  mutating func pick<Value>(_ values: [Value]) -> Value { values[number(0...values.count - 1)] }
}
