import ConvolutionEngine

/// Why an array in a file is not taken. The wording is in `NumpyError+Description.swift`.
package enum NumpyError: Error, Equatable {
  /// What an array is for.
  package enum Use: String, Sendable {
    case weights = "the weights"
    case bias = "the bias"
    case gamma = "γ, the scale"
    case beta = "β, the shift"
    case mean = "μ, the mean"
    case variance = "σ², the variance"
  }

  /// - Parameter foreign: what it is instead, where that is known.
  case notNumpy(ForeignFile?)
  case header(Header)
  case unsupportedElement(NumpyElement.Unsupported, notation: String?)
  case negativeSide(shape: [Int])
  case tooLarge(shape: [Int])
  /// The numbers that the header promises are not all there: bytes.
  case truncatedData(shape: [Int], element: NumpyElement.Kind, expected: Int, found: Int)
  case number(Number)
  case sizes(Sizes)

  /// What stands before the numbers.
  package enum Header: Sendable, Equatable {
    case version(major: Int, minor: Int)
    /// A header longer than any array of numbers has.
    case longHeader(Int, limit: Int)
    /// The file ends inside its header: bytes.
    case truncatedHeader(expected: Int, found: Int)
    case malformedHeader(PythonLiteralError)
    case headerIsNoDictionary
    case unexpectedKey
    case missingKey(String)
    case duplicateKey(String)
    case badValue(key: String, expected: String)
    /// The line feed at its end has become a carriage return and a line feed, as every other has.
    case lineEnds
  }

  /// A number that is not taken.
  package enum Number: Sendable, Equatable {
    case notFinite(index: [Int], value: String)
    /// A `float64` that is neither a short fraction nor a float32.
    case notWhole(index: [Int], value: String)
    /// A whole number, but beyond ±2^53.
    case wholeBeyondFloats(index: [Int], value: String)
  }

  /// Axes and sizes that are not wanted.
  package enum Sizes: Sendable, Equatable {
    case empty(shape: [Int])
    /// Four axes, of which the first has no place.
    case emptyBatch(shape: [Int])
    /// No axis, or more than four.
    case axes(shape: [Int])
    /// No array of examples: fewer than two axes, or more than four.
    case exampleAxes(shape: [Int])
    case batch(shape: [Int])
    case tensorShape(ShapeError)
    /// - Parameter fits: an order of axes in which the array would be as expected.
    case unexpectedShape(
      what: Use, found: [Int], expected: [Int], axes: [String], fits: AxisOrder?)
  }
}
