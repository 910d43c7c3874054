import ConvolutionEngine
import ConvolutionKernels
import ExactNumbers

/// How an input is laid out so that what a weight meets in a row of windows is one run of numbers:
/// depth by depth with the padding written out as zeros, and of each row first the columns that lie
/// whole strides from its start, then those one column further, and so on.
///
/// With a stride of 2 a row of 5 columns lies as 0 2 4 1 3, and the second weight meets 1 3.
struct UseLayout {
  /// What comes out: a map a filter of the layer, and in it a cell a weight.
  let output: Shape
  private let windows: Windows
  private let input: Shape
  private let filter: Shape
  /// Columns and rows of the input that some window may read, and where they lie with the padding.
  private let columns: Range<Int>
  private let rows: Range<Int>
  private let height: Int
  /// How many columns lie whole strides from each other.
  private let run: Int
  private let rowPitch: Int
  private let planePitch: Int
  /// Where that begins which each of a filter's weights meets in the first window.
  private let starts: [Int32]

  /// - Returns: nil for a layer without windows, and where there is more padding than is worth it.
  init?(_ layer: Layer) {
    guard let windows = layer.windows, let filter = layer.plan.filters?.shape,
      let output = try? Shape(filter.count, 1, layer.output.depth)
    else { return nil }
    (self.windows, self.filter, self.output) = (windows, filter, output)
    input = layer.input
    let width: Int
    (width, columns) = InputLayout.span(windows.x)
    (height, rows) = InputLayout.span(windows.y)
    let stride = windows.x.stride
    let run = (width + stride - 1) / stride
    let rowPitch = run * min(stride, width)
    let (plane, planeOverflows) = rowPitch.multipliedReportingOverflow(by: height)
    let (all, overflows) = plane.multipliedReportingOverflow(by: input.depth)
    let most = 4 * (layer.input.count + layer.output.count) + 65_536
    guard !planeOverflows, !overflows, all <= min(most, Tensor.largestCount) else { return nil }
    (self.run, self.rowPitch, planePitch) = (run, rowPitch, plane)
    starts = (0..<filter.count).map { index in
      let tap = filter.cell(at: index)
      let column = tap.x * windows.x.dilation
      return Int32(
        tap.depth * plane + tap.y * windows.y.dilation * rowPitch + column % stride * run
          + column / stride)
    }
  }

  /// How many numbers of one digit, and one more that the last pair may read.
  var count: Int { planePitch * input.depth + 1 }

  /// Where a column, counted with the padding, lies in its row.
  private func place(_ column: Int) -> Int {
    column % windows.x.stride * run + column / windows.x.stride
  }

  /// Where the numbers begin that weights meet which follow each other; see
  /// `InputLayout.findWindows`.
  func findWindows(
    _ first: Int, _ count: Int, _ group: Int, _ found: UnsafeMutableBufferPointer<Int32>
  ) {
    let start = Int32(group * filter.depth * planePitch)
    for place in found.indices { found[place] = starts[first + min(place, count - 1)] + start }
  }

  /// The windows in pairs that stand side by side, as `InputLayout.pairs` has them.
  var pairs: (offsets: [Int32], weights: [Int32]) {
    var offsets: [Int32] = []
    var weights: [Int32] = []
    let (columns, rows) = (windows.x.positions, windows.y.positions)
    for y in 0..<rows {
      for x in stride(from: 0, to: columns, by: 2) {
        offsets.append(Int32(y * windows.y.stride * rowPitch + x))
        weights.append(Int32(y * columns + x))
        weights.append(Int32(x + 1 < columns ? y * columns + x + 1 : rows * columns))
      }
    }
    return (offsets, weights)
  }

  /// The windows one by one, as `InputLayout.taps` has them.
  var taps: (offsets: [Int32], weights: [Int32]) {
    let offsets = (0..<windows.y.positions).flatMap { y in
      (0..<windows.x.positions).map { Int32(y * windows.y.stride * rowPitch + $0) }
    }
    return (offsets, (0..<offsets.count).map { Int32($0) })
  }

  /// The numbers, digit by digit.
  ///
  /// - Returns: nil when it was ended early.
  func packed(
    _ numbers: Integers, _ digits: Digits, _ settings: EvaluationSettings
  ) -> KernelNumbers? {
    let memory = KernelNumbers(count: count * digits.count)
    let target = memory.start
    target.update(repeating: 0, count: count * digits.count)
    let reader = NumberReader(
      numbers: .stored(numbers, denominator: 1), digits: digits, kernels: settings.kernels)
    let places = columns.map { place($0) }
    let done = settings.forEachUnit(input.depth) { _, depth in
      withUnsafeTemporaryAllocation(of: Int16.self, capacity: columns.count * digits.count) {
        guard let scratch = $0.baseAddress else { return }
        for row in rows {
          let first = (depth * input.height + row - rows.lowerBound) * input.width
          let start = target + (depth * planePitch + row * rowPitch)
          let range = first..<first + columns.count
          if windows.x.stride == 1 {
            reader.read(range, into: start + columns.lowerBound, pitch: count)
            continue
          }
          reader.read(range, into: scratch, pitch: columns.count)
          for digit in 0..<digits.count {
            let (from, to) = (scratch + digit * columns.count, start + digit * count)
            for (index, place) in places.enumerated() { to[place] = from[index] }
          }
        }
      }
    }
    return done ? memory : nil
  }

  /// Float32 numbers as float64.
  ///
  /// - Returns: nil when it was ended early.
  func spread(_ numbers: [Float], _ settings: EvaluationSettings) -> KernelDoubles? {
    let memory = KernelDoubles(count: count)
    let target = memory.start
    target.update(repeating: 0, count: count)
    let places = columns.map { place($0) }
    let done = numbers.withUnsafeBufferPointer { numbers in
      places.withUnsafeBufferPointer { places in
        settings.forEachUnit(input.depth) { _, depth in
          for row in rows {
            let first = (depth * input.height + row - rows.lowerBound) * input.width
            let start = target + (depth * planePitch + row * rowPitch)
            for (index, place) in places.enumerated() {
              start[place] = Double(numbers[first + index])
            }
          }
        }
      }
    }
    return done ? memory : nil
  }

  /// How large that is which each weight of each group meets: at least √Σx².
  func norms(_ numbers: KernelDoubles) -> [Double] {
    let (width, count) = (filter.width, windows.x.positions)
    var norms: [Double] = []
    norms.reserveCapacity(input.depth * filter.plane)
    var lines = [Double](repeating: 0, count: height * width)
    for depth in 0..<input.depth {
      for line in lines.indices {
        let (row, tap) = line.quotientAndRemainder(dividingBy: width)
        let start = numbers.start + (depth * planePitch + row * rowPitch + Int(starts[tap]))
        var sum = 0.0
        for x in 0..<count { sum += start[x] * start[x] }
        lines[line] = sum
      }
      for j in 0..<filter.height {
        for i in 0..<width {
          var sum = 0.0
          for y in 0..<windows.y.positions {
            sum += lines[(y * windows.y.stride + j * windows.y.dilation) * width + i]
          }
          norms.append(sum.squareRoot() * FloatPanels.room)
        }
      }
    }
    return norms
  }
}
