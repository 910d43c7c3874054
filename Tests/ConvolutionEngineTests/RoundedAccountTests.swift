@testable import ExactNumbers
@testable import FastEvaluation
import Testing

@testable import ConvolutionEngine

/// What the account of a root or an exponential shows. The digits are from Python's `decimal` with
/// 80 digits.
struct RoundedAccountTests {
  private func account(
    _ layer: Layer, _ input: Tensor, depth: Int = 0
  ) throws -> CellAccount {
    let account = try layer.account(of: Cell(0, 0, depth), inputs: [input])
    // The whole output, by whatever way, has the same number.
    #expect(try layer.evaluate([input])[depth] == account.total)
    return account
  }

  @Test func `a normalization adds β to whatever the root makes`() throws {
    // γ, β, μ, σ² = 2 and x of each map: both signs of both, β the larger or the smaller, x = μ.
    let maps = [
      (3, 1, 2, 1), (3, -1, 2, 3), (3, 5, 2, 1), (3, -5, 2, 3), (-3, 1, 2, 1), (3, 0, 2, 2),
      (3, 7, 2, 2),
    ]
    let layer = try Network(
      Shape(1, 1, maps.count), "batchnorm",
      weights: maps.map(\.0) + maps.map(\.1) + maps.map(\.2) + maps.map { _ in 2 }
    ).layers[0]
    let input = Tensor(layer.input, small: maps.map(\.3))
    let accounts = try maps.indices.map { try account(layer, input, depth: $0) }
    #expect(
      accounts.map { $0.precise?.text } == [
        "≈−1.12079021", "≈1.12079021", "≈2.87920979", "≈−2.87920979", "≈3.12079021", "≈0", "7",
      ])
    #expect(
      accounts.map(\.total) == [
        .rounded(-1.1207902), .rounded(1.1207902), .rounded(2.8792098), .rounded(-2.8792098),
        .rounded(3.1207902), .rounded(0), .rounded(7),
      ])
  }

  @Test func `an estimate that does not decide the sign of a zero decides nothing`() {
    func float(_ value: Double, _ error: Double) -> UInt32? {
      Double.Estimate(value: value, error: error).float?.bitPattern
    }
    #expect(float(0, 0) == Float(0).bitPattern)
    #expect(float(0, 1e-60) == nil)
    #expect(float(-1e-60, 1e-50) == nil)
    #expect(float(-1e-60, 1e-70) == Float(-0.0).bitPattern)
    #expect(float(1, 1e-12) == Float(1).bitPattern)
    #expect(float(1 + 0x1p-24, 1e-12) == nil)
    #expect(float(1e39, 1) == nil)
  }

  @Test func `far from 0 a sigmoid's exponential is too small to be anything`() throws {
    let layer = try Network(Shape(1, 1, 2), "sigmoid").layers[0]
    let input = Tensor(layer.input, [300, -300])
    let high = try account(layer, input)
    #expect(high.working == .squashed(Number(300), exponential: .rounded(0)))
    #expect(high.precise == Number(1))
    #expect(high.total == .rounded(1))
    let low = try account(layer, input, depth: 1)
    #expect(low.working == .squashed(Number(-300), exponential: .rounded(0)))
    #expect(low.precise?.text == "≈0")
    #expect(low.total == .rounded(0))
  }

  private func response(_ input: Tensor, depth: Int) throws -> (Response, Number) {
    let layer = try Network(input.shape, "lrn:3").layers[0]
    let account = try account(layer, input, depth: depth)
    guard case .responded(let response) = account.working else {
      Issue.record("\(account.working)")
      throw ArithmeticError.cancelled
    }
    return (response, account.total)
  }

  @Test func `a response's squares are added up whatever their kind and size`() throws {
    let floats = Tensor.float32(try Shape(1, 1, 3), [0.1, -0.7, 3], isRounded: false)
    let (float, total) = try response(floats, depth: 1)
    #expect(float.sumOfSquares.text == "≈9.49999998")
    #expect(total == .rounded(-0.41607428))

    let pair = try Shape(1, 1, 2)
    let (exact, _) = try response(Tensor(pair, [3, -4], over: 2), depth: 0)
    #expect(exact.sumOfSquares == Number(25, over: 4))
    // A square beyond 128 bits, a sum of two, and squares of no common denominator.
    let (square, small) = try response(Tensor(pair, [1 << 100, 1]), depth: 1)
    #expect(
      square.sumOfSquares.exactValue.fractionText
        == "1606938044258990275541962092341162602522202993782792835301377")
    #expect(small == .rounded(500 * .leastNonzeroMagnitude))
    let (sum, _) = try response(Tensor(pair, [1 << 63, 1 << 63]), depth: 0)
    #expect(sum.sumOfSquares.exactValue.powerText == "1·2^127")
    let thirds = (0..<32).reduce(Int128(1)) { product, _ in product * 3 }
    let (apart, _) = try response(Tensor(pair, [thirds, 1 << 60], over: thirds << 60), depth: 0)
    #expect(apart.sumOfSquares.text == "≈2.91233158e−31")
  }
}
