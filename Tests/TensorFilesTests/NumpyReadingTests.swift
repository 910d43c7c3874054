import ConvolutionEngine
import ExactNumbers
import Testing

@testable import TensorFiles

@Suite struct `reading numpy files` {
  private func numbers(_ bytes: [UInt8]) throws -> Integers {
    try #require(try Tensor(NumpyFile(bytes)).numerators)
  }

  @Test(arguments: [1, 2, 4, 8], [true, false])
  func `signed integers of every width and byte order`(size: Int, bigEndian: Bool) throws {
    let lowest = -1 << (8 * size - 1)
    let data = [0, -1, 5, lowest].flatMap { bytes($0, size: size, bigEndian: bigEndian) }
    let file = npy("\(bigEndian ? ">" : "<")i\(size)", "(4,)", data)
    #expect(try numbers(file) == Integers([Int128(0), -1, 5, Int128(lowest)]))
  }

  @Test(arguments: [1, 2, 4, 8], [true, false])
  func `unsigned integers of every width and byte order`(size: Int, bigEndian: Bool) throws {
    let data = [0, 1, -1].flatMap { bytes($0, size: size, bigEndian: bigEndian) }
    let file = npy("\(bigEndian ? ">" : "<")u\(size)", "(3,)", data)
    let highest = (Int128(1) << (8 * size)) - 1
    #expect(try numbers(file) == Integers([0, 1, highest]))
  }

  @Test func `bools count as 0 and 1`() throws {
    #expect(try numbers(npy("|b1", "(3,)", [0, 1, 0])) == .int8([0, 1, 0]))
    #expect(try numbers(npy("?", "(2,)", [1, 0])) == .int8([1, 0]))
  }

  @Test func `without a byte order numbers stand in the machine's own`() throws {
    let data = bytes(513, size: 4)
    for element in ["i4", "=i4", "|i4", "<i4"] {
      #expect(try numbers(npy(element, "(1,)", data)) == .int16([513]), "\(element)")
    }
  }

  /// Bit patterns as IEEE 754 defines them: 1, −2 and 0.
  @Test(arguments: [
    ("<f2", "003c 00c0 0000"), (">f2", "3c00 c000 0000"),
    ("<f4", "0000803f 000000c0 00000000"), (">f4", "3f800000 c0000000 00000000"),
    ("<f8", "000000000000f03f 00000000000000c0 0000000000000080"),
    (">f8", "3ff0000000000000 c000000000000000 8000000000000000"),
  ])
  func `floats that are whole numbers are taken as integers`(
    element: String, data: String
  ) throws {
    #expect(try numbers(npy(element, "(3,)", hex(data))) == .int8([1, -2, 0]))
  }

