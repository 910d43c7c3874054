/// A list of integers, stored in the narrowest of five widths that holds them all.
package enum Integers: Sendable, Equatable {
  case int8([Int8])
  case int16([Int16])
  case int32([Int32])
  case int64([Int64])
  case int128([Int128])

  package init(_ values: [Int128]) {
    let (low, high) = values.reduce(into: (Int128(0), Int128(0))) { bounds, value in
      bounds.0 = min(bounds.0, value)
      bounds.1 = max(bounds.1, value)
    }
    self.init(count: values.count, from: low, to: high) { values[$0] }
  }

  /// The same for values that are already 64 bits wide.
  package init(_ values: [Int64]) {
    let low = Int128(values.min() ?? 0)
    let high = Int128(values.max() ?? 0)
    self.init(count: values.count, from: low, to: high) { Int128(values[$0]) }
  }

  /// Values whose bounds are known beforehand, made one after the other: no wider copy of them
  /// is ever held.
  ///
  /// - Parameter value: called once for each index from 0 up, in order; every value it gives
  ///   lies within the bounds.
  package init(count: Int, from low: Int128, to high: Int128, _ value: (Int) -> Int128) {
    let indices = 0..<count
    if low >= Int128(Int8.min), high <= Int128(Int8.max) {
      self = .int8(indices.map { Int8(truncatingIfNeeded: value($0)) })
    } else if low >= Int128(Int16.min), high <= Int128(Int16.max) {
      self = .int16(indices.map { Int16(truncatingIfNeeded: value($0)) })
    } else if low >= Int128(Int32.min), high <= Int128(Int32.max) {
      self = .int32(indices.map { Int32(truncatingIfNeeded: value($0)) })
    } else if low >= Int128(Int64.min), high <= Int128(Int64.max) {
      self = .int64(indices.map { Int64(truncatingIfNeeded: value($0)) })
    } else {
      self = .int128(indices.map(value))
    }
  }

  package var count: Int {
    switch self {
    case .int8(let values): values.count
    case .int16(let values): values.count
    case .int32(let values): values.count
    case .int64(let values): values.count
    case .int128(let values): values.count
    }
  }

  package subscript(index: Int) -> Int128 {
    switch self {
    case .int8(let values): Int128(values[index])
    case .int16(let values): Int128(values[index])
    case .int32(let values): Int128(values[index])
    case .int64(let values): Int128(values[index])
    case .int128(let values): values[index]
    }
  }

  /// The smallest and the largest; both 0 for an empty list.
  package var bounds: ClosedRange<Int128> {
    func of<T: FixedWidthInteger>(_ values: [T]) -> ClosedRange<Int128> {
      Int128(values.min() ?? 0)...Int128(values.max() ?? 0)
    }
    switch self {
    case .int8(let values): return of(values)
    case .int16(let values): return of(values)
    case .int32(let values): return of(values)
    case .int64(let values): return of(values)
    case .int128(let values): return of(values)
    }
  }

  /// Bytes that one number takes.
  package var bytesEach: Int {
    switch self {
    case .int8: 1
    case .int16: 2
    case .int32: 4
    case .int64: 8
    case .int128: 16
    }
  }
}
