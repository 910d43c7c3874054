import ConvolutionEngine
import ExactNumbers
import Testing

struct SeededSequenceTests {
  /// From a Python program written after the documented formula alone.
  @Test func `the documented formula gives these numbers anywhere`() {
    func check(_ sequence: SeededSequence, _ first: [Int], far: [Int]) {
      #expect(first.indices.map { sequence[$0] } == first)
      #expect([sequence[1_000_000], sequence[1 << 40]] == far)
    }
    check(
      SeededSequence(seed: 0, layer: 0, low: 0, high: 9),
      [6, 5, 7, 7, 2, 9, 6, 7, 3, 5, 4, 4], far: [7, 5])
    check(
      SeededSequence(seed: 7, layer: 0, low: 0, high: 9),
      [1, 7, 5, 5, 3, 9, 4, 5, 4, 8, 5, 5], far: [1, 4])
    check(
      SeededSequence(seed: 0, layer: 1, low: -2, high: 2),
      [1, -2, 1, -1, -1, -2, 1, 0, 1, 2, 0, -2], far: [-2, 0])
    check(
      SeededSequence(seed: .max, layer: 3, low: -2, high: 2),
      [2, 1, 0, -1, 0, 2, -1, 2, 2, -2, 0, 0], far: [0, 0])
    check(
      SeededSequence(seed: 1, layer: 1, low: -3, high: 3),
      [-2, 0, 2, 3, -2, -2, 1, 2, 2, -2, 1, -1], far: [-3, -2])
  }

  /// From the same program.
  @Test func `signs and taps follow their formulas`() {
    let signs = SeededSequence.signs(seed: 7, layer: 3)
    #expect((0..<12).map { signs[$0] } == [1, 1, 1, -1, -1, -1, -1, 1, 1, -1, 1, -1])
    let taps = SeededSequence.taps(3, length: 10, seed: 7, layer: 3)
    #expect(
      (0..<30).map { taps[$0] } == [
        1, 0, 0, 1, 0, 0, 0, 0, 0, -1, 0, -1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, -1, 0, 1, 0, 0,
      ])
    let one = SeededSequence.taps(1, length: 4, seed: 0, layer: 1)
    #expect((0..<12).map { one[$0] } == [0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1])
    let all = SeededSequence.taps(9, length: 5, seed: 0, layer: 1)
    #expect((0..<10).map { all[$0] } == [-1, 1, 1, 1, 1, -1, 1, 1, 1, 1])
  }

  @Test func `an offset begins later in the same stream`() {
    let later = SeededSequence(seed: 0, layer: 1, low: -3, high: 3, offset: 200)
    #expect((0..<6).map { later[$0] } == [-3, -2, -1, 0, 3, 2])
  }

  @Test func `the input is layer 0, and a layer's biases follow its weights`() throws {
    let input = try Tensor.seeded(Shape(4, 3, 1), seed: 7)
    #expect(input.values == [1, 7, 5, 5, 3, 9, 4, 5, 4, 8, 5, 5].map { Number($0) })
    let network = try Network(Shape(10, 10, 2), ["conv:10,filters=1,name=a"])
    let parameters = try #require(network.layers[0].parameters)
    #expect(
      (0..<12).map { parameters.weights[$0] }
        == [1, -2, 1, -1, -1, -2, 1, 0, 1, 2, 0, -2].map { Number($0) })
    // 10·10·2 = 200 weights come first.
    #expect(parameters.bias?[0] == Number(-3))
  }

  @Test func `an input too large to hold is refused`() throws {
    let shape = try Shape(1 << 20, 1 << 10, 1)
    #expect(throws: ArithmeticError.tooLarge(layer: "the input", shape: shape)) {
      try Tensor.seeded(shape, seed: 0)
    }
  }
}
