import ConvolutionEngine
import ExactNumbers
import Testing

/// The fast ways against the readable loop where numbers or sums just fit, or just do not.
struct FastEdgeTests {
  /// One below, at and one above each power of two where a width ends.
  static let edges: [Int128] =
    [15, 16, 24, 31, 32, 53, 63, 64, 126].flatMap { bits in
      [-1, 0, 1].map { (1 << bits) + $0 }
    } + [.max - 1, .max]

  @Test(arguments: edges)
  func `inputs at the edge of a width`(edge: Int128) throws {
    var numbers = Numbers(seed: 1)
    let conv = try Case("conv:3x2,filters=5,padding=1", Shape(7, 5, 3)) { _ in
      numbers.next(-2...2)
    }
    try conv.check(input: conv.input { $0 % 3 == 0 ? edge : numbers.next(-edge...edge) })
    try conv.check(input: conv.input { $0 % 3 == 0 ? -edge : numbers.next(-edge...0) })
    let dense = try Case("dense:4", Shape(1, 1, 77)) { _ in numbers.next(-2...2) }
    try dense.check(input: dense.input { $0 % 3 == 0 ? edge : numbers.next(-edge...edge) })
  }

  @Test(arguments: edges)
  func `weights at the edge of a width`(edge: Int128) throws {
    var numbers = Numbers(seed: 2)
    for layer in ["conv:2x3,filters=4,stride=2", "conv:3,filters=4,groups=2,dilation=2"] {
      let conv = try Case(layer, Shape(7, 6, 2)) {
        $0 % 5 == 0 ? edge : numbers.next(-edge...edge)
      }
      try conv.check(input: conv.input { _ in numbers.next(-3...3) })
    }
    let dense = try Case("dense:3", Shape(1, 1, 50)) {
      $0 % 5 == 0 ? -edge : numbers.next(-edge...edge)
    }
    try dense.check(input: dense.input { _ in numbers.next(-3...3) })
  }

  @Test(arguments: edges)
  func `biases at the edge of a width`(edge: Int128) throws {
    var numbers = Numbers(seed: 3)
    for (layer, shape) in [
      ("conv:2x3,filters=4", try Shape(7, 6, 2)), ("dense:9", try Shape(1, 1, 9)),
    ] {
      let layer = try Case(layer, shape, weights: { Int128($0 % 5 - 2) }) {
        $0 % 5 == 0 ? edge : numbers.next(-edge...edge)
      }
      try layer.check(input: layer.input { _ in numbers.next(-3...3) })
    }
  }

  /// Every product of a window has the same sign, so the sum of magnitudes is reached.
  @Test(arguments: edges, [1, -1] as [Int128])
  func `sums that reach an edge or go one beyond`(edge: Int128, sign: Int128) throws {
    // 2·3·2 = 12 products of 2⁸ · w add up to the edge, with a bias for what is left.
    let weight = edge / (12 << 8)
    let rest = edge - weight * (12 << 8)
    for bias in [rest, rest + 1, rest + 2] {
      for (layer, shape) in [
        ("conv:2x3,filters=9", try Shape(5, 4, 2)),
        ("conv:2x3,filters=18,stride=2", try Shape(5, 4, 2)), ("dense:3", try Shape(1, 1, 12)),
      ] {
        let layer = try Case(
          layer, shape, weights: { _ in sign * weight }, bias: { _ in sign * bias })
        try layer.check(input: layer.input { _ in 256 })
        try layer.check(input: layer.input { $0 % 7 == 0 ? 255 : 256 })
      }
    }
  }

  @Test(arguments: [8, 12, 15, 16, 17, 24, 31, 32, 40, 60, 62, 63])
  func `wide inputs under wide weights`(bits: Int) throws {
    var numbers = Numbers(seed: UInt64(bits))
    let range = -(Int128(1) << bits)...(1 << bits) - 1
    for layer in ["conv:3,filters=3,padding=1", "conv:3,filters=18", "conv:2x3,filters=6,groups=3"]
    {
      let conv = try Case(
        layer, Shape(5, 4, 6), weights: { _ in numbers.next(range) },
        bias: { _ in numbers.next(range) })
      try conv.check(input: conv.input { _ in numbers.next(range) })
    }
    let dense = try Case("dense:3", Shape(1, 1, 300)) { _ in numbers.next(range) }
    try dense.check(input: dense.input { _ in numbers.next(range) })
  }

