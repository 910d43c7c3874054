import ConvolutionEngine
import ConvolutionKernels

/// A float32 convolution computed tile by tile, each cell its exact value rounded once.
///
/// The products are exact in float64, and their sum in float64 is no farther from the exact one
/// than `taps · 2^−53 · √Σx² · √Σw²` (Cauchy's inequality bounds Σ|x·w|, each of whose parts is
/// rounded at most once for each addition). Nearly always everything within that distance rounds to
/// the same float32. Where it does not, the cell is summed again in twice as many bits, and where
/// that does not decide, by the readable loop, which never loses a bit.
///
/// A window of zeros, and sums of which no bit can be lost in float64, have the distance 0.
struct FloatConvolution {
  let operands: FloatOperands
  let settings: EvaluationSettings
  private let bounds: [Double]
  private let biases: [Double]
  private let zeros: [Int32]

  private var output: Shape { operands.output }
  private var filters: FloatPanels { operands.filters }
  private var kernels: Kernels { operands.filters.kernels }

  init(_ operands: FloatOperands, _ settings: EvaluationSettings) {
    self.operands = operands
    self.settings = settings
    let lanes = operands.filters.lanes
    let largest = operands.norms.max() ?? 0
    let share = Double(operands.filters.offsets.count) * 0x1p-53 * FloatPanels.room
    bounds = lanes.map { lane in
      lane.isExact(inputPlace: operands.place, largestNorm: largest) ? 0 : lane.norm * share
    }
    biases = lanes.map(\.bias)
    zeros = Array(repeating: 0, count: lanes.count)
  }

  /// Every cell in the walk's order.
  ///
  /// - Parameter exact: a cell by the readable loop; nil beyond float32.
  /// - Returns: nil when it was ended early.
  /// - Throws: `ArithmeticError` for the first cell beyond float32.
  func evaluate(_ exact: (Cell) -> Float?) throws(ArithmeticError) -> [Float]? {
    let failure = FirstFailure(threads: settings.threads)
    let cells = [Float](bits: output.count) { result in
      forEachTile { tile in
        kernels.run.store32(
          result + (tile.panel.filters.lowerBound * output.plane + tile.first), output.plane,
          tile.rounded, tile.panel.lanes, tile.count, tile.panel.filters.count, 1, zeros)
      } undecided: { thread, cell in
        let float = exact(output.cell(at: cell))
        if float == nil { failure.note(cell, thread: thread) }
        return float ?? 0
      }
    }
    if let first = failure.cell {
      throw .beyondFloat32(layer: operands.name, cell: output.cell(at: first))
    }
    return cells
  }

  /// Some windows' cells of a panel of filters.
  private struct Tile {
    let thread: Int
    let panel: FilterPanels.Panel
    let first: Int
    let count: Int
    let sums: UnsafeMutablePointer<Double>
    /// The bits of the cells.
    let rounded: UnsafeMutablePointer<Int32>
    let undecided: UnsafeMutablePointer<UInt8>
    let starts: UnsafeMutablePointer<Int32>
  }

  private func forEachTile(
    _ body: (Tile) -> Void, undecided: (_ thread: Int, _ cell: Int) -> Float
  ) -> Bool {
    let panels = filters.list
    let step = kernels.run.doublePositions * 4
    let block = settings.windowsPerUnit(of: output.plane, step: step, panels: panels.count)
    let blocks = (output.plane + block - 1) / block
    let size = kernels.run.doubleFilters * step
    let sums = KernelDoubles(count: size * settings.threads)
    let rounded = UnsafeMutablePointer<Int32>.allocate(capacity: size * settings.threads)
    let flags = UnsafeMutablePointer<UInt8>.allocate(
      capacity: kernels.run.doubleFilters * settings.threads)
    let starts = UnsafeMutablePointer<Int32>.allocate(capacity: step * settings.threads)
    defer {
      rounded.deallocate()
      flags.deallocate()
      starts.deallocate()
    }
    return settings.forEachUnit(blocks * panels.count) { thread, unit in
      let start = unit / panels.count * block
      let end = min(start + block, output.plane)
      for first in stride(from: start, to: end, by: step) {
        let tile = Tile(
          thread: thread, panel: panels[unit % panels.count], first: first,
          count: min(step, end - first), sums: sums.start + thread * size,
          rounded: rounded + thread * size,
          undecided: flags + thread * kernels.run.doubleFilters, starts: starts + thread * step)
        compute(tile)
        round(tile, undecided)
        body(tile)
      }
    }
  }

