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

  package func visitReaders(
    of cell: Cell, ofInput branch: Int, in layer: Layer, _ body: (Reading) -> Void
  ) {
    for depth in 0..<layer.output.depth { body(Reading(output: Cell(cell.x, cell.y, depth))) }
  }

  /// `p · (1 − p)` of the cell's own number, `−p · q` of another, from the output.
  package func slope(
    of cell: Cell, by place: Cell, in layer: Layer, over input: Tensor, output: Tensor
  ) -> FixedPoint {
    let share = FixedPoint(BigRational(output[cell]))
    let other = FixedPoint(BigRational(output[place]))
    return cell == place ? share * (.one - share) : (share * other).negated
  }

  package func estimatedSlope(
    of cell: Cell, by place: Cell, in layer: Layer, over input: Tensor, output: Tensor
  ) -> Double.Estimate {
    let (share, other) = (output[cell].nearestDouble, output[place].nearestDouble)
    let slope = cell == place ? share * (1 - share) : -share * other
    return Double.Estimate(value: slope, error: abs(slope) * 0x1p-50)
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

  package var squashing: Squashing? { .together }

  /// The shares of some numbers.
  static func shares(of numbers: [Number]) -> [FixedPoint] { Exponentials(numbers).shares }

  /// The logarithms of their shares: `x − largest − ln Σ e^(x − largest)`.
  static func logarithms(of numbers: [Number]) -> [FixedPoint] {
    let made = Exponentials(numbers)
    let logarithm = FixedPoint.logarithm(of: made.sum)
    return numbers.map {
      FixedPoint(BigRational($0) - BigRational(made.largest)) - logarithm
    }
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
