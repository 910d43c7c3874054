import ConvolutionEngine
import ExactNumbers

/// What is left to do with a layer's sums of products: put together, scaled to the output's
/// denominator, and with the bias added.
struct Totals {
  /// The numerators of input times weight, times this, stand over the output's denominator.
  let scale: Int128
  /// Each filter's bias, and by how much it is multiplied for the same denominator.
  let bias: Coefficients?
  let biasScale: Int128

  /// The bits that hold every total for certain: 32, 64 or 128; nil where 128 may not do.
  let width: Int?

  /// - Parameters:
  ///   - inputs: every number of the input lies within it.
  ///   - weightSum: at least the largest over all filters of Σ|w|; nil beyond 128 bits.
  init(
    _ layer: Layer, denominator: Int128, inputDenominator: Int128, inputs: ClosedRange<Int128>,
    weightSum: Int128?, kernels: Kernels
  ) {
    scale = denominator / inputDenominator / (layer.parameters?.weights.denominator ?? 1)
    bias = layer.parameters?.bias
    biasScale = denominator / (bias?.denominator ?? 1)
    let biasBounds = bias?.exactBounds(by: kernels) ?? 0...0
    width = Totals.width(
      sum: (inputs.largestMagnitude, weightSum?.magnitude, scale.magnitude),
      bias: (biasBounds.largestMagnitude, biasScale.magnitude))
  }

  /// Sums of products alone, over the denominator that the products have.
  ///
  /// - Parameter weightSum: as above.
  init(inputs: ClosedRange<Int128>, weightSum: Int128?) {
    (scale, bias, biasScale) = (1, nil, 1)
    width = Totals.width(
      sum: (inputs.largestMagnitude, weightSum?.magnitude, 1), bias: (0, 1))
  }

  private static func width(
    sum: (input: UInt128, weights: UInt128?, scale: UInt128), bias: (UInt128, UInt128)
  ) -> Int? {
    guard let weights = sum.weights, let products = sum.input.product(with: weights),
      let scaled = products.product(with: sum.scale), let added = bias.0.product(with: bias.1)
    else { return nil }
    let (most, overflows) = scaled.addingReportingOverflow(added)
    guard !overflows else { return nil }
    return [32, 64, 128].first { most < 1 << ($0 - 1) as UInt128 }
  }

  /// One total, whether or not it fits; nil when it does not.
  ///
  /// - Parameter sums: the sum at each place, for the parts of the total over 2^place.
  func total(of sums: some BidirectionalCollection<Int64>, places: [Int], filter: Int) -> Int128? {
    var total = WideSum()
    var place = places.last ?? 0
    for (next, sum) in zip(places, sums).reversed() {
      // Each factor fits: one place is less than 80 bits from the next.
      guard place == next || total.multiply(by: 1 << (place - next)) else { return nil }
      total.add(Int128(sum))
      place = next
    }
    guard scale == 1 || total.multiply(by: scale) else { return nil }
    if let bias { total.add(bias.numerator(filter), times: biasScale) }
    return total.total
  }
}

extension ClosedRange<Int128> {
  var largestMagnitude: UInt128 { Swift.max(lowerBound.magnitude, upperBound.magnitude) }
}

extension UInt128 {
  fileprivate func product(with other: UInt128) -> UInt128? {
    let (product, overflows) = multipliedReportingOverflow(by: other)
    return overflows ? nil : product
  }
}
