import ConvolutionEngine
import ExactNumbers
import Testing
import Walkthrough

@Suite struct `A tensor as text` {
  private func lines(_ shape: Shape, _ numerators: [Int128], over denominator: Int128 = 1)
    -> [String]
  {
    var lines: [String] = []
    TensorText(Tensor(shape, numerators, over: denominator), named: "v").forEachLine {
      lines.append($0)
    }
    return lines
  }

  @Test func `has a grid a depth, all columns as wide as the widest number`() throws {
    #expect(
      lines(try Shape(2, 2, 2), [1, -2, 3, 4, 5, 6, 7, 800]) == [
        "v 2×2×2", "v[:,:,0]", "    1  -2", "    3   4", "v[:,:,1]", "    5   6", "    7 800",
      ])
  }

  @Test func `shows fractions exactly`() throws {
    #expect(
      lines(try Shape(3, 1, 1), [-1, 3, 12], over: 12) == [
        "v 3×1×1", "v[:,:,0]", "  -1/12  0.25     1",
      ])
  }

  @Test func `is a list where it is flat`() throws {
    #expect(
      lines(try Shape(1, 1, 11), Array(-1...9)).suffix(3) == [
        "  [ 8]   7", "  [ 9]   8", "  [10]   9",
      ]
    )
  }
}
