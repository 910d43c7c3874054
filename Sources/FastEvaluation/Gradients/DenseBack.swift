import ConvolutionEngine
import ConvolutionKernels
import ExactNumbers

/// What flows back through dense layers: a row of weights at a time, and each weight's gradient is one
/// product.
extension GradientArithmetic {
  /// To the input: all rows of weights, each times its output's gradient, added up; nil where one may
  /// not fit 128 bits.
  func transposedSums(
    _ part: Part, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> Integers? {
    guard let weights = part.layer.parameters?.weights else { return nil }
    let bounds = weights.exactBounds(by: settings.kernels)
    let gradient = part.reader.upstream.exactNumerators
    var size: UInt128 = 0
    for index in 0..<gradient.count {
      let (sum, overflows) = size.addingReportingOverflow(gradient[index].magnitude)
      guard !overflows else { return nil }
      size = sum
    }
    let (most, overflows) = size.multipliedReportingOverflow(by: bounds.largestMagnitude)
    guard !overflows, most <= Int128.max.magnitude else { return nil }
    return most <= Int64.max.magnitude
      ? try transposedSums(part, weights, bounds, as: Int64.self, settings)
      : try transposedSums(part, weights, bounds, as: Int128.self, settings)
  }

  private func transposedSums<Sum: KernelNumber>(
    _ part: Part, _ weights: Coefficients, _ bounds: ClosedRange<Int128>, as type: Sum.Type,
    _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> Integers {
    let digits = Digits(ofWeights: bounds)
    let reader = NumberReader(numbers: weights, digits: digits, kernels: settings.kernels)
    let gradient = part.reader.upstream.exactNumerators.numbers(as: Sum.self)
    if digits.count == 1, let few = TransposedDigits(gradient, weights: bounds),
      few.isWorth(Sum.self)
    {
      guard let sums = few.sums(of: shape.count, reader, as: Sum.self, settings) else {
        throw .cancelled
      }
      return Integers(narrowing: sums, by: settings.kernels)
    }
    let length = shape.count
    let block = 4_096
    let sums = [Sum](count: length) { sums in
      settings.forEachUnit((length + block - 1) / block) { _, unit in
        let range = unit * block..<min((unit + 1) * block, length)
        add(gradient, reader, digits, range, to: sums + range.lowerBound)
      }
    }
    guard let sums else { throw .cancelled }
    return Integers(narrowing: sums, by: settings.kernels)
  }

  /// What all maps send back to a range of the inputs, a row of weights at a time.
  ///
  /// - Parameter start: where the sums of that range go.
  private func add<Sum: KernelNumber>(
    _ gradient: [Sum], _ reader: NumberReader, _ digits: Digits, _ range: Range<Int>,
    to start: UnsafeMutablePointer<Sum>
  ) {
    start.initialize(repeating: 0, count: range.count)
    withUnsafeTemporaryAllocation(of: Int16.self, capacity: range.count * digits.count) {
      guard let row = $0.baseAddress else { return }
      for (map, number) in gradient.enumerated() where number != 0 {
        let first = map * shape.count
        reader.read(
          first + range.lowerBound..<first + range.upperBound, into: row, pitch: range.count)
        for digit in 0..<digits.count {
          // What wraps on the way comes out right: the sum is known to fit.
          let factor = number &<< Sum(truncatingIfNeeded: digit * digits.bits)
          let row = row + digit * range.count
          for index in 0..<range.count {
            start[index] &+= factor &* Sum(truncatingIfNeeded: row[index])
          }
        }
      }
    }
  }

  /// The same over float32; nil where some number is no float32.
  func transposedFloats(
    _ part: Part, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> [Float]? {
    guard let weights = part.layer.parameters?.weights,
      let reader = FloatReader(weights, kernels: settings.kernels),
      let gradient = part.reader.upstream.exactFloats(by: settings.kernels)
    else { return nil }
    let length = shape.count
    var sums = [Double](repeating: 0, count: length)
    var sizes = sums
    // So few columns that their sums stay near while row follows row.
    let block = 1_024
    let done = sums.withUnsafeMutableBufferPointer { sums in
      sizes.withUnsafeMutableBufferPointer { sizes in
        guard let sums = sums.baseAddress, let sizes = sizes.baseAddress else { return true }
        return settings.forEachUnit((length + block - 1) / block) { _, unit in
          let start = unit * block
          let count = min(block, length - start)
          withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { scratch in
            guard let scratch = scratch.baseAddress else { return }
            for (map, number) in gradient.enumerated() where number != 0 {
              let first = map * length + start
              reader.withFloats(first..<first + count, scratch: scratch) { row in
                settings.kernels.run.addFloats(
                  sums + start, sizes + start, row, Double(number), count)
              }
            }
          }
        }
      }
    }
    guard done else { throw .cancelled }
    return try rounded(sums, sizes, settings, terms: gradient.count)
  }

  /// Each sum rounded once: where float64 leaves that in doubt, by its exact account.
  ///
  /// - Parameter sizes: the sums of the products' sizes, which bound the error.
  private func rounded(
    _ sums: [Double], _ sizes: [Double], _ settings: EvaluationSettings, terms: Int
  ) throws(ArithmeticError) -> [Float] {
    var floats: [Float] = []
    floats.reserveCapacity(sums.count)
    for index in sums.indices {
      try settings.report(index, of: sums.count)
      // Each product is a float64, and each sum right to 2^−53 of what it is.
      let error = sizes[index] * Double(terms + 8) * 0x1p-52
      if let float = sums[index].nearestFloat(within: error) {
        floats.append(float)
      } else {
        floats.append(try float32(of: shape.cell(at: index)))
      }
    }
    return floats
  }

  /// To the weights: each output's gradient times each input; nil where one may not fit 128 bits.
  func outerProduct(
    _ part: Part, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> Integers? {
    let gradient = part.reader.upstream.exactNumerators
    let input = part.reader.inputs[0].exactNumerators
    let (first, second) = (
      gradient.bounds(by: settings.kernels), input.bounds(by: settings.kernels)
    )
    let ends = [first.lowerBound, first.upperBound].flatMap { end in
      [second.lowerBound, second.upperBound].map { end.multipliedReportingOverflow(by: $0) }
    }
    guard ends.allSatisfy({ !$0.overflow }) else { return nil }
    // The products of the ends are among the products, so they decide how narrow all are.
    let products = Integers(ends.map(\.partialValue))
    switch products {
    case .int8: return try self.products(gradient, input, as: Int8.self, settings)
    case .int16: return try self.products(gradient, input, as: Int16.self, settings)
    case .int32: return try self.products(gradient, input, as: Int32.self, settings)
    case .int64: return try self.products(gradient, input, as: Int64.self, settings)
    case .int128: return try self.products(gradient, input, as: Int128.self, settings)
    }
  }

  private func products<Product: KernelNumber>(
    _ gradient: Integers, _ input: Integers, as type: Product.Type, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> Integers {
    // What wraps comes out right: each product fits.
    let (gradient, input) = (gradient.numbers(as: Product.self), input.numbers(as: Product.self))
    let length = input.count
    let products = input.withUnsafeBufferPointer { input in
      [Product](count: shape.count) { products in
        settings.forEachUnit(gradient.count) { _, map in
          let (number, row) = (gradient[map], products + map * length)
          for index in 0..<length { row[index] = number &* input[index] }
        }
      }
    }
    guard let products else { throw .cancelled }
    return Product.integers(products)
  }

  /// The same over float32; nil where some number is no float32, or a product beyond it.
  func outerFloats(
    _ part: Part, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> [Float]? {
    guard let gradient = part.reader.upstream.exactFloats(by: settings.kernels),
      let input = part.reader.inputs[0].exactFloats(by: settings.kernels)
    else { return nil }
    func largest(_ numbers: [Float]) -> Double { Double(numbers.reduce(0) { max($0, abs($1)) }) }
    guard Float(largest(gradient) * largest(input)).isFinite else { return nil }
    let length = input.count
    let products = input.withUnsafeBufferPointer { input in
      [Float](bits: shape.count) { products in
        settings.forEachUnit(gradient.count) { _, map in
          let (number, row) = (Double(gradient[map]), products + map * length)
          for index in 0..<length {
            // A float64, so that it is rounded once; a product that is 0 has no sign.
            let product = number * Double(input[index])
            row[index] = Int32(bitPattern: (product == 0 ? 0 : Float(product)).bitPattern)
          }
        }
      }
    }
    guard let products else { throw .cancelled }
    return products
  }
}
