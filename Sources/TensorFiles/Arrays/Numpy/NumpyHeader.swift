import ConvolutionEngine

/// What stands before the numbers of a `.npy` file, versions 1.0, 2.0 and 3.0: which numbers they
/// are and how many, so that no more need be read than there are.
///
/// Format: numpy's `numpy.lib.format`.
package struct NumpyHeader: Sendable {
  package let element: NumpyElement
  /// The size of each axis, slowest first unless `isFortranOrder`; empty for a single number.
  package let shape: [Int]
  /// Whether the first axis is the fastest in the file.
  package let isFortranOrder: Bool
  /// How many numbers there are.
  package let count: Int
  /// Bytes before the first number.
  let length: Int

  /// Bytes up to the last number, the header's own included.
  package var size: Int { length + count * element.size }

  /// The longest that version 1.0 can write; no array of numbers comes near it.
  private static let longestText = 65535

  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// - Parameter bytes: a file, or the beginning of one that reaches as far as the header.
  /// - Throws: `NumpyError` when the header is damaged, of another kind, or promises too much.
  init(_ bytes: ArraySlice<UInt8>) throws(NumpyError) {
    let text = try NumpyHeader.text(of: bytes)
    guard text.upperBound <= bytes.count else {
      throw .header(.truncatedHeader(expected: text.upperBound, found: bytes.count))
    }
    let start = bytes.startIndex
    guard bytes[start + text.upperBound - 1] != UInt8(ascii: "\r") else {
      throw .header(.lineEnds)
    }
    let literal: PythonLiteral
    do {
      literal = try PythonLiteral(bytes[(start + text.lowerBound)..<(start + text.upperBound)])
    } catch {
      throw .header(.malformedHeader(error))
    }
    let values = try NumpyHeader.values(literal)
    element = try NumpyElement(description: try values("descr"))
    guard case .boolean(let isFortranOrder) = try values("fortran_order") else {
      throw .header(.badValue(key: "fortran_order", expected: "True or False"))
    }
    self.isFortranOrder = isFortranOrder
    shape = try NumpyHeader.sides(try values("shape"))
    count = try NumpyHeader.count(of: shape)
    length = text.upperBound
  }

  /// How much of a file that begins so is wanted: up to its last number.
  static func wanted(_ beginning: [UInt8]) -> FileContents.Wanted {
    guard beginning.count >= 12 else { return .atLeast(12) }
    guard let text = try? text(of: beginning[...]) else { return .upTo(beginning.count) }
    guard text.upperBound <= beginning.count else { return .atLeast(text.upperBound) }
    return .upTo((try? NumpyHeader(beginning[...]))?.size ?? beginning.count)
  }

  /// Where the header's dictionary stands, counted from the beginning.
  private static func text(of bytes: ArraySlice<UInt8>) throws(NumpyError) -> Range<Int> {
    let beginning = Array(bytes.prefix(12))
    guard beginning.starts(with: magic) else {
      throw .notNumpy(ForeignFile(Array(bytes.prefix(ForeignFile.beginning))))
    }
    guard beginning.count >= 10 else {
      throw .header(.truncatedHeader(expected: 10, found: beginning.count))
    }
    let version = (Int(beginning[6]), Int(beginning[7]))
    let start: Int
    let length: Int?
    switch version {
    case (1, 0): (start, length) = (10, beginning.littleEndian(UInt16.self, at: 8).map(Int.init))
    case (2, 0), (3, 0):
      (start, length) = (12, beginning.littleEndian(UInt32.self, at: 8).map(Int.init))
    default: throw .header(.version(major: version.0, minor: version.1))
    }
    guard let length else { throw .header(.truncatedHeader(expected: start, found: bytes.count)) }
    guard length <= longestText else { throw .header(.longHeader(length, limit: longestText)) }
    return start..<(start + length)
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

  private static let keys = ["descr", "fortran_order", "shape"]

  /// The values of the dictionary: exactly the three that the format has.
  private static func values(
    _ literal: PythonLiteral
  ) throws(NumpyError) -> (String) throws(NumpyError) -> PythonLiteral {
    guard case .dictionary(let entries) = literal else { throw .header(.headerIsNoDictionary) }
    var values: [String: PythonLiteral] = [:]
    for entry in entries {
      guard case .string(let key) = entry.key, keys.contains(key) else {
        throw .header(.unexpectedKey)
      }
      guard values.updateValue(entry.value, forKey: key) == nil else {
        throw .header(.duplicateKey(key))
      }
    }
    return { [values] key throws(NumpyError) in
      guard let value = values[key] else { throw .header(.missingKey(key)) }
      return value
    }
  }

  private static func sides(_ literal: PythonLiteral) throws(NumpyError) -> [Int] {
    let problem = NumpyError.header(.badValue(key: "shape", expected: "a tuple of whole numbers"))
    guard case .tuple(let items) = literal else { throw problem }
    var sides: [Int] = []
    for item in items {
      guard case .integer(let side) = item else { throw problem }
      sides.append(side)
    }
    return sides
  }
}
