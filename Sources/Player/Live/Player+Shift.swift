import ConvolutionEngine
import ExactNumbers
import FastEvaluation

extension Player {
  /// Moves the input's pattern by one column or row; what leaves on one side is lost.
  mutating func shiftInput(_ dx: Int, _ dy: Int) -> [Effect] {
    guard let numerators = subject.input.numerators else { return [] }
    let shape = subject.input.shape
    let values = (0..<shape.count).map { index -> Int128 in
      let cell = shape.cell(at: index)
      let from = Cell(cell.x - dx, cell.y - dy, cell.depth)
      return shape.contains(from) ? numerators[shape.index(from)] : 0
    }
    var changed = subject
    changed.input = Tensor(shape, values, over: subject.input.denominator)
    return change(to: changed, by: [dx > 0 ? "Right" : dx < 0 ? "Left" : dy > 0 ? "Down" : "Up"])
  }
}
