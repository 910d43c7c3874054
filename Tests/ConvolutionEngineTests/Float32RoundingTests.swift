@testable import ExactNumbers
@testable import FastEvaluation
import Testing

@testable import ConvolutionEngine

/// Sums of float32 products have one exact value, and it is rounded once.
struct Float32RoundingTests {
  /// One output: the products' sum, of which the bias is one term.
  private func output(
    _ terms: [(Float, Float)], bias: Float? = nil
  ) throws -> (value: Float, account: CellAccount) {
    let shape = try Shape(terms.count, 1, 1)
    let layer = try float32Layer(shape, weights: terms.map(\.1), bias: bias.map { [$0] })
    let input = Tensor.float32(shape, terms.map(\.0), isRounded: false)
    let value = try #require(try layer.evaluate([input]).floats?.first)
    return (value, try layer.account(of: Cell(0, 0, 0), inputs: [input]))
  }

  private func rounded(_ terms: [Float], bias: Float? = nil) throws -> Float {
    try output(terms.map { ($0, 1) }, bias: bias).value
  }

  private static let half = Float(0x1p-24)
  private static let step = Float(0x1p-23)
  private static let tiny = Float.leastNonzeroMagnitude

  @Test func `a tie goes to the even neighbour`() throws {
    let (half, step) = (Float32RoundingTests.half, Float32RoundingTests.step)
    #expect(try rounded([1, half]) == 1)
    #expect(try rounded([1 + step, half]) == 1 + 2 * step)
    #expect(try rounded([-1, -half]) == -1)
    #expect(try rounded([-1 - step, -half]) == -1 - 2 * step)
    #expect(try rounded([2, -half]) == 2)
    #expect(try rounded([1, half], bias: 0) == 1)
  }

  @Test func `anything beyond a tie, however small, decides it`() throws {
    let (half, step, tiny) = (
      Float32RoundingTests.half, Float32RoundingTests.step, Float32RoundingTests.tiny
    )
    // tiny · tiny is 2^−298, far below what any hardware sum keeps.
    #expect(try output([(1, 1), (half, 1), (tiny, tiny)]).value == 1 + step)
    #expect(try output([(1 + step, 1), (half, 1), (tiny, -tiny)]).value == 1 + step)
    #expect(try output([(tiny, tiny), (half, 1)], bias: 1).value == 1 + step)
    #expect(try output([(-1, 1), (-half, 1), (tiny, -tiny)]).value == -1 - step)
  }

