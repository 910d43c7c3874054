/// The readable arithmetic of the layers that copy, join and normalize exact numbers.
extension Layer {
  /// Which input, and which cell of it, a cell is a copy of; nil where zero padding put a 0.
  package func origin(of cell: Cell) -> (input: Int, cell: Cell)? {
    switch operation {
    case .flatten: return (0, flatOrder.cell(at: cell.depth, in: input))
    case .zeroPadding(let sides):
      let under = Cell(cell.x - sides.left, cell.y - sides.top, cell.depth)
      return input.contains(under) ? (0, under) : nil
    case .concatenation:
      var depth = cell.depth
      for (index, input) in inputs.enumerated() {
        if depth < input.depth { return (index, Cell(cell.x, cell.y, depth)) }
        depth -= input.depth
      }
      // Never: the inputs' depths add up to the output's.
      return nil
    default: return (0, cell)
    }
  }

  func copiedNumerator(
    of cell: Cell, _ inputs: [Tensor], over denominator: Int128
  ) throws(ArithmeticError) -> Int128 {
    guard let origin = origin(of: cell) else { return 0 }
    let input = inputs[origin.input]
    let (numerator, overflows) = input.exactNumerators[input.shape.index(origin.cell)]
      .multipliedReportingOverflow(by: denominator / input.denominator)
    guard !overflows else { throw .beyond128Bits(layer: name, cell: cell) }
    return numerator
  }

  func addedNumerator(
    of cell: Cell, _ inputs: [Tensor], over denominator: Int128
  ) throws(ArithmeticError) -> Int128 {
    var sum = WideSum()
    for input in inputs {
      sum.add(
        input.exactNumerators[self.input.index(cell)], times: denominator / input.denominator)
    }
    guard let total = sum.total else { throw .beyond128Bits(layer: name, cell: cell) }
    return total
  }

  func normalizedNumerator(
    of cell: Cell, _ input: Tensor, over denominator: Int128
  ) throws(ArithmeticError) -> Int128 {
    guard let line = normalization?.line(cell.depth) else {
      preconditionFailure("an exact normalization has a line for each map")
    }
    var sum = WideSum()
    sum.add(input.exactNumerators[self.input.index(cell)], times: line.scale.numerator)
    let isWhole = sum.multiply(by: denominator / input.denominator / line.scale.denominator)
    sum.add(line.shift.numerator, times: denominator / line.shift.denominator)
    guard isWhole, let total = sum.total else { throw .beyond128Bits(layer: name, cell: cell) }
    return total
  }
}
