import ConvolutionEngine
import ExactNumbers

/// The types in which a tensor is written.
package enum NumpyOutput: String, Sendable, CaseIterable {
  /// Exact, or refused.
  case int64
  /// Each number rounded once, to the nearest.
  case float64
  case float32

  fileprivate var element: String {
    switch self {
    case .int64: "<i8"
    case .float64: "<f8"
    case .float32: "<f4"
    }
  }
}

/// Why a tensor cannot be written as `int64`.
package enum NumpyWritingError: Error, Equatable {
  case fraction(Cell, Number)
  case beyondInt64(Cell, Number)
  /// The tensor is float32.
  case notInteger(Cell, Number)
}

extension NumpyWritingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .fraction(let cell, let number):
      "the number at \(cell) is \(number.asciiText), which is not a whole number, so int64 cannot "
        + "hold it; write --dtype float64 (rounded once)."
    case .beyondInt64(let cell, let number):
      "the number at \(cell) is \(number.asciiText), beyond 64 bits, so int64 cannot hold it; "
        + "write --dtype float64 (rounded once)."
    case .notInteger(let cell, let number):
      "the numbers are float32 (that at \(cell) is \(number.asciiText)), not integers; write "
        + "--dtype float32."
    }
  }
}

extension Tensor {
  /// The tensor as a `.npy` file, byte for byte what `numpy.save` writes: version 1.0,
  /// little-endian, C order, always three axes.
  ///
  /// - Throws: `NumpyWritingError` for the first cell, in the walk's order, that `int64` cannot
  ///   hold.
  package func numpyBytes(
    _ type: NumpyOutput, axes: AxisOrder = .xyd
  ) throws(NumpyWritingError) -> [UInt8] {
    let sizes = RoleSizes(shape: shape)
    let strides: [AxisOrder.Role: Int] = [.x: 1, .y: shape.width, .depth: shape.plane]
    return try numpyBytes(
      type, axes.tensor.map { .init(extent: sizes[$0], stride: strides[$0] ?? 0) })
  }

  /// - Parameter axes: the array's, slowest first, as they count through the numbers.
  func numpyBytes(
    _ type: NumpyOutput, _ axes: [Odometer.Axis]
  ) throws(NumpyWritingError) -> [UInt8] {
    if type == .int64 { try refuseInexact() }
    var bytes = numpyHeader(type.element, shape: axes.map(\.extent))
    bytes.reserveCapacity(bytes.count + 8 * shape.count)
    var odometer = Odometer(axes.reversed())
    for _ in 0..<shape.count {
      let number = self[odometer.next()]
      switch type {
      case .int64: bytes.append(littleEndian: number.whole ?? 0)
      case .float64: bytes.append(littleEndian: number.nearestDouble.bitPattern)
      // Integers of 128 bits, and so all ratios, lie within float32.
      case .float32: bytes.append(littleEndian: (number.nearestFloat ?? 0).bitPattern)
      }
    }
    return bytes
  }

  private func refuseInexact() throws(NumpyWritingError) {
    for index in 0..<shape.count {
      let number = self[index]
      guard let ratio = number.ratio else { throw .notInteger(shape.cell(at: index), number) }
      guard ratio.isWhole else { throw .fraction(shape.cell(at: index), number) }
      if number.whole == nil { throw .beyondInt64(shape.cell(at: index), number) }
    }
  }
}

extension Number {
  /// Its value where that is an exact integer of 64 bits.
  fileprivate var whole: Int64? {
    guard let ratio, ratio.isWhole else { return nil }
    return Int64(exactly: ratio.numerator / ratio.denominator)
  }
}

/// Everything before the numbers, padded so that they start at a multiple of 64 bytes.
private func numpyHeader(_ element: String, shape: [Int]) -> [UInt8] {
  let sides = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
  var text = "{'descr': '\(element)', 'fortran_order': False, 'shape': (\(sides)), }"
  let start = NumpyHeader.magic.count + 4
  let end = (start + text.utf8.count + 1 + 63) / 64 * 64
  text += String(repeating: " ", count: end - start - text.utf8.count - 1) + "\n"
  var bytes = NumpyHeader.magic + [1, 0]
  bytes.append(littleEndian: UInt16(end - start))
  return bytes + Array(text.utf8)
}
