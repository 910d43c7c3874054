import ConvolutionEngine
import ConvolutionKernels
import ExactNumbers

/// Reads stretches of a list of numbers as the digits that kernels multiply.
struct NumberReader {
  let numbers: Coefficients
  let digits: Digits
  let kernels: Kernels

  /// Writes digit *d* of the *n*-th number of the range to `result[d * pitch + n]`.
  func read(_ range: Range<Int>, into result: UnsafeMutablePointer<Int16>, pitch: Int) {
    switch numbers {
    case .stored(let integers, _):
      integers.withNumbers { start, width in
        kernels.run.cut(
          result, pitch, start + range.lowerBound << width, width, range.count, digits.bits,
          digits.count)
      }
    case .seeded(let sequence, _)
    where sequence.pattern == .uniform && digits.count == 1
      && sequence.high - sequence.low <= 65_535:
      kernels.run.seeded(
        result, range.count, sequence.key, UInt64(sequence.offset + range.lowerBound),
        Int32(sequence.low), UInt32(sequence.high - sequence.low + 1))
    case .seeded(let sequence, _) where digits.count == 1 && sequence.hasTaps:
      result.update(repeating: 0, count: range.count)
      sequence.forEachTap(in: range) { index, tap in
        result[index - range.lowerBound] = Int16(tap)
      }
    case .seeded(let sequence, _):
      Integers.int64(range.map { Int64(sequence[$0]) }).withNumbers { start, width in
        kernels.run.cut(result, pitch, start, width, range.count, digits.bits, digits.count)
      }
    case .float32: preconditionFailure("float32 numbers have no digits")
    }
  }
}

extension Integers {
  /// The numbers where they lie, each of 2^`width` bytes.
  func withNumbers<Result>(
    _ body: (_ start: UnsafeRawPointer, _ width: Int) -> Result
  ) -> Result {
    func of<Number>(_ values: [Number], _ width: Int) -> Result {
      values.withUnsafeBytes { bytes in
        // An empty list has no address; nothing is read from this one.
        withUnsafePointer(to: 0) { body(bytes.baseAddress ?? UnsafeRawPointer($0), width) }
      }
    }
    switch self {
    case .int8(let values): return of(values, 0)
    case .int16(let values): return of(values, 1)
    case .int32(let values): return of(values, 2)
    case .int64(let values): return of(values, 3)
    case .int128(let values): return of(values, 4)
    }
  }

  /// The smallest and the largest, by the kernels where they can.
  func bounds(by kernels: Kernels) -> ClosedRange<Int128> {
    if case .int128 = self { return bounds }
    guard count > 0 else { return 0...0 }
    return withNumbers { start, width in
      let found = kernels.run.bounds(start, width, count)
      return Int128(found.low)...Int128(found.high)
    }
  }
}
