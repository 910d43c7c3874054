import ConvolutionEngine
import ExactNumbers

/// A head's numbers as numerators over one denominator for weights and one for scores, so that an
/// update is integer arithmetic.
struct Scale: Sendable, Equatable {
  private let outputs: Int
  private let inputs: Int
  private let hasBias: Bool
  /// The features' numerators, example by example, over one denominator.
  private let features: [Int128]
  private let featureDenominator: Int128
  /// What weights and biases stand over.
  private let denominator: Int128
  /// The rate times features, and the rate, over that: so many of it.
  private let featureStep: Int128
  private let biasStep: Int128

  init(
    _ parameters: Parameters, examples: [HeadTraining.Example], rate: Ratio
  ) throws(TrainingError) {
    outputs = parameters.filters
    inputs = parameters.filter.count
    hasBias = parameters.bias != nil
    (features, featureDenominator) = try Scale.features(examples)
    // Weights, biases and both steps stand over one denominator.
    var common: Int128? = parameters.weights.denominator
    let (step, overflows) = rate.denominator.multipliedReportingOverflow(by: featureDenominator)
    guard !overflows else { throw .beyond128Bits }
    for other in [parameters.bias?.denominator ?? 1, step, rate.denominator] {
      common = common.flatMap { leastCommonMultiple($0, other) }
    }
    guard let common else { throw .beyond128Bits }
    denominator = common
    featureStep = try Scale.product(common / step, rate.numerator)
    biasStep = try Scale.product(common / rate.denominator, rate.numerator)
  }

  /// All features over one denominator; a float32 is a fraction over a power of two.
  private static func features(
    _ examples: [HeadTraining.Example]
  ) throws(TrainingError) -> ([Int128], Int128) {
    var common: Int128? = 1
    var all: [Ratio] = []
    for (example, features) in examples.map(\.features).enumerated() {
      for index in 0..<features.shape.count {
        guard let ratio = features[index].exactRatio else { throw .features(example: example) }
        if ratio.denominator != common {
          common = common.flatMap { leastCommonMultiple($0, ratio.denominator) }
        }
        all.append(ratio)
      }
    }
    guard let common else { throw .beyond128Bits }
    var numerators: [Int128] = []
    numerators.reserveCapacity(all.count)
    for ratio in all {
      numerators.append(try product(ratio.numerator, common / ratio.denominator))
    }
    return (numerators, common)
  }

  fileprivate static func product(
    _ first: Int128, _ second: Int128
  ) throws(TrainingError) -> Int128 {
    let (product, overflows) = first.multipliedReportingOverflow(by: second)
    guard !overflows else { throw .beyond128Bits }
    return product
  }

  func weights(of parameters: Parameters) throws(TrainingError) -> Weights {
    var weights = Weights(weights: [], biases: [])
    let scale = denominator / parameters.weights.denominator
    for index in 0..<parameters.weights.count {
      weights.weights.append(try Scale.product(parameters.weights.numerator(index), scale))
    }
    if let bias = parameters.bias {
      let scale = denominator / bias.denominator
      for map in 0..<outputs {
        weights.biases.append(try Scale.product(bias.numerator(map), scale))
      }
    }
    return weights
  }

  /// The numerators of an example's scores.
  func scores(_ weights: Weights, _ example: Int) throws(TrainingError) -> [Int128] {
    var scores: [Int128] = []
    for map in 0..<outputs {
      var sum = WideSum()
      for index in 0..<inputs {
        sum.add(weights.weights[map * inputs + index], times: features[example * inputs + index])
      }
      if hasBias { sum.add(weights.biases[map], times: featureDenominator) }
      guard let total = sum.total else { throw .beyond128Bits }
      scores.append(total)
    }
    return scores
  }

  /// A score, from its numerator.
  func score(_ numerator: Int128) -> Ratio {
    Ratio(numerator, over: denominator * featureDenominator).reduced
  }

  private var one: Int128 { denominator * featureDenominator }

  /// The classes whose share of the loss is above 0.
  func tooNear(_ scores: [Int128], _ label: Int) -> [Int] {
    scores.indices.filter { $0 != label && scores[$0] > scores[label] - one }
  }

  func loss(_ scores: [Int128], _ near: [Int], _ label: Int) throws(TrainingError) -> Ratio {
    var sum = WideSum()
    for map in near {
      sum.add(scores[map])
      sum.add(scores[label], times: -1)
      sum.add(one)
    }
    guard let total = sum.total else { throw .beyond128Bits }
    return score(total)
  }

  /// One step of learning.
  func update(
    _ weights: inout Weights, example: Int, tooNear: [Int], label: Int
  ) throws(TrainingError) {
    guard !tooNear.isEmpty else { return }
    try add(&weights, example: example, to: label, times: Int128(tooNear.count))
    for map in tooNear { try add(&weights, example: example, to: map, times: -1) }
  }

  /// Adds rate × features so many times to a class's weights, and the rate to its bias.
  func add(
    _ weights: inout Weights, example: Int, to map: Int, times: Int128
  ) throws(TrainingError) {
    let factor = try Scale.product(featureStep, times)
    for index in 0..<inputs {
      let step = try Scale.product(features[example * inputs + index], factor)
      let place = map * inputs + index
      let (sum, overflows) = weights.weights[place].addingReportingOverflow(step)
      guard !overflows else { throw .beyond128Bits }
      weights.weights[place] = sum
    }
    guard hasBias else { return }
    let (sum, overflows) = weights.biases[map]
      .addingReportingOverflow(try Scale.product(biasStep, times))
    guard !overflows else { throw .beyond128Bits }
    weights.biases[map] = sum
  }

  func numbers(_ weights: Weights) -> GivenParameters {
    GivenParameters(
      weights: .stored(Integers(weights.weights), denominator: denominator),
      bias: hasBias ? .stored(Integers(weights.biases), denominator: denominator) : nil)
  }
}

/// Numerators over one denominator.
struct Weights: Sendable, Equatable {
  var weights: [Int128]
  var biases: [Int128]
}

extension Number {
  /// The exact value as a fraction of 128 bits; nil where it is none.
  fileprivate var exactRatio: Ratio? {
    if let ratio { return ratio.reduced }
    let value = exactValue
    guard !value.isZero else { return .zero }
    let zeros = value.magnitude.trailingZeroBitCount
    let exponent = value.exponent + zeros
    let odd = value.magnitude.shiftedRight(by: zeros)
    guard abs(exponent) < 126, let whole = odd.shiftedLeft(by: exponent).word,
      whole <= Int128.max.magnitude
    else { return nil }
    return Ratio(
      (value.isNegative ? -1 : 1) * Int128(whole), over: Int128(1) << Int128(max(0, -exponent)))
  }
}
