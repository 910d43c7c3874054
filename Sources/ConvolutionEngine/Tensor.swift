import ExactNumbers

/// The numbers of one layer, or the input, in the walk's order: exact, or float32.
///
/// ```
/// let picture = Tensor(try Shape(2, 1, 1), [3, -1])   // X[0,0,0] = 3, X[1,0,0] = −1
/// let halves = Tensor(try Shape(2, 1, 1), [3, -1], over: 2)
/// let floats = Tensor.float32(try Shape(2, 1, 1), [0.1, -1], isRounded: false)
/// ```
package struct Tensor: Sendable, Equatable {
  /// Tensors beyond this many numbers are not held in memory.
  package static let largestCount = 1 << 28

  /// `shape.count` numbers; x fastest, then y, then depth.
  package enum Storage: Sendable, Equatable {
    /// Numerators over one denominator above 0.
    case exact(Integers, denominator: Int128)
    /// Finite numbers; rounded where a layer made them of others that it could not keep exact.
    case float32([Float], isRounded: Bool)
  }

  package let shape: Shape
  package let storage: Storage

  package init(_ shape: Shape, _ numerators: Integers, over denominator: Int128 = 1) {
    precondition(numerators.count == shape.count, "one number for each cell")
    precondition(denominator > 0, "a denominator is above 0")
    self.shape = shape
    storage = .exact(numerators, denominator: denominator)
  }

  package init(_ shape: Shape, _ numerators: [Int128], over denominator: Int128 = 1) {
    self.init(shape, Integers(numerators), over: denominator)
  }

  /// - Parameter floats: none infinite or NaN.
  package init(_ shape: Shape, finite floats: [Float], isRounded: Bool) {
    precondition(floats.count == shape.count, "one number for each cell")
    self.shape = shape
    storage = .float32(floats, isRounded: isRounded)
  }

  /// A float32 tensor.
  ///
  /// - Parameters:
  ///   - floats: none infinite or NaN.
  ///   - isRounded: false where each is what it says, as in a file; true where they stand for
  ///     values that were rounded, so that they show as `≈`.
  package static func float32(
    _ shape: Shape, _ floats: [Float], isRounded: Bool = true
  ) -> Tensor {
    precondition(floats.allSatisfy(\.isFinite), "float32 numbers, not infinity or NaN")
    return Tensor(shape, finite: floats, isRounded: isRounded)
  }

  /// The numerators of an exact tensor; nil for float32.
  package var numerators: Integers? {
    if case .exact(let numerators, _) = storage { numerators } else { nil }
  }

  /// What the numerators of an exact tensor stand over; 1 for float32.
  package var denominator: Int128 {
    if case .exact(_, let denominator) = storage { denominator } else { 1 }
  }

  /// The numbers of a float32 tensor; nil for an exact one.
  package var floats: [Float]? {
    if case .float32(let floats, _) = storage { floats } else { nil }
  }

  package var isExact: Bool { numerators != nil }

  /// Whether its float32 numbers stand for values that were rounded.
  package var isRounded: Bool {
    if case .float32(_, let isRounded) = storage { isRounded } else { false }
  }

  package subscript(cell: Cell) -> Number { self[shape.index(cell)] }

  /// The number at a place of the walk's order.
  package subscript(index: Int) -> Number {
    switch storage {
    case .exact(let numerators, let denominator):
      return Number(numerators[index], over: denominator)
    case .float32(let floats, let isRounded):
      return isRounded ? .rounded(floats[index]) : .float32(floats[index])
    }
  }

  /// One number times the denominator.
  func term(_ index: Int) -> BinaryTerm {
    switch storage {
    case .exact(let numerators, _): BinaryTerm(integer: numerators[index])
    case .float32(let floats, _): BinaryTerm(floats[index])
    }
  }
}
