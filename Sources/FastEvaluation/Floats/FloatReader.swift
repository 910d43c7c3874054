import ConvolutionEngine
import ConvolutionKernels
import ExactNumbers

/// Reads stretches of a list of numbers that are float32, or integers that float32 holds.
struct FloatReader {
  private let numbers: Numbers

  private enum Numbers {
    case floats([Float])
    /// Each of one digit.
    case integers(NumberReader)
  }

  /// - Returns: nil where some number is no float32.
  init?(_ coefficients: Coefficients, kernels: Kernels) {
    if case .float32(let floats) = coefficients {
      numbers = .floats(floats)
      return
    }
    guard coefficients.denominator == 1 else { return nil }
    let bounds = coefficients.exactBounds(by: kernels)
    let digits = Digits(bits: 16, for: bounds)
    if digits.count == 1 {
      numbers = .integers(NumberReader(numbers: coefficients, digits: digits, kernels: kernels))
    } else {
      guard case .stored(let integers, _) = coefficients,
        let floats = integers.exactFloats(by: kernels)
      else { return nil }
      numbers = .floats(floats)
    }
  }

  /// - Parameter scratch: has room for the range, and may be where the numbers are.
  func withFloats<Result>(
    _ range: Range<Int>, scratch: UnsafeMutablePointer<Float>,
    _ body: (UnsafePointer<Float>) -> Result
  ) -> Result {
    switch numbers {
    case .floats(let floats):
      return floats.withUnsafeBufferPointer { floats in
        body(floats.baseAddress.map { $0 + range.lowerBound } ?? UnsafePointer(scratch))
      }
    case .integers(let reader):
      withUnsafeTemporaryAllocation(of: Int16.self, capacity: range.count) { digits in
        guard let start = digits.baseAddress else { return }
        reader.read(range, into: start, pitch: range.count)
        for index in 0..<range.count { scratch[index] = Float(start[index]) }
      }
      return body(scratch)
    }
  }
}

extension Integers {
  /// The same numbers as float32; nil where one may not be a float32.
  func exactFloats(by kernels: Kernels) -> [Float]? {
    guard bounds(by: kernels).largestMagnitude <= 1 << 24 else { return nil }
    switch self {
    case .int8(let numbers): return numbers.map { Float($0) }
    case .int16(let numbers): return numbers.map { Float($0) }
    case .int32(let numbers): return numbers.map { Float($0) }
    case .int64(let numbers): return numbers.map { Float($0) }
    case .int128(let numbers): return numbers.map { Float(Int32(truncatingIfNeeded: $0)) }
    }
  }
}

extension Tensor {
  /// The same numbers as float32; nil where one may not be a float32.
  func exactFloats(by kernels: Kernels) -> [Float]? {
    switch storage {
    case .float32(let floats, _): floats
    case .exact(let numerators, let denominator):
      denominator == 1 ? numerators.exactFloats(by: kernels) : nil
    }
  }
}

extension Coefficients {
  /// The same numbers as float64; nil where one may not be a float64.
  func exactDoubles(by kernels: Kernels) -> [Double]? {
    if case .float32(let floats) = self { return floats.map { Double($0) } }
    guard denominator == 1, exactBounds(by: kernels).largestMagnitude <= 1 << 53 else {
      return nil
    }
    return (0..<count).map { Double(Int64(truncatingIfNeeded: numerator($0))) }
  }
}

/// Float64 numbers on the boundaries of the widest vectors; see `KernelNumbers`.
final class KernelDoubles: @unchecked Sendable {
  let start: UnsafeMutablePointer<Double>

  /// - Parameter count: of numbers, which hold anything until they are written.
  init(count: Int) {
    start = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Double>.stride, alignment: 64
    ).bindMemory(to: Double.self, capacity: max(count, 1))
  }

  deinit { start.deallocate() }
}
