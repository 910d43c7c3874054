@testable import ExactNumbers
@testable import FastEvaluation
import Testing

@testable import ConvolutionEngine

/// Which layers round, what the others keep, and how exact numbers mix with float32.
struct Float32LayerTests {
  private func floats(_ layer: String, _ shape: Shape, _ numbers: [Float]) throws -> Tensor {
    try evaluated(Network(shape, layer), .float32(shape, numbers, isRounded: false))
  }

  @Test func `a maximum, a ReLU and a flatten keep every bit`() throws {
    let numbers: [Float] = [0.1, -3, .leastNonzeroMagnitude, 0.7]
    let shape = try Shape(2, 2, 1)
    let pooled = try floats("maxpool:2", shape, numbers)
    #expect(pooled == .float32(try Shape(1, 1, 1), [0.7], isRounded: false))
    let cut = try floats("relu", shape, numbers)
    #expect(cut == .float32(shape, [0.1, 0, .leastNonzeroMagnitude, 0.7], isRounded: false))
    let flat = try floats("flatten", shape, numbers)
    #expect(flat == .float32(try Shape(1, 1, 4), numbers, isRounded: false))
  }

  @Test func `the larger of two zeros is +0, and ReLU gives no other`() throws {
    let pair = try Shape(2, 1, 1)
    for zeros in [[0, -0.0], [-0.0, 0]] as [[Float]] {
      let largest = try floats("maxpool:2x1", pair, zeros)
      #expect(largest.floats?.first?.sign == .plus)
    }
    let negative = try floats("maxpool:2x1", pair, [-0.0, -0.0])
    #expect(negative.floats?.first?.sign == .minus)
    let cut = try floats("relu", pair, [-0.0, 0])
    #expect(cut.floats?.map(\.sign) == [.plus, .plus])
    let kept = try floats("flatten", pair, [-0.0, 0])
    #expect(kept.floats?.map(\.sign) == [.minus, .plus])
  }

  @Test func `an average is rounded once, after the division`() throws {
    let shape = try Shape(3, 1, 1)
    // (0.1 + 0.2 + 0.4)/3 as Fractions of the float32 numbers, rounded.
    let output = try floats("avgpool:3x1", shape, [0.1, 0.2, 0.4])
    #expect(output.floats == [0.23333333])
    let third = try floats("globalavgpool", shape, [1, 0, 0])
    #expect(third == .float32(try Shape(1, 1, 1), [Float(1) / 3]))
    let layer = try Network(shape, "globalavgpool").layers[0]
    let account = try layer.account(
      of: Cell(0, 0, 0), inputs: [.float32(shape, [1, 0, 0], isRounded: false)])
    #expect(account.average?.sum == Number(1))
    #expect(account.unrounded == Number(1, over: 3))
    #expect(account.unrounded.exactValue.powerText == "(1)/3")
  }

  @Test func `the largest numbers have an average`() throws {
    let largest = Float.greatestFiniteMagnitude
    let output = try floats("avgpool:2x1", try Shape(2, 1, 1), [largest, largest])
    #expect(output.floats == [largest])
  }

  @Test func `exact fractions under float32 weights are rounded once`() throws {
    let shape = try Shape(3, 1, 1)
    let layer = try Network(
      input: shape, layers: [LayerSpecification(parsing: "conv:3x1,name=v")]
    ).mixing([
      "v": GivenParameters(
        weights: .float32([0.1, 0.2, 0.7]),
        bias: .stored(Integers([1] as [Int128]), denominator: 2))
    ]).layers[0]
    let input = Tensor(shape, [5, -7, 11], over: 3)
    // 5/3 · 0.1 − 7/3 · 0.2 + 11/3 · 0.7 + 1/2, as Python's Fractions of the float32 numbers.
    let output = try layer.evaluate([input])
    #expect(output == .float32(try Shape(1, 1, 1), [Float(bitPattern: 0x4031_1111)]))
    let account = try layer.account(of: Cell(0, 0, 0), inputs: [input])
    #expect(account.unrounded == Number(1_114_007_123, over: 402_653_184))
    let sum = try #require(account.weightedSum)
    #expect(sum.inputs == [Number(5, over: 3), Number(-7, over: 3), Number(11, over: 3)])
    #expect(sum.weights == [.float32(0.1), .float32(0.2), .float32(0.7)])
    #expect(sum.bias == Number(1, over: 2))
  }

  @Test func `an integer beyond float32 is not rounded before it is multiplied`() throws {
    let shape = try Shape(2, 1, 1)
    let layer = try float32Layer(shape, weights: [1, -1], bias: nil)
    let large: Int128 = 1 << 100
    let output = try layer.evaluate([Tensor(shape, [large + 1, large])])
    #expect(output.floats == [1])
  }

  @Test func `exact layers with a float32 bias are rounded`() throws {
    let shape = try Shape(1, 1, 1)
    let layer = try Network(
      input: shape, layers: [LayerSpecification(parsing: "conv:1,name=v")]
    ).mixing([
      "v": GivenParameters(weights: Coefficients([3], over: 9), bias: .float32([0.5]))
    ]).layers[0]
    let output = try layer.evaluate([Tensor(shape, [1])])
    #expect(output.floats == [Float(0.8333333134651184)])
    #expect(output.isRounded)
  }

  @Test func `what follows a rounded layer is rounded too`() throws {
    let shape = try Shape(2, 2, 1)
    let network = try Network(
      input: shape,
      layers: ["maxpool:1,name=a", "conv:1,name=b", "relu,name=c", "flatten,name=d"].map {
        text in try LayerSpecification(parsing: text)
      }
    ).mixing(["b": GivenParameters(weights: .float32([0.1]))])
    var activations = Activations(
      network, input: .float32(shape, [0.5, 1, -1, 0], isRounded: false))
    try activations.evaluate(3)
    let outputs = (0..<4).compactMap { activations.output(of: $0) }
    #expect(outputs.map(\.isRounded) == [false, true, true, true])
    #expect(outputs[0][Cell(0, 0, 0)].text == "0.5")
    for (layer, output) in outputs.enumerated() {
      for index in 0..<output.shape.count {
        let cell = output.shape.cell(at: index)
        let account = try #require(try activations.account(of: cell, in: layer))
        #expect(account.total.text == output[cell].text)
        #expect(try activations.value(of: cell, in: layer) == output[cell])
        #expect((account.rounding != nil) == (layer == 1))
      }
    }
  }

  @Test func `a tie among float32 candidates is one`() throws {
    let shape = try Shape(2, 2, 1)
    let account = try Network(shape, "maxpool:2").layers[0].account(
      of: Cell(0, 0, 0), inputs: [.float32(shape, [0.1, 0.3, -0.3, 0.3])])
    #expect(account.candidates?.winners == [1, 3])
    #expect(account.total.text == "≈0.3")
  }
}

/// One convolution over a whole row, with float32 weights.
func float32Layer(_ shape: Shape, weights: [Float], bias: [Float]?) throws -> Layer {
  let bias = bias.map { Coefficients.float32($0) }
  let text = "conv:\(shape.width)x\(shape.height),name=v" + (bias == nil ? ",bias=no" : "")
  return try Network(
    input: shape, layers: [LayerSpecification(parsing: text)]
  ).mixing(["v": GivenParameters(weights: .float32(weights), bias: bias)]).layers[0]
}
