/// Puts zeros around its input.
package struct ZeroPadding: LayerRule {
  package static let name = "zeropad"
  package var operation: Operation { .zeroPadding(self) }

  package var sides = Sides()

  package init() {}

  package init(_ sides: Sides) { self.sides = sides }

  package static let settings: [Setting<ZeroPadding>] = Setting.around(\.sides)

  package func plan(over inputs: [Shape]) throws(ShapeError) -> LayerPlan {
    LayerPlan(output: try sides.around(inputs[0]))
  }

  package func combination(in layer: Layer, over inputs: [Tensor]) -> Combination { .copy }

  package func visit(_ cell: Cell, in layer: Layer, _ body: (Term) -> Void) {
    let under = Cell(cell.x - sides.left, cell.y - sides.top, cell.depth)
    if layer.input.contains(under) { body(Term(cell: under)) }
  }

  package func visitReaders(
    of cell: Cell, ofInput branch: Int, in layer: Layer, _ body: (Reading) -> Void
  ) {
    body(Reading(output: Cell(cell.x + sides.left, cell.y + sides.top, cell.depth)))
  }

  package func region(
    readBy region: Region, ofInput branch: Int, in layer: Layer
  ) -> Region? {
    region.moved(x: -sides.left, y: -sides.top, within: layer.input)
  }

  package func span(
    _ axis: Axis, over span: ReceptiveField.Span, in layer: Layer, ofInput branch: Int
  ) -> ReceptiveField.Span {
    span.moved(back: axis == .x ? sides.left : sides.top)
  }
}

extension Sides {
  /// Paddings beyond this are refused, so that no size overflows.
  private static let largest = 1 << 24

  fileprivate func around(_ input: Shape) throws(ShapeError) -> Shape {
    for (key, side) in [("left", left), ("right", right), ("top", top), ("bottom", bottom)]
    where !(0...Sides.largest).contains(side) {
      throw .setting(key: key, found: "\(side)", expected: "from 0 to \(Sides.largest)")
    }
    return try Shape(input.width + left + right, input.height + top + bottom, input.depth)
  }
}
