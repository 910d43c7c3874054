/// Adds inputs of one size cell by cell.
package struct Addition: LayerRule {
  package static let name = "add"
  package static let joinsInputs = true
  package var operation: Operation { .addition(self) }

  package init() {}

  package func plan(over inputs: [Shape]) throws(ShapeError) -> LayerPlan {
    for other in inputs where other != inputs[0] {
      throw .unlike(inputs[0], other, why: "add needs inputs of one size")
    }
    return LayerPlan(output: inputs[0], placesPerCell: inputs.count)
  }

  package func combination(in layer: Layer, over inputs: [Tensor]) -> Combination { .sum }

  package func visit(_ cell: Cell, in layer: Layer, _ body: (Term) -> Void) {
    for input in layer.inputs.indices { body(Term(input: input, cell: cell)) }
  }
}
