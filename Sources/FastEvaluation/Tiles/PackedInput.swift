import ConvolutionEngine
import ConvolutionKernels
import ExactNumbers

/// An input laid out for the kernels, digit by digit.
struct PackedInput {
  let memory: KernelNumbers

  /// - Returns: nil when it was ended early.
  init?(
    _ numbers: Integers, layout: InputLayout, digits: Digits, settings: EvaluationSettings
  ) {
    memory = KernelNumbers(count: layout.count * digits.count)
    let reader = NumberReader(
      numbers: .stored(numbers, denominator: 1), digits: digits, kernels: settings.kernels)
    for digit in 0..<digits.count { memory.start[(digit + 1) * layout.count - 1] = 0 }
    let band = PackedInput.band(layout)
    let scratchSize = layout.depth * layout.columns.count * band * digits.count
    let scratch = UnsafeMutablePointer<Int16>.allocate(capacity: scratchSize * settings.threads)
    defer { scratch.deallocate() }
    let target = memory.start
    let bands = (layout.height + band - 1) / band
    let done = settings.forEachUnit(layout.groups * bands) { thread, unit in
      let top = unit % bands * band
      let packing = BandPacking(
        layout: layout, reader: reader, group: unit / bands,
        rows: top..<min(top + band, layout.height), scratch: scratch + thread * scratchSize)
      packing.run(target)
    }
    guard done else { return nil }
  }

  /// How many rows are cut at a time: few enough for their numbers to stay near.
  private static func band(_ layout: InputLayout) -> Int {
    max(1, min(layout.height, 16_384 / max(layout.rowPitch, 1)))
  }
}

/// Some rows of one group.
private struct BandPacking {
  let layout: InputLayout
  let reader: NumberReader
  let group: Int
  /// With padding.
  let rows: Range<Int>
  let scratch: UnsafeMutablePointer<Int16>

  func run(_ target: UnsafeMutablePointer<Int16>) {
    let start = target + group * layout.groupPitch
    let real = rows.clamped(to: layout.rows)
    for digit in 0..<reader.digits.count {
      for row in rows {
        pad(start + digit * layout.count + row * layout.rowPitch, isReal: real.contains(row))
      }
    }
    guard !real.isEmpty, !layout.columns.isEmpty else { return }
    let size = real.count * layout.columns.count
    for slice in 0..<layout.depth { cut(slice, real, size) }
    for digit in 0..<reader.digits.count {
      let numbers = scratch + digit * layout.depth * size
      let first = start + digit * layout.count + layout.columns.lowerBound * layout.depth
      // Where rows follow each other without padding they are one.
      let isOne = layout.columns.count == layout.width
      for row in isOne ? 0..<1 : 0..<real.count {
        reader.kernels.run.transpose(
          first + (real.lowerBound + row) * layout.rowPitch, layout.depth,
          numbers + row * layout.columns.count, size, layout.depth,
          isOne ? size : layout.columns.count)
      }
    }
  }

  /// Zeros where a row has no numbers.
  private func pad(_ row: UnsafeMutablePointer<Int16>, isReal: Bool) {
    let depth = layout.depth
    let columns = isReal ? layout.columns : 0..<0
    row.update(repeating: 0, count: columns.lowerBound * depth)
    (row + columns.upperBound * depth)
      .update(repeating: 0, count: (layout.width - columns.upperBound) * depth)
  }

  /// Cuts a slice's part of the rows.
  private func cut(_ slice: Int, _ real: Range<Int>, _ size: Int) {
    let input = layout.input
    let columns = layout.columns.count
    let first =
      ((group * layout.depth + slice) * input.height + real.lowerBound - layout.rows.lowerBound)
      * input.width
    let result = scratch + slice * size
    if columns == input.width {
      reader.read(first..<first + size, into: result, pitch: layout.depth * size)
      return
    }
    for row in 0..<real.count {
      let first = first + row * input.width
      reader.read(
        first..<first + columns, into: result + row * columns, pitch: layout.depth * size)
    }
  }
}
