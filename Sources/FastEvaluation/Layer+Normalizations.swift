import ConvolutionEngine
import ExactNumbers

/// The normalizations by a root, whose numbers are read once for all the cells that look at them.
extension Layer {
  /// The whole output of such a layer; nil for every other one.
  func normalizedFloats(
    _ inputs: [Tensor], _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> [Float]? {
    guard case .irrational(let rule) = combination(over: inputs) else { return nil }
    switch operation {
    case .responseNormalization(let response):
      let numbers = inputs[0].nearestDoubles
      return try floats(inputs[0], rule, settings) { index in
        let (depth, place) = index.quotientAndRemainder(dividingBy: output.plane)
        let maps = response.maps(around: depth, of: input.depth)
        var squares = 0.0
        for map in maps {
          let number = numbers[place + map * output.plane]
          squares += number * number
        }
        return response.estimate(numbers[index], squares, of: maps.count)
      }
    case .batchNormalization:
      guard let normalization else { return nil }
      let numbers = inputs[0].nearestDoubles
      let maps = (0..<output.depth).map { normalization[$0].doubles }
      return try floats(inputs[0], rule, settings) { index in
        maps[index / output.plane].estimate(numbers[index])
      }
    case .convolution, .depthwiseConvolution, .dense, .maxPool, .averagePool, .globalAverage, .relu,
      .relu6, .leakyReLU, .sigmoid, .softmax, .flatten, .zeroPadding, .dropout, .addition,
      .concatenation:
      return nil
    }
  }

  /// Each cell by its estimate; the few that it does not decide, by what decides it.
  private func floats(
    _ input: Tensor, _ rule: any IrrationalRule, _ settings: EvaluationSettings,
    _ estimate: (Int) -> Double.Estimate
  ) throws(ArithmeticError) -> [Float] {
    var floats: [Float] = []
    floats.reserveCapacity(output.count)
    for index in 0..<output.count {
      try settings.report(index, of: output.count)
      if let float = estimate(index).float {
        floats.append(float)
        continue
      }
      let cell = output.cell(at: index)
      guard let float = irrational(of: cell, rule, input) else {
        throw .beyondFloat32(layer: name, cell: cell)
      }
      floats.append(float)
    }
    return floats
  }
}

extension Tensor {
  /// Every number's nearest `Double`.
  var nearestDoubles: [Double] {
    switch storage {
    case .float32(let floats, _): floats.map(Double.init)
    case .exact(.int8(let numbers), denominator: 1): numbers.map(Double.init)
    case .exact(.int16(let numbers), denominator: 1): numbers.map(Double.init)
    case .exact(.int32(let numbers), denominator: 1): numbers.map(Double.init)
    case .exact: (0..<shape.count).map { self[$0].nearestDouble }
    }
  }
}
