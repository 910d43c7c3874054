import ConvolutionEngine
import Testing

@testable import Lessons

private let small = """
  title: A small one
  source: these tests
  input: {size: 4x4x1}
  base: pool
  layers:
    - conv:3,filters=2,padding=1,name=conv
    - maxpool:2,name=pool
    - flatten,name=flat
    - dense:3,name=scores
  """

private let files = [
  "networks/small.yaml": Array(small.utf8),
  "networks/whole.yaml": Array(small.replacing("base: pool\n", with: "").utf8),
]

/// A lesson on a network that it names.
private func named(_ lines: String) -> String {
  "title: One\nsummary: Two.\n" + lines
}

@Suite("A network that a lesson names")
struct NamedNetworkTests {
  @Test func `has the layers and the input of its file`() throws {
    let lesson = try lesson(named("network: small"), files: files)
    #expect(lesson.network.layers.map(\.name) == ["conv", "pool", "flat", "scores"])
    #expect(lesson.network.parameterCount == 2 * (3 * 3 * 1) + 2 + 3 * (2 * 2 * 2) + 3)
    #expect(lesson.input.shape.count == 16)
  }

  @Test func `takes another input, and another head behind its base`() throws {
    let text = named(
      """
      network: small
      input: {size: 6x6x1}
      head: [globalavgpool, "dense:5,name=d"]
      """)
    let network = try lesson(text, files: files).network
    #expect(network.layers.map(\.name) == ["conv", "pool", "globalavgpool", "d"])
    #expect("\(network.layers[1].output)" == "3×3×2")
    #expect(network.layers[3].parameterCount == 5 * 2 + 5)
  }

  @Test func `refuses an array whose axes are in another order than the network's`() {
    let text = named("network: small\ninput: {file: x.npy}\n")
    var files = files
    files["x.npy"] = array([1, 4, 4], Array(repeating: 1, count: 16))
    #expect(
      problems(text, files: files) == [
        "small.yaml:4:15: \"x.npy\" seems to have its axes in the order dyx, and the network takes "
          + "4×4×1; save x.transpose(2, 1, 0)."
      ])
    files["x.npy"] = array([4, 4, 1], Array(repeating: 1, count: 16))
    #expect(problems(text, files: files) == [])
    files["x.npy"] = array([6, 5], Array(repeating: 1, count: 30))
    #expect(problems(text, files: files) == [])
  }

  @Test func `tells what training leaves as it is`() throws {
    let text = named(
      """
      network: small
      freeze: base
      stops:
        - title: Counts
          view: text
          text: "{frozen()} and {trainable()}, {frozen(conv)}, {trainable(conv)}, {trainable(scores)}."
      """)
    #expect(try lesson(text, files: files).stops[0].text == ["20 and 27, 20, 0, 27."])
    let all = text.replacing("freeze: base\n", with: "")
    #expect(try lesson(all, files: files).stops[0].text == ["0 and 47, 0, 20, 27."])
  }

  @Test func `is found among the shipped ones`() throws {
    try withFolder { folder in
      let path = "\(folder)/mine.yaml"
      try write(Array(named("network: pytorch-net").utf8), to: path)
      // The tests' program stands below the package, whose lessons are found from there.
      #expect(try Lesson(contentsOf: path).network.parameterCount == 62_006)
    }
  }

  @Test(arguments: [
    ("network: none", "3:10: there is no network \"none\""),
    ("network: ../../etc/passwd", "3:10: network is \"../../etc/passwd\""),
    ("network: small\nlayers: [relu]", "4:1: network and layers cannot both be given"),
    ("network: small\nfreeze: head", "4:9: freeze is \"head\"; it must be base."),
    ("network: whole\nfreeze: base", "4:9: the network whole does not say where its base ends"),
    ("network: whole\nhead: [relu]", "4:8: the network whole does not say"),
    ("network: small\nhead: [\"conv:9\"]", "4:8: "),
    ("network: small\ninput: {size: 1x1x1}", "3:10: "),
    (
      "input: {size: 3x3}\nlayers: [relu]\nfreeze: base",
      "5:1: freeze changes a network that is named"
    ),
  ])
  func `is refused where it does not fit`(lines: String, problem: String) {
    let found = problems(named(lines), files: files)
    #expect(found.count == 1, "\(found)")
    #expect(found.first?.hasPrefix("small.yaml:\(problem)") == true, "\(found)")
  }

  @Test func `is refused where its own file is wrong, with the place in that`() {
    let broken = ["networks/small.yaml": Array(small.replacing("dense:3", with: "dens:3").utf8)]
    let found = problems(named("network: small"), files: broken)
    #expect(found.count == 1)
    #expect(
      found.first?.hasPrefix(
        "small.yaml:3:10: the network small cannot be used: networks/small.yaml:9:") == true,
      "\(found)")
  }
}
