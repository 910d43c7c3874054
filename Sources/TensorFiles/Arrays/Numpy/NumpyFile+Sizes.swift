import ConvolutionEngine

extension NumpyFile {
  /// What each axis of a tensor's array runs along.
  ///
  /// Three axes are a tensor, two one of depth 1, one a flat vector (1×1×N); of four, the first
  /// is a batch of one.
  ///
  /// - Throws: `NumpyError` for other numbers of axes, a larger batch and no numbers.
  func tensorRoles(_ axes: AxisOrder) throws(NumpyError) -> [AxisOrder.Role] {
    let roles: [AxisOrder.Role]
    switch shape.count {
    case 1: roles = [.depth]
    case 2: roles = axes.tensor.filter { $0 != .depth }
    case 3: roles = axes.tensor
    case 4 where shape[0] == 1: roles = [.filter] + axes.tensor
    case 4 where shape[0] == 0: throw .sizes(.emptyBatch(shape: shape))
    case 4: throw .sizes(.batch(shape: shape))
    default: throw .sizes(.axes(shape: shape))
    }
    if shape.contains(0) { throw .sizes(.empty(shape: shape)) }
    return roles
  }

  /// The size of the tensor that the array holds, its numbers left alone.
  ///
  /// - Throws: `NumpyError` when it holds none.
  package func tensorShape(axes: AxisOrder = .xyd) throws(NumpyError) -> Shape {
    try shape(tensorRoles(axes))
  }

  /// The size of a tensor whose axes run so.
  func shape(_ roles: [AxisOrder.Role]) throws(NumpyError) -> Shape {
    func side(_ role: AxisOrder.Role) -> Int {
      roles.firstIndex(of: role).map { shape[$0] } ?? 1
    }
    do {
      return try Shape(side(.x), side(.y), side(.depth))
    } catch {
      throw .sizes(.tensorShape(error))
    }
  }

  /// Another order of axes than the one that is said, in which the array is a tensor of the wanted
  /// size, and what it is then; or, where its depth is not the wanted one, in which it is.
  ///
  /// - Returns: nil where there is none, or nothing seems to be wrong.
  package func otherAxes(
    than axes: AxisOrder, for wanted: Shape
  ) -> (order: AxisOrder, shape: Shape)? {
    guard let own = try? tensorShape(axes: axes), own != wanted else { return nil }
    let others = AxisOrder.allCases.compactMap { order in
      (try? tensorShape(axes: order)).map { (order: order, shape: $0) }
    }
    return others.first { $0.shape == wanted }
      ?? (own.depth == wanted.depth ? nil : others.first { $0.shape.depth == wanted.depth })
  }

  /// How many filters the array holds, if it is a bank of filters with all four axes; else nil.
  package func filterCount(axes: AxisOrder = .xyd) -> Int? {
    guard shape.count == 4 else { return nil }
    return axes.filters.firstIndex(of: .filter).map { shape[$0] }
  }
}
