import ConvolutionEngine

/// An array in numpy's `.npy` format, its numbers not yet decoded.
///
/// Reading checks that all the numbers which the header promises are there. Bytes after them are
/// ignored, as `numpy.load` does: a file may hold several arrays in a row, and this is the first.
package struct NumpyFile: Sendable {
  let header: NumpyHeader
  /// What holds the file; it may begin before it.
  let bytes: [UInt8]
  /// Where the first number stands.
  let dataOffset: Int
  /// Whether an archive says that its floats are exact, whatever they are fractions over.
  var isMarkedExact = false

  /// What says so: the comment of a member in the table of a `.npz` file that convwalk wrote.
  static let exactMark = "exact"

  package var element: NumpyElement { header.element }
  package var shape: [Int] { header.shape }
  package var isFortranOrder: Bool { header.isFortranOrder }
  package var count: Int { header.count }

  /// Files beyond this are not of use: the largest tensor in the widest type, and a header.
  package static let largestSize = Tensor.largestCount * 8 + (1 << 20)

  /// Whether the bytes begin as a `.npy` file does.
  package static func isRecognized(_ bytes: some Sequence<UInt8>) -> Bool {
    bytes.starts(with: NumpyHeader.magic)
  }

  /// - Parameter place: where among the bytes the file stands; nil: they are all of it.
  /// - Throws: `NumpyError` when the file is damaged, of another kind, or too large.
  package init(_ bytes: [UInt8], at place: Range<Int>? = nil) throws(NumpyError) {
    let place = place ?? 0..<bytes.count
    header = try NumpyHeader(bytes[place])
    dataOffset = place.lowerBound + header.length
    self.bytes = bytes
    guard place.count >= header.size else {
      throw .truncatedData(
        shape: header.shape, element: header.element.kind,
        expected: header.size - header.length, found: place.count - header.length)
    }
  }

  /// An array of which only the size is known, to say why it does not fit.
  init(withoutNumbers header: NumpyHeader) {
    (self.header, bytes, dataOffset) = (header, [], 0)
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
