import ConvolutionEngine

/// How a convolution's input is laid out for the kernels: padding written out as zeros, and the
/// depths of one place side by side, so that a row of a window is one run of numbers.
///
/// Each group of depths stands on its own: `[group][row][column][depth in the group]`.
struct InputLayout: Equatable {
  let groups: Int
  /// Of one group.
  let depth: Int
  /// Columns and rows, with all padding that a window reads.
  let width: Int
  let height: Int
  /// Which columns and rows of the input stand there, and from where on.
  let columns: Range<Int>
  let rows: Range<Int>
  let input: Shape

  /// - Returns: nil for a layer without windows, and where a sum of products has more places than
  ///   32-bit offsets reach.
  init?(_ layer: Layer) {
    guard let windows = layer.windows, let filter = layer.parameters?.filter else { return nil }
    groups = layer.groups
    depth = filter.depth
    input = layer.input
    (width, columns) = InputLayout.span(windows.x)
    (height, rows) = InputLayout.span(windows.y)
    let (plane, planeOverflows) = width.multipliedReportingOverflow(by: height)
    let (count, overflows) = plane.multipliedReportingOverflow(by: groups * depth)
    // A little padding is written out; a lot of it is better skipped than stored.
    let most = 4 * (layer.input.count + layer.output.count) + 65_536
    guard !planeOverflows, !overflows, count <= min(most, Tensor.largestCount) else { return nil }
  }

  /// How many numbers of one digit, and one more that the last pair may read.
  var count: Int { groups * groupPitch + 1 }
  var rowPitch: Int { width * depth }
  var groupPitch: Int { rowPitch * height }

  /// How far the windows along an axis reach, and where in it the input lies.
  static func span(_ windows: WindowAxis) -> (extent: Int, input: Range<Int>) {
    let extent = (windows.positions - 1) * windows.stride + windows.extent
    let start = min(windows.paddingBefore, extent)
    return (extent, start..<min(start + windows.input, extent))
  }

  /// Where a window of a group begins.
  func start(x: Int, y: Int, group: Int, windows: Windows) -> Int {
    group * groupPitch + y * windows.y.stride * rowPitch + x * windows.x.stride * depth
  }

  /// Where windows begin that follow each other in the walk's order; where there are not enough of
  /// them, the last again.
  ///
  /// - Parameters:
  ///   - first: the place of the first one in its map, which is so many windows wide.
  ///   - count: how many there are, at least 1.
  func findWindows(
    _ first: Int, count: Int, width: Int, group: Int, _ windows: Windows,
    _ starts: UnsafeMutableBufferPointer<Int32>
  ) {
    var (y, x) = first.quotientAndRemainder(dividingBy: width)
    var start = self.start(x: x, y: y, group: group, windows: windows)
    for window in starts.indices {
      starts[window] = Int32(truncatingIfNeeded: start)
      guard window + 1 < count else { continue }
      x += 1
      start += windows.x.stride * depth
      if x == width {
        (x, y) = (0, y + 1)
        start = self.start(x: x, y: y, group: group, windows: windows)
      }
    }
  }

  /// The order in which kernels read a window: pairs of numbers that stand side by side.
  ///
  /// - Returns: for each pair, how far from the window's start it is, and which of a filter's
  ///   weights, as `Parameters` has them, go with it; the filter's count where there is no second
  ///   one, and whatever is read there is multiplied by zero.
  func pairs(filter: Shape, windows: Windows) -> (offsets: [Int32], weights: [Int32]) {
    var offsets: [Int32] = []
    var weights: [Int32] = []
    // Without gaps between its columns a row of the window is one run.
    let columns =
      windows.x.dilation == 1 ? [0..<filter.width] : (0..<filter.width).map { $0..<$0 + 1 }
    for j in 0..<filter.height {
      for run in columns {
        let start = j * windows.y.dilation * rowPitch + run.lowerBound * windows.x.dilation * depth
        let places = run.flatMap { i in
          (0..<depth).map { Int32(filter.index(Cell(i, j, $0))) }
        }
        for first in stride(from: 0, to: places.count, by: 2) {
          offsets.append(Int32(start + first))
          weights.append(places[first])
          weights.append(first + 1 < places.count ? places[first + 1] : Int32(filter.count))
        }
      }
    }
    return (offsets, weights)
  }
}
