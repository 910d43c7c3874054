import ConvolutionEngine
import ConvolutionKernels
import ExactNumbers

/// The cells of a layer that has one window: each is one product of all that the window sees with
/// a filter. The weights are read or made as they are needed, and not kept.
struct DotProducts {
  let layer: Layer
  let parameters: Parameters
  let plan: SumPlan
  let totals: Totals
  let settings: EvaluationSettings
  private let weights: NumberReader
  private let numbers: KernelNumbers
  private var length: Int { parameters.filter.count }
  private static let stretch = 4096

  /// - Parameter windows: what each group's window sees, in the order of a filter's weights.
  init(
    _ layer: Layer, _ parameters: Parameters, windows: Integers, plan: SumPlan, totals: Totals,
    weightDigits: Digits, settings: EvaluationSettings
  ) {
    self.layer = layer
    self.parameters = parameters
    self.plan = plan
    self.totals = totals
    self.settings = settings
    weights = NumberReader(
      numbers: parameters.weights, digits: weightDigits, kernels: settings.kernels)
    numbers = KernelNumbers(count: windows.count * plan.inputDigits.count)
    NumberReader(
      numbers: .stored(windows, denominator: 1), digits: plan.inputDigits,
      kernels: settings.kernels
    ).read(0..<windows.count, into: numbers.start, pitch: windows.count)
  }

  /// All cells' totals.
  ///
  /// - Returns: nil when it was ended early.
  /// - Throws: `ArithmeticError` for the first cell that does not fit 128 bits.
  func evaluate() throws(ArithmeticError) -> [Int128]? {
    let perUnit = max(1, 1 << 18 / length)
    let failure = FirstFailure(threads: settings.threads)
    let size = DotProducts.stretch * weights.digits.count
    let scratch = UnsafeMutablePointer<Int16>.allocate(capacity: size * settings.threads)
    defer { scratch.deallocate() }
    let totals = [Int128](count: parameters.filters) { result in
      settings.forEachUnit((parameters.filters + perUnit - 1) / perUnit) { thread, unit in
        for filter in unit * perUnit..<min((unit + 1) * perUnit, parameters.filters) {
          let total = total(of: filter, scratch + thread * size)
          result[filter] = total ?? 0
          if total == nil { failure.note(filter, thread: thread) }
        }
      }
    }
    if let first = failure.cell {
      throw .beyond128Bits(layer: layer.name, cell: Cell(0, 0, first))
    }
    return totals
  }

  private func total(of filter: Int, _ scratch: UnsafeMutablePointer<Int16>) -> Int128? {
    let group = filter / (parameters.filters / layer.groups)
    let window = numbers.start + group * length
    let pitch = layer.groups * length
    return withUnsafeTemporaryAllocation(of: Int64.self, capacity: plan.places.count) { sums in
      sums.initialize(repeating: 0)
      for start in stride(from: 0, to: length, by: DotProducts.stretch) {
        let count = min(DotProducts.stretch, length - start)
        let first = filter * length + start
        weights.read(first..<first + count, into: scratch, pitch: DotProducts.stretch)
        let step = min(plan.block, count)
        for pass in plan.passes {
          let numbers = window + (pass.inputDigit * pitch + start)
          let weights = scratch + pass.weightDigit * DotProducts.stretch
          for block in stride(from: 0, to: count, by: step) {
            let dot = settings.kernels.run.dot(
              numbers + block, weights + block, min(step, count - block))
            sums[pass.sum] += Int64(dot) << pass.shift
          }
        }
      }
      return totals.total(of: sums, places: plan.places, filter: filter)
    }
  }
}
