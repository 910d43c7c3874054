import ConvolutionEngine
import Testing

@testable import TensorFiles

@Suite struct `refusing numpy files` {
  @Test(arguments: ["<f4", "|u1", ">i8"])
  func `whose line ends were changed when it was sent as a text`(element: String) {
    let file = npy(header: "{'descr': '\(element)', 'fortran_order': False, 'shape': (1,), }\n", [])
    let sent = file.flatMap { (byte: UInt8) -> [UInt8] in byte == 10 ? [13, 10] : [byte] }
    let padding = [UInt8](repeating: 0, count: 8)
    #expect(
      refusal { try NumpyFile(sent + padding) }
        == "the .npy header ends in a carriage return: line ends were changed when the file was "
        + "sent as a text, its numbers too; send it as binary.")
  }

  private static let again = "save the array again with numpy.save."

  @Test func `what is no numpy file`() {
    for bytes: [UInt8] in [[0, 1, 2], [0x93, 0x4E]] {
      #expect(
        refusal { try NumpyFile(bytes) }
          == "this is not a .npy file; save the array with numpy.save.")
    }
  }

  @Test func `another version`() {
    var file = npy("|i1", "(1,)", [1])
    file[6] = 4
    #expect(
      refusal { try NumpyFile(file) }
        == "the .npy format is version 4.0, expected 1.0, 2.0 or 3.0; \(Self.again)")
  }

  @Test func `a file that ends in its header, at every byte`() {
    for version: UInt8 in [1, 2] {
      let file = npy("|i1", "(1,)", version: version, [1])
      for length in 6..<(file.count - 1) {
        let end = length < 10 ? 10 : length < 12 && version == 2 ? 12 : file.count - 1
        #expect(
          refusal { try NumpyFile(Array(file.prefix(length))) }
            == "the file has \(length) bytes, but its .npy header ends at byte \(end); "
            + "the file was cut short, \(Self.again)")
      }
    }
  }

  @Test func `a header length of four gigabytes`() {
    var file = npy("|i1", "(1,)", version: 2, [1])
    file.replaceSubrange(8..<12, with: [255, 255, 255, 255])
    #expect(
      refusal { try NumpyFile(file) }
        == "the .npy header is said to have 4294967295 bytes, at most 65535 are taken; "
        + Self.again)
  }

  @Test(arguments: [
    ("{'descr'", 8, "a colon"),
    ("{'descr", 7, "a closing quote"),
    ("{'a': 1 'b': 2}", 8, "a comma or }"),
    ("{'a': (1 2)}", 9, "a comma or )"),
    ("{'a': [1 2]}", 9, "a comma or ]"),
    ("{} {}", 3, "its end"),
    ("{'a': x}", 6, "a string, a whole number, True, False, None, (, [ or {"),
    ("{'a': -}", 7, "a string, a whole number, True, False, None, (, [ or {"),
    ("{'a': 9223372036854775808}", 6, "a number within 64 bits"),
    ("{'a': 'b\\n'}", 8, "text without a backslash"),
    (String(repeating: "(", count: 5000), 16, "fewer brackets inside brackets"),
    ("", 0, "a string, a whole number, True, False, None, (, [ or {"),
  ])
  func `a header that is no literal`(header: String, offset: Int, expected: String) {
    #expect(
      refusal { try NumpyFile(npy(header: header)) }
        == "the .npy header cannot be read: at byte \(offset) of it, expected \(expected); "
        + Self.again)
  }

  @Test(arguments: [
    ("(1, 2)", "is not a dictionary"),
    ("{'descr': '<i8', 'shape': (1,)}", "has no fortran_order"),
    ("{'descr': '<i8', 'fortran_order': False}", "has no shape"),
    ("{'shape': (1,), 'fortran_order': False}", "has no descr"),
    ("{'extra': 1}", "has a key other than descr, fortran_order and shape"),
    ("{1: 1}", "has a key other than descr, fortran_order and shape"),
    ("{'shape': (1,), 'shape': (2,)}", "has two shape"),
  ])
  func `a header without its three keys`(header: String, problem: String) {
    #expect(
      refusal { try NumpyFile(npy(header: header)) } == "the .npy header \(problem); \(Self.again)")
  }

  @Test func `a header with values of the wrong kind`() {
    let order = "{'descr': '<i8', 'fortran_order': 1, 'shape': (1,)}"
    #expect(
      refusal { try NumpyFile(npy(header: order)) }
        == "the .npy header's fortran_order is not True or False; \(Self.again)")
    for shape in ["[1]", "3", "(1, 'a')", "(None,)", "(3)"] {
      #expect(
        refusal { try NumpyFile(npy("<i8", shape)) }
          == "the .npy header's shape is not a tuple of whole numbers; \(Self.again)", "\(shape)")
    }
  }

  @Test(arguments: [
    ("|O", "Python objects", "save x.astype('f4'), or x.item() where it is a dictionary"),
    ("<U5", "text", "save x.astype(int)"),
    ("|S3", "text", "save x.astype(int)"),
    ("<c16", "complex numbers", "save its real part, x.real"),
    ("<M8[D]", "dates", "save x.astype(int)"), ("<f16", "long doubles", "save x.astype('f8')"),
    ("|V8", "records", "save one field of it"),
    ("<i3", "elements of an unknown type", "save x.astype(int)"),
    ("", "elements of an unknown type", "save x.astype(int)"),
  ])
  func `elements that are no integers, bools or floats`(
    element: String, contents: String, cure: String
  ) {
    #expect(
      refusal { try NumpyFile(npy(element, "(1,)", [0])) }
        == "the array holds \(contents) (\"\(element)\"), expected bools, integers or floats; "
        + "\(cure).")
  }

  @Test func `records`() {
    let header =
      "{'descr': [('a', '<i4'), ('b', '<f4', (2,))], 'fortran_order': False, 'shape': ()}"
    #expect(
      refusal { try NumpyFile(npy(header: header)) }
        == "the array holds records, expected bools, integers or floats; save one field of it.")
  }

  @Test func `control characters of a header never reach the terminal`() {
    let text = refusal { try NumpyFile(npy("\u{1B}[31m", "(1,)")) } ?? ""
    #expect(text.contains("\"\\u{1B}[31m\""))
    #expect(!text.unicodeScalars.contains("\u{1B}"))
  }

  @Test func `a shape that cannot be`() {
    #expect(
      refusal { try NumpyFile(npy("|i1", "(3, -1)")) }
        == "the header gives the shape (3, -1), but no side can be negative; \(Self.again)")
    #expect(
      refusal { try NumpyFile(npy("|i1", "(0, -1)")) }
        == "the header gives the shape (0, -1), but no side can be negative; \(Self.again)")
    for shape in ["(9223372036854775807, 2)", "(4294967296, 4294967296)", "(268435457,)"] {
      #expect(
        refusal { try NumpyFile(npy("|i1", shape)) }
          == "the shape \(shape) is more than the 268435456 numbers that can be held at once; "
          + "use a smaller array.")
    }
  }

  @Test func `a shape larger than the file`() {
    #expect(
      refusal { try NumpyFile(npy("<i4", "(2, 3)", [UInt8](repeating: 0, count: 23))) }
        == "the shape (2, 3) of int32 needs 24 bytes of numbers, found 23; "
        + "the file was cut short, \(Self.again)")
  }

  @Test func `shapes that are no tensor`() {
    func tensor(_ shape: String, _ count: Int) -> String? {
      refusal { try Tensor(NumpyFile(npy("|i1", shape, [UInt8](repeating: 0, count: count)))) }
    }
    #expect(
      tensor("()", 1) == "the array has 0 axes (shape ()), expected 1 to 3, or 4 with a batch of "
        + "one; reshape it.")
    #expect(
      tensor("(1, 1, 1, 1, 2)", 2) == "the array has 5 axes (shape (1, 1, 1, 1, 2)), expected 1 "
        + "to 3, or 4 with a batch of one; reshape it.")
    #expect(
      tensor("(2, 1, 1, 3)", 6) == "the shape (2, 1, 1, 3) is a batch of 2, expected one; pick one "
        + "of them, for example x[0].")
    #expect(
      tensor("(3, 0)", 0) == "the shape (3, 0) holds no number; every side must be 1 or more.")
    #expect(
      tensor("(0, 9223372036854775807, 8)", 0) == "the shape (0, 9223372036854775807, 8) holds no "
        + "number; every side must be 1 or more.")
    #expect(
      tensor("(16777217, 1)", 16_777_217) == "16777217×1×1 is too large: a side may be 16777216 "
        + "and a tensor 1099511627776 numbers at most.")
    #expect(
      tensor("(" + String(repeating: "1,", count: 99) + ")", 1) == "the array has 99 axes (shape "
        + "(1, 1, 1, 1, 1, 1, 1, 1, …)), expected 1 to 3, or 4 with a batch of one; reshape it.")
  }

  @Test func `a float64 that is neither a short fraction nor a float32, with its index`() {
    // 0.1 stands fourth in the file: [1,0] of two rows of three, [1,1] in Fortran order.
    let tenth = hex("9a9999999999b93f")
    let data = [UInt8](repeating: 0, count: 24) + tenth + [UInt8](repeating: 0, count: 16)
    for (fortran, index) in [(false, "[1,0]"), (true, "[1,1]")] {
      let file = npy("<f8", "(2, 3)", fortran: fortran, data)
      #expect(
        refusal { try Tensor(NumpyFile(file)) }
          == "the number at \(index) is 0.1, and of float64 only whole numbers, multiples of "
          + "1/1048576 and float32 numbers are taken; save x.astype('f4'), float32, or scale and "
          + "round it, as in numpy.rint(100 * x).")
    }
  }

  @Test(arguments: [
    ("<f2", "007e", "nan"), ("<f2", "007c", "inf"), ("<f4", "000080ff", "-inf"),
    (">f8", "7ff8000000000000", "nan"),
  ])
  func `a float that is no number`(element: String, data: String, value: String) {
    #expect(
      refusal { try Tensor(NumpyFile(npy(element, "(1, 1)", hex(data)))) }
        == "the number at [0,0] is \(value), expected finite numbers; replace it, for example with "
        + "numpy.nan_to_num.")
  }
}
