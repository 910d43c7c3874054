import ConvolutionEngine
import ExactNumbers

/// The layers of which each cell is a number plus inputs' cells times factors: batch normalization,
/// addition, concatenation and zero padding.
extension Layer {
  /// Such a layer's whole output; nil where a cell may not fit 128 bits.
  func linearSums(
    _ inputs: [Tensor], over denominator: Int128, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> Integers? {
    let sizes = inputs.map {
      $0.exactNumerators.bounds(by: settings.kernels).largestMagnitude
    }
    var slices: [LinearSlice] = []
    slices.reserveCapacity(output.depth)
    var most: UInt128 = 0
    for depth in 0..<output.depth {
      guard let slice = linearSlice(depth, inputs, over: denominator),
        let largest = slice.largestMagnitude(over: sizes)
      else { return nil }
      most = max(most, largest)
      slices.append(slice)
    }
    if most <= Int32.max.magnitude {
      return try sums(of: slices, inputs, as: Int32.self, settings)
    }
    if most <= Int64.max.magnitude {
      return try sums(of: slices, inputs, as: Int64.self, settings)
    }
    guard most <= Int128.max.magnitude else { return nil }
    return try sums(of: slices, inputs, as: Int128.self, settings)
  }

  /// What one depth of the output is made of; nil beyond 128 bits.
  private func linearSlice(
    _ depth: Int, _ inputs: [Tensor], over denominator: Int128
  ) -> LinearSlice? {
    func term(_ input: Int, _ depth: Int) -> LinearSlice.Term {
      LinearSlice.Term(
        input: input, depth: depth, factor: denominator / inputs[input].denominator)
    }
    switch operation {
    case .addition: return LinearSlice(terms: inputs.indices.map { term($0, depth) })
    case .zeroPadding: return LinearSlice(terms: [term(0, depth)])
    case .batchNormalization:
      guard let line = normalization?.line(depth) else { return nil }
      let scale = denominator / inputs[0].denominator / line.scale.denominator
      let (factor, overflows) = line.scale.numerator.multipliedReportingOverflow(by: scale)
      let (shift, shiftOverflows) = line.shift.numerator.multipliedReportingOverflow(
        by: denominator / line.shift.denominator)
      guard !overflows, !shiftOverflows else { return nil }
      return LinearSlice(
        shift: shift, terms: [LinearSlice.Term(input: 0, depth: depth, factor: factor)])
    case .concatenation:
      guard let origin = origin(of: Cell(0, 0, depth)) else { return nil }
      return LinearSlice(terms: [term(origin.input, origin.cell.depth)])
    case .convolution, .depthwiseConvolution, .dense, .maxPool, .averagePool, .globalAverage, .relu,
      .relu6, .leakyReLU, .sigmoid, .softmax, .flatten, .responseNormalization, .dropout:
      return nil
    }
  }

  private func sums<Sum: KernelNumber>(
    of slices: [LinearSlice], _ inputs: [Tensor], as type: Sum.Type,
    _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> Integers {
    let (rows, length, first) = stretches
    let plane = output.plane
    let cells = [Sum](count: output.count) { cells in
      settings.forEachUnit(slices.count) { _, depth in
        let slice = slices[depth]
        let start = cells + depth * plane
        start.initialize(repeating: Sum(slice.shift), count: plane)
        for term in slice.terms {
          inputs[term.input].exactNumerators.add(
            from: term.depth * rows * length, times: Sum(term.factor), to: start + first,
            rows: rows, of: length, pitch: output.width)
        }
      }
    }
    guard let cells else { throw .cancelled }
    return Integers(narrowing: cells, by: settings.kernels)
  }

  /// How a slice of an input lies in one of the output: in rows of a length, from a place on; as
  /// one row where nothing comes between.
  private var stretches: (rows: Int, length: Int, first: Int) {
    guard case .zeroPadding(let padding) = operation else { return (1, output.plane, 0) }
    let sides = padding.sides
    return (input.height, input.width, sides.top * output.width + sides.left)
  }
}

/// A slice of an output that is a number plus slices of inputs times factors.
private struct LinearSlice {
  var shift: Int128 = 0
  let terms: [Term]

  struct Term {
    let input: Int
    let depth: Int
    let factor: Int128
  }

  /// No cell is larger, nor is any step on the way to it; nil beyond 128 bits.
  ///
  /// - Parameter sizes: the largest magnitude in each input.
  func largestMagnitude(over sizes: [UInt128]) -> UInt128? {
    var most = shift.magnitude
    for term in terms {
      let (product, overflows) = term.factor.magnitude.multipliedReportingOverflow(
        by: sizes[term.input])
      let (sum, sumOverflows) = most.addingReportingOverflow(product)
      guard !overflows, !sumOverflows else { return nil }
      // The factor alone has to fit the lanes too, over an input of zeros.
      most = max(sum, term.factor.magnitude)
    }
    return most
  }
}

extension Integers {
  /// Adds rows of numbers, times a factor, to rows that lie `pitch` apart.
  ///
  /// The caller knows that nothing overflows.
  fileprivate func add<Sum: KernelNumber>(
    from start: Int, times factor: Sum, to sums: UnsafeMutablePointer<Sum>, rows: Int,
    of length: Int, pitch: Int
  ) {
    func of<Number: KernelNumber>(_ numbers: [Number]) {
      numbers.withUnsafeBufferPointer { numbers in
        for row in 0..<rows {
          let (from, to) = (start + row * length, sums + row * pitch)
          for index in 0..<length {
            to[index] &+= factor &* Sum(truncatingIfNeeded: numbers[from + index])
          }
        }
      }
    }
    switch self {
    case .int8(let numbers): of(numbers)
    case .int16(let numbers): of(numbers)
    case .int32(let numbers): of(numbers)
    case .int64(let numbers): of(numbers)
    case .int128(let numbers): of(numbers)
    }
  }

  /// Every number made to lie from 0 to a limit above it.
  func clamped(to limit: UInt128, by kernels: Kernels) -> Integers {
    func of<Number: KernelNumber>(_ numbers: [Number]) -> Integers {
      let most = Number(clamping: limit)
      let result = [Number](count: numbers.count) { result in
        for index in numbers.indices { result[index] = min(most, max(0, numbers[index])) }
        return true
      }
      return Integers(narrowing: result ?? [], by: kernels)
    }
    switch self {
    case .int8(let numbers): return of(numbers)
    case .int16(let numbers): return of(numbers)
    case .int32(let numbers): return of(numbers)
    case .int64(let numbers): return of(numbers)
    case .int128(let numbers): return of(numbers)
    }
  }
}
