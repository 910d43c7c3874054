import ConvolutionEngine
import ExactNumbers

/// What flows back through layers that move numbers, and through functions of one number.
extension Layer {
  /// A gradient moved back to where its numbers came from.
  func movedBack(_ gradient: Integers, _ reader: GradientReader) -> Integers {
    gradient.rearranged(MovedBack(layer: self, branch: reader.branch))
  }

  func movedBack(_ gradient: [Float], _ reader: GradientReader) -> [Float] {
    MovedBack(layer: self, branch: reader.branch)(gradient)
  }
}

private struct MovedBack: Rearranging {
  let layer: Layer
  let branch: Int

  func callAsFunction<Value: Numeric>(_ values: [Value]) -> [Value] {
    let input = layer.inputs[branch]
    switch layer.operation {
    case .addition, .dropout: return values
    case .flatten where !layer.flatOrder.isKeras(over: input): return values
    case .concatenation:
      let first = layer.inputs[..<branch].reduce(0) { $0 + $1.count }
      return Array(values[first..<first + input.count])
    case .flatten, .convolution, .depthwiseConvolution, .dense, .maxPool, .averagePool,
      .globalAverage, .relu, .relu6, .leakyReLU, .sigmoid, .softmax, .batchNormalization,
      .responseNormalization, .zeroPadding:
      var moved: [Value] = []
      moved.reserveCapacity(input.count)
      for index in 0..<input.count {
        layer.operation.rule.visitReaders(of: input.cell(at: index), ofInput: branch, in: layer) {
          moved.append(values[layer.output.index($0.output)])
        }
      }
      return moved
    }
  }
}

extension Layer {
  /// Where a function of one number, whose slopes are 0 and 1, lets a gradient through; nil for any
  /// other.
  func passes(_ input: Tensor) -> [Bool]? {
    let upper: Int128?
    switch operation {
    case .relu: upper = nil
    case .relu6: upper = 6
    case .convolution, .depthwiseConvolution, .dense, .maxPool, .averagePool, .globalAverage,
      .leakyReLU, .sigmoid, .softmax, .flatten, .batchNormalization, .responseNormalization,
      .zeroPadding, .dropout, .addition, .concatenation:
      return nil
    }
    if let floats = input.floats {
      return upper == nil ? floats.map { $0 > 0 } : floats.map { $0 > 0 && $0 < 6 }
    }
    let (most, overflows) = input.denominator.multipliedReportingOverflow(by: upper ?? 0)
    func passes<Number: KernelNumber>(_ numbers: [Number]) -> [Bool] {
      guard upper != nil, !overflows, let most = Number(exactly: most) else {
        return numbers.map { $0 > 0 }
      }
      return numbers.map { $0 > 0 && $0 < most }
    }
    switch input.exactNumerators {
    case .int8(let numbers): return passes(numbers)
    case .int16(let numbers): return passes(numbers)
    case .int32(let numbers): return passes(numbers)
    case .int64(let numbers): return passes(numbers)
    case .int128(let numbers): return passes(numbers)
    }
  }
}

extension GradientArithmetic {
  /// Gradients times slopes; nil where one may not fit 128 bits.
  func slopedBack(
    _ part: Part, _ rule: any SlopedRule, _ settings: EvaluationSettings
  ) -> Integers? {
    let gradient = part.reader.upstream.exactNumerators
    if let passes = part.layer.passes(part.reader.inputs[0]) {
      return gradient.rearranged(Masked(passes: passes)).narrowed(by: settings.kernels)
    }
    let plane = shape.plane
    let input = part.reader.inputs[part.reader.branch]
    var products: [Int128] = []
    products.reserveCapacity(shape.count)
    for index in 0..<shape.count {
      let slope = rule.slope(at: input[index], map: index / plane, in: part.layer)
      let (product, overflows) = gradient[index].multipliedReportingOverflow(
        by: part.term(.slope(slope)).integer)
      guard !overflows else { return nil }
      products.append(product)
    }
    return Integers(narrowing: products, by: settings.kernels)
  }
}

private struct Masked: Rearranging {
  let passes: [Bool]

  func callAsFunction<Value: Numeric>(_ values: [Value]) -> [Value] {
    zip(values, passes).map { $1 ? $0 : 0 }
  }
}
