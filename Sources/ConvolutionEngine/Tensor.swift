/// An exact tensor: integers over one common denominator, in the walk's order.
///
/// ```
/// let picture = Tensor(try Shape(2, 1, 1), [3, -1])   // X[0,0,0] = 3, X[1,0,0] = −1
/// ```
package struct Tensor: Sendable, Equatable {
  /// Tensors beyond this many numbers are not held in memory.
  package static let largestCount = 1 << 28

  package let shape: Shape
  /// `shape.count` numerators; x fastest, then y, then depth.
  package let numerators: Integers
  /// Above 0; the value of a cell is its numerator over this.
  package let denominator: Int128

  package init(_ shape: Shape, _ numerators: Integers, over denominator: Int128 = 1) {
    precondition(numerators.count == shape.count, "one number for each cell")
    precondition(denominator > 0, "a denominator is above 0")
    self.shape = shape
    self.numerators = numerators
    self.denominator = denominator
  }

  package init(_ shape: Shape, _ numerators: [Int128], over denominator: Int128 = 1) {
    self.init(shape, Integers(numerators), over: denominator)
  }

  package subscript(cell: Cell) -> Number {
    Number(numerators[shape.index(cell)], over: denominator)
  }
}
