import ConvolutionEngine

/// The types in which a tensor is written.
package enum NumpyOutput: String, Sendable, CaseIterable {
  /// Exact, or refused.
  case int64
  /// Each number rounded once, to the nearest.
  case float64
}

/// Why a tensor cannot be written as `int64`.
package enum NumpyWritingError: Error, Equatable {
  case fraction(Cell, Number)
  case beyondInt64(Cell, Number)
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
    if type == .int64 { try refuseInexact() }
    let sizes = RoleSizes(shape: shape)
    let strides: [AxisOrder.Role: Int] = [.x: 1, .y: shape.width, .depth: shape.plane]
    var bytes = numpyHeader(
      type == .int64 ? "<i8" : "<f8", shape: axes.tensor.map { sizes[$0] })
    bytes.reserveCapacity(bytes.count + 8 * shape.count)
    var odometer = Odometer(
      axes.tensor.reversed().map { .init(extent: sizes[$0], stride: strides[$0] ?? 0) })
    for _ in 0..<shape.count {
      let numerator = numerators[odometer.next()]
      switch type {
      case .int64:
        bytes.append(littleEndian: Int64(truncatingIfNeeded: numerator / denominator))
      case .float64:
        bytes.append(littleEndian: Number(numerator, over: denominator).nearestDouble.bitPattern)
      }
    }
    return bytes
  }

  private func refuseInexact() throws(NumpyWritingError) {
    for index in 0..<shape.count {
      let number = Number(numerators[index], over: denominator)
      guard number.isWhole else { throw .fraction(shape.cell(at: index), number) }
      if Int64(exactly: number.numerator / denominator) == nil {
        throw .beyondInt64(shape.cell(at: index), number)
      }
    }
  }
}

/// Everything before the numbers, padded so that they start at a multiple of 64 bytes.
private func numpyHeader(_ element: String, shape: [Int]) -> [UInt8] {
  let sides = shape.map(String.init).joined(separator: ", ")
  var text = "{'descr': '\(element)', 'fortran_order': False, 'shape': (\(sides)), }"
  let start = NumpyFile.magic.count + 4
  let end = (start + text.utf8.count + 1 + 63) / 64 * 64
  text += String(repeating: " ", count: end - start - text.utf8.count - 1) + "\n"
  var bytes = NumpyFile.magic + [1, 0]
  bytes.append(littleEndian: UInt16(end - start))
  return bytes + Array(text.utf8)
}