  @Test(arguments: [Int128(Int16.min), Int128(Int16.max), -32_767, 32_768, -32_769])
  func `thousands of the largest products`(number: Int128) throws {
    let dense = try Case("dense:2", Shape(1, 1, 9_001)) { _ in number }
    try dense.check(input: dense.input { _ in number })
    let conv = try Case("conv:3,filters=2", Shape(4, 3, 301)) { _ in number }
    try conv.check(input: conv.input { _ in number })
  }

  @Test func `a sum brings a bias at the end of 128 bits back`() throws {
    for (layer, shape) in [
      ("conv:2,filters=3", try Shape(5, 4, 2)), ("dense:3", try Shape(1, 1, 8)),
    ] {
      let layer = try Case(layer, shape, weights: { _ in -1 }, bias: { _ in .max })
      try layer.check(input: layer.input { Int128($0) })
      try layer.check(input: layer.input { Int128($0) << 20 })
    }
  }

  /// Sums beyond 32 bits of numbers that fill their width, or only its negative half.
  @Test(
    arguments: [(-128, 32_767), (127, 32_767), (-30_000, 100), (-32_768, 100), (32_767, 100)]
      as [(Int128, Int128)])
  func `a thousand products that go beyond 32 bits together`(number: Int128, weight: Int128) throws
  {
    for (layer, shape) in [
      ("dense:2", try Shape(1, 1, 1_000)), ("conv:2,filters=2", try Shape(3, 2, 250)),
    ] {
      let layer = try Case(layer, shape) { $0 < 1_000 ? weight : -weight }
      try layer.check(input: layer.input { _ in number })
      try layer.check(input: layer.input { $0 == 7 ? 0 : number })
    }
  }

  @Test func `a bias of many parts makes wide sums of narrow ones`() throws {
    for denominator in [1_000_003, 1 << 61 - 1, 1 << 100 - 15] as [Int128] {
      for (layer, shape) in [("conv:2", try Shape(4, 3, 3)), ("dense:2", try Shape(1, 1, 9))] {
        let layer = try Case(
          layer, shape, biasOver: denominator, weights: { _ in 100 }, bias: { _ in 1 })
        try layer.check(input: layer.input { 100 + Int128($0) })
      }
    }
  }

  @Test func `the first cell that does not fit is named, whatever is computed first`() throws {
    let conv = try Case("conv:2x1,filters=40,bias=no", Shape(9, 9, 1)) {
      $0 / 2 == 33 ? 1 : 0
    }
    let far = conv.input { $0 == 40 ? .max : $0 == 41 ? 1 : $0 > 60 ? .max : 0 }
    #expect(
      conv.outcome(Evaluator.readable, far)
        == .failure(.beyond128Bits(layer: "v", cell: Cell(4, 4, 33))))
    try conv.check(input: far)
    let dense = try Case("dense:700,bias=no", Shape(1, 1, 2)) { $0 / 2 >= 431 ? 1 : 0 }
    let wide = dense.input { $0 == 0 ? .max : 1 }
    #expect(
      dense.outcome(Evaluator.readable, wide)
        == .failure(.beyond128Bits(layer: "v", cell: Cell(0, 0, 431))))
    try dense.check(input: wide)
  }

  @Test func `a cell that fits is computed though no bound proves it`() throws {
    for layer in ["conv:2x1", "conv:1x2,stride=1x2"] {
      let conv = try Case(layer, Shape(4, 4, 1)) { $0 == 0 ? 1 << 100 : -1 << 100 }
      let input = conv.input { (1 << 100) + Int128($0 % 4 / 2 * 3) }
      try conv.check(input: input)
      try conv.check(input: conv.input { _ in 1 << 100 })
    }
  }

  @Test func `fractions of every kind`() throws {
    var numbers = Numbers(seed: 5)
    for (weightDenominator, biasDenominator, inputDenominator) in [
      (9, 2, 1), (4, 6, 10), (1, 7, 3), (1, 1, 3),
    ]
      as [(Int128, Int128, Int128)]
    {
      for layer in ["conv:3,filters=3,stride=2,padding=1", "conv:5x4,filters=2"] {
        let conv = try Case(
          layer, Shape(5, 4, 2), over: weightDenominator, biasOver: biasDenominator,
          weights: { _ in numbers.next(-99...99) }, bias: { _ in numbers.next(-99...99) })
        try conv.check(
          input: conv.input(over: inputDenominator) { _ in numbers.next(-99...99) })
        try conv.check(
          input: conv.input(over: 1 << 60) { _ in numbers.next(-1 << 60...1 << 60) })
      }
    }
  }
}
