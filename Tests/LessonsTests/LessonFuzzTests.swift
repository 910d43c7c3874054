import ConvolutionEngine
import TestSupport
import Testing

@testable import Lessons

@Suite("Any change to a lesson's text")
struct LessonFuzzTests {
  private static let seeds = [
    soundLesson,
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
  private static let pieces = [
    "0", "-1", "99999999999999999999", "1/0", "1/3", "0.5", "x", ":", ": ", "- ", "? ", "|\n",
    ">\n", "[", "]", "{", "}", "\"", "'", "#", "&", "*", "!", "%", "\t", "\n", "\r\n", "  ", ",",
    "=",
    "conv:3", "maxpool:2", "avgpool:9,padding=9", "globalavgpool", "dense:2", "relu", "flatten",
    "weights", "bias", "same", "4611686018427387904", "16777216x16777216", "nan", "\u{FEFF}",
    "from: X", "name: v", "stride: 0", "dilation: 16777216", "groups: 3", "filters: 1099511627776",
    "file: x.npy", "\u{0}", "é", "\u{202E}", "---", "<<: *a",
  ]

  @Test(arguments: 0..<2)
  func `gives a lesson that can be evaluated, or problems with places`(seed: Int) {
    var chance = Chance(state: UInt64(seed))
    var sound = 0
    let count = fuzzCount(usually: 400)
    for _ in 0..<count {
      var bytes = Array(Self.seeds[seed].utf8)
      for _ in 0..<Int.random(in: 1...3, using: &chance) { mutate(&bytes, &chance) }
      if check(bytes) { sound += 1 }
    }
    // Changes that leave a lesson sound and such that do not both occur.
    #expect((count / 20..<count * 19 / 20).contains(sound), "\(sound)")
  }

  private func mutate(_ bytes: inout [UInt8], _ chance: inout Chance) {
    let from = Int.random(in: 0...bytes.count, using: &chance)
    let to = min(bytes.count, from + Int.random(in: 0...12, using: &chance))
    let piece = Array((Self.pieces.randomElement(using: &chance) ?? "").utf8)
    switch Int.random(in: 0..<6, using: &chance) {
    case 0: bytes.removeSubrange(from..<to)
    case 1: bytes.insert(contentsOf: piece, at: from)
    case 2: bytes.replaceSubrange(from..<to, with: piece)
    case 3: if from < bytes.count { bytes[from] = UInt8.random(in: 0...255, using: &chance) }
    case 4: bytes.insert(contentsOf: bytes[from..<to], at: from)
    default: swapLines(&bytes, &chance)
    }
  }

  private func swapLines(_ bytes: inout [UInt8], _ chance: inout Chance) {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    lines.swapAt(
      Int.random(in: 0..<lines.count, using: &chance),
      Int.random(in: 0..<lines.count, using: &chance))
    bytes = Array(lines.joined(separator: [0x0A]))
  }

  /// Whether the bytes are a lesson.
  private func check(_ bytes: [UInt8]) -> Bool {
    do throws(LessonProblems) {
      let lesson = try lesson(bytes: bytes)
      #expect(lesson.input.shape == lesson.network.input)
      #expect(!lesson.title.isEmpty)
      return true
    } catch {
      #expect(!error.problems.isEmpty)
      let lines = bytes.count { $0 == 0x0A || $0 == 0x0D || $0 >= 0x80 } + 2
      for problem in error.problems {
        #expect((1...lines).contains(problem.place.line) && problem.place.column >= 1)
        let text = problem.description
        let isShown = text.unicodeScalars.allSatisfy(\.isShown)
        #expect(isShown && (text.hasSuffix(".") || text.contains("for example")), "\(text)")
      }
      return false
    }
  }
}
