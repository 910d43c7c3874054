import ConvolutionEngine
import ConvolutionKernels

/// The fast ways over float32, each proven equal to `Layer+Float32.swift` bit for bit.
extension Layer {
  /// All cells; nil where there is no faster way than cell by cell.
  func floats(
    _ inputs: [Tensor], _ settings: EvaluationSettings, _ ready: PackedFloatFilters?
  ) throws(ArithmeticError) -> [Float]? {
    switch operation {
    case .convolution, .depthwiseConvolution, .dense:
      guard let numbers = inputs[0].exactFloats(by: settings.kernels) else { return nil }
      return output.plane == 1
        ? try dotProducts(numbers, inputs, settings)
        : try tiledSums(numbers, inputs, settings, ready)
    case .addition: return try sums(of: inputs, settings)
    case .concatenation:
      let all = inputs.compactMap { $0.exactFloats(by: settings.kernels) }
      return all.count == inputs.count ? all.flatMap { $0 } : nil
    case .maxPool:
      return try inputs[0].floats.map { floats throws(ArithmeticError) in
        try maxima(floats, settings)
      }
    case .averagePool, .globalAverage:
      guard let floats = inputs[0].floats else { return nil }
      return try averages(floats, inputs, settings)
    // A comparison, so that −0 gives +0.
    case .relu: return inputs[0].floats?.eachChanged { $0 > 0 ? $0 : 0 }
    case .relu6: return inputs[0].floats?.eachChanged { $0 > 0 ? min($0, 6) : 0 }
    case .flatten: return inputs[0].floats.map { flatOrder.laid($0, from: input) }
    case .dropout: return inputs[0].floats
    case .zeroPadding(let padding): return inputs[0].floats.map { framed($0, padding.sides) }
    case .leakyReLU, .batchNormalization, .responseNormalization, .sigmoid, .softmax: return nil
    }
  }

  private func tiledSums(
    _ numbers: [Float], _ inputs: [Tensor], _ settings: EvaluationSettings,
    _ ready: PackedFloatFilters?
  ) throws(ArithmeticError) -> [Float]? {
    let packedNow =
      ready == nil
      ? try PackedFloatFilters(self, settings: settings.part(from: 0, to: 0.05)) : nil
    guard let filters = ready ?? packedNow, let filter = parameters?.filter else { return nil }
    guard
      let packed = FloatInput(
        numbers, layout: filters.layout, windows: filters.windows, filter: filter,
        settings: settings.part(from: 0.05, to: 0.1))
    else { throw .cancelled }
    let convolution = FloatConvolution(
      FloatOperands(filters, packed), settings.part(from: 0.1, to: 1))
    let arithmetic = try LayerArithmetic(self, over: inputs)
    let exact = { (cell: Cell) in try? arithmetic.float32(of: cell) }
    guard let cells = try convolution.evaluate(exact) else { throw .cancelled }
    return cells
  }

  private func dotProducts(
    _ numbers: [Float], _ inputs: [Tensor], _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> [Float]? {
    guard let parameters, parameters.filter.count * groups <= Tensor.largestCount,
      let products = FloatDotProducts(
        self, windows: onlyWindow(0) { Double(numbers[$0]) }, inputs, settings)
    else { return nil }
    guard let cells = try products.evaluate() else { throw .cancelled }
    return cells
  }

  private func sums(
    of inputs: [Tensor], _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> [Float]? {
    let all = inputs.compactMap { $0.exactFloats(by: settings.kernels) }
    guard all.count == inputs.count else { return nil }
    return try cells(inputs, settings) { index in
      var sum = RefinedSum()
      for numbers in all { sum.add(Double(numbers[index])) }
      return sum.nearestFloat
    }
  }

  private func framed(_ numbers: [Float], _ sides: Sides) -> [Float] {
    var framed = [Float](repeating: 0, count: output.count)
    for row in 0..<input.height * input.depth {
      let (depth, y) = row.quotientAndRemainder(dividingBy: input.height)
      let first = (depth * output.height + sides.top + y) * output.width + sides.left
      framed.replaceSubrange(
        first..<first + input.width, with: numbers[row * input.width..<(row + 1) * input.width])
    }
    return framed
  }

  private func maxima(
    _ floats: [Float], _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> [Float] {
    let kernels = settings.kernels
    let ordered = floats.withUnsafeBytes { bytes in
      [Int32](count: floats.count) { result in
        guard let start = bytes.baseAddress else { return true }
        kernels.run.orderFloats(
          result, start.assumingMemoryBound(to: Int32.self), floats.count)
        return true
      }
    }
    guard let largest = maxima(of: ordered ?? [], settings) else { throw .cancelled }
    return [Float](bits: largest.count) { bits in
      kernels.run.orderFloats(bits, largest, largest.count)
      return true
    } ?? []
  }

  private func averages(
    _ floats: [Float], _ inputs: [Tensor], _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> [Float]? {
    guard let windows else { return nil }
    let columns = windows.x.insides
    let rows = windows.y.insides
    return try cells(inputs, settings) { index in
      let (line, x) = index.quotientAndRemainder(dividingBy: output.width)
      let (depth, y) = line.quotientAndRemainder(dividingBy: output.height)
      var sum = RefinedSum()
      for row in rows[y] {
        let start = (depth * input.height + row) * input.width
        for column in columns[x] { sum.add(Double(floats[start + column])) }
      }
      return sum.nearestFloat(over: taps(.x, at: x) * taps(.y, at: y))
    }
  }

  /// Cells one after the other, those that a quick way leaves undecided by the rule.
  private func cells(
    _ inputs: [Tensor], _ settings: EvaluationSettings, _ quick: (_ index: Int) -> Float?
  ) throws(ArithmeticError) -> [Float] {
    let arithmetic = try LayerArithmetic(self, over: inputs)
    var cells: [Float] = []
    cells.reserveCapacity(output.count)
    for index in 0..<output.count {
      try settings.report(index, of: output.count)
      if let cell = quick(index) {
        cells.append(cell)
      } else {
        cells.append(try arithmetic.float32(of: output.cell(at: index)))
      }
    }
    return cells
  }
}

extension WindowAxis {
  /// For each window the places of the input under it; padding is left out.
  fileprivate var insides: [StrideTo<Int>] {
    (0..<positions).map { position in
      let taps = tapsInside(position: position)
      let first = start(of: position) + taps.lowerBound * dilation
      return Swift.stride(from: first, to: first + taps.count * dilation, by: dilation)
    }
  }
}