  private func compute(_ tile: Tile) {
    let each = kernels.run.doublePositions
    let lanes = tile.panel.lanes
    operands.findWindows(
      tile.first, tile.count, tile.panel.group,
      UnsafeMutableBufferPointer(start: tile.starts, count: (tile.count + each - 1) / each * each))
    let run =
      lanes == kernels.run.doubleFilters ? kernels.run.fullDoubleTile : kernels.run.halfDoubleTile
    filters.offsets.withUnsafeBufferPointer { offsets in
      guard let offsets = offsets.baseAddress else { return }
      for call in 0..<(tile.count + each - 1) / each {
        run(
          operands.input.start, tile.starts + call * each, offsets, filters.offsets.count,
          filters.memory.start + tile.panel.start, tile.sums + call * each * lanes)
      }
    }
  }

  private func round(_ tile: Tile, _ undecided: (_ thread: Int, _ cell: Int) -> Float) {
    let lanes = tile.panel.lanes
    let lane = tile.panel.start / filters.offsets.count
    bounds.withUnsafeBufferPointer { bounds in
      biases.withUnsafeBufferPointer { biases in
        guard let bounds = bounds.baseAddress, let biases = biases.baseAddress else { return }
        for window in 0..<tile.count {
          let row = UnsafeMutableRawPointer(tile.rounded + window * lanes)
            .assumingMemoryBound(to: Float.self)
          let norm = operands.norms[tile.panel.group * output.plane + tile.first + window]
          guard
            kernels.run.roundSums(
              row, tile.sums + window * lanes, lanes, norm, bounds + lane, biases + lane,
              tile.undecided)
          else { continue }
          for place in 0..<tile.panel.filters.count where tile.undecided[place] != 0 {
            let cell =
              (tile.panel.filters.lowerBound + place) * output.plane + tile.first + window
            row[place] =
              refined(tile, window, lane: place) ?? undecided(tile.thread, cell)
          }
        }
      }
    }
  }

  /// One cell in twice as many bits; nil where these do not decide either.
  private func refined(_ tile: Tile, _ window: Int, lane: Int) -> Float? {
    let numbers = operands.input.start + Int(tile.starts[window])
    let weights = filters.memory.start + (tile.panel.start + lane)
    var sum = RefinedSum()
    for tap in filters.offsets.indices {
      sum.add(numbers[Int(filters.offsets[tap])] * weights[tap * tile.panel.lanes])
    }
    sum.add(biases[tile.panel.start / filters.offsets.count + lane])
    return sum.nearestFloat
  }
}

extension [Float] {
  /// An array that `fill` writes the bits of every number of; nil when it says that it did not.
  init?(bits count: Int, _ fill: (UnsafeMutablePointer<Int32>) -> Bool) {
    var isWhole = false
    self.init(unsafeUninitializedCapacity: count) { buffer, filled in
      isWhole = buffer.withMemoryRebound(to: Int32.self) { bits in
        bits.baseAddress.map(fill) ?? true
      }
      filled = isWhole ? count : 0
    }
    guard isWhole else { return nil }
  }

  /// Every number made another, finite one.
  @inline(__always)
  func eachChanged(_ change: (Float) -> Float) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, filled in
      withUnsafeBufferPointer { numbers in
        for index in numbers.indices { buffer[index] = change(numbers[index]) }
      }
      filled = count
    }
  }
}
