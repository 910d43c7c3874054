import ConvolutionEngine

/// What a place of the walk shows: how far its layer has come, and the cell that it computes.
package struct Step: Sendable, Equatable {
  package let place: Place
  package let layer: Layer
  /// The output cell that the step belongs to; nil at a start and for whole maps and layers.
  package let cell: Cell?
  /// How many products of the cell are done; `productsPerCell` when it is complete.
  package let productsDone: Int
  /// How many cells of the output, in the walk's order, have their value.
  package let cellsDone: Int

  package init(_ place: Place, in walk: Walk) {
    let layer = walk.layer(place)
    self.place = place
    self.layer = layer
    let products = layer.productsPerCell
    let position = place.position
    guard position > 0 else {
      cell = nil
      productsDone = 0
      cellsDone = 0
      return
    }
    let cellIndex: Int
    switch place.grain {
    case .product:
      cellIndex = (position - 1) / products
      productsDone = (position - 1) % products + 1
    case .slice:
      let depths = layer.parameters?.filter.depth ?? 1
      cellIndex = (position - 1) / depths
      productsDone = ((position - 1) % depths + 1) * (products / depths)
    case .window:
      cellIndex = position - 1
      productsDone = products
    case .map:
      cell = nil
      productsDone = products
      cellsDone = position * layer.output.plane
      return
    case .layer:
      cell = nil
      productsDone = products
      cellsDone = layer.output.count
      return
    }
    cell = layer.output.cell(at: cellIndex)
    cellsDone = productsDone == products ? cellIndex + 1 : cellIndex
  }

  /// Whether the current cell has its value.
  package var isComplete: Bool { productsDone == layer.productsPerCell }

  /// Whether a cell of this layer's output has its value yet.
  package func isKnown(_ cell: Cell) -> Bool { layer.output.index(cell) < cellsDone }

  /// The slice that the last product belongs to, counted inside the filter.
  package var slice: Int? {
    guard cell != nil, productsDone > 0, let filter = layer.parameters?.filter else { return nil }
    return (productsDone - 1) / filter.plane
  }

  /// The map that is being made.
  package var map: Int {
    if let cell { return cell.depth }
    return place.grain == .map ? max(0, place.position - 1) : 0
  }
}
