import ExactNumbers

/// In which order a flatten lays the numbers of a tensor in one row, named by the axes from the
/// slowest to the fastest, as an array's axes are.
///
/// Of 2×1×3 numbers, `dyx` lays `[0,0,0] [1,0,0] [0,0,1] [1,0,1] …`, `yxd`
/// `[0,0,0] [0,0,1] [0,0,2] [1,0,0] …`.
package enum FlatOrder: String, Sendable, Hashable, CaseIterable {
  /// x fastest, then y, then depth: the walk's order and PyTorch's.
  case dyx
  /// Depth fastest, then x, then y: Keras's.
  case yxd

  /// The cell that stands at a place of the row.
  package func cell(at place: Int, in shape: Shape) -> Cell {
    switch self {
    case .dyx: shape.cell(at: place)
    case .yxd:
      Cell(
        place / shape.depth % shape.width, place / shape.depth / shape.width, place % shape.depth)
    }
  }

  /// The place of the row at which a cell stands; the inverse of `cell(at:in:)`.
  package func place(of cell: Cell, in shape: Shape) -> Int {
    switch self {
    case .dyx: shape.index(cell)
    case .yxd: (cell.y * shape.width + cell.x) * shape.depth + cell.depth
    }
  }

  /// Whether both orders are one over a shape: either its places or its depths are only one.
  package static func isEither(over shape: Shape) -> Bool { shape.depth == 1 || shape.plane == 1 }

  /// Whether the row stands in Keras's order, and in no other.
  package func isKeras(over shape: Shape) -> Bool {
    self == .yxd && !FlatOrder.isEither(over: shape)
  }

  /// A tensor's numbers, given in the walk's order, as they stand in the row.
  package func laid<Value>(_ values: [Value], from shape: Shape) -> [Value] {
    guard isKeras(over: shape) else { return values }
    var row: [Value] = []
    row.reserveCapacity(values.count)
    for place in 0..<shape.plane {
      for depth in 0..<shape.depth { row.append(values[depth * shape.plane + place]) }
    }
    return row
  }
}

extension Integers {
  /// The same numbers in another order.
  package func laid(_ order: FlatOrder, from shape: Shape) -> Integers {
    switch self {
    case .int8(let values): .int8(order.laid(values, from: shape))
    case .int16(let values): .int16(order.laid(values, from: shape))
    case .int32(let values): .int32(order.laid(values, from: shape))
    case .int64(let values): .int64(order.laid(values, from: shape))
    case .int128(let values): .int128(order.laid(values, from: shape))
    }
  }
}
