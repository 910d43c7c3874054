import ConvolutionEngine
import ExactNumbers

/// What flows back through a convolution whose windows move by more than one, as one convolution.
///
/// A place `p` of the input is `rest + stride · t − padding`, and the window `t − m` reads it by its
/// tap `rest + stride · m`. So every rest is a filter of `m` taps that goes over the gradient by 1; taps
/// beyond the filter's are 0.
extension GradientArithmetic {
  /// - Returns: nil where the windows move by 1 or have holes, where depths are many enough without,
  ///   and where numbers or sizes are not made for it.
  func phasesTogether(
    _ part: Part, _ windows: Windows, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> Tensor? {
    let layer = part.layer
    guard windows.x.dilation == 1, windows.y.dilation == 1,
      windows.x.stride * windows.y.stride > 1, layer.input.depth / layer.groups <= 8,
      let filter = layer.plan.filters?.shape
    else { return nil }
    let (x, y) = (Rests(windows.x), Rests(windows.y))
    guard
      let gradient = part.reader.upstream.framed(
        x: 1 - x.taps, width: x.steps + x.taps - 1, y: 1 - y.taps, height: y.steps + y.taps - 1),
      let weights = part.turned(x, y, filter)
    else { return nil }
    let rests = x.stride * y.stride
    let convolution = Convolution(
      windows: WindowSettings(size: Pair(x.taps, y.taps)), filters: layer.input.depth * rests,
      groups: layer.groups, hasBias: false)
    guard let made = try gradient.convolved(convolution, by: weights, settings) else { return nil }
    return made.rearranged(Interleaved(made: made.shape, whole: shape, x: x, y: y), shape)
  }
}

/// The rests of an axis's places by its stride.
private struct Rests {
  let stride: Int
  let padding: Int
  /// The taps of each rest, zeros included.
  let taps: Int
  /// How many places each rest has, those in the padding included.
  let steps: Int

  init(_ axis: WindowAxis) {
    stride = axis.stride
    padding = axis.paddingBefore
    taps = (axis.filter + stride - 1) / stride
    steps = (axis.input + padding + stride - 1) / stride
  }
}

extension GradientArithmetic.Part {
  /// The weights of all rests: depth by depth, and of each row rest by row rest; −1 is 0.
  fileprivate func turned(_ x: Rests, _ y: Rests, _ filter: Shape) -> Coefficients? {
    guard let weights = layer.parameters?.weights else { return nil }
    let maps = layer.output.depth / layer.groups
    var indices: [Int] = []
    for depth in 0..<layer.input.depth {
      let (group, inner) = depth.quotientAndRemainder(dividingBy: filter.depth)
      for rest in 0..<x.stride * y.stride {
        let (below, right) = rest.quotientAndRemainder(dividingBy: x.stride)
        for map in group * maps..<(group + 1) * maps {
          let plane = (map * filter.depth + inner) * filter.plane
          // The first tap of the convolution is the window furthest back.
          for m in (0..<y.taps).reversed() {
            let j = below + y.stride * m
            for n in (0..<x.taps).reversed() {
              let i = right + x.stride * n
              let isInside = i < filter.width && j < filter.height
              indices.append(isInside ? plane + j * filter.width + i : -1)
            }
          }
        }
      }
    }
    return weights.picked(indices)
  }
}

/// Puts the places of all rests in between each other.
private struct Interleaved: Rearranging {
  let made: Shape
  let whole: Shape
  let x: Rests
  let y: Rests

  func callAsFunction<Value: Numeric>(_ values: [Value]) -> [Value] {
    var all = [Value](repeating: 0, count: whole.count)
    for depth in 0..<whole.depth {
      for row in 0..<whole.height {
        let (down, below) = (row + y.padding).quotientAndRemainder(dividingBy: y.stride)
        for column in 0..<whole.width {
          let (across, right) = (column + x.padding).quotientAndRemainder(dividingBy: x.stride)
          let map = (depth * y.stride + below) * x.stride + right
          all[(depth * whole.height + row) * whole.width + column] =
            values[(map * made.height + down) * made.width + across]
        }
      }
    }
    return all
  }
}
