import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Testing

/// A chain, its input and the way back from a loss.
struct WayBack {
  var backward: Backward

  init(
    _ shape: Shape, _ layers: [String], input: [Int128]? = nil,
    weights: [String: GivenParameters] = [:], seed: UInt64 = 0,
    loss: (Network) throws -> PlacedLoss = { $0.sum(ofLayer: $0.layers.count - 1) }
  ) throws {
    let network = try Network(
      input: shape, layers: layers.map { try LayerSpecification(parsing: $0) }, seed: seed
    ).taking(weights)
    let tensor = try input.map { Tensor(shape, $0) } ?? .seeded(shape, seed: seed)
    backward = Backward(Activations(network, input: tensor), from: try loss(network))
  }

  mutating func gradient(_ target: GradientTarget) throws -> Tensor {
    try backward.evaluate(target)
  }

  mutating func gradient(_ name: String) throws -> [Ratio] {
    let network = backward.network
    let target: GradientTarget
    if name == "X" {
      target = .source(.input)
    } else if name.hasSuffix(".weight") {
      target = .weights(layer: try #require(network.layer(named: String(name.dropLast(7)))).index)
    } else if name.hasSuffix(".bias") {
      target = .bias(layer: try #require(network.layer(named: String(name.dropLast(5)))).index)
    } else {
      target = .source(.layer(try #require(network.layer(named: name)).index))
    }
    let tensor = try backward.evaluate(target)
    return try (0..<tensor.shape.count).map { try #require(tensor[$0].ratio) }
  }
}

extension [Ratio] {
  static func whole(_ numbers: [Int128]) -> [Ratio] { numbers.map { Ratio($0) } }
}

@Suite struct BackwardTests {
  /// torch 2.15's `batch_norm`, not training, of the same numbers in float64.
  @Test(arguments: [
    // Over fourths: roots of 4 and 9, exact.
    ([14, 34] as [Int128], [Ratio(-6), Ratio(-22, over: 3)], nil as [Float]?),
    // Roots of 5/2 and 5/4: rounded once.
    ([8, 3] as [Int128], [], [-7.589466571807861, -19.677398681640625]),
  ])
  func `a batch normalization's γ gets what flows back times what it met, its β the sum`(
    variances: [Int128], exact: [Ratio], rounded: [Float]?
  ) throws {
    let given = ([3, -2, 1, 4, 1, -2] as [Int128]).map { $0 * 4 } + variances
    var way = try WayBack(
      Shape(2, 2, 2), ["batchnorm,epsilon=1/2,name=n"], input: [1, -2, 4, 0, 3, 3, -5, 2],
      weights: ["n": GivenParameters(normalization: .stored(Integers(given), denominator: 4))]
    ) { network in
      try network.upstream(
        Tensor(Shape(2, 2, 2), [1, 2, -1, 3, 0, -4, 2, 1] as [Int128]), ofLayer: 0)
    }
    #expect(try way.gradient("n.bias") == [5, -1].map { Ratio($0) })
    let scales = try way.gradient(.weights(layer: 0))
    if let rounded {
      #expect(scales.floats == rounded && scales.isRounded)
    } else {
      #expect(try way.gradient("n.weight").map(\.reduced) == exact)
    }
    let account = try #require(
      try way.backward.account(of: Cell(0, 0, 1), in: .weights(layer: 0)))
    #expect(account.total == scales[1] && account.termCount == 4)
  }

  /// A university's midterm: a 6×4 picture, one 3×3 filter, ReLU, a 2×2 maximum, half the squares.
  static func midterm() throws -> WayBack {
    let filter: [Int128] = [-1, 0, 1, -1, 0, 1, -1, 0, 1]
    return try WayBack(
      Shape(6, 4, 1), ["conv:3,bias=no,name=J", "relu", "maxpool:2,name=O"],
      input: [1, 3, 2, 4, 6, 4, 4, 8, 3, 1, 0, 2, 2, 1, 4, 3, 9, 1, 4, 7, 2, 3, 9, 2],
      weights: ["J": GivenParameters(weights: .stored(Integers(filter), denominator: 1))]
    ) { network in
      try network.loss(
        .squared, target: .array(Tensor(Shape(2, 1, 1), [7, 10] as [Int128])), ofLayer: 2)
    }
  }

  @Test func `the midterm's gradients are those that autograd gives`() throws {
    var way = try BackwardTests.midterm()
    #expect(try way.gradient("O") == .whole([2 - 7, 9 - 10]))
    #expect(try way.gradient("J") == .whole([-5, 0, 0, 0, 0, 0, -1, 0]))
    #expect(try way.gradient("J.weight") == .whole([-8, -16, -10, -24, -43, -24, -12, -8, -29]))
    #expect(
      try way.gradient("X")
        == .whole([5, 0, -5, 0, 0, 0, 5, 0, -4, 0, -1, 0, 5, 0, -4, 0, -1, 0, 0, 0, 1, 0, -1, 0]))
    #expect(way.backward.lossValue == Number(13))
  }

  @Test func `half of 25 and 1 is 13`() throws {
    var way = try BackwardTests.midterm()
    #expect(way.backward.lossValue == nil)
    _ = try way.gradient("O")
    #expect(way.backward.lossValue == Number((25 + 1) / 2))
  }

  @Test func `a tie's gradient goes to the first in the walk's order, and overlaps add up`() throws
  {
    var way = try WayBack(Shape(4, 1, 1), ["maxpool:2x1,stride=1x1"], input: [2, 2, 2, 1])
    // Windows 2 2, 2 2, 2 1: the first of each.
    #expect(try way.gradient("X") == .whole([1, 1, 1, 0]))
    way = try WayBack(Shape(3, 1, 1), ["maxpool:2x1,stride=1x1"], input: [1, 5, 1])
    #expect(try way.gradient("X") == .whole([0, 2, 0]))
  }

  @Test(
    arguments: [
      ("relu", [-1, 0, 1, 6, 7], [0, 0, 1, 1, 1]),
      ("relu6", [-1, 0, 1, 6, 7], [0, 0, 1, 0, 0]),
      ("leakyrelu:2", [-1, 0, 1, 6, 7], [2, 2, 1, 1, 1]),
    ] as [(String, [Int128], [Int128])])
  func `functions of one number let through what PyTorch lets through at their edges`(
    layer: String, input: [Int128], expected: [Int128]
  ) throws {
    var way = try WayBack(Shape(5, 1, 1), [layer], input: input)
    #expect(try way.gradient("X") == .whole(expected))
  }

  @Test func `an average shares its gradient among the places that it counts, exactly`() throws {
    // Windows of 2 and 3 real places of 3: without padding counted, 1/2 and 1/3.
    var way = try WayBack(
      Shape(3, 1, 1), ["avgpool:3x1,stride=1x1,padding=1x0,count-padding=no"], input: [1, 2, 3])
    // 1/2 + 1/3, 1/2 + 1/3 + 1/2, 1/3 + 1/2
    #expect(
      try way.gradient("X") == [Ratio(5, over: 6), Ratio(4, over: 3), Ratio(5, over: 6)])
  }

  @Test func `a network with branches adds the gradients of its readers`() throws {
    var way = try WayBack(
      Shape(1, 1, 1), ["relu,name=a", "leakyrelu:3,name=b", "add,from=a+b,name=c", "add,from=c+a"],
      input: [2])
    #expect(try way.gradient("a") == .whole([1 + 1 + 1]))
    #expect(try way.gradient("X") == .whole([3]))
  }

  @Test func `columns that no window reads get 0`() throws {
    var way = try WayBack(Shape(6, 1, 1), ["conv:2x1,stride=3x1,bias=no"])
    let numbers = try way.gradient("X")
    #expect(numbers[2] == .zero && numbers[5] == .zero)
    #expect(numbers[0] == numbers[3])
  }

  @Test func `each class that comes too near has the gradient 1, the target minus as many`() throws
  {
    var way = try WayBack(Shape(1, 1, 3), ["dense:3"], input: [2, 0, 5]) { network in
      try network.loss(.hinge, target: .label(1), ofLayer: 0)
    }
    let scores = try way.backward.evaluate(.source(.layer(0)))
    var activations = way.backward.activations
    let output = try activations.evaluate(0)
    let near = (0..<3).filter { $0 != 1 && output[$0] > .difference(output[1], Number(1)) }
    #expect(scores[1] == Number(-Int128(near.count)))
    for label in [0, 2] { #expect(scores[label] == Number(near.contains(label) ? 1 : 0)) }
  }

  @Test func `a cross-entropy takes the scores before a final softmax`() throws {
    var way = try WayBack(
      Shape(1, 1, 2), ["dropout:0.5,name=scores", "softmax"], input: [0, 0]
    ) { try $0.loss(.crossEntropy, target: .label(0), ofLayer: 1) }
    #expect(way.backward.loss.source == .layer(0))
    let gradient = try way.gradient(.source(.layer(0)))
    // Both shares are 1/2.
    #expect(gradient.floats == [-0.5, 0.5])
    // ln 2
    #expect(way.backward.lossValue?.nearestDouble == 0.693_147_180_559_945_3)
    #expect(!way.backward.reaches(.source(.layer(1))))
  }

  @Test func `a cross-entropy over a final sigmoid is the binary one`() throws {
    var way = try WayBack(
      Shape(1, 1, 1), ["dropout:0.5,name=score", "sigmoid"], input: [2]
    ) { try $0.loss(.crossEntropy, target: .label(1), ofLayer: 1) }
    let gradient = try way.gradient(.source(.layer(0)))
    // 1/(1 + e^−2) − 1, by torch: −0.11920292
    #expect(gradient.floats == [-0.11920292])
    #expect(way.backward.lossValue?.nearestDouble == 0.126_928_011_042_972_5)
  }
}

@Suite struct `A loss of float32 numbers` {
  /// Their squares and sums are beyond float32, and exact: 320 bits stand behind the point.
  @Test func `is what they make, however large`() throws {
    let shape = try Shape(1, 1, 3)
    let scores = Tensor.float32(shape, [1e30, 3e38, 3e38], isRounded: false)
    let sum = try #require(Loss.sum.value(over: scores))
    #expect(sum.nearestDouble == 2 * Double(Float(3e38)) + Double(Float(1e30)))
    let zero = Tensor(shape, [0, 0, 0])
    let squared = try #require(Loss.squared(target: zero).value(over: scores))
    let squares = [Float(1e30), 3e38, 3e38].map { Double($0) * Double($0) / 2 }
    #expect(abs(squared.nearestDouble / squares.reduce(0, +) - 1) < 1e-15)
    let hinge = try #require(Loss.hinge(target: 0).value(over: scores))
    #expect(abs(hinge.nearestDouble / (2 * (3e38 - 1e30)) - 1) < 1e-6)
  }

  @Test func `is rounded where they are`() throws {
    let shape = try Shape(1, 1, 2)
    let rounded = Tensor.float32(shape, [1.5, 2], isRounded: true)
    let given = Tensor.float32(shape, [1.5, 2], isRounded: false)
    #expect(Loss.sum.value(over: rounded)?.text == "≈3.5")
    #expect(Loss.sum.value(over: given)?.text == "3.5")
  }
}
