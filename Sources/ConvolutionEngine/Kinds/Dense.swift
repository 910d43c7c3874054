/// A dense layer: each output is one product of the whole flat input with weights of its own, and a
/// bias.
package struct Dense: LayerRule {
  package static let name = "dense"
  package static let hasWeights = true
  package var operation: Operation { .dense(self) }

  package var outputs = 0
  package var hasBias = true

  package init() {}

  package init(outputs: Int, hasBias: Bool = true) {
    self.outputs = outputs
    self.hasBias = hasBias
  }

  package static let settings: [Setting<Dense>] =
    [
      .size("a whole number of outputs", example: "dense:10", \.outputs),
      .bias(\.hasBias),
    ]

  package func plan(over inputs: [Shape]) throws(ShapeError) -> LayerPlan {
    guard inputs[0].isFlat else { throw .needsFlatInput(found: inputs[0]) }
    guard outputs >= 1 else {
      throw .setting(key: "outputs", found: "\(outputs)", expected: "1 or more")
    }
    return LayerPlan(
      output: try Shape(1, 1, outputs),
      filters: LayerPlan.Filters(shape: inputs[0], count: outputs, hasBias: hasBias),
      placesPerCell: inputs[0].count)
  }

  package func combination(in layer: Layer, over inputs: [Tensor]) -> Combination { .weightedSum }

  package func visit(_ cell: Cell, in layer: Layer, _ body: (Term) -> Void) {
    layer.forEachTap(of: cell, body)
  }

  package func visitReaders(
    of cell: Cell, ofInput branch: Int, in layer: Layer, _ body: (Reading) -> Void
  ) {
    for map in 0..<outputs {
      body(Reading(output: Cell(0, 0, map), weight: map * layer.input.count + cell.depth))
    }
  }

  package func region(
    readBy region: Region, ofInput branch: Int, in layer: Layer
  ) -> Region? {
    Region(all: layer.inputs[branch])
  }

  package func span(
    _ axis: Axis, over span: ReceptiveField.Span, in layer: Layer, ofInput branch: Int
  ) -> ReceptiveField.Span {
    span.widened(by: layer.inputs[branch].length(axis) - 1)
  }
}
