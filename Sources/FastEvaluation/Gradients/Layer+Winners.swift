import ConvolutionEngine
import ExactNumbers

extension Layer {
  /// For each window of a max pool the place of its first largest number, in the walk's order.
  package func winners(over input: Tensor) -> [Int32] {
    if let floats = input.floats { return firstOfLargest(floats) }
    switch input.exactNumerators {
    case .int8(let numbers): return firstOfLargest(numbers)
    case .int16(let numbers): return firstOfLargest(numbers)
    case .int32(let numbers): return firstOfLargest(numbers)
    case .int64(let numbers): return firstOfLargest(numbers)
    case .int128(let numbers): return firstOfLargest(numbers)
    }
  }

  private func firstOfLargest<Number: Comparable & BitwiseCopyable>(
    _ numbers: [Number]
  ) -> [Int32] {
    guard let windows else { return [] }
    let (columns, rows) = (windows.x.runs, windows.y.runs)
    let (width, plane, depths) = (input.width, input.plane, output.depth)
    return numbers.withUnsafeBufferPointer { numbers in
      [Int32](unsafeUninitializedCapacity: output.count) { winners, count in
        for depth in 0..<depths {
          for row in rows {
            let start = depth * plane + row.first * width
            for column in columns {
              // No branch in it: which number is the largest cannot be foretold.
              var winner = start + column.first
              var largest = numbers[winner]
              for line in 0..<row.count {
                var place = start + line * row.step * width + column.first
                for _ in 0..<column.count {
                  let number = numbers[place]
                  winner = number > largest ? place : winner
                  largest = number > largest ? number : largest
                  place += column.step
                }
              }
              winners.initializeElement(at: count, to: Int32(truncatingIfNeeded: winner))
              count += 1
            }
          }
        }
      }
    }
  }
}

extension WindowAxis {
  /// The places of the input that a window reads.
  struct Run {
    let first: Int
    let step: Int
    let count: Int
  }

  /// Those of each window, in order; of none where all is padding.
  var runs: [Run] {
    (0..<positions).map { position in
      let taps = tapsInside(position: position)
      return Run(
        first: start(of: position) + taps.lowerBound * dilation, step: dilation, count: taps.count)
    }
  }

  /// Whether no place is read by two windows.
  var isApart: Bool { extent <= stride || positions == 1 }
}
