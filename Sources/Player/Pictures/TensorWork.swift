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
      numbers[start..<start + plane].reduce(numbers[start], max)
    }
    return greatest.indices.sorted { first, second in
      greatest[first] == greatest[second] ? first < second : greatest[first] > greatest[second]
    }
  }
}

/// The numbers at some ranks, from 0, of all in rising order.
struct RankedNumbers: TensorWork {
  /// Rising.
  let ranks: [Int]

  func run<T: Comparable>(
    _ numbers: [T], _ number: (T) -> Number, _ double: (T) -> Double
  ) -> [Number] {
    var numbers = numbers
    var start = 0
    return ranks.map { rank in
      let found = select(rank, of: &numbers, from: start)
      start = rank
      return number(found)
    }
  }

  /// Hoare's selection; runs of equal numbers, such as the zeros behind a ReLU, are passed at once.
  ///
  /// - Parameter start: everything before it is no greater than what stands from there on.
  private func select<T: Comparable>(_ rank: Int, of numbers: inout [T], from start: Int) -> T {
    var (low, high) = (start, numbers.count)
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
