import ConvolutionEngine

/// An array in numpy's `.npy` format, versions 1.0, 2.0 and 3.0, its numbers not yet decoded.
///
/// Reading checks that all the numbers which the header promises are there. Bytes after them are
/// ignored, as `numpy.load` does: a file may hold several arrays in a row, and this is the first.
///
/// Format: numpy's `numpy.lib.format`.
package struct NumpyFile: Sendable {
  package let element: NumpyElement
  /// The size of each axis, slowest first unless `isFortranOrder`; empty for a single number.
  package let shape: [Int]
  /// Whether the first axis is the fastest in the file.
  package let isFortranOrder: Bool
  /// How many numbers there are.
  package let count: Int
  let bytes: [UInt8]
  /// Where the first number stands.
  let dataOffset: Int

  /// Files beyond this are not of use: the largest tensor in the widest type, and a header.
  package static let largestSize = Tensor.largestCount * 8 + (1 << 20)

  /// Whether the bytes begin as a `.npy` file does.
  package static func isRecognized(_ bytes: [UInt8]) -> Bool { bytes.starts(with: magic) }

  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// - Throws: `NumpyError` when the file is damaged, of another kind, or too large.
  package init(_ bytes: [UInt8]) throws(NumpyError) {
    let (range, dictionary) = try NumpyFile.header(of: bytes)
    let header = try NumpyHeader(dictionary)
    element = header.element
    shape = header.shape
    isFortranOrder = header.isFortranOrder
    count = try NumpyFile.count(of: header.shape)
    dataOffset = range.upperBound
    self.bytes = bytes
    let needed = count * element.size
    guard bytes.count - dataOffset >= needed else {
      throw .truncatedData(
        shape: shape, element: element.kind, expected: needed, found: bytes.count - dataOffset)
    }
  }

  /// The header's place in the file, and what is written there.
  private static func header(
    of bytes: [UInt8]
  ) throws(NumpyError) -> (Range<Int>, PythonLiteral) {
    guard isRecognized(bytes) else { throw .notNumpy }
    guard bytes.count >= 10 else { throw .truncatedHeader(expected: 10, found: bytes.count) }
    let version = (Int(bytes[6]), Int(bytes[7]))
    let start: Int
    let length: Int?
    switch version {
    case (1, 0): (start, length) = (10, bytes.littleEndian(UInt16.self, at: 8).map(Int.init))
    case (2, 0), (3, 0):
      (start, length) = (12, bytes.littleEndian(UInt32.self, at: 8).map(Int.init))
    default: throw .version(major: version.0, minor: version.1)
    }
    guard let length else { throw .truncatedHeader(expected: start, found: bytes.count) }
    let end = start + length
    guard end <= bytes.count else { throw .truncatedHeader(expected: end, found: bytes.count) }
    do {
      return (start..<end, try PythonLiteral(bytes[start..<end]))
    } catch {
      throw .malformedHeader(error)
    }
  }

  /// The product of the sides, checked.
  private static func count(of shape: [Int]) throws(NumpyError) -> Int {
    if shape.contains(where: { $0 < 0 }) { throw .negativeSide(shape: shape) }
    // A side of 0 makes the product 0, whatever the others overflow to.
    if shape.contains(0) { return 0 }
    var count = 1
    for side in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: side)
      guard !overflows, product <= Tensor.largestCount else { throw .tooLarge(shape: shape) }
      count = product
    }
    return count
  }

  /// How far apart, in numbers, neighbours along each axis stand in the file.
  var strides: [Int] {
    var strides = Array(repeating: 0, count: shape.count)
    var stride = 1
    for axis in isFortranOrder ? Array(shape.indices) : shape.indices.reversed() {
      strides[axis] = stride
      // An array without numbers may claim any size for its other sides.
      stride &*= shape[axis]
    }
    return strides
  }

  /// The index, as Python writes it, of the number at a place of the file.
  func index(ofPlace place: Int) -> [Int] {
    zip(strides, shape).map { stride, side in place / stride % side }
  }
}

/// What the header says: exactly the three keys that the format has.
private struct NumpyHeader {
  let element: NumpyElement
  let shape: [Int]
  let isFortranOrder: Bool

  init(_ literal: PythonLiteral) throws(NumpyError) {
    guard case .dictionary(let entries) = literal else { throw .headerIsNoDictionary }
    var values: [String: PythonLiteral] = [:]
    for entry in entries {
      guard case .string(let key) = entry.key, NumpyHeader.keys.contains(key) else {
        throw .unexpectedKey
      }
      guard values.updateValue(entry.value, forKey: key) == nil else { throw .duplicateKey(key) }
    }
    func value(_ key: String) throws(NumpyError) -> PythonLiteral {
      guard let value = values[key] else { throw .missingKey(key) }
      return value
    }
    element = try NumpyElement(description: try value("descr"))
    guard case .boolean(let isFortranOrder) = try value("fortran_order") else {
      throw .badValue(key: "fortran_order", expected: "True or False")
    }
    self.isFortranOrder = isFortranOrder
    shape = try NumpyHeader.sides(try value("shape"))
  }

  private static let keys = ["descr", "fortran_order", "shape"]

  private static func sides(_ literal: PythonLiteral) throws(NumpyError) -> [Int] {
    let problem = NumpyError.badValue(key: "shape", expected: "a tuple of whole numbers")
    guard case .tuple(let items) = literal else { throw problem }
    var sides: [Int] = []
    for item in items {
      guard case .integer(let side) = item else { throw problem }
      sides.append(side)
    }
    return sides
  }
}