  @Test func `floats are whole numbers as far as 2^53`() throws {
    // 2^53 has the exponent 1023 + 53 and no fraction; the next float is 2^53 + 2.
    let file = npy("<f8", "(2,)", hex("0000000000004043 00000000000040c3"))
    #expect(try numbers(file) == .int64([1 << 53, -1 << 53]))
    let beyond = npy("<f8", "(1,)", hex("0100000000004043"))
    #expect(
      refusal { try numbers(beyond) }
        == "the number at [0] is 9.007199254740994e+15, and float64 is taken as whole numbers only "
        + "up to 2^53; save the array as int64 or, x.astype('f4'), as float32, or scale it "
        + "down where it fits neither.")
  }

  /// Bit patterns as IEEE 754 defines them: 0.75, −2 and the smallest number above 0.
  @Test(arguments: [
    ("<f2", "003a 00c0 0100", Float(0x1p-24)), (">f2", "3a00 c000 0001", 0x1p-24),
    ("<f4", "0000403f 000000c0 01000000", 0x1p-149),
    (">f4", "3f400000 c0000000 00000001", 0x1p-149),
  ])
  func `other floats are float32 as they stand`(
    element: String, data: String, smallest: Float
  ) throws {
    let tensor = try Tensor(NumpyFile(npy(element, "(3,)", hex(data))))
    #expect(tensor == .float32(try Shape(1, 1, 3), [0.75, -2, smallest], isRounded: false))
  }

  @Test func `whole numbers beyond 2^53 are float32, with what stands beside them`() throws {
    let tensor = try Tensor(NumpyFile(npy("<f4", "(2,)", hex("0000804f 0000805f"))))
    #expect(tensor.numerators == nil)
    #expect(tensor.floats == [0x1p32, 0x1p64])
  }

  /// 0.5, 19/16 and −3, as numpy 2.4 saves them.
  @Test(arguments: ["<f8", ">f8"])
  func `float64 fractions over a power of two are exact`(element: String) throws {
    let numbers: [Double] = [0.5, 19 / 16, -3]
    let data = numbers.flatMap { number in
      bytes(Int(bitPattern: UInt(number.bitPattern)), size: 8, bigEndian: element == ">f8")
    }
    let tensor = try Tensor(NumpyFile(npy(element, "(3,)", data)))
    #expect(tensor == Tensor(try Shape(1, 1, 3), [8, 19, -48], over: 16))
  }

  private func float64(_ numbers: [Double]) throws -> Tensor {
    let data = numbers.flatMap { bytes(Int(bitPattern: UInt($0.bitPattern)), size: 8) }
    return try Tensor(NumpyFile(npy("<f8", "(\(numbers.count),)", data)))
  }

  @Test func `the common denominator of float64 ends at 2^20, its numerators at 2^53`() throws {
    #expect(try float64([0x1p-20, 1]).denominator == 1_048_576)
    #expect(try float64([0x1p-20, 1]).numerators == Integers([1, 1_048_576] as [Int64]))
    #expect(
      try float64([0.5, 0x1p52]).numerators == Integers([1, 9_007_199_254_740_992] as [Int64]))
    // Beyond either, what is a float32 is one.
    #expect(try float64([0x1p-21, 1]).floats == [0x1p-21, 1])
    #expect(try float64([0.5, 0x1p53]).floats == [0.5, 0x1p53])
    #expect(try float64([0x1p60]).floats == [0x1p60])
    #expect(try float64([Double(Float(0.1)), -0x1p-149]).floats == [0.1, -0x1p-149])
    #expect(throws: NumpyError.number(.notWhole(index: [1], value: "0.1"))) {
      try float64([0.5, 0.1])
    }
    #expect(throws: NumpyError.self) { try float64([1 + 0x1p-21 + 0x1p-40]) }
    #expect(throws: NumpyError.self) { try float64([0.5, 1e300]) }
    #expect(throws: NumpyError.self) { try float64([0x1p-150]) }
  }

  @Test func `float32 in Fortran order`() throws {
    // [[0.5, 1, 2], [3, 4, 5]] as rows of y, column after column.
    let data = hex("0000003f 00004040 0000803f 00008040 00000040 0000a040")
    let tensor = try Tensor(NumpyFile(npy("<f4", "(2, 3)", fortran: true, data)), axes: .yxd)
    #expect(tensor == .float32(try Shape(3, 2, 1), [0.5, 1, 2, 3, 4, 5], isRounded: false))
  }

  @Test func `weights and biases are float32 each by itself`() throws {
    let weights = try NumpyFile(npy("<f4", "(1, 2, 1, 1)", hex("0000003f 0000803f")))
    #expect(
      try Coefficients(filters: weights, filter: Shape(2, 1, 1), count: 1) == .float32([0.5, 1]))
    let bias = try NumpyFile(npy("<f4", "(1,)", hex("0000803f")))
    #expect(
      try Coefficients(bias: bias, count: 1) == .stored(.int8([1]), denominator: 1))
  }

  @Test(arguments: [1, 2, 3])
  func `all three versions of the format`(version: UInt8) throws {
    #expect(try numbers(npy("|u1", "(2,)", version: version, [7, 9])) == .int8([7, 9]))
  }

  /// Made by numpy 2.4: `numpy.asfortranarray([[3, -1, 2], [0, 5, 300]], dtype='>i2')`.
  @Test func `a Fortran-ordered, big-endian file as numpy writes it`() throws {
    let header =
      "{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }"
      + String(repeating: " ", count: 59) + "\n"
    let file = npy(header: header, hex("0003 0000 ffff 0005 0002 012c"))
    let read = try NumpyFile(file)
    #expect(read.shape == [2, 3])
    #expect(read.isFortranOrder)
    #expect(read.element == NumpyElement(.int16, isBigEndian: true))
    let tensor = try Tensor(read, axes: .yxd)
    #expect(tensor == Tensor(try Shape(3, 2, 1), [3, -1, 2, 0, 5, 300]))
  }

  @Test func `a header as other programs write it`() throws {
    let headers = [
      "{\"shape\":(2L,1),\"fortran_order\":False,\"descr\":\"|i1\"}",
      " { 'descr' :\t'|i1' ,\n 'fortran_order': (False), 'shape': ( 2 , 1 , ) } \n",
    ]
    for header in headers {
      #expect(try NumpyFile(npy(header: header, [1, 2])).shape == [2, 1], "\(header)")
    }
  }

  @Test func `bytes after the numbers are ignored, as numpy.load does`() throws {
    #expect(try numbers(npy("|i1", "(2,)", [1, 2, 3, 4])) == .int8([1, 2]))
  }

  @Test func `numbers are stored as narrow as they fit`() throws {
    let narrow = npy("<i8", "(2,)", bytes(127, size: 8) + bytes(-128, size: 8))
    #expect(try numbers(narrow) == .int8([127, -128]))
    let wide = npy("<u8", "(1,)", bytes(-1, size: 8))
    #expect(try numbers(wide) == .int128([18_446_744_073_709_551_615]))
  }
}
