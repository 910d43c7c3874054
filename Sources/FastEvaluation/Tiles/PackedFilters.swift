import ConvolutionEngine
import ConvolutionKernels
import ExactNumbers

/// A convolution's weights as the kernels read them. Made once, they serve every input of the layer.
package final class PackedFilters: Sendable {
  let layer: Layer
  let layout: InputLayout
  let windows: Windows
  let panels: FilterPanels
  /// For whole numbers of 8 bits, the most frequent inputs of all, so that they need not wait.
  let narrow: (plan: SumPlan, totals: Totals)?

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
    let digits = Digits(ofWeights: parameters.weights.exactBounds(by: settings.kernels))
    panels = try FilterPanels(
      NumberReader(numbers: parameters.weights, digits: digits, kernels: settings.kernels),
      each: parameters.filter.count, groups: layer.groups,
      filters: parameters.filters / layer.groups,
      pairs: layout.pairs(filter: parameters.filter, windows: windows), settings)
    narrow = PackedFilters.narrow(layer, parameters, panels)
  }

  private static func narrow(
    _ layer: Layer, _ parameters: Parameters, _ panels: FilterPanels
  ) -> (SumPlan, Totals)? {
    guard parameters.weights.denominator == 1, parameters.bias?.denominator ?? 1 == 1 else {
      return nil
    }
    let range = Int128(Int8.min)...Int128(Int8.max)
    let plan = SumPlan(inputs: range, weights: panels.sizes, products: 2 * panels.pairs)
    let totals = Totals(
      layer, denominator: 1, inputDenominator: 1, inputs: range,
      weightSum: panels.sizes.sum, kernels: panels.kernels)
    return plan.isDirect && totals.width == 32 ? (plan, totals) : nil
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
