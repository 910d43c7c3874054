import ConvolutionEngine
import ExactNumbers

/// What is done with a tensor's numbers, in whatever width they are kept.
protocol TensorWork {
  associatedtype Result

  /// - Parameters:
  ///   - number: one of them, exactly.
  ///   - double: the same, near enough for a shade.
  func run<T: Comparable>(_ numbers: [T], _ number: (T) -> Number, _ double: (T) -> Double)
    -> Result
}

extension Tensor {
  func result<Work: TensorWork>(of work: Work) -> Work.Result {
    // Each conversion is of one type: a generic one takes many times as long.
    func run<T: BinaryInteger>(
      _ numbers: [T], over denominator: Int128, _ double: (T) -> Double
    ) -> Work.Result {
      let over = Double(nearest: denominator)
      let number: (T) -> Number = { Number(Int128($0), over: denominator) }
      // A division takes longer than all else that is done with a number.
      return denominator == 1
        ? work.run(numbers, number, double) : work.run(numbers, number, { double($0) / over })
    }
    switch storage {
    case .exact(.int8(let numbers), let over): return run(numbers, over: over) { Double($0) }
    case .exact(.int16(let numbers), let over): return run(numbers, over: over) { Double($0) }
    case .exact(.int32(let numbers), let over): return run(numbers, over: over) { Double($0) }
    case .exact(.int64(let numbers), let over): return run(numbers, over: over) { Double($0) }
    case .exact(.int128(let numbers), let over):
      return run(numbers, over: over) { Double(nearest: $0) }
    case .float32(let numbers, let isRounded):
      return work.run(numbers, { isRounded ? .rounded($0) : .float32($0) }, { Double($0) })
    }
  }
}

/// The least and the greatest of some numbers, and where the greatest stands first.
struct Extremes: TensorWork {
  let places: Range<Int>

  func run<T: Comparable>(
    _ numbers: [T], _ number: (T) -> Number, _ double: (T) -> Double
  ) -> (low: Number, high: Number, highest: Int) {
    var (low, high) = (numbers[places.lowerBound], numbers[places.lowerBound])
    // Without branches, so that many are compared at once; where the greatest stands is found then.
    for value in numbers[places] {
      low = value < low ? value : low
      high = value > high ? value : high
    }
    let highest = numbers[places].firstIndex(of: high) ?? places.lowerBound
    return (number(low), number(high), highest)
  }
}

/// The average of each box of numbers; nil for a box without numbers.
struct BoxAverages: TensorWork {
  let places: Range<Int>
  let width: Int
  let box: Int
  let across: Int
  let down: Int

  func run<T: Comparable>(
    _ numbers: [T], _ number: (T) -> Number, _ double: (T) -> Double
  ) -> [Double?] {
    var sums = [Double](repeating: 0, count: across * down)
    var counts = [Int](repeating: 0, count: across * down)
    for (line, start) in stride(from: places.lowerBound, to: places.upperBound, by: width)
      .enumerated()
    {
      let end = min(start + width, places.upperBound)
      var target = line / box * across
      for first in stride(from: start, to: end, by: box) {
        let last = min(first + box, end)
        // Two sums, of which neither waits for the other.
        var (even, odd) = (0.0, 0.0)
        var place = first
        while place + 1 < last {
          even += double(numbers[place])
          odd += double(numbers[place + 1])
          place += 2
        }
        if place < last { even += double(numbers[place]) }
        sums[target] += even + odd
        counts[target] += last - first
        target += 1
      }
    }
    return zip(sums, counts).map { $1 == 0 ? nil : $0 / Double($1) }
  }
}

/// The maps of a tensor by their greatest numbers, the largest first; equal ones in their order.
struct LargestMaps: TensorWork {
  /// How many numbers a map has.
  let plane: Int

  func run<T: Comparable>(
    _ numbers: [T], _ number: (T) -> Number, _ double: (T) -> Double
  ) -> [Int] {
    let greatest = stride(from: 0, to: numbers.count, by: plane).map { start in
      // Without branches, as for the extremes.
      var greatest = numbers[start]
      for value in numbers[start..<start + plane] { greatest = value > greatest ? value : greatest }
      return greatest
    }
    return greatest.indices.sorted { first, second in
      greatest[first] == greatest[second] ? first < second : greatest[first] > greatest[second]
    }
  }
}

/// The numbers at some ranks, from 0, of all in rising order.
struct RankedNumbers: TensorWork {
  let ranks: [Int]

  func run<T: Comparable>(
    _ numbers: [T], _ number: (T) -> Number, _ double: (T) -> Double
  ) -> [Number] {
    let sample = numbers.count > Self.few ? Self.sample(numbers) : []
    return ranks.map { number(ranked($0, of: numbers, sample)) }
  }

  /// So many are put in order as they are.
  private static let few = 1 << 14
  private static let sampled = 1 << 12
  /// Of a sample's numbers, on each side of the rank: five times what chance moves the 1st or the 99th
  /// percentile by.
  private static let margin = 32

  /// Some of the numbers in rising order, from places that no pattern in them falls in with.
  private static func sample<T: Comparable>(_ numbers: [T]) -> [T] {
    // Multiples of the golden section lie evenly in every stretch.
    let section: UInt64 = 0x9E37_79B9_7F4A_7C15
    return (0..<UInt64(sampled)).map { index in
      numbers[Int((index &* section).multipliedFullWidth(by: UInt64(numbers.count)).high)]
    }.sorted()
  }

  /// Only what lies between two numbers of the sample, as the one at the rank nearly always does, is
  /// put in order.
  private func ranked<T: Comparable>(_ rank: Int, of numbers: [T], _ sample: [T]) -> T {
    let place = rank * sample.count / numbers.count
    guard sample.indices.contains(place - Self.margin), sample.indices.contains(place + Self.margin)
    else { return selected(rank, of: numbers) }
    let (low, high) = (sample[place - Self.margin], sample[place + Self.margin])
    var (below, notAbove) = (0, 0)
    for value in numbers {
      below += value < low ? 1 : 0
      notAbove += value <= high ? 1 : 0
    }
    guard below <= rank, rank < notAbove else { return selected(rank, of: numbers) }
    return low == high
      ? low : selected(rank - below, of: numbers.filter { $0 >= low && $0 <= high })
  }

  /// Hoare's selection; runs of equal numbers, such as the zeros behind a ReLU, are passed at once.
  private func selected<T: Comparable>(_ rank: Int, of numbers: [T]) -> T {
    var numbers = numbers
    var (low, high) = (0, numbers.count)
    while high - low > 1 {
      let pivot = numbers[low + (high - low) / 2]
      var (less, next, greater) = (low, low, high)
      while next < greater {
        if numbers[next] < pivot {
          numbers.swapAt(less, next)
          less += 1
          next += 1
        } else if numbers[next] > pivot {
          greater -= 1
          numbers.swapAt(next, greater)
        } else {
          next += 1
        }
      }
      if rank < less {
        high = less
      } else if rank >= greater {
        low = greater
      } else {
        return pivot
      }
    }
    return numbers[rank]
  }
}
