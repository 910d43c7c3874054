import Canvas
import ConvolutionEngine
import ExactNumbers
import Lessons
import Walkthrough

extension NumberGrid.Region {
  /// One cell.
  init(_ cell: Cell) {
    self.init(columns: cell.x..<cell.x + 1, rows: cell.y..<cell.y + 1)
  }

  /// What a cell's window spans of the input.
  init(_ windows: Windows, of cell: Cell) {
    func span(_ axis: WindowAxis, _ position: Int) -> Range<Int> {
      axis.start(of: position)..<axis.start(of: position) + axis.extent
    }
    self.init(columns: span(windows.x, cell.x), rows: span(windows.y, cell.y))
  }
}

/// What a layer takes, as a grid.
extension View {
  /// One depth of the layer's first input without marks.
  func inputGrid(_ input: Tensor, depth: Int) -> NumberGrid {
    let digits = max(width(of: layer.sources[0]), 1)
    return inputGrid(
      input, depth: depth, cellWidth: max(digits, "\(layer.input.width - 1)".count) + 1,
      digits: digits)
  }

  /// What a layer takes, as a text; `?` for a number that is asked for.
  ///
  /// - Parameter name: of the layer that made it, or the input's; nil: the first that the layer takes.
  func inputText(
    _ input: Tensor, _ cell: Cell, of name: String? = nil, fitting width: Int? = nil
  ) -> String {
    if hides(cell, of: name ?? network.name(of: layer.sources[0])) { return "?" }
    return width.map { input[cell].text(fitting: $0) } ?? input[cell].text
  }

  /// One depth of an input.
  func inputGrid(
    _ input: Tensor, depth: Int, of name: String? = nil, cellWidth: Int, digits: Int,
    role: @escaping (Cell) -> Role = { _ in .plain }
  ) -> NumberGrid {
    let shape = input.shape
    var grid = NumberGrid(columns: 0..<shape.width, rows: 0..<shape.height, cellWidth: cellWidth) {
      x, y in
      let cell = Cell(x, y, depth)
      return NumberGrid.Entry(
        text: inputText(input, cell, of: name, fitting: digits), role: role(cell),
        tint: inputTint(input, cell, of: name))
    }
    grid.labelDigits = max(2, "\(shape.height - 1)".count)
    grid.labelWidth = grid.labelDigits
    let source = name ?? network.name(of: layer.sources[0])
    grid.number = { .cell(source, Cell($0, $1, depth)) }
    return grid
  }

  /// One depth of an input with its padding, the current window in brackets, and marks where no
  /// window reads.
  ///
  /// - Parameters:
  ///   - multiplied: the place that is multiplied, if it lies in this depth.
  ///   - readsPadding: whether padding under the window takes part like any other number.
  func windowGrid(
    _ input: Tensor, depth: Int, _ windows: Windows, cellWidth: Int,
    multiplied: (column: Int, row: Int)? = nil, readsPadding: Bool
  ) -> NumberGrid {
    let (x, y, shape) = (windows.x, windows.y, input.shape)
    let (columnsRead, rowsRead) = (reads(x, step.cell?.x), reads(y, step.cell?.y))
    var grid = NumberGrid(
      columns: -x.paddingBefore..<x.input + x.paddingAfter,
      rows: -y.paddingBefore..<y.input + y.paddingAfter, cellWidth: cellWidth
    ) { column, row in
      let isRead = columnsRead.contains(column) && rowsRead.contains(row)
      let cell = Cell(column, row, depth)
      guard shape.contains(cell) else {
        let takesPart = isRead && readsPadding
        return NumberGrid.Entry(
          text: ":", role: takesPart ? .window : .padding,
          tint: takesPart ? tint(0, of: layer.sources[0], depth: depth, isLit: true) : nil)
      }
      let isMultiplied = multiplied?.column == column && multiplied?.row == row
      return NumberGrid.Entry(
        text: inputText(input, cell, fitting: cellWidth - 1),
        role: isMultiplied ? .current : isRead ? .window : .plain,
        tint: inputTint(input, cell, isLit: isRead))
    }
    grid.numbered = NumberGrid.Region(columns: 0..<shape.width, rows: 0..<shape.height)
    let source = network.name(of: layer.sources[0])
    grid.number = { .cell(source, Cell($0, $1, depth)) }
    grid.unreadColumns = unread(x)
    grid.unreadRows = unread(y)
    grid.bracket = step.cell.map { NumberGrid.Region(windows, of: $0) }
    grid.product = multiplied
    return grid
  }

  private func reads(_ axis: WindowAxis, _ position: Int?) -> Set<Int> {
    guard let position else { return [] }
    return Set((0..<axis.filter).map { axis.start(of: position) + $0 * axis.dilation })
  }

  /// The unread places, unless there are so many that marks would say nothing.
  private func unread(_ axis: WindowAxis) -> [Int] { axis.input <= 512 ? axis.unread : [] }
}
