import ConvolutionEngine
import ExactNumbers

extension Tensor {
  /// What a convolution makes of it; nil where that is not to be had this way.
  func convolved(
    _ convolution: Convolution, by weights: Coefficients, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> Tensor? {
    let name = "sums"
    let specification = LayerSpecification(.convolution(convolution), name: name)
    guard
      let network = try? Network(input: shape, layers: [specification])
        .taking([name: GivenParameters(weights: weights)])
    else { return nil }
    do throws(ArithmeticError) {
      return try network.layers[0].evaluate([self], settings: settings)
    } catch {
      // What else is wrong is found again by the rule, which names the cell.
      guard case .cancelled = error else { return nil }
      throw error
    }
  }

  /// A part of each depth, which may reach beyond it, where it is 0.
  func framed(x: Int, width: Int, y: Int, height: Int) -> Tensor? {
    if x == 0, y == 0, width == shape.width, height == shape.height { return self }
    guard let frame = try? Shape(width, height, shape.depth), frame.count <= Tensor.largestCount
    else { return nil }
    return rearranged(Framed(shape: shape, frame: frame, x: x, y: y), frame)
  }

  func rearranged(_ order: some Rearranging, _ shape: Shape) -> Tensor {
    switch storage {
    case .exact(let numerators, let denominator):
      Tensor(shape, numerators.rearranged(order), over: denominator)
    case .float32(let floats, let isRounded):
      Tensor(shape, finite: order(floats), isRounded: isRounded)
    }
  }
}

extension Coefficients {
  /// Numbers by their places; −1 is 0.
  func picked(_ places: [Int]) -> Coefficients {
    switch self {
    case .stored(let numerators, let denominator):
      return .stored(numerators.rearranged(Picked(places: places)), denominator: denominator)
    case .float32(let floats): return .float32(Picked(places: places)(floats))
    case .seeded(let sequence, _):
      let (low, high) = (min(0, Int128(sequence.low)), max(0, Int128(sequence.high)))
      return .stored(
        Integers(count: places.count, from: low, to: high) {
          places[$0] < 0 ? 0 : Int128(sequence[places[$0]])
        }, denominator: 1)
    }
  }
}

private struct Picked: Rearranging {
  let places: [Int]

  func callAsFunction<Value: Numeric>(_ values: [Value]) -> [Value] {
    places.map { $0 < 0 ? 0 : values[$0] }
  }
}

private struct Framed: Rearranging {
  let shape: Shape
  let frame: Shape
  let x: Int
  let y: Int

  func callAsFunction<Value: Numeric>(_ values: [Value]) -> [Value] {
    var framed = [Value](repeating: 0, count: frame.count)
    let columns = (x..<x + frame.width).clamped(to: 0..<shape.width)
    guard !columns.isEmpty else { return framed }
    for depth in 0..<shape.depth {
      for row in (y..<y + frame.height).clamped(to: 0..<shape.height) {
        let from = (depth * shape.height + row) * shape.width
        let to = (depth * frame.height + row - y) * frame.width - x
        framed.replaceSubrange(
          to + columns.lowerBound..<to + columns.upperBound,
          with: values[from + columns.lowerBound..<from + columns.upperBound])
      }
    }
    return framed
  }
}
