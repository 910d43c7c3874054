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
      - flatten
      - {kind: dense, size: 3, bias: [1/2, 0.5, -1]}
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
    "file: x.npy", "\u{0}", "é", "\u{202E}", "---", "<<: *a",
  ]

  @Test(arguments: seeds.indices)
  func `gives a lesson that can be evaluated, or problems with places`(seed: Int) {
    var mutation = Mutation(Self.pieces, seed: seed)
    let file = Array(Self.seeds[seed].utf8)
    var sound = 0
    let count = fuzzCount(usually: 400)
    for _ in 0..<count {
      if check(mutation.changed(file)) { sound += 1 }
    }
    // Changes that leave a lesson sound and such that do not both occur.
    #expect((count / 50..<count * 19 / 20).contains(sound), "\(sound)")
  }

  /// Whether the bytes are a lesson.
  private func check(_ bytes: [UInt8]) -> Bool {
    do throws(LessonProblems) {
      let lesson = try lesson(bytes: bytes)
      #expect(lesson.input.shape == lesson.network.input)
      #expect(!lesson.title.isEmpty)
      return true
    } catch {
      expectReadable(error.problems, of: bytes)
      return false
    }
  }
}

/// That problems are told in sentences, at places which the bytes have.
func expectReadable(_ problems: [LessonProblem], of bytes: [UInt8]) {
  #expect(!problems.isEmpty)
  let lines = bytes.count { $0 == 0x0A || $0 == 0x0D || $0 >= 0x80 } + 2
  for problem in problems {
    #expect((1...lines).contains(problem.place.line) && problem.place.column >= 1)
    let text = problem.description
    let isShown = text.unicodeScalars.allSatisfy(\.isShown)
    #expect(isShown && (text.hasSuffix(".") || text.contains("for example")), "\(text)")
  }
}
