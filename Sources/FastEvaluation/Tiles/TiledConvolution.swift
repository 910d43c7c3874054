import ConvolutionEngine
import ConvolutionKernels
import ExactNumbers

/// A convolution computed tile by tile: some windows with one panel of filters at a time.
final class TiledConvolution {
  private let operands: TiledOperands
  private let plan: SumPlan
  private let totals: Totals
  private let settings: EvaluationSettings
  /// Whether totals are made of 32-bit sums.
  private let isDirect: Bool

  private var filters: FilterPanels { operands.filters }
  private var output: Shape { operands.output }

  init(
    _ operands: TiledOperands, _ plan: SumPlan, _ totals: Totals, _ settings: EvaluationSettings
  ) {
    self.operands = operands
    self.plan = plan
    self.totals = totals
    self.settings = settings
    isDirect = plan.isDirect && totals.width != nil
  }

  /// All totals in the walk's order, in the narrowest width that holds them.
  ///
  /// - Throws: `ArithmeticError` for the first cell that does not fit 128 bits, and when it was ended
  ///   early.
  func evaluate() throws(ArithmeticError) -> Integers {
    let kernels = settings.kernels
    let result: Integers?
    switch totals.width {
    case 32: result = proven(Int32.self).map { Integers(narrowing: $0, by: kernels) }
    case 64: result = proven(Int64.self).map { Integers(narrowing: $0, by: kernels) }
    case 128: result = proven(Int128.self).map { Integers(narrowing: $0, by: kernels) }
    default: result = try checked().map { Integers(narrowing: $0, by: kernels) }
    }
    guard let result else { throw .cancelled }
    return result
  }

  /// All totals in the walk's order, in numbers that `totals` has proven to hold them.
  ///
  /// - Returns: nil when it was ended early.
  private func proven<Total: KernelNumber>(_ type: Total.Type) -> [Total]? {
    // Whatever wraps on the way, the total comes out right: it is known to fit.
    let factors = plan.places.map { Total(truncatingIfNeeded: totals.scale << $0) }
    let biases = (0..<output.depth).map {
      Total(truncatingIfNeeded: (totals.bias?.numerator($0) ?? 0) &* totals.biasScale)
    }
    return [Total](count: output.count) { result in
      forEachTile { tile in
        factors.withUnsafeBufferPointer { factors in
          biases.withUnsafeBufferPointer { biases in
            guard let biases = biases.baseAddress else { return }
            let filters = tile.panel.filters
            let target = Maps(
              start: result + (filters.lowerBound * output.plane + tile.first),
              pitch: output.plane, biases: biases + filters.lowerBound)
            if isDirect {
              Total.store(tile.products, of: tile, factors[0], target, settings.kernels)
            } else if factors.count == 1 {
              Total.store(tile.sums, of: tile, factors[0], target, settings.kernels)
            } else {
              tile.store(factors, target)
            }
          }
        }
      }
    }
  }

  /// All totals in the walk's order, each checked.
  ///
  /// - Throws: `ArithmeticError` for the first cell that does not fit 128 bits.
  private func checked() throws(ArithmeticError) -> [Int128]? {
    let failure = FirstFailure(threads: settings.threads)
    let result = [Int128](count: output.count) { result in
      forEachTile { tile in
        for (lane, filter) in tile.panel.filters.enumerated() {
          for window in 0..<tile.count {
            let cell = filter * output.plane + tile.first + window
            let sums = plan.places.indices.map { tile.sum($0, window, lane) }
            let total = totals.total(of: sums, places: plan.places, filter: filter)
            result[cell] = total ?? 0
            if total == nil { failure.note(cell, thread: tile.thread) }
          }
        }
      }
    }
    if let first = failure.cell {
      throw .beyond128Bits(layer: operands.name, cell: output.cell(at: first))
    }
    return result
  }

  /// Computes the sums of every window with every filter.
  ///
  /// - Returns: false when it was ended early.
  private func forEachTile(_ body: (Tile) -> Void) -> Bool {
    let panels = filters.list
    let step = filters.kernels.tileWindows * Tile.tiles
    let block = settings.windowsPerUnit(of: output.plane, step: step, panels: panels.count)
    let blocks = (output.plane + block - 1) / block
    let size = filters.kernels.panelFilters * step
    let sumCount = isDirect ? 0 : size * plan.places.count
    let products = UnsafeMutablePointer<Int32>.allocate(capacity: size * settings.threads)
    let sums = UnsafeMutablePointer<Int64>.allocate(capacity: sumCount * settings.threads)
    defer {
      products.deallocate()
      sums.deallocate()
    }
    return settings.forEachUnit(blocks * panels.count) { thread, unit in
      let start = unit / panels.count * block
      let end = min(start + block, output.plane)
      for first in stride(from: start, to: end, by: step) {
        let tile = Tile(
          thread: thread, panel: panels[unit % panels.count], first: first,
          count: min(step, end - first), products: products + thread * size,
          sums: sums + thread * sumCount, size: size)
        compute(tile)
        body(tile)
      }
    }
  }

  private func compute(_ tile: Tile) {
    let kernels = filters.kernels
    let each = kernels.tileWindows
    let calls = (tile.count + each - 1) / each
    let lanes = tile.panel.lanes
    if !isDirect {
      for place in plan.places.indices {
        (tile.sums + place * tile.size).update(repeating: 0, count: calls * each * lanes)
      }
    }
    let run = lanes == kernels.panelFilters ? kernels.run.fullTile : kernels.run.halfTile
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: calls * each) { starts in
      operands.findWindows(tile.first, tile.count, tile.panel.group, starts)
      guard let starts = starts.baseAddress else { return }
      filters.offsets.withUnsafeBufferPointer { offsets in
        guard let offsets = offsets.baseAddress else { return }
        let step = plan.block == .max ? filters.pairs : plan.block / 2
        for pass in plan.passes {
          let numbers = operands.input.start + pass.inputDigit * operands.inputPitch
          let weights =
            filters.memory.start + (tile.panel.start + pass.weightDigit * filters.digitPitch)
          for pair in stride(from: 0, to: filters.pairs, by: step) {
            for call in 0..<calls {
              run(
                numbers, starts + call * each, offsets + pair, min(step, filters.pairs - pair),
                weights + pair * lanes * 2, tile.products + call * each * lanes)
            }
            if isDirect { continue }
            kernels.run.addTile(
              tile.sums + pass.sum * tile.size, tile.products, calls * each * lanes, pass.shift)
          }
        }
      }
    }
  }
}
