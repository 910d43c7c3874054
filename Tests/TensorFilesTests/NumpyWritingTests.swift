import ConvolutionEngine
import ExactNumbers
import Testing

@testable import TensorFiles

@Suite struct `writing numpy files` {
  private let tensor: Tensor

  init() throws { tensor = Tensor(try Shape(3, 2, 1), [1, 2, 3, 4, -5, 600]) }

  /// What numpy 2.4 writes for `numpy.array([[1, 2, 3], [4, -5, 600]])[:, :, None]`.
  @Test func `a file is byte for byte numpy's own`() throws {
    let header =
      "{'descr': '<i8', 'fortran_order': False, 'shape': (2, 3, 1), }"
      + String(repeating: " ", count: 55) + "\n"
    let numbers = [1, 2, 3, 4, -5, 600].flatMap { bytes($0, size: 8) }
    let written = try tensor.numpyBytes(.int64, axes: .yxd)
    #expect(written == npy(header: header, numbers))
    #expect(written.count == 128 + 48)
  }

  @Test(arguments: [
    (AxisOrder.xyd, "(3, 2, 1)", [1, 4, 2, -5, 3, 600]),
    (.yxd, "(2, 3, 1)", [1, 2, 3, 4, -5, 600]),
    (.dyx, "(1, 2, 3)", [1, 2, 3, 4, -5, 600]),
  ])
  func `the numbers stand in the order of the axes`(
    axes: AxisOrder, shape: String, numbers: [Int]
  ) throws {
    let written = try tensor.numpyBytes(.int64, axes: axes)
    #expect(Array(written.suffix(48)) == numbers.flatMap { bytes($0, size: 8) })
    #expect(String(decoding: written[10..<128], as: UTF8.self).contains("'shape': \(shape), }"))
  }

  @Test func `numbers always start at a multiple of 64 bytes`() throws {
    for depth in [1, 12, 123, 1234, 12345] {
      let flat = Tensor(try Shape(1, 1, depth), Integers([Int64](repeating: 0, count: depth)))
      let start = try flat.numpyBytes(.float64).count - 8 * depth
      #expect(start % 64 == 0)
    }
  }

  @Test func `a fraction is rounded once for float64`() throws {
    let tenths = Tensor(try Shape(3, 1, 1), [3, -10, 20], over: 10)
    // 0.3 is 0x3FD3333333333333; three times the rounded tenth would end in …34.
    #expect(
      Array(try tenths.numpyBytes(.float64).suffix(24))
        == hex("333333333333d33f 000000000000f0bf 0000000000000040"))
  }

  @Test func `a fraction is refused for int64 with its cell`() throws {
    let thirds = Tensor(try Shape(2, 1, 1), [3, 4], over: 3)
    #expect(
      refusal { try thirds.numpyBytes(.int64) }
        == "the number at [1,0,0] is 4/3, which is not a whole number, so int64 cannot hold it; "
        + "write --dtype float64 (rounded once).")
  }

  @Test func `fractions that are whole numbers are written`() throws {
    let whole = Tensor(try Shape(2, 1, 1), [3, -6], over: 3)
    #expect(
      Array(try whole.numpyBytes(.int64).suffix(16)) == bytes(1, size: 8) + bytes(-2, size: 8))
  }

  @Test func `a number beyond 64 bits is refused for int64 with its cell`() throws {
    let edge = Int128(Int64.max)
    let wide = Tensor(try Shape(1, 2, 1), [edge, edge + 1])
    #expect(
      refusal { try wide.numpyBytes(.int64) }
        == "the number at [0,1,0] is 9223372036854775808, beyond 64 bits, so int64 cannot hold it; "
        + "write --dtype float64 (rounded once).")
    #expect(try wide.numpyBytes(.float64).suffix(8) == hex("000000000000e043"))
    let lowest = Tensor(try Shape(1, 1, 1), [Int128(Int64.min)])
    #expect(try lowest.numpyBytes(.int64).suffix(8) == hex("0000000000000080"))
  }

  @Test func `float32 numbers are written bit for bit`() throws {
    let floats = Tensor.float32(try Shape(3, 1, 1), [0.1, -0.0, .leastNonzeroMagnitude])
    let written = try floats.numpyBytes(.float32)
    #expect(Array(written.suffix(12)) == hex("cdcccc3d 00000080 01000000"))
    #expect(String(decoding: written[10..<40], as: UTF8.self).hasPrefix("{'descr': '<f4', "))
    #expect(Array(try floats.numpyBytes(.float64)[128..<136]) == hex("000000a09999b93f"))
  }

  @Test func `exact numbers are rounded once for float32`() throws {
    // 1/3 = 0x3EAAAAAB; 2²⁴ + 1 is a tie, and 2²⁴ is even.
    let ratios = Tensor(try Shape(2, 1, 1), [1, 3 << 24 + 3], over: 3)
    #expect(Array(try ratios.numpyBytes(.float32).suffix(8)) == hex("abaaaa3e 0000804b"))
  }

  @Test func `float32 numbers are refused for int64`() throws {
    let floats = Tensor.float32(try Shape(2, 1, 1), [2, 0.1])
    #expect(
      refusal { try floats.numpyBytes(.int64) }
        == "the numbers are float32 (that at [0,0,0] is ~2), not integers; write --dtype float32.")
  }
}
