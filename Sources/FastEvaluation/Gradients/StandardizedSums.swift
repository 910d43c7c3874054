import ConvolutionEngine
import ConvolutionKernels
import ExactNumbers

/// What flows back to the γ of a batch normalization: of each map, the sum of its gradients times what
/// its numbers were before γ and β.
extension GradientArithmetic {
  /// As each of those is `scale · x + shift`, a map's sum is `scale · Σ g·x + shift · Σ g`; nil where
  /// one may not fit 128 bits.
  func standardizedSums(
    _ part: Part, _ standardization: Standardization, _ settings: EvaluationSettings
  ) -> Integers? {
    guard let lines = standardization.lines else { return nil }
    let (gradient, input) = (
      part.reader.upstream.exactNumerators, part.reader.inputs[0].exactNumerators
    )
    let plane = part.layer.output.plane
    let sizes = [gradient, input].map { $0.bounds(by: settings.kernels).largestMagnitude }
    let (product, overflows) = max(1, sizes[0]).multipliedReportingOverflow(by: max(1, sizes[1]))
    let (most, sumOverflows) = product.multipliedReportingOverflow(by: UInt128(plane))
    guard !overflows, !sumOverflows, most <= Int128.max.magnitude else { return nil }
    func sums<Sum: KernelNumber>(as type: Sum.Type) -> Integers? {
      let (gradient, input) = (gradient.numbers(as: Sum.self), input.numbers(as: Sum.self))
      var all: [Int128] = []
      for map in 0..<shape.count {
        var (products, sum): (Sum, Sum) = (0, 0)
        for index in map * plane..<(map + 1) * plane {
          products &+= gradient[index] &* input[index]
          sum &+= gradient[index]
        }
        var total = WideSum()
        total.add(Int128(products), times: lines.scales[map])
        total.add(Int128(sum), times: lines.shifts[map])
        guard let total = total.total else { return nil }
        all.append(total)
      }
      return Integers(narrowing: all, by: settings.kernels)
    }
    return most <= Int64.max.magnitude ? sums(as: Int64.self) : sums(as: Int128.self)
  }

  /// The same where roots are no fractions or gradients float32: each sum rounded once, and where
  /// float64 leaves that in doubt, by its exact account.
  func standardizedFloats(
    _ part: Part, _ standardization: Standardization, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> [Float]? {
    let gradients = part.reader.upstream.nearestDoubles
    let inputs = part.reader.inputs[0].nearestDoubles
    let (width, height) = (part.layer.output.width, part.layer.output.height)
    var floats: [Float] = []
    floats.reserveCapacity(shape.count)
    for map in 0..<shape.count {
      try settings.report(map, of: shape.count)
      let numbers = standardization.map(map).doubles
      var (sum, size, error) = (0.0, 0.0, 0.0)
      // Row by row, so that few sums lie between a product and the whole.
      for row in map * height..<(map + 1) * height {
        var (rowSum, rowSize) = (0.0, 0.0)
        for index in row * width..<(row + 1) * width {
          let factor = numbers.estimate(inputs[index])
          rowSum += gradients[index] * factor.value
          rowSize += abs(gradients[index] * factor.value)
          error += abs(gradients[index]) * factor.error
        }
        sum += rowSum
        size += rowSize
      }
      // Each number is right to 2^−53 of itself, each product and each sum to as much of what it is.
      let most = error * (1 + 0x1p-20) + size * Double(width + height + 8) * 0x1p-52
      if let float = sum.nearestFloat(within: most) {
        floats.append(float)
      } else {
        floats.append(try float32(of: Cell(0, 0, map)))
      }
    }
    return floats
  }
}
