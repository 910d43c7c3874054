import ExactNumbers

extension Tensor {
  /// The input that is used where none is given: integers from 0 to 9, layer 0 of the seed.
  package static func seeded(_ shape: Shape, seed: UInt64) throws(ArithmeticError) -> Tensor {
    guard shape.count <= largestCount else { throw .tooLarge(layer: "the input", shape: shape) }
    let sequence = SeededSequence(seed: seed, layer: 0, low: 0, high: 9)
    return Tensor(shape, .int8((0..<shape.count).map { Int8(sequence[$0]) }))
  }
}
