import ConvolutionEngine
import ConvolutionKernels
import ExactNumbers

/// A width in which totals are computed.
protocol KernelNumber: FixedWidthInteger, SignedInteger, BitwiseCopyable, Sendable {
  /// The case of `Integers` that holds it.
  static func integers(_ values: [Self]) -> Integers
}

extension Int8: KernelNumber {
  static func integers(_ values: [Int8]) -> Integers { .int8(values) }
}
extension Int16: KernelNumber {
  static func integers(_ values: [Int16]) -> Integers { .int16(values) }
}
extension Int32: KernelNumber {
  static func integers(_ values: [Int32]) -> Integers { .int32(values) }
}
extension Int64: KernelNumber {
  static func integers(_ values: [Int64]) -> Integers { .int64(values) }
}
extension Int128: KernelNumber {
  static func integers(_ values: [Int128]) -> Integers { .int128(values) }
}

extension Integers {
  /// The same numbers in the narrowest width that holds them.
  init<Number: KernelNumber>(narrowing values: [Number], by kernels: Kernels) {
    let whole = Number.integers(values)
    let bounds = whole.bounds(by: kernels)
    func fits<Narrow: KernelNumber>(_ type: Narrow.Type) -> Bool {
      bounds.lowerBound >= Int128(Narrow.min) && bounds.upperBound <= Int128(Narrow.max)
    }
    func narrowed<Narrow: KernelNumber>(_ type: Narrow.Type) -> Integers {
      if Narrow.self == Number.self { return whole }
      return Narrow.integers(
        [Narrow](unsafeUninitializedCapacity: values.count) { buffer, count in
          count = values.count
          for index in 0..<count { buffer[index] = Narrow(truncatingIfNeeded: values[index]) }
        })
    }
    if fits(Int8.self) {
      self = narrowed(Int8.self)
    } else if fits(Int16.self) {
      self = narrowed(Int16.self)
    } else if fits(Int32.self) {
      self = narrowed(Int32.self)
    } else if fits(Int64.self) {
      self = narrowed(Int64.self)
    } else {
      self = whole
    }
  }
}

extension Array where Element: KernelNumber {
  /// An array that `fill` writes every number of; nil when it says that it did not.
  init?(count: Int, _ fill: (UnsafeMutablePointer<Element>) -> Bool) {
    var isWhole = false
    self.init(unsafeUninitializedCapacity: count) { buffer, filled in
      if let start = buffer.baseAddress { isWhole = fill(start) }
      filled = isWhole ? count : 0
    }
    guard isWhole else { return nil }
  }
}