  @Test func `large terms cancel and what is left is whole`() throws {
    let largest = Float.greatestFiniteMagnitude
    let tiny = Float32RoundingTests.tiny
    #expect(
      try output([(largest, largest), (tiny, 1), (-largest, largest)]).value == tiny)
    #expect(try output([(largest, largest), (3, 5), (largest, -largest)]).value == 3 * 5)
    #expect(try rounded([1e30, 1, -1e30, 0.25]) == 1.25)
  }

  @Test func `the order of summation does not matter`() throws {
    let terms: [(Float, Float)] = [
      (0x1p60, 3), (-0x1p60, 3), (0.1, 0.1), (1e-30, 1e-15), (Float32RoundingTests.half, 1), (1, 1),
    ]
    let first = try output(terms).value
    for shift in terms.indices {
      let turned = Array(terms[shift...] + terms[..<shift])
      #expect(try output(turned).value.bitPattern == first.bitPattern)
      #expect(try output(turned.reversed()).value.bitPattern == first.bitPattern)
    }
  }

  @Test func `a sum that is exactly 0 is +0`() throws {
    for terms in [[0, 0], [-0.0, -0.0], [1, -1], [-1, 1], [-0.0, 0]] as [[Float]] {
      #expect(try rounded(terms).bitPattern == Float(0).bitPattern)
    }
  }

  @Test func `a sum too small for float32 is a zero of its sign`() throws {
    let tiny = Float32RoundingTests.tiny
    // 2^−149 · 2^−1 is a tie with 0, which is even; 3 · 2^−150 is one with 2^−148.
    #expect(try output([(tiny, 0.5)]).value.bitPattern == Float(0).bitPattern)
    #expect(try output([(tiny, -0.5)]).value.bitPattern == Float(-0.0).bitPattern)
    #expect(try output([(tiny, 0.5), (tiny, tiny)]).value == tiny)
    #expect(try output([(tiny, -0.5), (tiny, -tiny)]).value == -tiny)
    #expect(try output([(tiny, 1.5)]).value == 2 * tiny)
    #expect(try output([(tiny, -tiny)]).account.total.text == "≈−0")
  }

  @Test func `subnormal numbers are rounded at their last place`() throws {
    let tiny = Float32RoundingTests.tiny
    #expect(try output([(1.5, 3 * tiny)]).value == 4 * tiny)
    #expect(try output([(.leastNormalMagnitude, 1), (tiny, -0.5)]).value == .leastNormalMagnitude)
    #expect(
      try output([(.leastNormalMagnitude, 1), (tiny, -0.75)]).value
        == Float.leastNormalMagnitude.nextDown)
  }

  @Test func `what would round to infinity is an error that names the cell`() throws {
    let largest = Float.greatestFiniteMagnitude
    // The largest and a half of its last place is a tie; below that it is still the largest.
    let half = Float(0x1p103)
    #expect(try rounded([largest, half.nextDown]) == largest)
    #expect(try output([(largest, 1), (half, 1), (1e-30, -1e-30)]).value == largest)
    for sign in [Float(1), -1] {
      let error = #expect(throws: ArithmeticError.self) {
        try rounded([sign * largest, sign * half])
      }
      #expect(error == .beyondFloat32(layer: "v", cell: Cell(0, 0, 0)))
      #expect(
        error?.description
          == "v[0,0,0] lies beyond the largest float32, 3.4028235e+38; "
          + "use smaller inputs or weights.")
    }
  }

  @Test(arguments: [1, 2, 3, 10, 100, 1000])
  func `sums of any length are those of an independent oracle`(count: Int) throws {
    var generator = RandomFloats(seed: UInt64(count))
    for spread in [0, 4, 30] {
      for _ in 0..<(40 - count / 30) {
        var terms = (0..<count).map { _ in
          (generator.float(spread: spread), generator.float(spread: spread))
        }
        // Half of the sums nearly cancel.
        if generator.next().isMultiple(of: 2) { terms += terms.map { (-$0, $1.nextUp) } }
        var oracle = ExpansionOracle()
        for (first, second) in terms { oracle.add(first, times: second) }
        #expect(try output(terms).value.bitPattern == oracle.nearest.bitPattern)
      }
    }
  }

  @Test func `near ties are those of an independent oracle`() throws {
    var generator = RandomFloats(seed: 7)
    for _ in 0..<400 {
      let value = generator.float(spread: 3)
      let half = value.ulp / 2
      let small = generator.float(spread: 40) * 0x1p-60
      var oracle = ExpansionOracle()
      let terms: [(Float, Float)] = [(value, 1), (half, 1), (small, small)]
      for (first, second) in terms { oracle.add(first, times: second) }
      #expect(try output(terms).value.bitPattern == oracle.nearest.bitPattern)
    }
  }

  @Test func `the account keeps the exact sum, the rounded value and what rounding changed`()
    throws
  {
    let (value, account) = try output([(0.1, 0.3), (0.7, -0.2)])
    #expect(value == -0.11)
    // As Python has it: the sum of the Fractions of the four float32 numbers.
    #expect(account.unrounded.exactValue.fractionText == "-247697975143301/2251799813685248")
    #expect(account.unrounded.exactValue.powerText == "−247697975143301·2^−51")
    #expect(account.total == .rounded(-0.11))
    #expect(account.total.text == "≈−0.11")
    #expect(account.rounding?.text == "≈−1.34110456e−9")
    let sum = try #require(account.weightedSum)
    #expect(sum.products[0].exactValue.fractionText == "67553998101545/2251799813685248")
    #expect(sum.sum(0..<2) == account.unrounded)
    #expect(try output([(0.5, 0.25)]).account.rounding?.isZero == true)
  }
}
