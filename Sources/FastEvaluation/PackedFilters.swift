import ConvolutionEngine
import ConvolutionKernels
import ExactNumbers

/// A convolution's weights as the kernels read them: panels of some filters each, and in a panel,
/// pair by pair of a window's numbers, every filter's two weights.
///
/// Made once, it serves every input of the layer.
package final class PackedFilters: Sendable {
  struct Panel {
    let group: Int
    let filters: Range<Int>
    /// Filters that it has room for.
    let lanes: Int
    /// Where its first digit begins.
    let start: Int
  }

  let layer: Layer
  let kernels: Kernels
  let layout: InputLayout
  let windows: Windows
  let offsets: [Int32]
  let panels: [Panel]
  /// From one digit of a panel to the next.
  let digitPitch: Int
  let memory: KernelNumbers
  let sizes: WeightSizes
  /// For whole numbers of 8 bits, the most frequent inputs of all, so that they need not wait.
  let narrow: (plan: SumPlan, totals: Totals)?

  var pairs: Int { offsets.count }

  /// - Returns: nil for a layer that is no convolution or whose sizes the kernels are not made for.
  /// - Throws: `ArithmeticError.cancelled` when the settings' `progress` ended it.
  package init?(
    _ layer: Layer, settings: EvaluationSettings = EvaluationSettings()
  ) throws(ArithmeticError) {
    guard let layout = InputLayout(layer), let windows = layer.windows,
      let parameters = layer.parameters, parameters.isExact,
      parameters.weights.count <= Tensor.largestCount
    else { return nil }
    self.layer = layer
    self.layout = layout
    self.windows = windows
    kernels = settings.kernels
    let digits = Digits(ofWeights: parameters.weights.exactBounds(by: kernels))
    let reader = NumberReader(numbers: parameters.weights, digits: digits, kernels: kernels)
    let (offsets, order) = layout.pairs(filter: parameters.filter, windows: windows)
    self.offsets = offsets
    panels = PackedFilters.panels(
      groups: layer.groups, filters: parameters.filters / layer.groups,
      full: kernels.panelFilters, numbersPerLane: 2 * offsets.count)
    digitPitch = panels.reduce(0) { $0 + $1.lanes } * offsets.count * 2
    memory = KernelNumbers(count: digitPitch * digits.count)
    let packing = FilterPacking(
      reader: reader, count: parameters.filter.count, order: order, panels: panels,
      digitPitch: digitPitch, target: memory.start)
    guard let sizes = packing.run(settings) else { throw .cancelled }
    self.sizes = sizes
    narrow = PackedFilters.narrow(layer, parameters, sizes, products: 2 * offsets.count, kernels)
  }

  private static func narrow(
    _ layer: Layer, _ parameters: Parameters, _ sizes: WeightSizes, products: Int,
    _ kernels: Kernels
  ) -> (SumPlan, Totals)? {
    guard parameters.weights.denominator == 1, parameters.bias?.denominator ?? 1 == 1 else {
      return nil
    }
    let range = Int128(Int8.min)...Int128(Int8.max)
    let plan = SumPlan(inputs: range, weights: sizes, products: products)
    let totals = Totals(
      layer, denominator: 1, inputDenominator: 1, inputs: range, weightSum: sizes.sum,
      kernels: kernels)
    return plan.isDirect && totals.width == 32 ? (plan, totals) : nil
  }

  /// - Parameter full: how many filters a full panel holds; a half panel holds half as many.
  static func panels(groups: Int, filters: Int, full: Int, numbersPerLane: Int) -> [Panel] {
    var panels: [Panel] = []
    var start = 0
    for group in 0..<groups {
      var next = 0
      while next < filters {
        let left = filters - next
        let lanes = left <= full / 2 ? full / 2 : full
        let first = group * filters + next
        panels.append(
          Panel(
            group: group, filters: first..<first + min(left, lanes), lanes: lanes, start: start))
        start += lanes * numbersPerLane
        next += lanes
      }
    }
    return panels
  }
}

/// A convolution's weights as the kernels read them, for one kind of input.
package enum ReadyFilters: Sendable {
  /// For exact inputs.
  case integers(PackedFilters)
  /// For float32 inputs, and exact ones under float32 weights.
  case floats(PackedFloatFilters)

  /// - Parameter isExact: whether the layer's output is.
  /// - Returns: nil for a layer that the kernels are not made for.
  package init?(
    _ layer: Layer, isExact: Bool, settings: EvaluationSettings = EvaluationSettings()
  ) throws(ArithmeticError) {
    if isExact {
      guard let filters = try PackedFilters(layer, settings: settings) else { return nil }
      self = .integers(filters)
    } else {
      guard let filters = try PackedFloatFilters(layer, settings: settings) else { return nil }
      self = .floats(filters)
    }
  }

  var integers: PackedFilters? {
    if case .integers(let filters) = self { filters } else { nil }
  }

  var floats: PackedFloatFilters? {
    if case .floats(let filters) = self { filters } else { nil }
  }
}
