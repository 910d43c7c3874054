import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Testing

/// One layer with its numbers, evaluated every fast way and by the readable loop.
struct Case {
  let layer: Layer

  init(
    _ text: String, _ shape: Shape, over denominator: Int128 = 1, biasOver: Int128 = 1,
    weights: ((Int) -> Int128)? = nil, bias: ((Int) -> Int128)? = nil
  ) throws {
    let specification = try LayerSpecification(parsing: text + ",name=v")
    let seeded = try Network(input: shape, layers: [specification]).layers[0]
    var given = GivenParameters()
    if let parameters = seeded.parameters {
      given.weights = weights.map { weights in
        .stored(Integers((0..<parameters.weights.count).map(weights)), denominator: denominator)
      }
      given.bias =
        parameters.bias == nil
        ? nil
        : bias.map { bias in
          .stored(Integers((0..<parameters.filters).map(bias)), denominator: biasOver)
        }
    }
    layer = try Network(input: shape, layers: [specification]).mixing(["v": given]).layers[0]
  }

  init(_ text: String, _ shape: Shape, weights: SeededSequence) throws {
    let specification = try LayerSpecification(parsing: text + ",name=v")
    let seeded = try Network(input: shape, layers: [specification]).layers[0]
    let count = try #require(seeded.parameters?.weights.count)
    layer = try Network(
      input: shape, layers: [specification]
    ).mixing(["v": GivenParameters(weights: .seeded(weights, count: count))]).layers[0]
  }

  func input(over denominator: Int128 = 1, _ number: (Int) -> Int128) -> Tensor {
    Tensor(layer.input, (0..<layer.input.count).map(number), over: denominator)
  }

  func outcome(_ evaluator: Evaluator, _ input: Tensor) -> Result<Tensor, ArithmeticError> {
    do {
      return .success(try evaluator.evaluate(layer, [input]))
    } catch let error as ArithmeticError {
      return .failure(error)
    } catch {
      return .failure(.cancelled)
    }
  }

  /// The same numbers in the same storage, or the same error.
  func check(input: Tensor, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let expected = outcome(Evaluator.readable, input)
    for evaluator in Evaluator.fast {
      // A Bool, because a failure would print both tensors whole.
      let isEqual = outcome(evaluator, input) == expected
      #expect(isEqual, "\(evaluator.testDescription)", sourceLocation: sourceLocation)
    }
  }
}

/// Numbers without a pattern, the same in every run: a linear congruential generator modulo 2¹²⁸.
struct Numbers {
  private var state: UInt128

  init(seed: UInt64) { state = UInt128(seed) * 2 + 1 }

  mutating func next(_ range: ClosedRange<Int128>) -> Int128 {
    state = state &* 0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645 &+ 1
    // The low half of such a state is far from random; the high half is mixed over it.
    let mixed = state ^ state >> 67
    let size = UInt128(bitPattern: range.upperBound &- range.lowerBound)
    guard size < .max else { return Int128(truncatingIfNeeded: mixed) }
    return range.lowerBound &+ Int128(truncatingIfNeeded: mixed % (size + 1))
  }
}
