import ConvolutionEngine
import ExactNumbers

extension NumpyError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notNumpy(let foreign?): return foreign.text(expected: .array)
    case .notNumpy: return "this is not a .npy file; save the array with numpy.save."
    case .header(let cause): return "\(cause)"
    case .unsupportedElement(let type, let notation):
      let found = notation.map { " (\($0.excerpt))" } ?? ""
      return "the array holds \(type.contents)\(found), expected bools, integers or floats; "
        + "\(type.cure)."
    case .negativeSide(let shape):
      return "the header gives the shape \(tuple(shape)), but no side can be negative; "
        + saveAgain
    case .tooLarge(let shape):
      return "the shape \(tuple(shape)) is more than the \(Tensor.largestCount) numbers that "
        + "can be held at once; use a smaller array."
    case .truncatedData(let shape, let element, let expected, let found):
      return "the shape \(tuple(shape)) of \(element) needs \(expected) bytes of numbers, "
        + "found \(found); the file was cut short, \(saveAgain)"
    case .number(let cause): return "\(cause)"
    case .sizes(let cause): return "\(cause)"
    }
  }
}

extension NumpyError.Header: CustomStringConvertible {
  package var description: String {
    switch self {
    case .longHeader(let length, let limit):
      return "the .npy header is said to have \(length) bytes, at most \(limit) are taken; "
        + saveAgain
    case .version(let major, let minor):
      return "the .npy format is version \(major).\(minor), expected 1.0, 2.0 or 3.0; "
        + saveAgain
    case .truncatedHeader(let expected, let found):
      return "the file has \(found) bytes, but its .npy header ends at byte \(expected); "
        + "the file was cut short, \(saveAgain)"
    case .malformedHeader(let problem):
      return "the .npy header cannot be read: at byte \(problem.offset) of it, expected "
        + "\(problem.expected.text); \(saveAgain)"
    case .headerIsNoDictionary:
      return "the .npy header is not a dictionary; \(saveAgain)"
    case .unexpectedKey:
      return "the .npy header has a key other than descr, fortran_order and shape; \(saveAgain)"
    case .missingKey(let key): return "the .npy header has no \(key); \(saveAgain)"
    case .duplicateKey(let key): return "the .npy header has two \(key); \(saveAgain)"
    case .badValue(let key, let expected):
      return "the .npy header's \(key) is not \(expected); \(saveAgain)"
    case .lineEnds:
      return "the .npy header ends in a carriage return: line ends were changed when the file was "
        + "sent as a text, its numbers too; send it as binary."
    }
  }
}

extension NumpyError.Number: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notFinite(let index, let value):
      return "the number at \(index.text) is \(value), expected finite numbers; "
        + "replace it, for example with numpy.nan_to_num."
    case .notWhole(let index, let value):
      return "the number at \(index.text) is \(value), and of float64 only whole numbers, "
        + "multiples of 1/\(NumpyFile.longestDenominator) and float32 numbers are taken; save "
        + "x.astype('f4'), float32, or scale and round it, as in numpy.rint(100 * x)."
    case .wholeBeyondFloats(let index, let value):
      return "the number at \(index.text) is \(value), and float64 is taken as whole numbers "
        + "only up to 2^53; save the array as int64 or, x.astype('f4'), as float32, or scale it "
        + "down where it fits neither."
    }
  }
}

extension NumpyError.Sizes: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty(let shape):
      return "the shape \(tuple(shape)) holds no number; every side must be 1 or more."
    case .emptyBatch(let shape):
      return "the shape \(tuple(shape)) is an empty batch, expected a batch of one; "
        + "save an array with a picture in it."
    case .axes(let shape):
      return "the array has \(shape.count) axes (shape \(tuple(shape))), expected 1 to 3, "
        + "or 4 with a batch of one; reshape it."
    case .exampleAxes(let shape):
      return "examples with the shape \(tuple(shape)), expected 2 to 4 axes: the examples first, "
        + "then an input's."
    case .batch(let shape):
      return "the shape \(tuple(shape)) is a batch of \(shape[0]), expected one; "
        + "pick one of them, for example x[0]."
    case .tensorShape(let problem): return "\(problem)"
    case .unexpectedShape(let what, let found, let expected, let axes, let fits):
      let names = axes.joined(separator: ", ")
      let cure = fits.map { "it fits --axes \($0.rawValue)" } ?? "transpose or reshape the array"
      return "the shape of \(what.rawValue) is \(tuple(found)), "
        + "expected \(tuple(expected)) (\(names)); \(cure)."
    }
  }
}

private let saveAgain = "save the array again with numpy.save."

/// A shape as Python writes it, however many axes a file claims.
func tuple(_ shape: [Int]) -> String {
  let sides = shape.prefix(8).map(String.init).joined(separator: ", ")
  if shape.count > 8 { return "(\(sides), …)" }
  return shape.count == 1 ? "(\(sides),)" : "(\(sides))"
}

extension [Int] {
  /// An index as Python writes it: `[0,2,1]`.
  var text: String { "[\(map(String.init).joined(separator: ","))]" }
}

extension NumpyElement.Unsupported {
  fileprivate var contents: String {
    switch self {
    case .object: "Python objects"
    case .structured: "records"
    case .bfloat16: "bfloat16 numbers, as numpy saves what it has no type for"
    case .float8: "float8 or int4 numbers, as numpy saves what it has no type for"
    case .text: "text"
    case .complex: "complex numbers"
    case .date: "dates"
    case .longDouble: "long doubles"
    case .other: "elements of an unknown type"
    }
  }

  fileprivate var cure: String {
    switch self {
    case .structured: "save one field of it"
    case .bfloat16, .float8: "save x.astype('float32')"
    case .complex: "save its real part, x.real"
    case .longDouble: "save x.astype('f8')"
    case .object: "save x.astype('f4'), or x.item() where it is a dictionary"
    case .text, .date, .other: "save x.astype(int)"
    }
  }
}

extension PythonLiteralError.Cause {
  fileprivate var text: String {
    switch self {
    case .value: "a string, a whole number, True, False, None, (, [ or {"
    case .closingQuote: "a closing quote"
    case .colon: "a colon"
    case .separator(let closing): "a comma or \(closing)"
    case .end: "its end"
    case .smallerNumber: "a number within 64 bits"
    case .shallowerNesting: "fewer brackets inside brackets"
    case .plainString: "text without a backslash"
    }
  }
}
