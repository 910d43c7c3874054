import ConvolutionEngine
import ConvolutionKernels
import ExactNumbers

/// What flows back to a convolution's weights: each one's is the sum, over all windows, of the map's
/// gradient times the number that the weight met there.
///
/// That is what the kernels compute, with the parts turned round: a weight is a window, of which the
/// numbers that it meets are what it sees, and a map's gradient is the filter that goes over them.
extension GradientArithmetic {
  /// - Returns: nil where the sizes are not made for it, or a number may not fit 128 bits.
  func filterSums(
    _ part: Part, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> Integers? {
    let layer = part.layer
    guard let layout = UseLayout(layer) else { return nil }
    let settings = settings.for(layer)
    let (numbers, gradient) = (
      part.reader.inputs[0].exactNumerators, part.reader.upstream.exactNumerators
    )
    let pairs = layout.pairs
    let bounds = numbers.bounds(by: settings.kernels)
    let digits = SumPlan.weightDigits(
      gradient.bounds(by: settings.kernels), inputs: bounds, products: pairs.weights.count)
    let filters = try FilterPanels(
      NumberReader(
        numbers: .stored(gradient, denominator: 1), digits: digits, kernels: settings.kernels),
      each: layer.output.plane, groups: layer.groups,
      filters: layer.output.depth / layer.groups, pairs: pairs, settings.part(from: 0, to: 0.05))
    let plan = SumPlan(inputs: bounds, weights: filters.sizes, products: pairs.weights.count)
    guard
      let input = layout.packed(
        numbers, plan.inputDigits, settings.part(from: 0.05, to: 0.1))
    else { throw .cancelled }
    let tiles = TiledConvolution(
      TiledOperands(
        name: name, output: layout.output, filters: filters, input: input,
        inputPitch: layout.count, findWindows: layout.findWindows),
      plan, Totals(inputs: bounds, weightSum: filters.sizes.sum), settings.part(from: 0.1, to: 1))
    do throws(ArithmeticError) {
      return try tiles.evaluate()
    } catch {
      // What else is wrong is found again by the rule, which names the cell.
      guard case .cancelled = error else { return nil }
      throw error
    }
  }

  /// The same over float32; nil where the sizes are not made for it, or some number is no float32.
  func filterFloats(
    _ part: Part, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> [Float]? {
    let layer = part.layer
    let settings = settings.for(layer)
    guard let layout = UseLayout(layer),
      let numbers = part.reader.inputs[0].exactFloats(by: settings.kernels),
      let gradient = part.reader.upstream.exactFloats(by: settings.kernels),
      let reader = FloatReader(.float32(gradient), kernels: settings.kernels)
    else { return nil }
    let filters = try FloatPanels(
      reader, groups: layer.groups, filters: layer.output.depth / layer.groups,
      taps: layout.taps, biases: nil, settings.part(from: 0, to: 0.05))
    guard let input = layout.spread(numbers, settings.part(from: 0.05, to: 0.1)) else {
      throw .cancelled
    }
    let convolution = FloatConvolution(
      FloatOperands(
        name: name, output: layout.output, filters: filters, input: input,
        norms: layout.norms(input),
        place: Int(settings.kernels.run.lowestPlace(numbers, numbers.count)),
        findWindows: layout.findWindows),
      settings.part(from: 0.1, to: 1))
    // A cell of the convolution is a weight by its place in its filter.
    let exact = { (cell: Cell) in
      try? float32(of: shape.cell(at: cell.depth * layout.output.plane + cell.x))
    }
    do throws(ArithmeticError) {
      guard let floats = try convolution.evaluate(exact) else { throw .cancelled }
      return floats
    } catch {
      guard case .cancelled = error else { return nil }
      throw error
    }
  }
}
