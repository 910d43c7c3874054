@testable import ExactNumbers
@testable import FastEvaluation
import Testing

@testable import ConvolutionEngine

/// What the fast ways do besides giving the readable loop's numbers.
struct FastWaysTests {
  @Test func `there are portable kernels, and the fastest come first`() {
    #expect(Kernels.all.last?.description == "portable")
    #expect(Kernels.fastest.description == Kernels.all.first?.description)
  }

  @Test(arguments: [(-2, 2), (-3, 3), (0, 0), (0, 1), (-7, 92), (-32_768, 32_767), (0, 40_000)])
  func `seeded weights are those of the documented stream`(low: Int, high: Int) throws {
    for offset in [0, 1_000_003, 1 << 40] {
      let sequence = SeededSequence(seed: 11, layer: 3, low: low, high: high, offset: offset)
      let conv = try Case("conv:3,filters=19", Shape(6, 5, 3), weights: sequence)
      try conv.check(input: conv.input { Int128($0 % 11 - 5) })
      let dense = try Case("dense:3", Shape(1, 1, 4_500), weights: sequence)
      try dense.check(input: dense.input { Int128($0 % 11 - 5) })
    }
  }

  @Test(arguments: [1, 2, 3, 26, 27, 5000])
  func `filters of few taps, and of signs, are those of the documented stream`(taps: Int) throws {
    func sequences(_ length: Int) -> [SeededSequence] {
      [.taps(taps, length: length, seed: 11, layer: 3), .signs(seed: 11, layer: 3)]
    }
    for sequence in sequences(27) {
      let conv = try Case("conv:3,filters=19", Shape(6, 5, 3), weights: sequence)
      try conv.check(input: conv.input { Int128($0 % 11 - 5) })
    }
    // Longer than the stretch that is read at a time.
    for sequence in sequences(9_500) {
      let dense = try Case("dense:3", Shape(1, 1, 9_500), weights: sequence)
      try dense.check(input: dense.input { Int128($0 % 11 - 5) << 20 })
    }
  }

  @Test func `many filters in many groups`() throws {
    var numbers = Numbers(seed: 9)
    for layer in [
      "conv:3,filters=33", "conv:3,filters=100", "conv:1,filters=17,stride=2",
      "conv:3,filters=40,groups=2", "conv:3x1,filters=12,groups=12,padding=1",
      "conv:2,filters=24,groups=4,dilation=2x3", "conv:8x7,filters=5,bias=no",
      "conv:8x7,filters=36,groups=12",
    ] {
      let conv = try Case(layer, Shape(8, 7, 12)) { _ in numbers.next(-9...9) }
      try conv.check(input: conv.input { _ in numbers.next(-99...99) })
    }
  }

  @Test func `padding too large to be written out`() throws {
    let conv = try Case("conv:3,stride=4000,padding=9000,filters=2", Shape(5, 4, 2))
    try conv.check(input: conv.input { Int128($0) })
    let far = try Case("conv:2,stride=5000,padding=5000,dilation=7000", Shape(5, 4, 2))
    try far.check(input: far.input { Int128($0) })
  }

  @Test func `pools, ReLU and flatten over numbers of every width`() throws {
    var numbers = Numbers(seed: 4)
    for bits in [6, 7, 14, 15, 30, 31, 56, 62, 63, 110, 126] {
      let range = -(Int128(1) << bits)...1 << bits
      for layer in [
        "maxpool:2", "maxpool:3,stride=2,padding=1", "maxpool:3x2,stride=1x2,dilation=2",
        "avgpool:2", "avgpool:3,stride=2,padding=1",
        "avgpool:3,stride=2,padding=1,count-padding=no", "avgpool:2,dilation=2,padding=1",
        "avgpool:2,dilation=3x2,left=2,count-padding=no", "flatten,order=yxd",
        "globalavgpool", "relu", "leakyrelu:0.3", "flatten",
      ] {
        let pool = try Case(layer, Shape(7, 6, 3))
        try pool.check(input: pool.input { _ in numbers.next(range) })
        try pool.check(input: pool.input { _ in numbers.next(range.lowerBound...0) })
      }
    }
  }

  @Test func `averages whose divisors have a wide common multiple`() throws {
    let pool = try Case(
      "avgpool:60x1,stride=1,left=30,right=30,count-padding=no", Shape(60, 1, 2))
    try pool.check(input: pool.input { _ in 0 })
    try pool.check(input: pool.input { Int128($0) - 50 })
    try pool.check(input: pool.input(over: 3) { Int128($0) << 40 })
  }

