import ConvolutionEngine
import ExactNumbers

/// What flows back through a convolution of so few products that to lay them out for the kernels
/// would take longer than to make them.
extension GradientArithmetic {
  /// Products that are made faster one after the other.
  private static let few = 20_000

  /// To the input, or to the weights; nil where there are too many, or one sum may not fit 64 bits.
  func fewProducts(_ part: Part, _ settings: EvaluationSettings) -> Integers? {
    let layer = part.layer
    guard layer.multiplyAdds <= GradientArithmetic.few, let windows = layer.windows,
      let parameters = layer.parameters, parameters.weights.isExact
    else { return nil }
    let upstream = part.reader.upstream.exactNumerators
    let isOfWeights = if case .weights = target { true } else { false }
    let input = part.reader.inputs[0]
    let other =
      isOfWeights
      ? input.exactNumerators.bounds(by: settings.kernels)
      : parameters.weights.exactBounds(by: settings.kernels)
    let size = upstream.bounds(by: settings.kernels).largestMagnitude
    // So that no product of the three overflows.
    guard size < 1 << 40, other.largestMagnitude < 1 << 40,
      size * other.largestMagnitude * UInt128(layer.multiplyAdds) <= Int64.max.magnitude
    else { return nil }
    let few = FewProducts(
      layer: layer, filter: parameters.filter, columns: windows.x.taps, rows: windows.y.taps)
    let gradient = upstream.numbers(as: Int64.self)
    var sums = [Int64](repeating: 0, count: shape.count)
    if isOfWeights {
      let numbers = input.exactNumerators.numbers(as: Int64.self)
      few.visit(gradient) { number, row, weights, column, taps, step in
        for tap in 0..<taps { sums[weights + tap] += number * numbers[row + column + tap * step] }
      }
    } else {
      let numbers = (0..<parameters.weights.count).map { Int64(parameters.weights.numerator($0)) }
      few.visit(gradient) { number, row, weights, column, taps, step in
        for tap in 0..<taps { sums[row + column + tap * step] += number * numbers[weights + tap] }
      }
    }
    return Integers(narrowing: sums, by: settings.kernels)
  }
}

private struct FewProducts {
  let layer: Layer
  let filter: Shape
  let columns: [Range<Int>]
  let rows: [Range<Int>]

  /// Visits the rows of all windows, of each filter that has something to give back.
  ///
  /// - Parameter body: gets the gradient; where the input's row begins and where the weights that
  ///   meet it; the first column, how many there are, and how far they are from each other.
  @inline(__always)
  func visit(
    _ gradient: [Int64],
    _ body: (
      _ number: Int64, _ row: Int, _ weights: Int, _ column: Int, _ taps: Int, _ step: Int
    ) -> Void
  ) {
    guard let windows = layer.windows else { return }
    let (input, step) = (layer.input, windows.x.dilation)
    var index = 0
    for map in 0..<layer.output.depth {
      let first = layer.firstDepth(ofMap: map)
      for y in rows.indices {
        for x in columns.indices {
          let number = gradient[index]
          index += 1
          guard number != 0 else { continue }
          let taps = columns[x]
          let column = windows.x.start(of: x) + taps.lowerBound * step
          for depth in 0..<filter.depth {
            for tap in rows[y] {
              let row = windows.y.start(of: y) + tap * windows.y.dilation
              body(
                number, ((first + depth) * input.height + row) * input.width,
                ((map * filter.depth + depth) * filter.height + tap) * filter.width
                  + taps.lowerBound, column, taps.count, step)
            }
          }
        }
      }
    }
  }
}

extension WindowAxis {
  /// The taps of each window that lie on the input.
  fileprivate var taps: [Range<Int>] { (0..<positions).map { tapsInside(position: $0) } }
}
