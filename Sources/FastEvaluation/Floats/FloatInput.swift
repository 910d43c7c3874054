import ConvolutionEngine
import ConvolutionKernels

/// An input laid out for the float kernels, with how large each window's numbers are.
struct FloatInput {
  let memory: KernelDoubles
  /// Of each group's windows in the walk's order: at least √Σx².
  private(set) var norms: [Double] = []
  /// All numbers are multiples of 2^`place`.
  let place: Int

  var start: UnsafeMutablePointer<Double> { memory.start }

  /// - Returns: nil when it was ended early.
  init?(
    _ numbers: [Float], layout: InputLayout, windows: Windows, filter: Shape,
    settings: EvaluationSettings
  ) {
    memory = KernelDoubles(count: layout.count)
    place = Int(settings.kernels.run.lowestPlace(numbers, numbers.count))
    let target = memory.start
    let kernels = settings.kernels
    let band = max(1, 8_192 / max(layout.rowPitch, 1))
    let bands = (layout.height + band - 1) / band
    let done = numbers.withUnsafeBufferPointer { numbers in
      guard let numbers = numbers.baseAddress else { return false }
      // Only read by the threads.
      nonisolated(unsafe) let source = numbers
      return settings.forEachUnit(layout.groups * bands) { _, unit in
        let group = unit / bands
        let top = unit % bands * band
        for row in top..<min(top + band, layout.height) {
          layout.spread(source, group: group, row: row, into: target, kernels)
        }
      }
    }
    guard done else { return nil }
    norms = windowNorms(layout, windows, filter, kernels)
  }

  /// First the squares of each place, then of each row under each column of windows, then of whole
  /// windows.
  private func windowNorms(
    _ layout: InputLayout, _ windows: Windows, _ filter: Shape, _ kernels: Kernels
  ) -> [Double] {
    let columns = windows.x.positions
    let (step, spacing) = (windows.x.stride, windows.x.dilation)
    var squares = [Double](repeating: 0, count: layout.width)
    var rows = [Double](repeating: 0, count: layout.height * columns)
    var norms: [Double] = []
    norms.reserveCapacity(layout.groups * columns * windows.y.positions)
    for group in 0..<layout.groups {
      for row in 0..<layout.height {
        kernels.run.squares(
          &squares, start + (group * layout.groupPitch + row * layout.rowPitch), layout.width,
          layout.depth)
        for x in 0..<columns {
          var sum = 0.0
          for i in 0..<filter.width { sum += squares[x * step + i * spacing] }
          rows[row * columns + x] = sum
        }
      }
      for y in 0..<windows.y.positions {
        for x in 0..<columns {
          var sum = 0.0
          for j in 0..<filter.height {
            sum += rows[(y * windows.y.stride + j * windows.y.dilation) * columns + x]
          }
          norms.append(sum.squareRoot() * FloatPanels.room)
        }
      }
    }
    return norms
  }
}

extension InputLayout {
  /// Writes one row of a group, with its padding.
  fileprivate func spread(
    _ numbers: UnsafePointer<Float>, group: Int, row: Int,
    into target: UnsafeMutablePointer<Double>, _ kernels: Kernels
  ) {
    let start = target + (group * groupPitch + row * rowPitch)
    guard rows.contains(row), !columns.isEmpty else {
      start.update(repeating: 0, count: rowPitch)
      return
    }
    start.update(repeating: 0, count: columns.lowerBound * depth)
    (start + columns.upperBound * depth)
      .update(repeating: 0, count: (width - columns.upperBound) * depth)
    let first = (group * depth * input.height + row - rows.lowerBound) * input.width
    kernels.run.spreadFloats(
      start + columns.lowerBound * depth, depth, numbers + first, input.plane, depth,
      columns.count)
  }
}
