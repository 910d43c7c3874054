@testable import ExactNumbers
@testable import FastEvaluation
import Testing

@testable import ConvolutionEngine

struct IntegersTests {
  @Test(
    arguments: [
      (-128, 127, 1), (-129, 0, 2), (0, 128, 2), (-32768, 32767, 2), (-32769, 0, 4),
      (0, 32768, 4), (-1 << 31, 1 << 31 - 1, 4), (-1 << 31 - 1, 0, 8), (0, 1 << 31, 8),
      (-1 << 63, 1 << 63 - 1, 8), (-1 << 63 - 1, 0, 16), (0, 1 << 63, 16), (.min, .max, 16),
    ] as [(Int128, Int128, Int)])
  func `numbers are stored in the fewest bytes that hold them all`(
    low: Int128, high: Int128, bytes: Int
  ) {
    let integers = Integers([low, 0, high])
    #expect(integers.bytesEach == bytes)
    #expect([integers[0], integers[1], integers[2]] == [low, 0, high])
    #expect(integers.bounds == low...high)
    #expect(integers.count == 3)
    if let low = Int64(exactly: low), let high = Int64(exactly: high) {
      #expect(Integers([low, 0, high]) == integers)
    }
  }

  @Test func `bounds are those of the numbers, and 0 of none`() {
    #expect(Integers([3, 5] as [Int64]).bounds == 3...5)
    #expect(Integers([-5, -3] as [Int128]).bounds == -5 ... -3)
    #expect(Integers([] as [Int128]).bounds == 0...0)
    for kernels in Kernels.all {
      #expect(Integers([-5, -3] as [Int128]).bounds(by: kernels) == -5 ... -3)
      #expect(Integers([] as [Int128]).bounds(by: kernels) == 0...0)
    }
    #expect(Integers([] as [Int64]).count == 0)
  }
}
