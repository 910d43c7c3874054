import ConvolutionEngine
import TestSupport
import Testing

@testable import Lessons

@Suite("Any change to a lesson's text")
struct LessonFuzzTests {
  private static let seeds = [
    soundLesson, stoppedLesson,
    """
    title: a
    summary: b
    seed: 7
    input: {name: A, size: 6x5x2}
    layers:
      - conv:3x2,filters=4,stride=2x1,left=1,groups=2,bias=no,name=v
      - {kind: maxpool, size: 2, rounding: ceil, name: p}
      - {kind: avgpool, size: 2, padding: same, count-padding: no}
      - relu
      - {kind: conv, size: 1, filters: 3, weights: [[1, 2, 3, 4], [0, 1, 0, -1], [2, 2, 1/3, 0]], bias: [1/2, 0.5, -1]}
      - flatten
      - dense:3
    notes: {v: [one, two]}
    """,
  ]

  /// What lessons are made of, and what they should not be made of.
  static let pieces = [
    "0", "-1", "99999999999999999999", "1/0", "1/3", "0.5", "x", ":", ": ", "- ", "? ", "|\n",
    ">\n", "[", "]", "{", "}", "\"", "'", "#", "&", "*", "!", "%", "\t", "\n", "\r\n", "  ", ",",
    "=",
    "conv:3", "maxpool:2", "avgpool:9,padding=9", "globalavgpool", "dense:2", "relu", "flatten",
    "weights", "bias", "same", "4611686018427387904", "16777216x16777216", "nan", "\u{FEFF}",
    "from: X", "name: v", "stride: 0", "dilation: 16777216", "groups: 3", "filters: 1099511627776",
    "file: x.npy", " # ", "!t ", "%", "“", "²", "1 + 1 = 3", "size: 4096x4096x1", "\u{0}", "é",
    "\u{202E}", "---", "<<: *a",
  ]

  @Test(arguments: seeds.indices)
  func `gives a lesson that can be evaluated, or problems with places`(seed: Int) throws {
    var mutation = Mutation(Self.pieces, seed: seed)
    let file = Array(Self.seeds[seed].utf8)
    var sound = 0
    let count = fuzzCount(usually: 400)
    for _ in 0..<count {
      if try holdLessonPromises(mutation.changed(file)) != nil { sound += 1 }
    }
    // Changes that leave a lesson sound and such that do not both occur.
    #expect((count / 50..<count * 19 / 20).contains(sound), "\(sound)")
  }

  /// Units of work are counted: a file that is longer costs so much more, not that much squared.
  @Test(arguments: seeds.indices)
  func `costs what its length is, however it grows`(seed: Int) throws {
    var mutation = Mutation(Self.pieces, seed: seed)
    for _ in 0..<min(400, fuzzCount(usually: 10)) {
      try holdLessonPromises(mutation.grown(Array(Self.seeds[seed].utf8), to: 30_000))
    }
  }

  @Test(arguments: seeds.indices)
  func `gives a lesson that can be checked and handed out`(seed: Int) throws {
    var mutation = Mutation(Self.pieces, seed: seed)
    for _ in 0..<min(400, fuzzCount(usually: 60)) {
      let bytes = mutation.changed(Array(Self.seeds[seed].utf8))
      if let lesson = try holdLessonPromises(bytes) { try holdTeachingPromises(lesson, bytes) }
    }
  }
}
