import ConvolutionEngine
import TestSupport
import Testing

@testable import Lessons

@Suite("Any change to a file beside the lessons")
struct ReaderFuzzTests {
  private static let network = """
    title: A small one
    source: nowhere
    input: {size: 8x8x1}
    base: pool2
    blocks:
      stage:
        - conv:3,filters=<filters>,padding=1,name=conv<n>
        - {block: end, n: <n>}
      end:
        - relu,name=relu<n>
        - add,from=<previous>+relu<n>,name=sum<n>
        - maxpool:2,name=pool<n>
    layers:
      - {block: stage, n: [1, 2], filters: [4, 8]}
      - flatten
      - dense:10,name=d1
    """

  private func eachChange(
    of file: String, usually few: Int, pieces: [String], _ hold: ([UInt8]) throws -> Void
  ) rethrows {
    var mutation = Mutation(pieces, seed: file.utf8.count)
    for _ in 0..<fuzzCount(usually: few) { try hold(mutation.changed(Array(file.utf8))) }
  }

  @Test func `gives a network, or problems with places`() throws {
    let pieces =
      LessonFuzzTests.pieces + [
        "<n>", "<previous>", "<", "{block: stage", "{block: end", "block", "from=", "+", "base: d1",
        "n: [1, 2, 3]", "n: []", "[[[", "from=conv1+conv2", "concat", "name=",
      ]
    try eachChange(of: Self.network, usually: 400, pieces: pieces, holdNetworkPromises)
  }

  @Test func `a network costs what its length is, however it grows`() throws {
    var mutation = Mutation([], seed: 1)
    for _ in 0..<min(400, fuzzCount(usually: 10)) {
      try holdNetworkPromises(mutation.grown(Array(Self.network.utf8), to: 30_000))
    }
  }

  @Test func `keeps the lines of progress that are whole`() throws {
    let file = """
      convwalk progress 1
      one stop=2 stops=5 done=0,1 first=0 later=1 finished=no
      two stop=0 stops=9 done= first= later= finished=yes
      three stop=8 stops=9 done=0,1,2,3,4,5,6,7,8 first=8 later= finished=no

      """
    let pieces = ["=", ",", " ", "-1", "99999999999999999999", "\n", "../x", "stop=", "yes", "2"]
    try eachChange(of: file, usually: 3000, pieces: pieces, holdProgressPromises)
  }

  @Test func `gives names that are no paths, or problems`() throws {
    let file = "# The course\n- one-window\n- sliding # twice\n\n- relu\n"
    let pieces = ["- ", "../", "/", "\u{0}", "one-window", "\r", "\u{2028}", ".yaml", "é", "#"]
    try eachChange(of: file, usually: 3000, pieces: pieces, holdCataloguePromises)
  }

  @Test func `gives numbers, or a problem inside the expression`() throws {
    let scenes = try lesson(soundLesson).scenes
    let pieces = [
      "v", "X", "[0,0,0]", "(", ")", "+", "-", "*", "/", "0", "1/3", "99999999999999999999", ";",
      "floor(", "max(v,0)", "slice(v[0,0,0],0)", "readers(X[1,1,0],v)", ",", "main:", "é", "\u{0}",
    ]
    try eachChange(of: "2*(v[1,0,0] - bias(v,0)); 1/9", usually: 2000, pieces: pieces) { bytes in
      try holdExpressionPromises(String(decoding: bytes, as: UTF8.self), in: scenes)
    }
  }

  @Test func `gives a verdict on any answer`() throws {
    let pieces = [
      "-", "−", "/", ".", ",", " ", "x", "×", "(", "9", "000", "e5", "\u{A0}", "{", "}",
    ]
    try eachChange(of: "(14,455,392, 1/8) 4x4x2", usually: 2000, pieces: pieces) { bytes in
      try holdAnswerPromises(String(decoding: bytes, as: UTF8.self))
    }
  }
}
