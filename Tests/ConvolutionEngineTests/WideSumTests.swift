import ConvolutionEngine
import ExactNumbers
import Testing

struct WideSumTests {
  private func total(_ values: [Int128]) -> Int128? {
    var sum = WideSum()
    for value in values { sum.add(value) }
    return sum.total
  }

  private func total(_ products: [(Int128, Int128)]) -> Int128? {
    var sum = WideSum()
    for (first, second) in products { sum.add(first, times: second) }
    return sum.total
  }

  @Test func `the total may be anything that fits 128 bits, and nothing else`() {
    #expect(total([] as [Int128]) == 0)
    #expect(total([.max]) == .max)
    #expect(total([.min]) == .min)
    #expect(total([.max, 1]) == nil)
    #expect(total([.min, -1]) == nil)
    #expect(total([1 << 126, 1 << 126 - 1]) == .max)
    #expect(total([-1 << 126, -1 << 126]) == .min)
  }

  @Test func `the order of summation does not matter`() {
    let values: [Int128] = [.max, .max, 1, .min, .min, 7]
    // 2·(2¹²⁷ − 1) + 1 − 2·2¹²⁷ + 7
    for order in permutations(values) { #expect(total(order) == Int128(-2 + 1 + 7)) }
    for order in permutations([Int128.max, 1, 1, -1]) { #expect(total(order) == nil) }
    for order in permutations([Int128.max, 1, -1, -1]) { #expect(total(order) == Int128.max - 1) }
  }

  @Test func `products beyond 128 bits are carried whole`() {
    #expect(total([(1 << 100, 1 << 100), (-1 << 100, 1 << 100), (2, 3)]) == Int128(2 * 3))
    #expect(total([(.min, .min), (.min, .max), (.min, 1)]) == 0)
    #expect(total([(.max, .max), (.max, -.max), (.min, 1)]) == .min)
    #expect(total([(1 << 64, 1 << 63)]) == nil)
    #expect(total([(1 << 64, 1 << 63), (-1, 1)]) == .max)
    #expect(total([(1 << 64, -1 << 63)]) == .min)
    #expect(total([(1 << 64, -1 << 63), (-1, 1)]) == nil)
  }

  @Test func `sums beyond 256 bits come back`() {
    // 8·2²⁵⁴ + 8·(2¹²⁷ − 2²⁵⁴) − 8·2¹²⁷ + 5
    let up = Array(repeating: (Int128.min, Int128.min), count: 8)
    let down = Array(repeating: (Int128.min, Int128.max), count: 8)
    let rest = Array(repeating: (Int128.min, Int128(1)), count: 8) + [(5, 1)]
    for order in permutations([up, down, rest]) { #expect(total(order.flatMap { $0 }) == 5) }
    #expect(total(up) == nil)
    #expect(total(down) == nil)
  }

  @Test func `a sum is multiplied without losing a bit`() {
    func scaled(_ values: [Int128], by factor: Int128, plus product: (Int128, Int128)) -> Int128? {
      var sum = WideSum()
      for value in values { sum.add(value) }
      guard sum.multiply(by: factor) else { return nil }
      sum.add(product.0, times: product.1)
      return sum.total
    }
    #expect(scaled([-5], by: 7, plus: (0, 0)) == Int128(-5 * 7))
    #expect(scaled([5, -2], by: 7, plus: (1, 1)) == Int128((5 - 2) * 7 + 1))
    // 2¹²⁷·2 − 2⁶⁴·2⁶⁴
    #expect(scaled([.max, 1], by: 2, plus: (-1 << 64, 1 << 64)) == 0)
    #expect(scaled([.min, .min], by: 3, plus: (3 << 64, 1 << 64)) == 0)
    #expect(scaled([.max], by: .max, plus: (-.max, .max)) == 0)
    #expect(scaled([.min], by: .max, plus: (-.max, .min)) == 0)
    #expect(scaled([.max, .max], by: .max, plus: (0, 0)) == nil)
  }

  @Test func `a factor that takes the sum beyond 256 bits is refused`() {
    var sum = WideSum()
    sum.add(.min, times: .min)
    let before = sum
    let refused = !sum.multiply(by: 2)
    #expect(refused)
    #expect(sum.total == before.total)
    sum.add(.min, times: .max)
    let multiplied = sum.multiply(by: 2)
    #expect(multiplied)
    sum.add(.min, times: 2)
    #expect(sum.total == 0)
  }

  @Test func `a product may end where 256 bits do, and no bit later`() {
    // (2¹²⁷ + 1)/3 · 2¹²⁸ is a third of 2²⁵⁵ + 2¹²⁸.
    let third: Int128 = Int128.max / 3 + 1
    func sum(less rest: Int128) -> WideSum {
      var sum = WideSum()
      for _ in 0..<4 { sum.add(third, times: 1 << 126) }
      // 2¹²⁸ less a third of it, and what is asked for.
      sum.add(-1 << 126, times: 2)
      sum.add(Int128.max / 3 + 1)
      sum.add(-rest)
      return sum
    }
    // 3 · sum = 2²⁵⁵ + 2¹²⁸ − 3·2¹²⁷ + 2¹²⁷ + 1 − 3·rest = 2²⁵⁵ + 1 − 3·rest
    var beyond = sum(less: 0)
    let isBeyond = !beyond.multiply(by: 3)
    #expect(isBeyond)
    var within = sum(less: 1)
    let isWithin = within.multiply(by: 3)
    #expect(isWithin)
    // 2²⁵⁵ − 2 less 2·(2²⁵⁴ − 2¹²⁷), then less 2·2¹²⁷
    for _ in 0..<2 { within.add(.min, times: .max) }
    #expect(within.total == nil)
    for _ in 0..<2 { within.add(.min) }
    #expect(within.total == -2)
  }

  private func permutations<Element>(_ elements: [Element]) -> [[Element]] {
    guard !elements.isEmpty else { return [[]] }
    return elements.indices.flatMap { index in
      var rest = elements
      let first = rest.remove(at: index)
      return permutations(rest).map { [first] + $0 }
    }
  }
}
