import ConvolutionEngine
import ExactNumbers
import Testing

@testable import TensorFiles

/// A number that tells where it belongs.
private func label(x: Int, y: Int, depth: Int, filter: Int = 0) -> Int {
  x + 5 * y + 25 * depth + 125 * filter
}

/// An int16 file written axis by axis, as nested loops would: `letters` names its axes, slowest
/// first (`K` filters, `1` a batch).
private func file(
  _ letters: String, _ sizes: [Character: Int], fortran: Bool, label: ([Character: Int]) -> Int
) -> [UInt8] {
  var data: [UInt8] = []
  func fill(_ axes: ArraySlice<Character>, _ index: [Character: Int]) {
    guard let axis = axes.first else {
      data += bytes(label(index), size: 2)
      return
    }
    for place in 0..<(sizes[axis] ?? 1) {
      fill(axes.dropFirst(), index.merging([axis: place]) { $1 })
    }
  }
  let axes = Array(letters)
  fill(fortran ? axes.reversed()[...] : axes[...], [:])
  let shape = axes.map { "\(sizes[$0] ?? 1)," }.joined(separator: " ")
  return npy("<i2", "(\(shape))", fortran: fortran, data)
}

private func labels(_ index: [Character: Int]) -> Int {
  label(
    x: index["x"] ?? 0, y: index["y"] ?? 0, depth: index["d"] ?? 0, filter: index["K"] ?? 0)
}

@Suite struct `axis orders of tensors` {
  @Test(arguments: AxisOrder.allCases, [true, false])
  func `every cell is where the order says, for every small shape`(
    axes: AxisOrder, fortran: Bool
  ) throws {
    for (width, height, depth) in everyShape(upTo: 3) {
      let sizes: [Character: Int] = ["x": width, "y": height, "d": depth]
      for letters in [axes.rawValue, "1" + axes.rawValue] {
        let bytes = file(letters, sizes, fortran: fortran, label: labels)
        let tensor = try Tensor(NumpyFile(bytes), axes: axes)
        #expect(tensor.shape == (try Shape(width, height, depth)))
        expectLabels(tensor)
      }
    }
  }

  @Test(arguments: AxisOrder.allCases, [true, false])
  func `an array of two axes has depth 1`(axes: AxisOrder, fortran: Bool) throws {
    let letters = axes == .xyd ? "xy" : "yx"
    let bytes = file(letters, ["x": 3, "y": 4], fortran: fortran, label: labels)
    let tensor = try Tensor(NumpyFile(bytes), axes: axes)
    #expect(tensor.shape == (try Shape(3, 4, 1)))
    expectLabels(tensor)
  }

  @Test(arguments: AxisOrder.allCases)
  func `an array of one axis is a flat vector`(axes: AxisOrder) throws {
    let tensor = try Tensor(NumpyFile(npy("|i1", "(3,)", [4, 5, 6])), axes: axes)
    #expect(tensor == Tensor(try Shape(1, 1, 3), [4, 5, 6]))
  }

  @Test(arguments: AxisOrder.allCases)
  func `what is written is read again the same`(axes: AxisOrder) throws {
    for (width, height, depth) in everyShape(upTo: 3) {
      let shape = try Shape(width, height, depth)
      let tensor = Tensor(shape, (0..<shape.count).map { Int128($0 * $0 - 40) })
      for type in NumpyOutput.allCases {
        let bytes = try tensor.numpyBytes(type, axes: axes)
        #expect(try Tensor(NumpyFile(bytes), axes: axes) == tensor)
      }
    }
  }

  private func everyShape(upTo side: Int) -> [(Int, Int, Int)] {
    (1...side).flatMap { width in
      (1...side).flatMap { height in (1...side).map { depth in (width, height, depth) } }
    }
  }

  private func expectLabels(_ tensor: Tensor) {
    for depth in 0..<tensor.shape.depth {
      for y in 0..<tensor.shape.height {
        for x in 0..<tensor.shape.width {
          let expected = Number(Int128(label(x: x, y: y, depth: depth)))
          #expect(tensor[Cell(x, y, depth)] == expected)
        }
      }
    }
  }
}

