import ConvolutionEngine
import ExactNumbers

extension Layer {
  /// The whole output: what it is cell by cell, by the fastest way that is proven to lose nothing.
  ///
  /// - Parameter filters: this layer's, where they stand ready.
  package func evaluate(
    _ inputs: [Tensor], settings: EvaluationSettings = EvaluationSettings(),
    filters: ReadyFilters? = nil
  ) throws(ArithmeticError) -> Tensor {
    guard output.count <= Tensor.largestCount else {
      throw .tooLarge(layer: name, shape: output)
    }
    let settings = settings.for(self)
    if isExact(over: inputs) {
      let denominator = try outputDenominator(over: inputs)
      let numerators = try numerators(
        inputs, over: denominator, settings: settings, filters: filters?.integers)
      if let numerators { return Tensor(output, numerators, over: denominator) }
    } else if let floats = try floats(inputs, settings, filters?.floats) {
      return Tensor(output, finite: floats, isRounded: isRounded(over: inputs))
    }
    if let floats = try normalizedFloats(inputs, settings) {
      return .float32(output, floats)
    }
    return try evaluateCellByCell(inputs) { done throws(ArithmeticError) in
      try settings.report(done, of: output.count)
    }
  }

  /// All numerators of the output; nil where there is no faster way than cell by cell.
  private func numerators(
    _ inputs: [Tensor], over denominator: Int128, settings: EvaluationSettings,
    filters: PackedFilters?
  ) throws(ArithmeticError) -> Integers? {
    let input = inputs[0]
    switch operation {
    case .convolution, .depthwiseConvolution, .dense:
      return output.plane == 1
        ? try dotProducts(input, over: denominator, settings)
        : try tiledSums(input, over: denominator, settings, filters)
    case .maxPool: return try maxima(input, settings)
    case .averagePool, .globalAverage: return try averages(input, over: denominator, settings)
    case .relu: return input.exactNumerators.clamped(to: .max, by: settings.kernels)
    case .relu6:
      // An input beyond what 6 would be in 128 bits does not reach it.
      let (six, overflows) = denominator.magnitude.multipliedReportingOverflow(by: 6)
      return input.exactNumerators.clamped(to: overflows ? .max : six, by: settings.kernels)
    case .flatten:
      return input.exactNumerators.laid(flatOrder, from: self.input)
        .narrowed(by: settings.kernels)
    case .dropout: return input.exactNumerators.narrowed(by: settings.kernels)
    case .batchNormalization, .addition, .concatenation, .zeroPadding:
      return try linearSums(inputs, over: denominator, settings)
    case .leakyReLU, .sigmoid, .softmax, .responseNormalization: return nil
    }
  }

  private func tiledSums(
    _ input: Tensor, over denominator: Int128, _ settings: EvaluationSettings,
    _ ready: PackedFilters?
  ) throws(ArithmeticError) -> Integers? {
    let packedNow =
      ready == nil ? try PackedFilters(self, settings: settings.part(from: 0, to: 0.05)) : nil
    guard let filters = ready ?? packedNow else { return nil }
    let (plan, totals) = self.plan(
      input.exactNumerators, input.denominator, over: denominator, filters)
    guard
      let packed = PackedInput(
        input.exactNumerators, layout: filters.layout, digits: plan.inputDigits,
        settings: settings.part(from: 0.05, to: 0.1))
    else { throw .cancelled }
    return try TiledConvolution(
      TiledOperands(filters, packed), plan, totals, settings.part(from: 0.1, to: 1)
    ).evaluate()
  }

  private func plan(
    _ numbers: Integers, _ inputDenominator: Int128, over denominator: Int128,
    _ filters: PackedFilters
  ) -> (SumPlan, Totals) {
    if let narrow = filters.narrow, numbers.bytesEach == 1, denominator == 1 { return narrow }
    let (bounds, plan) = SumPlan.planned(
      for: numbers, weights: filters.panels.sizes, products: filters.panels.pairs * 2,
      kernels: filters.panels.kernels)
    let totals = Totals(
      self, denominator: denominator, inputDenominator: inputDenominator, inputs: bounds,
      weightSum: filters.panels.sizes.sum, kernels: filters.panels.kernels)
    return (plan, totals)
  }

  private func dotProducts(
    _ input: Tensor, over denominator: Int128, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> Integers? {
    guard let parameters, parameters.filter.count * groups <= Tensor.largestCount else {
      return nil
    }
    let numbers = input.exactNumerators
    let windows =
      self.windows == nil ? numbers : Integers(onlyWindow(Int128(0)) { numbers[$0] })
    let bounds = parameters.weights.exactBounds(by: settings.kernels)
    let digits = Digits(ofWeights: bounds)
    // Σ|w| is not known without reading all weights, so it is taken to be as large as it can be.
    let sizes = WeightSizes(
      digits: digits,
      sums: Array(repeating: digits.largest * parameters.filter.count, count: digits.count),
      largest: Array(repeating: digits.largest, count: digits.count))
    let (inputBounds, plan) = SumPlan.planned(
      for: windows, weights: sizes, products: parameters.filter.count, kernels: settings.kernels)
    let totals = Totals(
      self, denominator: denominator, inputDenominator: input.denominator, inputs: inputBounds,
      weightSum: sizes.sum, kernels: settings.kernels)
    let products = DotProducts(
      self, parameters, windows: windows, plan: plan, totals: totals, weightDigits: digits,
      settings: settings)
    guard let sums = try products.evaluate() else { throw .cancelled }
    return Integers(narrowing: sums, by: settings.kernels)
  }

  /// What the one window sees, group by group in the order of a filter's weights.
  ///
  /// - Parameters:
  ///   - padding: what stands for padding.
  ///   - number: the input's number at a place of the walk's order.
  func onlyWindow<Value>(_ padding: Value, _ number: (Int) -> Value) -> [Value] {
    guard windows != nil else { return (0..<input.count).map(number) }
    var seen: [Value] = []
    for group in 0..<groups {
      visit(Cell(0, 0, group * (output.depth / groups))) { term in
        seen.append(term.cell.map { number(input.index($0)) } ?? padding)
      }
    }
    return seen
  }
}

extension SumPlan {
  /// A plan for a list of numbers, and bounds of them: those of their type where no better could
  /// come of better ones.
  fileprivate static func planned(
    for numbers: Integers, weights: WeightSizes, products: Int, kernels: Kernels
  ) -> (bounds: ClosedRange<Int128>, plan: SumPlan) {
    let widest = Int128(1) << (8 * numbers.bytesEach - 1)
    if numbers.bytesEach <= 2 {
      let bounds = -widest...widest - 1
      let plan = SumPlan(inputs: bounds, weights: weights, products: products)
      if plan.isDirect { return (bounds, plan) }
    }
    let bounds = numbers.bounds(by: kernels)
    return (bounds, SumPlan(inputs: bounds, weights: weights, products: products))
  }
}
