import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Testing

/// Whole gradients are what they are number by number, and the accounts add up to them.
@Suite struct FastGradientTests {
  static let layers = [
    "conv:3", "conv:3,filters=3,stride=2", "conv:3x2,filters=4,groups=2,stride=2x3,dilation=2x1",
    "conv:2x3,filters=2,dilation=2x3,left=2,right=1,top=0,bottom=3,bias=no",
    "conv:1,filters=5,stride=3", "conv:4,stride=4,dilation=2,padding=3",
    "conv:3,stride=2,dilation=2,padding=2,filters=2", "conv:2,stride=5",
    "depthwise:3,multiplier=2,stride=2,padding=same", "conv:7x6",
    "maxpool:2", "maxpool:3,stride=2", "maxpool:3,stride=1,padding=1,dilation=2",
    "maxpool:3,stride=2,rounding=ceil", "avgpool:2", "avgpool:3,stride=2,padding=1",
    "avgpool:3,stride=1,padding=1,count-padding=no", "avgpool:3,stride=2,rounding=ceil",
    "globalavgpool", "relu", "relu6", "leakyrelu:1/3", "dropout:0.5", "batchnorm",
    "zeropad,left=2,top=1", "flatten", "flatten,order=yxd", "lrn:3", "softmax", "sigmoid",
    "add,from=X+X", "concat,from=X+X",
  ]

  static func upstream(_ shape: Shape, wide: Bool, floats: Bool) -> Tensor {
    let sequence = SeededSequence(seed: 7, layer: 3, low: -9, high: 9)
    let numbers = (0..<shape.count).map { Int128(sequence[$0]) }
    if floats {
      return .float32(shape, numbers.map { Float($0) * 0.37 }, isRounded: false)
    }
    return Tensor(shape, wide ? numbers.map { $0 << 40 + 3 } : numbers, over: wide ? 6 : 1)
  }

  @Test(arguments: layers, [(false, false), (true, false), (false, true)])
  func `each kind's whole gradients are those of the rule, and its accounts add up`(
    layer: String, numbers: (wide: Bool, floats: Bool)
  ) throws {
    try check([layer], numbers.wide, numbers.floats)
  }

  @Test(
    arguments: [
      ["flatten", "dense:4"], ["flatten", "dense:1,bias=no"],
      ["conv:2,filters=2,name=a", "conv:1,filters=2,name=b", "add,from=a+b", "relu"],
      [
        "conv:2,filters=2,name=a", "avgpool:2,stride=1,name=b", "maxpool:2,stride=1,from=a,name=c",
        "concat,from=b+c", "conv:2",
      ],
    ], [(false, false), (true, false), (false, true)])
  func `so are those of chains and branches`(
    layers: [String], numbers: (wide: Bool, floats: Bool)
  ) throws {
    try check(layers, numbers.wide, numbers.floats)
  }

  @Test(arguments: [0, 13, 20, 40, 70, 100])
  func `a dense layer's is its columns of weights times what flows back, however wide`(
    bits: Int
  ) throws {
    let numbers: [Int128] = [5 << Int128(bits) + 1, -7 << Int128(bits), 3]
    var way = try WayBack(Shape(50, 43, 1), ["flatten", "dense:3"], input: nil, seed: 3) {
      try $0.upstream(Tensor(Shape(1, 1, 3), numbers, over: 1), ofLayer: 1)
    }
    let weights = try #require(way.backward.network.layers[1].parameters?.weights)
    let found = try way.gradient(.source(.layer(0)))
    for index in 0..<found.shape.count {
      let products = numbers.indices.map { map in
        numbers[map] * weights.numerator(map * found.shape.count + index)
      }
      #expect(found[index] == Number(products[0] + products[1] + products[2]))
    }
  }

  @Test(
    arguments: [
      "conv:3,filters=5,padding=1", "conv:2,filters=20,stride=5,bias=no",
      "conv:4x3,filters=21,stride=3x2,groups=3,left=2,bottom=1,dilation=2x1",
      "depthwise:3,multiplier=2,stride=2,padding=same", "conv:1x5,filters=9,stride=1x4",
    ], [(false, false), (true, false), (false, true)])
  func `a large convolution's weights' are those of the rule by every kind of kernel`(
    layer: String, numbers: (wide: Bool, floats: Bool)
  ) throws {
    var way = try WayBack(Shape(61, 44, 3), [layer], input: nil, seed: 3) { network in
      try network.upstream(
        FastGradientTests.upstream(
          network.layers[0].output, wide: numbers.wide, floats: numbers.floats), ofLayer: 0)
    }
    try #require(way.backward.network.layers[0].multiplyAdds > 20_000)
    let target = GradientTarget.weights(layer: 0)
    for kernels in Kernels.all {
      let settings = EvaluationSettings(kernels: kernels, threads: 2, leastWork: 0)
      let whole = try way.backward.evaluate(target, settings: settings)
      for index in stride(from: 0, to: whole.shape.count, by: 7) {
        let account = try way.backward.account(of: whole.shape.cell(at: index), in: target)
        #expect(account?.total == whole[index], "\(kernels) \(index)")
      }
    }
  }

  private func check(_ layers: [String], _ wide: Bool, _ floats: Bool) throws {
    let shape = try Shape(7, 6, 2)
    var way = try WayBack(shape, layers, input: nil, seed: 3) { network in
      let last = network.layers[network.layers.count - 1]
      return try network.upstream(
        FastGradientTests.upstream(last.output, wide: wide, floats: floats), ofLayer: last.index)
    }
    let network = way.backward.network
    var targets: [GradientTarget] = [.source(.input)]
    for layer in network.layers {
      targets += [
        .source(.layer(layer.index)), .weights(layer: layer.index), .bias(layer: layer.index),
      ].filter { network.shape(of: $0) != nil }
    }
    for target in targets {
      let whole = try way.gradient(target)
      for index in 0..<whole.shape.count {
        let account = try #require(
          try way.backward.account(of: whole.shape.cell(at: index), in: target))
        #expect(account.total == whole[index], "\(network.name(of: target)) \(index)")
        try expectSum(account)
      }
    }
  }

  private func expectSum(_ account: GradientAccount) throws {
    guard case .sum(let shares) = account.working, account.precise == nil else { return }
    let sums = shares.map(\.sum.exactValue)
    let exact = sums.reduce(BigRational(Ratio(0))) { $0 + BigRational($1) }
    for share in shares {
      let terms = share.terms.reduce(BigRational(Ratio(0))) { $0 + BigRational($1.product) }
      #expect((terms - BigRational(share.sum)).numerator.isZero)
      for term in share.terms {
        let product = BigRational(term.upstream) * BigRational(term.by)
        #expect((product - BigRational(term.product)).numerator.isZero)
      }
    }
    #expect((exact - BigRational(account.unrounded)).numerator.isZero)
  }
}
