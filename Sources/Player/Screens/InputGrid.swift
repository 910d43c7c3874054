import Canvas
import ConvolutionEngine
import ExactNumbers

extension View {
  /// One depth of the layer's input without marks.
  func inputGrid(_ input: Tensor, depth: Int) -> Grid {
    let digits = max(width(of: layer.sources[0]), 1)
    var grid = Grid(
      columns: 0..<layer.input.width, rows: 0..<layer.input.height,
      cellWidth: max(digits, "\(layer.input.width - 1)".count) + 1
    ) { x, y in
      Grid.Entry(text: input[Cell(x, y, depth)].text(fitting: digits), role: .plain)
    }
    grid.labelDigits = max(2, "\(layer.input.height - 1)".count)
    grid.labelWidth = grid.labelDigits
    return grid
  }
}
