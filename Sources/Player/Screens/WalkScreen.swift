import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Lessons
import Walkthrough

extension View {
  /// Draws the part of the screen between the title and the message.
  func drawWalk(_ screen: inout Screen) {
    guard activations.inputs(of: place.layer) != nil else {
      drawAwaited(&screen)
      return
    }
    let account: CellAccount?
    do throws(ArithmeticError) {
      account = try self.account()
    } catch {
      for (row, line) in wrapped("\(error)", to: size.columns - 2).enumerated() {
        screen.frame.put(line, 1, 2 + row, .bad)
      }
      return
    }
    switch place.grain {
    case .layer: drawLayerScreen(&screen)
    case .map:
      if layer.form == .filters, drawMapScreen(&screen) { return }
      drawCellScreen(&screen, account)
    case .product, .slice, .window: drawCellScreen(&screen, account)
    }
  }

  private func drawCellScreen(_ screen: inout Screen, _ account: CellAccount?) {
    switch layer.form {
    case .filters: drawConvolution(&screen, account)
    case .dotProducts: drawDense(&screen, account)
    case .pool: drawPool(&screen, account)
    case .cellwise: drawElementwise(&screen, account)
    }
  }

  /// The columns before a number for the mark that a live change made it another, so that it does not
  /// lie over the bracket.
  var changeMarks: Int { shown.beforeChange == nil ? 0 : 1 }

  /// One map of a layer's output, with `·` for what is not computed yet.
  func outputGrid(_ layer: Layer, map: Int, knownCells: Int, current: Cell? = nil) -> NumberGrid {
    let shape = layer.output
    let marks = changeMarks
    let digits = max(3, width(of: .layer(layer.index)) + marks)
    var grid = NumberGrid(
      columns: 0..<shape.width, rows: 0..<shape.height, cellWidth: digits + 1
    ) { x, y in
      let cell = Cell(x, y, map)
      let isCurrent = cell == current
      guard shape.index(cell) < knownCells else {
        return NumberGrid.Entry(text: "·", role: isCurrent ? .current : .unknown)
      }
      if isCurrent, hidesResult, layer.index == place.layer {
        return NumberGrid.Entry(text: "?", role: .current)
      }
      let isChanged = isChanged(cell, of: layer)
      return NumberGrid.Entry(
        text: valueText(cell, of: layer, fitting: digits - marks),
        role: isChanged ? .changed : isCurrent ? .current : .result, isChanged: isChanged,
        tint: outputTint(cell, of: layer))
    }
    grid.labelDigits = max(1, "\(shape.height - 1)".count)
    grid.labelWidth = grid.labelDigits + 1
    if let current, current.depth == map {
      grid.bracket = NumberGrid.Region(current)
      grid.holdsCursor = place.grain > .product
    }
    let name = layer.name
    grid.number = { .cell(name, Cell($0, $1, map)) }
    grid.action = { x, y in .goTo(Address(layer: name, part: .cell(Cell(x, y, map)))) }
    return grid
  }

  /// A computed cell's text; `!` where it does not fit 128 bits.
  func valueText(_ cell: Cell, of layer: Layer, fitting width: Int) -> String {
    if hides(cell, of: layer.name) { return "?" }
    guard let value = try? activations.value(of: cell, in: layer.index) else { return "!" }
    return value.text(fitting: width)
  }

  /// A computed cell of the current layer; `?` where it is asked for.
  func resultText(_ cell: Cell, fitting width: Int) -> String {
    hidesResult && cell == step.cell ? "?" : valueText(cell, of: layer, fitting: width)
  }

  /// Draws an output map with its title, as much of it as fits; returns the rows taken.
  func drawOutput(
    _ screen: inout Screen, _ layer: Layer, map: Int, knownCells: Int, current: Cell?,
    at column: Int, _ row: Int, columns: Int, rows: Int
  ) {
    var grid = outputGrid(layer, map: map, knownCells: knownCells, current: current)
    let fitting = max(1, (columns - grid.labelWidth - 1) / grid.cellWidth)
    guard rows > 2, columns >= grid.labelWidth + 1 + grid.cellWidth else { return }
    let focus = current.map { NumberGrid.Region($0) }
    grid.crop(columns: fitting, rows: rows - 2, around: focus)
    let end = column + columns
    let map = "map [\(map)]"
    let titles = [
      "\(layer.name) \(outputSizeText(layer))  \(map)", "\(layer.name)  \(map)",
      "\(layer.name) \(map)", map,
    ]
    let title = titles.first { $0.unicodeScalars.count <= columns } ?? map
    screen.put(title, column, row, .heading, before: end)
    grid.draw(on: &screen, column, row + 1)
  }

  /// A title and the strip of depths, the shown one in brackets.
  func drawDepths(
    _ screen: inout Screen, title: String, depths: Range<Int>, shown: Int, at column: Int,
    _ row: Int, before end: Int, isClickable: Bool = false
  ) {
    screen.put(title, column, row, .heading, before: end)
    guard depths.count > 0 else { return }
    var x = max(column + 13, column + title.unicodeScalars.count + 2)
    if x + 6 + depths.count * 3 + 1 > end { x = column + title.unicodeScalars.count + 2 }
    let widest = "\(depths.upperBound - 1)".count
    let wide = depths.count * (widest + 3)
    let narrow = depths.count * (widest + 2) + 1
    guard x + 6 + narrow <= end else {
      drawDepthStrip(
        &screen, depths: depths, shown: shown, at: x, row, before: end, isClickable: isClickable)
      return
    }
    let spacing = x + 6 + wide <= end ? widest + 3 : widest + 2
    x = screen.frame.put("depth ", x, row, .heading)
    for depth in depths {
      let number = padded("\(depth)", to: widest)
      screen.frame.put(
        depth == shown ? "[\(number)]" : " \(number) ", x, row, depth == shown ? .current : .plain)
      if isClickable {
        screen.add(.showDepth(depth), columns: x..<x + widest + 2, row: row)
      }
      x += spacing
    }
  }
}
