import ConvolutionEngine
import ConvolutionKernels

/// Some windows' sums with a panel of filters.
struct Tile {
  /// How many calls of a kernel make one.
  static let tiles = 4

  let thread: Int
  let panel: FilterPanels.Panel
  /// The first window, in the walk's order over a map, and how many there are.
  let first: Int
  let count: Int
  /// The 32-bit sums: a row of as many as the panel has room for, for each window.
  let products: UnsafeMutablePointer<Int32>
  /// The 64-bit sums in the same order, one place after the other.
  let sums: UnsafeMutablePointer<Int64>
  /// From one place to the next.
  let size: Int

  func sum(_ place: Int, _ window: Int, _ lane: Int) -> Int64 {
    sums[place * size + window * panel.lanes + lane]
  }

  /// Puts totals of sums at several places into the maps.
  func store<Total: KernelNumber>(_ factors: UnsafeBufferPointer<Total>, _ maps: Maps<Total>) {
    for lane in 0..<panel.filters.count {
      let cells = maps.start + lane * maps.pitch
      for window in 0..<count {
        var total = maps.biases[lane]
        for place in factors.indices {
          total &+= Total(truncatingIfNeeded: sum(place, window, lane)) &* factors[place]
        }
        cells[window] = total
      }
    }
  }
}

/// The maps that a panel of filters makes, from a tile's first window on.
struct Maps<Total> {
  let start: UnsafeMutablePointer<Total>
  /// From one map to the next.
  let pitch: Int
  let biases: UnsafePointer<Total>
}

extension KernelNumber {
  /// Puts totals into the maps: a sum times a factor and a bias.
  static func store<Sum: KernelNumber>(
    _ sums: UnsafeMutablePointer<Sum>, of tile: Tile, _ factor: Self, _ maps: Maps<Self>,
    _ kernels: Kernels
  ) {
    let (lanes, filters) = (tile.panel.lanes, tile.panel.filters.count)
    if let sums = sums as? UnsafeMutablePointer<Int32>, let maps = maps as? Maps<Int32>,
      let factor = factor as? Int32
    {
      kernels.run.store32(
        maps.start, maps.pitch, sums, lanes, tile.count, filters, factor, maps.biases)
    } else if let sums = sums as? UnsafeMutablePointer<Int64>, let maps = maps as? Maps<Int64>,
      let factor = factor as? Int64
    {
      kernels.run.store64(
        maps.start, maps.pitch, sums, lanes, tile.count, filters, factor, maps.biases)
    } else {
      for lane in 0..<filters {
        let cells = maps.start + lane * maps.pitch
        for window in 0..<tile.count {
          cells[window] =
            Self(truncatingIfNeeded: sums[window * lanes + lane]) &* factor &+ maps.biases[lane]
        }
      }
    }
  }
}

/// The first cell that does not fit, of those that each thread has found.
final class FirstFailure {
  /// Each thread writes to its own place alone.
  private let cells: UnsafeMutableBufferPointer<Int>

  init(threads: Int) {
    cells = .allocate(capacity: threads)
    cells.initialize(repeating: .max)
  }

  deinit { cells.deallocate() }

  func note(_ cell: Int, thread: Int) { cells[thread] = min(cells[thread], cell) }

  /// nil where every cell fits.
  var cell: Int? { cells.min().flatMap { $0 == .max ? nil : $0 } }
}
