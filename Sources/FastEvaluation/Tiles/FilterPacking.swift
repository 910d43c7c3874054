import ConvolutionEngine
import ConvolutionKernels

/// The filling of panels with filters' weights.
struct FilterPacking {
  let reader: NumberReader
  /// A filter's weights.
  let count: Int
  /// Which weights go with the numbers of a window; see `InputLayout.pairs`.
  let order: [Int32]
  let panels: [FilterPanels.Panel]
  let digitPitch: Int
  let target: UnsafeMutablePointer<Int16>

  private var digits: Digits { reader.digits }
  /// Of one filter: its weights, and a zero for the pairs that have no second one.
  private var pitch: Int { count + 1 }
  private var rowsSize: Int { reader.kernels.panelFilters * pitch }

  /// - Returns: how large the weights are; nil when it was ended early.
  func run(_ settings: EvaluationSettings) -> WeightSizes? {
    let scratch = UnsafeMutablePointer<Int16>.allocate(
      capacity: rowsSize * digits.count * settings.threads)
    defer { scratch.deallocate() }
    let none = Array(repeating: 0, count: digits.count)
    var found = Array(
      repeating: WeightSizes(digits: digits, sums: none, largest: none), count: panels.count)
    let done = found.withUnsafeMutableBufferPointer { found in
      let found = found
      return settings.forEachUnit(panels.count) { thread, unit in
        let rows = scratch + thread * rowsSize * digits.count
        read(panels[unit], into: rows, &found[unit])
        for digit in 0..<digits.count {
          interleave(
            rows + digit * rowsSize, filters: panels[unit].filters.count,
            into: target + panels[unit].start + digit * digitPitch, lanes: panels[unit].lanes)
        }
      }
    }
    return done ? found.dropFirst().reduce(found.first) { $0?.larger($1) } : nil
  }

  /// A panel's filters, each in a row; and how large they are.
  private func read(
    _ panel: FilterPanels.Panel, into rows: UnsafeMutablePointer<Int16>,
    _ sizes: inout WeightSizes
  ) {
    for (lane, filter) in panel.filters.enumerated() {
      let row = rows + lane * pitch
      reader.read(filter * count..<(filter + 1) * count, into: row, pitch: rowsSize)
      for digit in 0..<digits.count {
        row[digit * rowsSize + count] = 0
        let magnitudes = reader.kernels.run.measure(row + digit * rowsSize, count)
        sizes.sums[digit] = max(sizes.sums[digit], Int(magnitudes.sum))
        sizes.largest[digit] = max(sizes.largest[digit], Int(magnitudes.largest))
      }
    }
  }

  /// Puts the filters' weights side by side, pair by pair.
  private func interleave(
    _ rows: UnsafePointer<Int16>, filters: Int, into panel: UnsafeMutablePointer<Int16>, lanes: Int
  ) {
    order.withUnsafeBufferPointer { order in
      for pair in 0..<order.count / 2 {
        let target = panel + pair * lanes * 2
        let (first, second) = (Int(order[2 * pair]), Int(order[2 * pair + 1]))
        for lane in 0..<filters {
          let row = rows + lane * pitch
          target[2 * lane] = row[first]
          target[2 * lane + 1] = row[second]
        }
        (target + 2 * filters).update(repeating: 0, count: 2 * (lanes - filters))
      }
    }
  }
}

extension WeightSizes {
  fileprivate func larger(_ other: WeightSizes) -> WeightSizes {
    WeightSizes(
      digits: digits, sums: zip(sums, other.sums).map { max($0, $1) },
      largest: zip(largest, other.largest).map { max($0, $1) })
  }
}

extension Coefficients {
  /// Bounds of the numerators of exact ones, found by the kernels.
  func exactBounds(by kernels: Kernels) -> ClosedRange<Int128> {
    switch self {
    case .stored(let numbers, _): return numbers.bounds(by: kernels)
    case .seeded(let sequence, _): return Int128(sequence.low)...Int128(sequence.high)
    case .float32: preconditionFailure("float32 numbers have no numerators")
    }
  }
}
