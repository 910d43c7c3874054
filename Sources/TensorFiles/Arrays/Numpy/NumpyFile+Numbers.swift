import ConvolutionEngine
import ExactNumbers

/// The numbers of an array, in the order that was asked for.
enum NumpyNumbers: Equatable {
  /// Whole numbers, or fractions over a power of two.
  case exact(Integers, denominator: Int128)
  /// Finite, and not all whole.
  case float32([Float])
}

extension NumpyFile {
  /// Fractions over more than this are not taken as exact: a layer multiplies the denominators of
  /// its input and its weights, and 128 bits shall hold a few layers.
  static let longestDenominator = 1 << 20
  /// The same of numbers that are marked as exact: what was learned, and where 128 bits end.
  private static let longestMarkedDenominator = 0x1p120

  /// The numbers in the order in which the axes count through them.
  ///
  /// Bools count as 0 and 1. Floats that are all whole numbers within ±2^53, up to which every
  /// whole number is a `float64`, are integers. Other `float32` and `float16` numbers are taken as
  /// they stand, for every `float16` is a `float32`. Of `float64`
  /// - multiples of 1/2^20, all of them within ±2^53 over their common denominator, are exact
  ///   fractions: 0.5 and 19/16 are 8/16 and 19/16;
  /// - else, if every one is a `float32` too, they are taken as `float32`;
  /// - else they would have to be rounded, so they are refused: 0.1.
  /// Those that an archive marks as exact are fractions over any power of two that 128 bits hold.
  ///
  /// - Parameter axes: the fastest first; together they visit every number once.
  /// - Throws: `NumpyError` with index and value of the first float, in the file's order, that is
  ///   not taken.
  func numbers(_ axes: [Odometer.Axis]) throws(NumpyError) -> NumpyNumbers {
    switch element.kind {
    case .bool: return integers(axes) { (raw: UInt8) in raw == 0 ? 0 : 1 }
    case .int8: return integers(axes) { (raw: Int8) in Int128(raw) }
    case .int16: return integers(axes) { (raw: Int16) in Int128(raw) }
    case .int32: return integers(axes) { (raw: Int32) in Int128(raw) }
    case .int64: return integers(axes) { (raw: Int64) in Int128(raw) }
    case .uint8: return integers(axes) { (raw: UInt8) in Int128(raw) }
    case .uint16: return integers(axes) { (raw: UInt16) in Int128(raw) }
    case .uint32: return integers(axes) { (raw: UInt32) in Int128(raw) }
    case .uint64: return integers(axes) { (raw: UInt64) in Int128(raw) }
    case .float16:
      return try wholeFloats(axes) { Float16(bitPattern: $0) }
        ?? float32(axes) { Float(Float16(bitPattern: $0)) }
    case .float32:
      return try wholeFloats(axes) { Float(bitPattern: $0) }
        ?? float32(axes) { Float(bitPattern: $0) }
    case .float64:
      if let whole = try wholeFloats(axes, { Double(bitPattern: $0) }) { return whole }
      if let fractions = fractions(axes) { return fractions }
      return try narrowedFloats(axes)
    }
  }

  private func integers<Raw: FixedWidthInteger>(
    _ axes: [Odometer.Axis], _ value: (Raw) -> Int128
  ) -> NumpyNumbers {
    bytes.withUnsafeBytes { buffer in
      var low: Int128 = 0
      var high: Int128 = 0
      for place in 0..<count {
        let number = value(raw(buffer, place))
        low = min(low, number)
        high = max(high, number)
      }
      var odometer = Odometer(axes)
      return .exact(
        Integers(count: count, from: low, to: high) { _ in
          value(raw(buffer, odometer.next()))
        }, denominator: 1)
    }
  }

  private func float32<Raw: FixedWidthInteger>(
    _ axes: [Odometer.Axis], _ value: (Raw) -> Float
  ) -> NumpyNumbers {
    bytes.withUnsafeBytes { buffer in
      var odometer = Odometer(axes)
      return .float32((0..<count).map { _ in value(raw(buffer, odometer.next())) })
    }
  }

  /// - Returns: nil where not all are whole numbers.
  /// - Throws: `NumpyError.notFinite`.
  private func wholeFloats<Raw: FixedWidthInteger, Float: BinaryFloatingPoint>(
    _ axes: [Odometer.Axis], _ value: (Raw) -> Float
  ) throws(NumpyError) -> NumpyNumbers? {
    let (odd, areWhole) = bytes.withUnsafeBytes { buffer in
      var areWhole = true
      for place in 0..<count {
        let number = Double(value(raw(buffer, place)))
        if !number.isFinite { return (place, false) as (Int?, Bool) }
        areWhole = areWhole && isWhole(number)
      }
      return (nil, areWhole)
    }
    if let odd {
      let number = bytes.withUnsafeBytes { value(raw($0, odd)) }
      throw .number(.notFinite(index: index(ofPlace: odd), value: "\(number)"))
    }
    // By way of `Int64`, which one instruction makes of a float.
    return areWhole ? integers(axes) { Int128(Int64(Double(value($0)))) } : nil
  }

  /// Finite `float64` numbers over their least common power of two.
  ///
  /// - Returns: nil where that, or a number over it, is too large.
  private func fractions(_ axes: [Odometer.Axis]) -> NumpyNumbers? {
    bytes.withUnsafeBytes { buffer in
      var denominator = 1.0
      var largest = 0.0
      let longest =
        isMarkedExact
        ? NumpyFile.longestMarkedDenominator : Double(NumpyFile.longestDenominator)
      for place in 0..<count {
        let number = Double(bitPattern: raw(buffer, place))
        largest = max(largest, number.magnitude)
        // Exact as long as it is within 2^53, and no whole number beyond.
        while number * denominator != (number * denominator).rounded() {
          denominator *= 2
          guard denominator <= longest else { return nil }
        }
      }
      guard largest * denominator <= (isMarkedExact ? longest : 0x1p53) else { return nil }
      guard
        case .exact(let integers, _) = integers(
          axes, { Int128(Double(bitPattern: $0) * denominator) })
      else { return nil }
      return .exact(integers, denominator: Int128(denominator))
    }
  }

  /// Finite `float64` numbers as the `float32` numbers that they are.
  private func narrowedFloats(_ axes: [Odometer.Axis]) throws(NumpyError) -> NumpyNumbers {
    let odd = bytes.withUnsafeBytes { buffer in
      (0..<count).lazy.map { ($0, Double(bitPattern: raw(buffer, $0))) }
        .first { Double(Float($0.1)) != $0.1 }
    }
    guard let (place, number) = odd else {
      return float32(axes) { Float(Double(bitPattern: $0)) }
    }
    let index = index(ofPlace: place)
    throw number == number.rounded() && number.magnitude > 0x1p53
      ? .number(.wholeBeyondFloats(index: index, value: "\(number)"))
      : .number(.notWhole(index: index, value: "\(number)"))
  }

  private func isWhole(_ value: Double) -> Bool {
    value.magnitude <= 0x1p53 && value == Double(Int64(value))
  }

  /// The bits of one number in this machine's order.
  private func raw<Raw: FixedWidthInteger>(_ buffer: UnsafeRawBufferPointer, _ place: Int) -> Raw {
    let offset = dataOffset + place * MemoryLayout<Raw>.size
    let stored = buffer.loadUnaligned(fromByteOffset: offset, as: Raw.self)
    return element.isBigEndian ? Raw(bigEndian: stored) : Raw(littleEndian: stored)
  }
}
