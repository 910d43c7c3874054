import ConvolutionEngine
import ExactNumbers

extension Layer {
  /// A max pool's whole output.
  func maxima(_ input: Tensor, _ settings: EvaluationSettings) throws(ArithmeticError) -> Integers {
    func of<Number: KernelNumber>(_ numbers: [Number]) throws(ArithmeticError) -> Integers {
      guard let result = maxima(of: numbers, settings) else { throw .cancelled }
      return Integers(narrowing: result, by: settings.kernels)
    }
    switch input.exactNumerators {
    case .int8(let numbers): return try of(numbers)
    case .int16(let numbers): return try of(numbers)
    case .int32(let numbers): return try of(numbers)
    case .int64(let numbers): return try of(numbers)
    case .int128(let numbers): return try of(numbers)
    }
  }

  /// - Returns: nil when it was ended early.
  func maxima<Number: KernelNumber>(
    of numbers: [Number], _ settings: EvaluationSettings
  ) -> [Number]? {
    slices(of: numbers, as: Number.self, settings) { slice, cells, row in
      forEachRow(of: slice, row, cells, from: .min) {
        max($0, $1)
      } each: { _, _ in
      }
    }
  }

  /// An average pool's whole output; nil where a sum may not fit 128 bits.
  func averages(
    _ input: Tensor, over denominator: Int128, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> Integers? {
    let factor = denominator / input.denominator
    let (most, overflows) = input.exactNumerators.bounds(by: settings.kernels).largestMagnitude
      .multipliedReportingOverflow(by: factor.magnitude)
    guard !overflows, most <= Int128.max.magnitude else { return nil }
    func of<Number: KernelNumber>(_ numbers: [Number]) throws(ArithmeticError) -> Integers {
      max(most, factor.magnitude) <= Int64.max.magnitude
        ? try averages(of: numbers, factor: Int64(factor), settings)
        : try averages(of: numbers, factor: factor, settings)
    }
    switch input.exactNumerators {
    case .int8(let numbers): return try of(numbers)
    case .int16(let numbers): return try of(numbers)
    case .int32(let numbers): return try of(numbers)
    case .int64(let numbers): return try of(numbers)
    case .int128(let numbers): return try of(numbers)
    }
  }

  /// - Parameter factor: the least common multiple of the divisors.
  private func averages<Number: KernelNumber, Sum: KernelNumber>(
    of numbers: [Number], factor: Sum, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> Integers {
    let columns = (0..<output.width).map { Sum(taps(.x, at: $0)) }
    let result = slices(of: numbers, as: Sum.self, settings) { slice, cells, row in
      var last: Sum = 0
      var scales = columns
      forEachRow(of: slice, row, cells, from: 0) {
        $0 &+ $1
      } each: { y, cells in
        let rows = Sum(taps(.y, at: y))
        if rows != last { scales = columns.map { factor / ($0 * rows) } }
        last = rows
        for x in scales.indices { cells[x] &*= scales[x] }
      }
    }
    guard let result else { throw .cancelled }
    return Integers(narrowing: result, by: settings.kernels)
  }

  /// An output made slice by slice of depth.
  ///
  /// - Parameter body: gets the slice of the input, its cells and a row of the input's width to
  ///   work in.
  /// - Returns: nil when it was ended early.
  private func slices<Number: KernelNumber, Sum: KernelNumber>(
    of numbers: [Number], as type: Sum.Type, _ settings: EvaluationSettings,
    _ body: (UnsafePointer<Number>, UnsafeMutablePointer<Sum>, UnsafeMutablePointer<Sum>) -> Void
  ) -> [Sum]? {
    let rows = UnsafeMutablePointer<Sum>.allocate(capacity: input.width * settings.threads)
    defer { rows.deallocate() }
    return [Sum](count: output.count) { cells in
      numbers.withUnsafeBufferPointer { numbers in
        guard let start = numbers.baseAddress else { return false }
        return settings.forEachUnit(output.depth) { thread, slice in
          body(
            start + slice * input.plane, cells + slice * output.plane,
            rows + thread * input.width)
        }
      }
    }
  }

  /// Folds the real numbers under each window of a slice: first the rows that a row of windows
  /// sees, into one, then the columns of that.
  ///
  /// - Parameter each: gets each row of cells when it is done.
  @inline(__always)
  private func forEachRow<Number: KernelNumber, Sum: KernelNumber>(
    of slice: UnsafePointer<Number>, _ row: UnsafeMutablePointer<Sum>,
    _ cells: UnsafeMutablePointer<Sum>, from first: Sum, _ fold: (Sum, Sum) -> Sum,
    each: (_ y: Int, _ cells: UnsafeMutablePointer<Sum>) -> Void
  ) {
    guard let windows else { return }
    for y in 0..<output.height {
      row.update(repeating: first, count: input.width)
      for tap in windows.y.tapsInside(position: y) {
        let line = slice + (windows.y.start(of: y) + tap * windows.y.dilation) * input.width
        for x in 0..<input.width {
          row[x] = fold(row[x], Sum(truncatingIfNeeded: line[x]))
        }
      }
      let cells = cells + y * output.width
      cells.update(repeating: first, count: output.width)
      for tap in windows.x.tapsOnInput {
        let offset = tap * windows.x.dilation - windows.x.paddingBefore
        for x in windows.x.positionsOnInput(tap: tap) {
          cells[x] = fold(cells[x], row[x * windows.x.stride + offset])
        }
      }
      each(y, cells)
    }
  }
}

extension WindowAxis {
  /// The taps that lie on the input in some window.
  fileprivate var tapsOnInput: Range<Int> {
    let lastStart = start(of: positions - 1)
    let first = lastStart >= 0 ? 0 : (-lastStart + dilation - 1) / dilation
    let end = min(filter, (input - 1 + paddingBefore) / dilation + 1)
    return min(first, end)..<end
  }

  /// The windows of which a tap, one of `tapsOnInput`, lies on the input.
  fileprivate func positionsOnInput(tap: Int) -> Range<Int> {
    let offset = tap * dilation - paddingBefore
    let first = offset >= 0 ? 0 : (-offset + stride - 1) / stride
    let end = min(positions, (input - 1 - offset) / stride + 1)
    return min(first, end)..<end
  }
}

extension Integers {
  /// The same numbers in the narrowest width that holds them.
  func narrowed(by kernels: Kernels) -> Integers {
    switch self {
    case .int8: return self
    case .int16(let numbers): return Integers(narrowing: numbers, by: kernels)
    case .int32(let numbers): return Integers(narrowing: numbers, by: kernels)
    case .int64(let numbers): return Integers(narrowing: numbers, by: kernels)
    case .int128(let numbers): return Integers(narrowing: numbers, by: kernels)
    }
  }
}