@Suite struct `axis orders of filters` {
  @Test(
    arguments: [
      (AxisOrder.xyd, "Kxyd", 2, 3), (.yxd, "yxdK", 2, 3), (.dyx, "Kdyx", 2, 3),
      (.xyd, "xyd", 2, 1), (.yxd, "yxd", 2, 1), (.dyx, "dyx", 2, 1),
      (.xyd, "Kxy", 1, 3), (.yxd, "yxK", 1, 3), (.dyx, "Kyx", 1, 3),
      (.xyd, "xy", 1, 1), (.yxd, "yx", 1, 1), (.dyx, "yx", 1, 1),
      (.xyd, "Kxy", 1, 1), (.yxd, "yxK", 1, 1), (.dyx, "Kyx", 1, 1),
      (.xyd, "xyd", 1, 1), (.yxd, "yxd", 1, 1), (.dyx, "dyx", 1, 1),
    ], [true, false])
  func `every weight is where the order says`(
    order: (axes: AxisOrder, letters: String, depth: Int, count: Int), fortran: Bool
  ) throws {
    let filter = try Shape(3, 4, order.depth)
    let sizes: [Character: Int] = ["x": 3, "y": 4, "d": order.depth, "K": order.count]
    let bytes = file(order.letters, sizes, fortran: fortran, label: labels)
    let weights = try Coefficients(
      filters: NumpyFile(bytes), axes: order.axes, filter: filter, count: order.count)
    let parameters = try Parameters(
      filter: filter, filters: order.count, weights: weights, bias: nil)
    for number in 0..<order.count {
      for depth in 0..<order.depth {
        for y in 0..<4 {
          for x in 0..<3 {
            let expected = Int128(label(x: x, y: y, depth: depth, filter: number))
            #expect(parameters.weight(number, Cell(x, y, depth)) == Number(expected))
          }
        }
      }
    }
  }

  @Test(arguments: [
    (AxisOrder.xyd, "(3, 2, 2)", "(2, 5, 4, 3) (filter, x, y, depth)"),
    (.yxd, "(3, 2, 2)", "(4, 5, 3, 2) (y, x, depth, filter)"),
    (.dyx, "(3, 2, 2)", "(2, 3, 4, 5) (filter, depth, y, x)"),
  ])
  func `another shape is refused with both`(axes: AxisOrder, found: String, expected: String) {
    #expect(
      refusal { try weights("(3, 2, 2)", axes) }
        == "the shape of the weights is \(found), expected \(expected); transpose or reshape the "
        + "array.")
  }

  @Test func `a shape of another order is refused with that order`() {
    #expect(
      refusal { try weights("(2, 3, 4, 5)", .xyd) }
        == "the shape of the weights is (2, 3, 4, 5), expected (2, 5, 4, 3) (filter, x, y, depth); "
        + "it fits --axes dyx.")
  }

  private func weights(_ shape: String, _ axes: AxisOrder) throws -> Coefficients {
    let file = try NumpyFile(npy("|i1", shape, [UInt8](repeating: 0, count: 120)))
    return try Coefficients(filters: file, axes: axes, filter: Shape(5, 4, 3), count: 2)
  }
}

@Suite struct `dense weights and biases` {
  private let outputs = 2

  @Test(arguments: AxisOrder.allCases, [true, false])
  func `each input's weight is at its place in the flat row`(axes: AxisOrder, fortran: Bool) throws
  {
    func data(_ flat: Int, _ output: Int) -> [UInt8] { bytes(100 * output + flat, size: 2) }
    let isOutFastest = (axes == .yxd) != fortran
    let numbers =
      isOutFastest
      ? (0..<24).flatMap { flat in (0..<outputs).flatMap { data(flat, $0) } }
      : (0..<outputs).flatMap { output in (0..<24).flatMap { data($0, output) } }
    let shape = axes == .yxd ? "(24, 2)" : "(2, 24)"
    let file = try NumpyFile(npy("<i2", shape, fortran: fortran, numbers))
    let weights = try Coefficients(dense: file, axes: axes, inputs: 24, outputs: outputs)
    for output in 0..<outputs {
      for flat in 0..<24 {
        #expect(weights[output * 24 + flat] == Number(Int128(100 * output + flat)))
      }
    }
  }

  @Test func `another shape is refused with both`() throws {
    func refused(_ shape: String, _ axes: AxisOrder) throws -> String? {
      let file = try NumpyFile(npy("|i1", shape, [UInt8](repeating: 0, count: 48)))
      return refusal { try Coefficients(dense: file, axes: axes, inputs: 24, outputs: 2) }
    }
    #expect(
      try refused("(3, 8)", .xyd)
        == "the shape of the weights is (3, 8), expected (2, 24) (out, in); transpose or reshape "
        + "the array.")
    #expect(
      try refused("(24, 2)", .dyx)
        == "the shape of the weights is (24, 2), expected (2, 24) (out, in); it fits --axes yxd.")
    #expect(
      try refused("(2, 24)", .yxd)
        == "the shape of the weights is (2, 24), expected (24, 2) (in, out); it fits --axes dyx.")
  }

  @Test func `a bias is one number a filter`() throws {
    let file = try NumpyFile(npy("|i1", "(3,)", [1, 2, 255]))
    #expect(
      try Coefficients(bias: file, count: 3) == .stored(.int8([1, 2, -1]), denominator: 1))
    #expect(
      refusal { try Coefficients(bias: file, count: 2) }
        == "the shape of the bias is (3,), expected (2,) (filter); transpose or reshape the array.")
  }
}
