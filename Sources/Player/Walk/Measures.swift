import ConvolutionEngine
import ExactNumbers

/// How wide the numbers of a layer's working can get, so that columns are wide enough for all of
/// them and never move.
struct Measures: Sendable, Equatable {
  var weight: Int
  var product: Int
  var rowSum: Int
  var sliceSum: Int
  var total: Int
  /// Whether the numbers are rounded: then they have any number of digits, and are shown with as
  /// many as there is room for.
  private(set) var isRounded = false
  /// How far filters' weights and their products can be from zero.
  private(set) var weightReach = 0.0
  private(set) var productReach = 0.0

  /// No column of exact numbers is wider: the longest number of 128 bits.
  private static let widest = 40
  /// A rounded sum's sign, its nine digits, its point and its `≈`.
  private static let roundedSum = 12

  /// Layers with more weights than this are measured by the largest weight instead of by each
  /// row's.
  private static let fewWeights = 100_000

  init?(_ layer: Layer, input: Tensor) {
    guard let parameters = layer.parameters else { return nil }
    let weights = parameters.weights
    (weightReach, productReach) = Measures.reaches(of: layer, weights, input)
    guard let inputBounds = input.numerators?.bounds, let weightBounds = weights.bounds,
      parameters.isExact
    else {
      isRounded = true
      (weight, product, rowSum) = (
        ShownWalk.widestColumn, ShownWalk.widestColumn, ShownWalk.widestColumn
      )
      (sliceSum, total) = (Measures.roundedSum, Measures.roundedSum)
      if let bounds = weights.bounds {
        weight = Measures.width(
          Measures.largest(bounds), over: weights.denominator, signed: bounds.lowerBound < 0)
      }
      return
    }
    let largestInput = Measures.largest(inputBounds)
    let largestWeight = Measures.largest(weightBounds)
    let isSigned = inputBounds.lowerBound < 0 || weightBounds.lowerBound < 0
    let denominator = input.denominator.multipliedReportingOverflow(by: weights.denominator)
    let over = denominator.overflow ? Int128.max : denominator.partialValue
    let width = Measures.width
    let filter = parameters.filter
    var row = largestWeight * Double(filter.width)
    var slice = largestWeight * Double(filter.plane)
    if weights.count <= Measures.fewWeights {
      row = Measures.largestSum(of: filter.width, weights)
      slice = Measures.largestSum(of: filter.plane, weights)
    }
    weight = width(
      largestWeight, weights.denominator, weightBounds.lowerBound < 0)
    product = width(largestInput * largestWeight, over, isSigned)
    rowSum = width(largestInput * row, over, isSigned)
    sliceSum = width(largestInput * slice, over, isSigned)
    let bias = parameters.bias?.bounds.map(Measures.largest) ?? 0
    total = width(
      largestInput * slice * Double(filter.depth) + bias * Double(over), over, true)
  }

  private static func width(_ most: Double, over: Int128, signed: Bool) -> Int {
    guard most < 1e38 else { return widest }
    let digits = "\(Int128(most))".count + (over == 1 ? 0 : 1 + "\(over)".count)
    return min(widest, digits + (signed ? 1 : 0))
  }

  private static func largest(_ bounds: ClosedRange<Int128>) -> Double {
    max(abs(Double(bounds.lowerBound)), abs(Double(bounds.upperBound)))
  }

  /// How far from zero the weights of filters and their products can be; 0 of other layers, whose
  /// weights are in no grid.
  private static func reaches(
    of layer: Layer, _ weights: Coefficients, _ input: Tensor
  ) -> (weights: Double, products: Double) {
    guard layer.form == .filters else { return (0, 0) }
    let (low, high, _) = input.result(of: Extremes(places: 0..<input.shape.count))
    let reach = reach(of: weights)
    return (reach, reach * max(abs(low.nearestDouble), abs(high.nearestDouble)))
  }

  private static func reach(of weights: Coefficients) -> Double {
    if case .float32(let floats) = weights {
      return Double(floats.reduce(0) { max($0, abs($1)) })
    }
    return weights.bounds.map { largest($0) / Double(weights.denominator) } ?? 0
  }

  /// The largest sum of magnitudes among runs of `length` weights.
  private static func largestSum(of length: Int, _ weights: Coefficients) -> Double {
    var largest: UInt128 = 0
    for start in stride(from: 0, to: weights.count, by: length) {
      var sum: UInt128 = 0
      for index in start..<start + length {
        let magnitude = weights.numerator(index).magnitude
        // What is too large for the sum is too large for a column.
        let (next, overflows) = sum.addingReportingOverflow(magnitude)
        sum = overflows ? .max : next
      }
      largest = max(largest, sum)
    }
    return Double(largest)
  }
}
