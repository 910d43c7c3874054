import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Glibc
import Testing

/// One way to evaluate a layer. Each must give what the oracle gives, cell for cell: a faster
/// way is proven by adding it to `all`.
struct Evaluator: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let evaluate: @Sendable (Layer, [Tensor]) throws -> Tensor

  static let all = [readable, accounts, everyFast]

  static let readable = Evaluator(testDescription: "the readable loop") { layer, inputs in
    try layer.evaluateCellByCell(inputs)
  }

  /// The kernels of every kind of processor that this one can play, and several threads.
  static let fast =
    Kernels.all.map { kernels in
      Evaluator(testDescription: "the \(kernels) kernels") { layer, inputs in
        try layer.evaluate(inputs, settings: EvaluationSettings(kernels: kernels))
      }
    } + [
      Evaluator(testDescription: "three threads") { layer, inputs in
        try layer.evaluate(inputs, settings: EvaluationSettings(threads: 3, leastWork: 0))
      }
    ]

  /// All of them at once, which saves asking the oracle again for each.
  static let everyFast = Evaluator(testDescription: "every fast way") { layer, inputs in
    let outputs = try fast.map { try $0.evaluate(layer, inputs) }
    for (way, output) in zip(fast, outputs) {
      #expect(output == outputs[0], "\(way.testDescription)")
    }
    return outputs[0]
  }

  static let accounts = Evaluator(
    testDescription: "the accounts of all cells, added up"
  ) { layer, inputs in
    guard layer.isExact(over: inputs) else { return try layer.addedUpFloats(inputs) }
    let denominator = try layer.outputDenominator(over: inputs)
    let numerators = try (0..<layer.output.count).map { index in
      let account = try layer.account(of: layer.output.cell(at: index), inputs: inputs)
      let value = try #require(account.addedUp.ratio)
      try #require(account.total == .ratio(value))
      return value.numerator * (denominator / value.denominator)
    }
    return Tensor(layer.output, numerators, over: denominator)
  }
}

extension Layer {
  /// Each account's exact parts added up, and that rounded.
  fileprivate func addedUpFloats(_ inputs: [Tensor]) throws -> Tensor {
    let floats = try (0..<output.count).map { index in
      let account = try account(of: output.cell(at: index), inputs: inputs)
      let exact = account.addedUp
      try #require(exact == account.unrounded)
      let value = try #require(exact.nearestFloat)
      try #require(account.total.nearestFloat == value)
      return value
    }
    return .float32(output, floats, isRounded: isRounded(over: inputs))
  }
}

extension CellAccount {
  /// The cell's value from what the account shows, not from its total.
  var addedUp: Number {
    switch working {
    case .weightedSum(let sum):
      let slices = (0..<sum.filter.depth).map { sum.sum(sum.slice($0)) }
      return Number.sum(slices + (sum.bias.map { [$0] } ?? []))
    case .maximum(let candidates): return candidates.values[candidates.winners[0]]
    case .average(let average):
      guard let sum = average.sum.ratio else { return average.quotient }
      return Number(sum.numerator, over: sum.denominator * Int128(average.divisor))
    case .mapped(let number, by: .relu): return number.isNegative ? .zero : number
    case .mapped(let number, by: .relu6): return min(max(number, .zero), Number(6))
    case .mapped(let number, by: .leakyReLU(let leaky)):
      guard number.isNegative, let ratio = number.ratio else { return number }
      return Number(
        ratio.numerator * leaky.slope.numerator, over: ratio.denominator * leaky.slope.denominator)
    case .mapped: preconditionFailure("a function that this does not know")
    case .moved(_, let number), .joined(_, _, let number): return number
    case .padding: return .zero
    case .added(let numbers):
      return numbers.map { Ratio($0) }.reduce(Ratio(0)) { sum, number in
        Ratio(
          sum.numerator * number.denominator + number.numerator * sum.denominator,
          over: sum.denominator * number.denominator)
      }.number
    case .normalized(let number, let map):
      guard let root = map.root else { return .rounded(Float(map.estimate(of: number))) }
      let (x, mean) = (Ratio(number), Ratio(map.mean))
      let (gamma, beta) = (Ratio(map.gamma), Ratio(map.beta))
      // γ · (x − μ)/root + β, over the product of all denominators.
      let difference = x.numerator * mean.denominator - mean.numerator * x.denominator
      let over = x.denominator * mean.denominator * gamma.denominator * root.numerator
      return Ratio(
        gamma.numerator * difference * root.denominator * beta.denominator
          + beta.numerator * over,
        over: over * beta.denominator
      ).number
    case .responded(let response):
      let settings = response.settings
      let base =
        settings.offset.nearestDouble
        + settings.alpha.nearestDouble * response.sumOfSquares.nearestDouble
      let divisor = pow(base, settings.beta.nearestDouble)
      return .rounded(Float(response.input.nearestDouble / divisor))
    case .squashed(let number, _): return .rounded(Float(1 / (1 + exp(-number.nearestDouble))))
    case .shared(let share):
      let powers = share.values.map { exp($0.nearestDouble - share.largest.nearestDouble) }
      return .rounded(Float(powers[cell.depth] / powers.reduce(0, +)))
    }
  }
}

extension Normalization.Map {
  /// γ · (x − μ)/√(σ² + ε) + β, in float64.
  fileprivate func estimate(of number: Number) -> Double {
    let divisor = (variance.nearestDouble + epsilon.nearestDouble).squareRoot()
    return gamma.nearestDouble * (number.nearestDouble - mean.nearestDouble) / divisor
      + beta.nearestDouble
  }
}

extension Average {
  /// Of whole numbers, which float32 sums of these tests are.
  fileprivate var quotient: Number {
    Number(Int128(sum.nearestDouble), over: Int128(divisor))
  }
}

extension Ratio {
  /// An exact number's.
  fileprivate init(_ number: Number) { self = number.ratio ?? .zero }

  fileprivate var number: Number { .ratio(reduced) }
}

extension CellAccount {
  var weightedSum: WeightedSum? {
    if case .weightedSum(let sum) = working { sum } else { nil }
  }

  var candidates: Candidates? {
    if case .maximum(let candidates) = working { candidates } else { nil }
  }

  var average: Average? {
    if case .average(let average) = working { average } else { nil }
  }
}
