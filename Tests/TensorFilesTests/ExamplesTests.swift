import ConvolutionEngine
import ExactNumbers
import Testing

@testable import TensorFiles

/// Examples in an archive, each array by its name.
private func examples(
  _ arrays: [(name: String, bytes: [UInt8])], axes: AxisOrder = .dyx
) throws -> Examples {
  let members = arrays.map { ZipBytes.Member(name: "\($0.name).npy", data: $0.bytes) }
  return try Examples(try NamedArrays(ZipBytes(members: members).bytes), axes: axes)
}

/// Two pictures, 3 wide and 2 high: 0 1 2 / 3 4 5 and 6 7 8 / 9 10 11.
private let pictures = npy("|u1", "(2, 2, 3)", Array(0..<12))
private let classes = npy("<i8", "(2,)", bytes(7, size: 8) + bytes(0, size: 8))

@Suite struct `examples of a network` {
  @Test func `are taken one by one, each with its class`() throws {
    let examples = try examples([("x", pictures), ("y", classes)])
    #expect(examples.shape == (try Shape(3, 2, 1)))
    #expect(examples.count == 2)
    #expect(examples.classes == [7, 0])
    #expect(examples.input(0) == Tensor(examples.shape, [0, 1, 2, 3, 4, 5]))
    #expect(examples.input(1) == Tensor(examples.shape, [6, 7, 8, 9, 10, 11]))
  }

  @Test(arguments: [
    (AxisOrder.xyd, "(2, 3, 2, 1)"), (.yxd, "(2, 2, 3, 1)"),
    (.dyx, "(2, 1, 2, 3)"),
  ])
  func `have an input's axes in the order that is said`(
    axes: AxisOrder, shape: String
  ) throws {
    let examples = try examples([("x", npy("|u1", shape, Array(0..<12)))], axes: axes)
    #expect(examples.shape == (try Shape(3, 2, 1)))
    // x[1] as numpy has it, its last axis the fastest.
    let second = axes == .xyd ? [6, 8, 10, 7, 9, 11] : [6, 7, 8, 9, 10, 11]
    #expect(examples.input(1) == Tensor(examples.shape, second.map { Int128($0) }))
    #expect(examples.classes == nil)
  }

  @Test func `may lie with their first axis the fastest`() throws {
    // np.asfortranarray(np.arange(12).reshape(2, 2, 3))
    let data: [UInt8] = [0, 6, 3, 9, 1, 7, 4, 10, 2, 8, 5, 11]
    let examples = try examples([("x", npy("|u1", "(2, 2, 3)", fortran: true, data))])
    #expect(examples.input(0) == Tensor(examples.shape, [0, 1, 2, 3, 4, 5]))
    #expect(examples.input(1) == Tensor(examples.shape, [6, 7, 8, 9, 10, 11]))
  }

  @Test func `may be a file of one array, without classes`() throws {
    let examples = try Examples(try NamedArrays(pictures), axes: .dyx)
    #expect(examples.input(1)[Cell(2, 1, 0)] == Number(11))
    #expect(examples.classes == nil)
  }

  @Test func `say what is wrong with their file`() {
    #expect(
      refusal { try examples([("pictures", pictures), ("y", classes)]) }
        == "the file has no array \"x\", the inputs one after another; it has \"pictures\", \"y\". "
        + "Save it with numpy.savez(file, x=inputs, y=classes).")
    #expect(
      refusal { try examples([("x", npy("|u1", "(3,)", [1, 2, 3]))]) }
        == "the array \"x\": examples with the shape (3,), expected 2 to 4 axes: the examples first, "
        + "then an input's.")
    #expect(
      refusal { try examples([("x", npy("|u1", "(0, 2, 3)"))]) }
        == "the array \"x\": the shape (0, 2, 3) holds no number; every side must be 1 or more.")
    #expect(
      refusal { try examples([("x", pictures), ("y", npy("|u1", "(3,)", [1, 2, 3]))]) }
        == "the array \"y\" has the shape (3,), expected (2,): one class for each of the examples "
        + "in x.")
    #expect(
      refusal { try examples([("x", pictures), ("y", npy("|i1", "(2,)", [1, 0xFF]))]) }
        == "the array \"y\" holds classes, whole numbers from 0. The number at [1] is none.")
    #expect(
      refusal {
        try examples([("x", pictures), ("y", npy("<f4", "(2,)", hex("0000003F 00000000")))])
      } == "the array \"y\" holds classes, whole numbers from 0. A number is none.")
  }
}
