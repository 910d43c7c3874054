/// The layers that copy, frame or add float32 numbers, a row at a time.
extension Layer {
  /// The whole output of such a layer; nil for every other one, and for an addition of more than
  /// two, of which each cell is rounded once.
  ///
  /// - Throws: `ArithmeticError.beyondFloat32` for the first sum that float32 cannot hold.
  func joinedFloats(
    _ inputs: [[Float]], _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> [Float]? {
    switch operation {
    case .flatten, .dropout: return inputs[0]
    // Maps stand behind each other in memory too.
    case .concatenation: return inputs.flatMap(\.self)
    case .zeroPadding(let sides): return framed(inputs[0], sides)
    case .addition where inputs.count == 2: return try added(inputs[0], inputs[1], settings)
    default: return nil
    }
  }

  private func framed(_ numbers: [Float], _ sides: Sides) -> [Float] {
    var framed = [Float](repeating: 0, count: output.count)
    for row in 0..<input.height * input.depth {
      let (depth, y) = row.quotientAndRemainder(dividingBy: input.height)
      let first = (depth * output.height + sides.top + y) * output.width + sides.left
      framed.replaceSubrange(
        first..<first + input.width, with: numbers[row * input.width..<(row + 1) * input.width])
    }
    return framed
  }

  /// The processor's sum of two is the exact one, rounded once.
  private func added(
    _ first: [Float], _ second: [Float], _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> [Float] {
    var sums: [Float] = []
    sums.reserveCapacity(first.count)
    for index in first.indices {
      try settings.report(index, of: output.count)
      // A sum of 0 has no sign here.
      let sum = first[index] + second[index] + 0
      guard sum.isFinite else {
        throw .beyondFloat32(layer: name, cell: output.cell(at: index))
      }
      sums.append(sum)
    }
    return sums
  }
}