  @Test func `numbers stored wider than they need come out as narrow as they fit`() throws {
    for layer in ["maxpool:2", "avgpool:2", "relu", "flatten", "conv:2,filters=3", "conv:4x3"] {
      let layer = try Case(layer, Shape(4, 3, 2)).layer
      let numbers = (0..<layer.input.count).map { Int128($0) - 9 }
      let narrow = try layer.evaluate([Tensor(layer.input, numbers)])
      let wide = try layer.evaluate([Tensor(layer.input, .int128(numbers))])
      #expect(wide == narrow)
    }
  }

  @Test func `filters that stand ready serve one input after the other`() throws {
    let conv = try Case("conv:5,filters=2,stride=2", Shape(11, 11, 4))
    let filters = try #require(try ReadyFilters(conv.layer, isExact: true))
    for shift in [0, 7, 16, 40] {
      let input = conv.input { Int128($0 % 23 - 11) << shift }
      let found = try conv.layer.evaluate([input], filters: filters)
      #expect(try found == conv.layer.evaluateCellByCell([input]))
    }
  }

  @Test func `threads are started where they are worth it`() throws {
    let small = try Case("conv:3,filters=70", Shape(20, 20, 12)).layer
    let large = try Case("conv:3,filters=70", Shape(60, 60, 12)).layer
    let settings = EvaluationSettings(threads: 2)
    #expect(settings.for(small).threads == 1)
    #expect(settings.for(large).threads == 2)
    // Each of a dense layer's weights is read but once.
    #expect(settings.for(try Case("dense:100", Shape(1, 1, 5_000)).layer).threads == 1)
    #expect(settings.for(try Case("dense:1000", Shape(1, 1, 5_000)).layer).threads == 2)
  }

  private static let layers = [
    "conv:3,filters=70", "conv:20,filters=600", "maxpool:2", "avgpool:2", "avgpool:2,padding=1",
  ]

  @Test(arguments: layers, [1, 2, 5])
  func `progress grows to the whole`(layer: String, threads: Int) throws {
    var told: [Double] = []
    let layer = try Case(layer, Shape(20, 20, 12)).layer
    let input = try Tensor.seeded(layer.input, seed: 3)
    let settings = EvaluationSettings(threads: threads, leastWork: 0) {
      told.append($0)
      return true
    }
    let output = try layer.evaluate([input], settings: settings)
    #expect(output == (try layer.evaluate([input])))
    #expect(told.last == 1)
    #expect(told == told.sorted())
    #expect(told.allSatisfy { (0...1).contains($0) })
  }

  @Test(arguments: layers)
  func `an evaluation that is told to stop stops`(layer: String) throws {
    let layer = try Case(layer, Shape(20, 20, 12)).layer
    let input = try Tensor.seeded(layer.input, seed: 3)
    var told = 0
    let third = EvaluationSettings { _ in
      told += 1
      return told < 3
    }
    #expect(throws: ArithmeticError.cancelled) { try layer.evaluate([input], settings: third) }
    #expect(told == 3)
    let first = EvaluationSettings(threads: 2, leastWork: 0) { _ in false }
    #expect(throws: ArithmeticError.cancelled) { try layer.evaluate([input], settings: first) }
    #expect(throws: ArithmeticError.cancelled) {
      try layer.evaluateCellByCell([input]) { done throws(ArithmeticError) in
        try first.report(done, of: layer.output.count)
      }
    }
  }

  @Test(
    arguments: [
      "conv:3,filters=7", "conv:6x5,filters=3", "depthwise:2", "maxpool:2", "avgpool:2",
      "globalavgpool", "batchnorm", "lrn:3", "add,from=X+X", "concat,from=X+X", "zeropad:1",
    ], [Representation.exact, .floats])
  func `an evaluation ends at whatever report it is told to`(
    text: String, representation: Representation
  ) throws {
    let layer = try Network(Shape(6, 5, 4), text).layers[0]
    let input = representation.input(layer.input, scattered(layer.input.count))
    let inputs = layer.sources.map { _ in input }
    var reports = 0
    let whole = EvaluationSettings { _ in
      reports += 1
      return true
    }
    _ = try layer.evaluate(inputs, settings: whole)
    for last in 0..<reports {
      var told = 0
      let settings = EvaluationSettings { _ in
        told += 1
        return told <= last
      }
      #expect(throws: ArithmeticError.cancelled) { try layer.evaluate(inputs, settings: settings) }
      #expect(told == last + 1)
    }
  }
}
