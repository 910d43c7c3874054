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
    let entry = inputEntry(input, depth: depth, of: name, fitting: digits)
    var grid = NumberGrid(columns: 0..<shape.width, rows: 0..<shape.height, cellWidth: cellWidth) {
      x, y in
      let cell = Cell(x, y, depth)
      return entry(cell, role(cell), false)
    }
    grid.labelDigits = max(2, "\(shape.height - 1)".count)
    grid.labelWidth = grid.labelDigits
    let source = name ?? network.name(of: layer.sources[0])
    grid.number = { .cell(source, Cell($0, $1, depth)) }
    return grid
  }

  /// What stands in a cell of one depth of what a layer takes, in a role and lit or not. What all
  /// cells have in common is looked up once.
  private func inputEntry(
    _ input: Tensor, depth: Int, of name: String?, fitting width: Int
  ) -> (Cell, Role, _ isLit: Bool) -> NumberGrid.Entry {
    let sources = layer.sources
    let source = sources.first { network.name(of: $0) == name } ?? sources[0]
    let name = network.name(of: source)
    let scale = tintScale(of: source, depth: depth)
    return { cell, role, isLit in
      if hides(cell, of: name) { return NumberGrid.Entry(text: "?", role: role) }
      let number = input[cell]
      return NumberGrid.Entry(
        text: number.text(fitting: width), role: role,
        tint: scale?.tint(of: number.nearestDouble, isLit: isLit))
    }
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
    let entry = inputEntry(input, depth: depth, of: nil, fitting: cellWidth - 1)
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
      return entry(cell, isMultiplied ? .current : isRead ? .window : .plain, isRead)
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

  private func reads(_ axis: WindowAxis, _ position: Int?) -> PlacesRead {
    PlacesRead(start: position.map(axis.start) ?? 0, count: position == nil ? 0 : axis.filter, axis)
  }

  /// The unread places, unless there are so many that marks would say nothing.
  private func unread(_ axis: WindowAxis) -> [Int] { axis.input <= 512 ? axis.unread : [] }
}

/// The places along one axis that a window reads.
private struct PlacesRead {
  private let start: Int
  private let end: Int
  private let dilation: Int

  init(start: Int, count: Int, _ axis: WindowAxis) {
    self.start = start
    dilation = axis.dilation
    end = start + count * dilation
  }

  func contains(_ place: Int) -> Bool {
    place >= start && place < end && (dilation == 1 || (place - start) % dilation == 0)
  }
}
