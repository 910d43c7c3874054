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
    if let few = TransposedDigits(gradient, weights: bounds), few.isWorth(Sum.self),
      digits.count == 1
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
    withUnsafeTemporaryAllocation(of: Float.self, capacity: length) { scratch in
      guard let scratch = scratch.baseAddress else { return }
      for (map, number) in gradient.enumerated() where number != 0 {
        reader.withFloats(map * length..<(map + 1) * length, scratch: scratch) { row in
          for index in 0..<length {
            let product = Double(number) * Double(row[index])
            sums[index] += product
            sizes[index] += abs(product)
          }
        }
      }
    }
    var floats: [Float] = []
    floats.reserveCapacity(length)
    for index in 0..<length {
      try settings.report(index, of: length)
      // Each product is a float64, and each sum right to 2^−53 of what it is.
      let error = sizes[index] * Double(gradient.count + 8) * 0x1p-52
      if let float = sums[index].nearestFloat(within: error) {
        floats.append(float)
      } else {
        floats.append(try float32(of: shape.cell(at: index)))
      }
    }
    return floats
  }

  /// To the weights: each output's gradient times each input; nil where one may not fit 128 bits.
  func outerProduct(_ part: Part, _ settings: EvaluationSettings) -> Integers? {
    let gradient = part.reader.upstream.exactNumerators
    let input = part.reader.inputs[0].exactNumerators
    let (most, overflows) = gradient.bounds(by: settings.kernels).largestMagnitude
      .multipliedReportingOverflow(by: input.bounds(by: settings.kernels).largestMagnitude)
    guard !overflows, most <= Int128.max.magnitude else { return nil }
    let length = input.count
    func products<Product: KernelNumber>(as type: Product.Type) -> Integers {
      let (gradient, input) = (
        gradient.numbers(as: Product.self), input.numbers(as: Product.self)
      )
      var products = [Product](repeating: 0, count: shape.count)
      for (map, number) in gradient.enumerated() where number != 0 {
        let first = map * length
        for index in 0..<length { products[first + index] = number &* input[index] }
      }
      return Integers(narrowing: products, by: settings.kernels)
    }
    if most <= Int16.max.magnitude { return products(as: Int16.self) }
    if most <= Int32.max.magnitude { return products(as: Int32.self) }
    return most <= Int64.max.magnitude ? products(as: Int64.self) : products(as: Int128.self)
  }

  /// The same over float32; nil where some number is no float32, or a product beyond it.
  func outerFloats(_ part: Part, _ settings: EvaluationSettings) -> [Float]? {
    guard let gradient = part.reader.upstream.exactFloats(by: settings.kernels),
      let input = part.reader.inputs[0].exactFloats(by: settings.kernels)
    else { return nil }
    var products: [Float] = []
    products.reserveCapacity(shape.count)
    for number in gradient {
      for other in input {
        // A float64, so that it is rounded once; a product that is 0 has no sign.
        let product = Double(number) * Double(other)
        products.append(product == 0 ? 0 : Float(product))
      }
    }
    return products.allSatisfy(\.isFinite) ? products : nil
  }
}
