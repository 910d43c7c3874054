import ExactNumbers

/// `e^x / Σ e^x`, the sum over all depths of a place.
package struct Softmax: IrrationalRule {
  package static let name = "softmax"
  package static let isSlow = true
  package var operation: Operation { .softmax(self) }

  package init() {}

  package func plan(over inputs: [Shape]) throws(ShapeError) -> LayerPlan {
    LayerPlan(output: inputs[0], placesPerCell: inputs[0].depth)
  }

  package func visit(_ cell: Cell, in layer: Layer, _ body: (Term) -> Void) {
    for depth in 0..<layer.input.depth { body(Term(cell: Cell(cell.x, cell.y, depth))) }
  }

  package func precise(_ cell: Cell, in layer: Layer, over input: Tensor) -> FixedPoint {
    Exponentials(layer.numbers(under: cell, of: input)).shares[cell.depth]
  }

  /// Each place's exponentials are made once for all its depths.
  package func all(in layer: Layer, over input: Tensor) -> [Float]? {
    let output = layer.output
    var floats = [Float](repeating: 0, count: output.count)
    for place in 0..<output.plane {
      let numbers = layer.numbers(under: output.cell(at: place), of: input)
      for (depth, share) in Exponentials(numbers).shares.enumerated() {
        floats[place + depth * output.plane] = share.nearestFloat ?? 1
      }
    }
    return floats
  }

  package func working(
    _ cell: Cell, in layer: Layer, over input: Tensor
  ) -> CellAccount.Working {
    let values = layer.numbers(under: cell, of: input)
    let made = Exponentials(values)
    return .shared(
      Share(
        values: values, largest: made.largest, exponentials: made.exponentials.map(\.number),
        sum: made.sum.number))
  }

  package func region(
    readBy region: Region, ofInput branch: Int, in layer: Layer
  ) -> Region? {
    region.over(depths: 0..<layer.input.depth)
  }

  /// Each e^(x − largest), and its share of their sum.
  private struct Exponentials {
    let largest: Number
    let exponentials: [FixedPoint]
    let sum: FixedPoint

    init(_ numbers: [Number]) {
      let largest = numbers.max() ?? .zero
      self.largest = largest
      exponentials = numbers.map {
        .exponential(ofMinus: BigRational(largest) - BigRational($0))
      }
      sum = exponentials.reduce(FixedPoint(Magnitude(0)), +)
    }

    var shares: [FixedPoint] { exponentials.map { $0 / sum } }
  }
}
