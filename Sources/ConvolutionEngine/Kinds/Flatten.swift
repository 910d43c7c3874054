import ExactNumbers

/// Lays all numbers of its input in one row.
package struct Flatten: LayerRule {
  package static let name = "flatten"
  package var operation: Operation { .flatten(self) }

  /// nil: the order that the network is made with, which is the walk's unless it says other.
  package var order: FlatOrder?

  package var leavesOrder: Bool { order == nil }

  package init() {}

  package init(order: FlatOrder?) { self.order = order }

  package static let settings: [Setting<Flatten>] =
    [.optionalChoice("order", \.order, shown: \.flatOrder)]

  package func contested(
    in layer: Layer, by defaults: SettingDefaults
  ) -> [WrittenSetting] {
    // The walk's own order is also what is shown everywhere; only the other one surprises.
    layer.flatOrder.isKeras(over: layer.input) ? [("order", FlatOrder.yxd.rawValue)] : []
  }

  package func plan(over inputs: [Shape]) throws(ShapeError) -> LayerPlan {
    LayerPlan(output: try Shape(1, 1, inputs[0].count), flatOrder: order ?? .dyx)
  }

  package func flattening(_ order: FlatOrder) -> Operation {
    Flatten(order: self.order ?? (order == .dyx ? nil : order)).operation
  }

  package func combination(in layer: Layer, over inputs: [Tensor]) -> Combination { .copy }

  package func visit(_ cell: Cell, in layer: Layer, _ body: (Term) -> Void) {
    body(Term(cell: layer.flatOrder.cell(at: cell.depth, in: layer.input)))
  }

  package func visitReaders(
    of cell: Cell, ofInput branch: Int, in layer: Layer, _ body: (Reading) -> Void
  ) {
    body(Reading(output: Cell(0, 0, layer.flatOrder.place(of: cell, in: layer.input))))
  }

  package func region(
    readBy region: Region, ofInput branch: Int, in layer: Layer
  ) -> Region? {
    Region(of: region.depths, in: layer.input, order: layer.flatOrder)
  }

  package func span(
    _ axis: Axis, over span: ReceptiveField.Span, in layer: Layer, ofInput branch: Int
  ) -> ReceptiveField.Span {
    span.widened(by: layer.inputs[branch].length(axis) - 1)
  }
}
