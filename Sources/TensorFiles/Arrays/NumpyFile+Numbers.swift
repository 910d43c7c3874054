import ConvolutionEngine

extension NumpyFile {
  /// The numbers in the order in which the axes count through them, stored as narrow as they fit.
  ///
  /// Bools count as 0 and 1. Floats are taken where they are whole numbers within ±2^53, up to
  /// which every whole number is a `float64`.
  ///
  /// - Parameter axes: the fastest first; together they visit every number once.
  /// - Throws: `NumpyError` with index and value of a float that is not such a number.
  func integers(_ axes: [Odometer.Axis]) throws(NumpyError) -> Integers {
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
    case .float16: return try wholeFloats(axes) { Float16(bitPattern: $0) }
    case .float32: return try wholeFloats(axes) { Float(bitPattern: $0) }
    case .float64: return try wholeFloats(axes) { Double(bitPattern: $0) }
    }
  }

  private func integers<Raw: FixedWidthInteger>(
    _ axes: [Odometer.Axis], _ value: (Raw) -> Int128
  ) -> Integers {
    bytes.withUnsafeBytes { buffer in
      var low: Int128 = 0
      var high: Int128 = 0
      for place in 0..<count {
        let number = value(raw(buffer, place))
        low = min(low, number)
        high = max(high, number)
      }
      var odometer = Odometer(axes)
      return Integers(count: count, from: low, to: high) { _ in
        value(raw(buffer, odometer.next()))
      }
    }
  }

  private func wholeFloats<Raw: FixedWidthInteger, Float: BinaryFloatingPoint>(
    _ axes: [Odometer.Axis], _ value: (Raw) -> Float
  ) throws(NumpyError) -> Integers {
    let refused = bytes.withUnsafeBytes { buffer in
      (0..<count).first { !isExact(Double(value(raw(buffer, $0)))) }
    }
    if let refused {
      let number = bytes.withUnsafeBytes { value(raw($0, refused)) }
      let index = index(ofPlace: refused)
      if !number.isFinite { throw .notFinite(index: index, value: "\(number)") }
      if number != number.rounded() { throw .notWhole(index: index, value: "\(number)") }
      throw .wholeBeyondFloats(index: index, value: "\(number)")
    }
    // By way of `Int64`, which one instruction makes of a float.
    return integers(axes) { Int128(Int64(Double(value($0)))) }
  }

  private func isExact(_ value: Double) -> Bool {
    value.magnitude <= 0x1p53 && value == Double(Int64(value))
  }

  /// The bits of one number in this machine's order.
  private func raw<Raw: FixedWidthInteger>(_ buffer: UnsafeRawBufferPointer, _ place: Int) -> Raw {
    let offset = dataOffset + place * MemoryLayout<Raw>.size
    let stored = buffer.loadUnaligned(fromByteOffset: offset, as: Raw.self)
    return element.isBigEndian ? Raw(bigEndian: stored) : Raw(littleEndian: stored)
  }
}
