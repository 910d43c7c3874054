/// Puts the maps of its inputs behind each other.
package struct Concatenation: LayerRule {
  package static let name = "concat"
  package static let joinsInputs = true
  package var operation: Operation { .concatenation(self) }

  package init() {}

  package func plan(over inputs: [Shape]) throws(ShapeError) -> LayerPlan {
    let first = inputs[0]
    for other in inputs where (other.width, other.height) != (first.width, first.height) {
      throw .unlike(first, other, why: "concat needs inputs of one width and height")
    }
    var depth = 0
    for input in inputs {
      depth += input.depth
      guard depth <= Shape.largestCount else {
        throw .tooManyNumbers("\(inputs.count) inputs one behind the other")
      }
    }
    return LayerPlan(output: try Shape(first.width, first.height, depth))
  }

  package func combination(in layer: Layer, over inputs: [Tensor]) -> Combination { .copy }

  package func visit(_ cell: Cell, in layer: Layer, _ body: (Term) -> Void) {
    var depth = cell.depth
    for (index, input) in layer.inputs.enumerated() {
      if depth < input.depth {
        body(Term(input: index, cell: Cell(cell.x, cell.y, depth)))
        return
      }
      depth -= input.depth
    }
  }

  package func visitReaders(
    of cell: Cell, ofInput branch: Int, in layer: Layer, _ body: (Reading) -> Void
  ) {
    body(Reading(output: Cell(cell.x, cell.y, depth(before: branch, in: layer) + cell.depth)))
  }

  /// How many maps stand before those of an input.
  private func depth(before branch: Int, in layer: Layer) -> Int {
    layer.inputs[..<branch].reduce(0) { $0 + $1.depth }
  }

  package func region(
    readBy region: Region, ofInput branch: Int, in layer: Layer
  ) -> Region? {
    let before = depth(before: branch, in: layer)
    let own = region.depths.clamped(to: before..<before + layer.inputs[branch].depth)
    guard !own.isEmpty else { return nil }
    return region.over(depths: own.lowerBound - before..<own.upperBound - before)
  }
}
