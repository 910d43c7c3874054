import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Testing

@testable import Lessons

@Suite("A lesson's file")
struct LessonFormatTests {
  private func output(_ lesson: Lesson, _ layer: Int = 0) throws -> Tensor {
    var activations = Activations(lesson.network, input: lesson.input)
    return try activations.evaluate(layer)
  }

  @Test func `numbers written as grids are those that are computed with`() throws {
    let lesson = try lesson(soundLesson)
    #expect(lesson.title == "A small one")
    #expect(lesson.summary == "Four products make one number.")
    #expect(lesson.name == "small")
    #expect(lesson.input == Tensor(try Shape(3, 3, 1), [0, 1, 2, 3, 4, 5, 6, 7, 8]))
    #expect(lesson.network.layers[0].specification.description == "conv:2,name=v")
    let corner: Int128 = 0 * 1 + 1 * 2 + 3 * 3 + 4 * 4 + 5
    // The filter's weights add up to 10: a place further adds 1 to every input, a row 3.
    #expect(
      try output(lesson)
        == Tensor(try Shape(2, 2, 1), [corner, corner + 10, corner + 30, corner + 40]))
  }

  @Test func `a layer is written as on the command line or key by key`() throws {
    func network(_ layers: String) throws -> Network {
      try lesson("title: a\nsummary: b\ninput: {size: 9x8x2}\nlayers:\n\(layers)").network
    }
    let texts = [
      "conv:3x2,filters=4,stride=2x1,left=1,groups=2,bias=no,name=v",
      "maxpool:2,rounding=ceil,name=p", "relu,from=v", "avgpool:2,count-padding=no,from=p",
      "flatten", "dense:3",
    ]
    let mappings = [
      "{kind: conv, size: 3x2, filters: 4, stride: 2x1, left: 1, groups: 2, bias: no, name: v}",
      "{name: p, rounding: ceil, size: 2, kind: maxpool}", "{kind: relu, from: v}",
      "{kind: avgpool, size: 2, count-padding: no, from: [p]}", "{kind: flatten}",
      "{kind: dense, size: 3}",
    ]
    let first = try network(texts.map { "  - \($0)" }.joined(separator: "\n"))
    let second = try network(mappings.map { "  - \($0)" }.joined(separator: "\n"))
    #expect(first == second)
    #expect(first.layers.map(\.name) == ["v", "p", "relu", "avgpool", "flatten", "dense"])
  }

  @Test func `fractions and decimals are exact`() throws {
    let text = soundLesson.replacing("1 2\n          3 4", with: "1/9 -0.25\n          −2/6 +3")
    let parameters = try #require(try lesson(text).network.layers[0].parameters)
    #expect(parameters.weights.denominator == 36)
    let expected = [4, -9, -12, 108].map { Number($0, over: 36) }
    #expect((0..<4).map { parameters.weights[$0] } == expected)
  }

  private static let normalized = """
    title: a
    summary: b
    input: {depths: ["1 5", "-3 10"]}
    layers:
      - {kind: batchnorm, epsilon: 1/4, gamma: [2, -1/3], beta: [1, 0], mean: [3, 0.5],
         variance: [15/4, 35/4]}
    """

  @Test func `a normalization's four lists are computed with, exactly where they can be`() throws {
    // √(15/4 + 1/4) = 2 and √(35/4 + 1/4) = 3.
    let expected = [Ratio(-1), Ratio(3), Ratio(7, over: 18), Ratio(-19, over: 18)]
    let output = try output(try lesson(Self.normalized))
    #expect((0..<4).map { output[$0] } == expected.map(Number.ratio))
    let rounded = try self.output(
      try lesson(Self.normalized.replacing("epsilon: 1/4", with: "epsilon: 0.001")))
    #expect(rounded.isRounded)
    let plain = Self.normalized.replacing("gamma: [2, -1/3], ", with: "scale: no, ")
      .replacing("beta: [1, 0], ", with: "center: no, ")
    // Without γ and β: (1 − 3)/2.
    #expect(try self.output(try lesson(plain))[0] == Number(-1))
  }

  @Test(arguments: [
    ("mean: [3, 0.5],", "", ["the layer has no mean; add it, for example mean: [1, 2]"]),
    ("beta: [1, 0]", "beta: [1]", ["beta: found 1 number"]),
    ("gamma: [2, -1/3]", "scale: no, gamma: [2, 1]", ["scale=no and gamma cannot both be set"]),
    ("variance: [15/4, 35/4]", "variance: [15/4, -1]", ["the variance of map 1"]),
    ("variance: [15/4, 35/4]", "variance: [x, 1]", ["x"]),
    ("kind: batchnorm, epsilon: 1/4", "kind: relu", ["\"beta\"", "\"gamma\"", "\"mean\""]),
  ])
  func `a normalization's lists that do not fit are refused`(
    part: String, other: String, expected: [String]
  ) {
    #expect(Self.normalized.contains(part))
    let found = problems(Self.normalized.replacing(part, with: other))
    for text in expected { #expect(found.contains { $0.contains(text) }, "\(found)") }
  }

  @Test(arguments: ["[1/2]", "[\"0.5\"]", "[+2/4]"])
  func `a bias may be a fraction`(bias: String) throws {
    let parameters = try #require(
      try lesson(soundLesson.replacing("[5]", with: bias)).network.layers[0].parameters)
    let value = try #require(parameters.bias)
    #expect(value[0] == Number(1, over: 2))
  }

  @Test func `what is not given is made from the seed`() throws {
    let text = "title: a\nsummary: b\nseed: 3\ninput: {name: A, size: 4x4x2}\nlayers: [\"conv:2\"]"
    let lesson = try lesson(text)
    #expect(lesson.input == (try Tensor.seeded(try Shape(4, 4, 2), seed: 3)))
    let network = try Network(
      inputName: "A", input: try Shape(4, 4, 2),
      layers: [try LayerSpecification(parsing: "conv:2")], seed: 3)
    #expect(lesson.network == network)
  }

  @Test func `two sides mean a depth of one, and grids need no size`() throws {
    let seeded = try lesson("title: a\nsummary: b\ninput: {size: 4x3}\nlayers: [relu]")
    #expect(seeded.input.shape == (try Shape(4, 3, 1)))
    let grids = try lesson(
      "title: a\nsummary: b\ninput: {depths: [\"1 2 3\", \"4 5 6\"]}\nlayers: [relu]")
    #expect(grids.input == Tensor(try Shape(3, 1, 2), [1, 2, 3, 4, 5, 6]))
  }

  @Test func `numbers come from files beside the lesson`() throws {
    let text = """
      title: a
      summary: b
      input: {file: x.npy}
      layers:
        - {kind: conv, size: 2x1, filters: 2, weights: sub/w.npy, bias: b.npy}
        - conv:1x1,weights=last.npy,bias=no
        - flatten
        - {kind: dense, size: 2, weights: d.npy, bias: [1, -1]}
      """
    // numpy's X[x,y,depth]: x is the slowest.
    let files = [
      "x.npy": array([3, 2, 1], [1, 4, 2, 5, 3, 6]),
      "sub/w.npy": array([2, 2, 1, 1], [1, 2, 3, 4]),
      "b.npy": array([2], [10, 20]), "last.npy": array([1, 1, 1, 2], [1, 1]),
      "d.npy": array([2, 4], [1, 0, 0, 0, 0, 0, 0, 2]),
    ]
    let lesson = try lesson(text, files: files)
    #expect(lesson.input == Tensor(try Shape(3, 2, 1), [1, 2, 3, 4, 5, 6]))
    let first: [Int128] = [
      1 * 1 + 2 * 2 + 10, 2 * 1 + 3 * 2 + 10, 4 * 1 + 5 * 2 + 10, 5 * 1 + 6 * 2 + 10,
      1 * 3 + 2 * 4 + 20, 2 * 3 + 3 * 4 + 20, 4 * 3 + 5 * 4 + 20, 5 * 3 + 6 * 4 + 20,
    ]
    #expect(try output(lesson) == Tensor(try Shape(2, 2, 2), first))
    #expect(
      try output(lesson, 3)
        == Tensor(try Shape(1, 1, 2), [first[0] + first[4] + 1, 2 * (first[3] + first[7]) - 1]))
  }

  @Test func `a dense layer's weights may be broken into rows`() throws {
    let text = """
      title: a
      summary: b
      input: {depths: ["1 2\\n3 4"]}
      layers:
        - flatten
        - kind: dense
          size: 2
          bias: no
          weights:
            - 1 0 0 1
            - |
              2 0
              0 0
      """
    #expect(try output(try lesson(text), 1) == Tensor(try Shape(1, 1, 2), [1 + 4, 2 * 1]))
  }

  @Test func `notes belong to the maps of a layer`() throws {
    let notes = "\nnotes:\n  v:\n    - >\n      It grows\n      downwards.\n"
    #expect(try lesson(soundLesson + notes).notes == ["v": ["It grows downwards."]])
  }

  @Test(arguments: ["\r\n", "\r"])
  func `line endings of other systems change nothing`(ending: String) throws {
    #expect(
      try lesson(soundLesson.replacing("\n", with: ending)) == (try lesson(soundLesson)))
  }

  @Test func `a byte order mark changes nothing`() throws {
    #expect(try lesson("\u{FEFF}" + soundLesson) == (try lesson(soundLesson)))
  }

  @Test func `the same lesson in another order is the same lesson`() throws {
    let parts = soundLesson.components(before: ["title", "summary", "input", "layers"])
    #expect(parts.count == 4)
    #expect(try lesson(parts.reversed().joined()) == (try lesson(soundLesson)))
  }
}

extension String {
  /// The text cut before each line that begins with one of these words.
  fileprivate func components(before words: [String]) -> [String] {
    split(separator: "\n").reduce(into: []) { parts, line in
      if words.contains(where: { line.hasPrefix($0) }) { parts.append("") }
      parts[parts.count - 1] += line + "\n"
    }
  }
}
