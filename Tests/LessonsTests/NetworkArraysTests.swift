import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import TensorFiles
import Testing

@testable import Lessons

/// The shipped network that was trained, and what can be wrong with the files that one names.
@Suite struct `A network with numbers and pictures of its own` {
  private let source: LessonSource

  init() throws {
    source = try LessonSource(path: "\(ShippedLessonTests.folder)/networks/digits.yaml")
  }

  private func digits() throws -> NetworkFile { try NetworkFile(source) }

  /// All problems of `digits` after one part of its text was replaced, without the place.
  private func problems(with part: String, as other: String) -> [String] {
    let text = String(decoding: source.bytes, as: UTF8.self)
    #expect(text.contains(part), "the part stands in the file")
    do throws(LessonProblems) {
      let source = LessonSource(
        path: source.path, bytes: Array(text.replacing(part, with: other).utf8))
      _ = try NetworkFile(source)
      return []
    } catch {
      return error.problems.map { "\($0.cause)" }
    }
  }

  /// From `digits.py`, which computes them with numpy.
  @Test(arguments: [
    (0, [3081, -1737, -1545, -1244, -1801, -2069, -709, -1178, -2876, -2475]),
    (5, [-746, -734, -1041, -1915, 893, 2275, -945, -1065, -770, 2102]),
    (1796, [-1581, -1526, -1815, -1279, -993, -1384, 141, 22, 4514, -1284]),
  ])
  func `makes the scores that numpy makes`(picture: Int, scores: [Int128]) throws {
    let file = try digits()
    let network = try file.network()
    let pictures = try #require(file.pictures)
    let found = try self.scores(network, of: pictures.examples.input(picture))
    #expect(found == Tensor(try Shape(1, 1, 10), scores))
  }

  private func scores(_ network: Network, of picture: Tensor) throws -> Tensor {
    var activations = Activations(network, input: picture)
    return try activations.evaluate(network.layers.count - 1)
  }

  @Test func `reads 98 of the first hundred pictures`() throws {
    let file = try digits()
    let network = try file.network()
    let pictures = try #require(file.pictures)
    let classes = try #require(pictures.examples.classes)
    let right = try (0..<100).filter { index in
      let found = try scores(network, of: pictures.examples.input(index))
      let best = try #require((0..<10).max { found[$0] < found[$1] })
      return best == classes[index]
    }
    #expect(right.count == 98)
    #expect(pictures.label(ofPicture: 5) == "five")
  }

  @Test func `keeps them in its base under another head`() throws {
    let head = try [
      LayerSpecification(parsing: "flatten"), LayerSpecification(parsing: "dense:2,name=scores"),
    ]
    let file = try digits()
    let network = try file.network(.init(head: head))
    let own = try file.network()
    #expect(network.layers[3].parameters?.weights == own.layers[3].parameters?.weights)
    #expect(network.layers.last?.output == (try Shape(1, 1, 2)))
  }

  @Test func `says what is wrong with the files that it names`() {
    let weights = "{file: digits.npz, axes: dyx}"
    #expect(
      problems(with: weights, as: "{file: ../digits.npz}") == [
        "the file \"../digits.npz\" is not taken; name a .npz file that stands beside the network's, "
          + "such as digits.npz."
      ])
    #expect(problems(with: weights, as: "{file: none.npz, axes: dyx}").count == 1)
    #expect(
      problems(with: weights, as: "{file: digits.npz, axes: dxy}") == [
        "\"dxy\" is no order of axes; write xyd, yxd (Keras) or dyx (PyTorch)."
      ])
    #expect(
      problems(with: weights, as: "{file: digits.npz, axes: dyx, seed: 1}") == [
        "file and seed cannot both be given; use one of them."
      ])
    let others = problems(with: weights, as: "{file: digits-pictures.npz, axes: dyx}")
    #expect(others.count == 1)
    #expect(others.first?.hasPrefix("\"digits-pictures.npz\": ") == true)
    #expect(
      problems(with: "file: digits-pictures.npz", as: "file: digits.npz") == [
        "\"digits.npz\": the file has no array \"x\", the inputs one after another; it has "
          + "\"conv1.weight\", \"conv1.bias\", \"conv2.weight\", \"conv2.bias\", \"scores.weight\", "
          + "\"scores.bias\". Save it with numpy.savez(file, x=inputs, y=classes)."
      ])
    #expect(
      problems(with: "seven, eight, nine]", as: "seven]").contains(
        "the scores: found 8 labels, expected 10; add what is missing."))
    #expect(
      problems(with: "input: {size: 8x8x1}", as: "input: {size: 9x8x1}").contains {
        $0.hasPrefix("\"digits-pictures.npz\": its pictures are 8×8×1, and the network takes 9×8×1")
      })
  }
}
