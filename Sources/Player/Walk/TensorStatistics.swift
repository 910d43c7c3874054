import ConvolutionEngine
import ExactNumbers

/// What some numbers of a tensor are like, exactly.
struct TensorStatistics: Sendable, Equatable {
  let count: Int
  let least: Number
  let greatest: Number
  /// The sum over how many they are, exactly; a fraction where the sum fits 128 bits, nil where what
  /// it stands over does not.
  let mean: Number?
  let zeros: Int
  let negatives: Int
  /// How many lie in each of as many equal parts of the way from the least to the greatest; one
  /// that lies between two parts counts to the higher one, the greatest to the last.
  let bins: [Int]

  /// Of which numbers: those of one map, or of all.
  struct Wish: Sendable, Hashable {
    let source: Source
    let map: Int?
  }

  static let parts = 10

  /// - Parameter map: nil: all maps.
  init(_ tensor: Tensor, map: Int? = nil) {
    let plane = tensor.shape.plane
    let places = map.map { $0 * plane..<($0 + 1) * plane } ?? 0..<tensor.shape.count
    let extremes = tensor.result(of: Extremes(places: places))
    (least, greatest) = (extremes.low, extremes.high)
    count = places.count
    mean = TensorStatistics.mean(of: places, in: tensor)
    let counts = tensor.result(
      of: Spread(
        places: places, low: least.nearestDouble, high: greatest.nearestDouble,
        parts: TensorStatistics.parts))
    (zeros, negatives, bins) = (counts.zeros, counts.negatives, counts.bins)
  }

  private static func mean(of places: Range<Int>, in tensor: Tensor) -> Number? {
    let over = tensor.denominator.multipliedReportingOverflow(by: Int128(places.count))
    guard !over.overflow else { return nil }
    if let numerators = tensor.numerators {
      var sum: Int128 = 0
      var overflows = false
      for place in places where !overflows {
        (sum, overflows) = sum.addingReportingOverflow(numerators[place])
      }
      if !overflows { return .ratio(Ratio(sum, over: over.partialValue).reduced) }
    }
    var sum = BinarySum()
    for place in places { sum.add(tensor[place].exactValue) }
    let mean = ExactValue(sum, over: over.partialValue)
    // The mean of rounded numbers is no more certain than they are.
    return tensor.isRounded ? mean.nearestFloat.map { .rounded($0) } : .unrounded(mean)
  }
}

/// How numbers lie between two.
private struct Spread: TensorWork {
  let places: Range<Int>
  let low: Double
  let high: Double
  let parts: Int

  func run<T: Comparable>(
    _ numbers: [T], _ number: (T) -> Number, _ double: (T) -> Double
  ) -> (zeros: Int, negatives: Int, bins: [Int]) {
    var (zeros, negatives, bins) = (0, 0, Array(repeating: 0, count: parts))
    let scale = high > low ? Double(parts) / (high - low) : 0
    for place in places {
      let value = double(numbers[place])
      if value == 0 { zeros += 1 }
      if value < 0 { negatives += 1 }
      bins[min(parts - 1, Int((value - low) * scale))] += 1
    }
    return (zeros, negatives, bins)
  }
}
