import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

extension Player {
  /// The input cell that `i` asks about: the one being multiplied, else the window's first.
  var askedInput: Cell? {
    guard let cell = step.cell, let windows = layer.windows else { return nil }
    let isProduct = place.grain == .product && step.productsDone > 0 && layer.parameters != nil
    let tap = isProduct ? layer.tap(step.productsDone - 1, of: cell) : Cell(0, 0, shownDepth)
    let columns = windows.x.tapsInside(position: cell.x)
    let rows = windows.y.tapsInside(position: cell.y)
    guard let x = windows.x.place(position: cell.x, tap: isProduct ? tap.x : columns.first ?? 0),
      let y = windows.y.place(position: cell.y, tap: isProduct ? tap.y : rows.first ?? 0)
    else { return nil }
    return Cell(x, y, tap.depth)
  }

  mutating func showReaders() -> [Effect] {
    guard let cell = askedInput else {
      say("Stand on a window of a convolution or a pool first; \(key(.next)) goes forward.")
      return []
    }
    overlay = .readers(cell)
    return []
  }

  mutating func showWeightUse() -> [Effect] {
    guard let cell = step.cell, layer.parameters != nil, layer.windows != nil else {
      say("Stand on a window of a convolution first; \(key(.next)) goes forward.")
      return []
    }
    let tap =
      place.grain == .product && step.productsDone > 0
      ? layer.tap(step.productsDone - 1, of: cell) : Cell(0, 0, shownDepth)
    overlay = .weightUse(tap, map: cell.depth)
    return []
  }

  /// Moves the asked cell with the arrows.
  mutating func pressInReaders(_ key: Key, _ cell: Cell) -> [Effect] {
    var moved = cell
    switch options.bindings.command(for: key) {
    case .left: moved.x -= 1
    case .right: moved.x += 1
    case .up: moved.y -= 1
    case .down: moved.y += 1
    default:
      overlay = nil
      return []
    }
    if layer.input.contains(moved) { overlay = .readers(moved) }
    return []
  }

  /// An input cell, and every window and output cell that it feeds.
  ///
  /// - Parameter isAsked: whether how many they are is being asked, and so not shown.
  func drawReaders(
    _ screen: inout Screen, of cell: Cell, hasFooter: Bool = true, isAsked: Bool = false
  ) {
    guard let windows = layer.windows, let input = activations.inputs(of: place.layer)?.first
    else { return }
    let columns = windows.x.readers(of: cell.x)
    let rows = windows.y.readers(of: cell.y)
    let name = network.name(of: layer.sources[0])
    let count = columns.count * rows.count
    screen.put("Who reads \(name)\(cell)?", 1, hasFooter ? 0 : 1, .heading, before: size.columns)
    var grid = inputGrid(input, depth: cell.depth)
    grid.bracket = Grid.Region(
      columns: cell.x..<cell.x + 1, rows: cell.y..<cell.y + 1)
    grid.crop(
      columns: (size.columns / 2 - grid.labelWidth - 2) / grid.cellWidth, rows: size.rows - 12,
      around: grid.bracket)
    grid.draw(on: &screen, 0, 2)
    let column = max(grid.width + 3, 40)
    screen.put("\(layer.name), a map", column, 2, .heading, before: size.columns)
    var map = Grid(
      columns: 0..<layer.output.width, rows: 0..<layer.output.height, cellWidth: 3
    ) { x, y in
      if isAsked { return Grid.Entry(text: "?", role: .unknown) }
      let isReader = columns.contains { $0.position == x } && rows.contains { $0.position == y }
      return Grid.Entry(text: isReader ? "■" : "·", role: isReader ? .current : .unknown)
    }
    map.crop(
      columns: max(1, (size.columns - column - 4) / 3), rows: size.rows - 13,
      around: columns.first.flatMap { x in
        rows.first.map { y in
          Grid.Region(columns: x.position..<x.position + 1, rows: y.position..<y.position + 1)
        }
      })
    map.draw(on: &screen, column, 3)
    let maps = layer.parameters == nil ? 1 : layer.output.depth / layer.groups
    var lines = [
      "\(count) cell\(count == 1 ? "" : "s") of each map: \(columns.count) along the width times "
        + "\(rows.count) along the height."
    ]
    if maps > 1 { lines.append("\(maps) maps read this depth: \(count * maps) cells in all.") }
    if count == 0 { lines = ["No window reads it: it changes nothing in \(layer.name)."] }
    drawParagraphs(&screen, lines, rows: size.rows - 6..<size.rows - 2)
    guard hasFooter else { return }
    drawKeys(
      &screen,
      [
        Hint(keys: arrows, label: "another cell"),
        Hint(keys: "any other key", label: "closes this"),
      ])
  }

  /// A weight, and every input that it multiplies.
  func drawWeightUse(_ screen: inout Screen, of tap: Cell, map: Int) {
    guard let windows = layer.windows, let input = activations.inputs(of: place.layer)?.first,
      let parameters = layer.parameters
    else { return }
    let inside = Cell(tap.x, tap.y, tap.depth - layer.firstDepth(ofMap: map))
    let weight = parameters.weights[map * parameters.filter.count + parameters.filter.index(inside)]
    let filter = names.filter(layer, map)
    let name = network.name(of: layer.sources[0])
    screen.put(
      "What does \(filter)\(inside) = \(weight.text) multiply?", 1, 0, .heading,
      before: size.columns)
    let columns = Set(
      (0..<layer.output.width).compactMap { windows.x.place(position: $0, tap: tap.x) })
    let rows = Set(
      (0..<layer.output.height).compactMap { windows.y.place(position: $0, tap: tap.y) })
    var grid = inputGrid(input, depth: tap.depth)
    let plain = grid.entry
    grid.entry = { x, y in
      var entry = plain(x, y)
      if columns.contains(x), rows.contains(y) { entry.role = .current }
      return entry
    }
    grid.winners = rows.flatMap { row in columns.map { (column: $0, row: row) } }
    grid.crop(
      columns: (size.columns - grid.labelWidth - 2) / grid.cellWidth, rows: size.rows - 10,
      around: nil)
    grid.draw(on: &screen, 0, 2)
    let padded = layer.output.plane - columns.count * rows.count
    drawParagraphs(
      &screen,
      [
        "\(counted(layer.output.plane, "window")), so \(counted(layer.output.plane, "product")): "
          + "one weight, shared by all of them, each marked *.",
        padded > 0 ? "\(padded) of them meet padding." : "",
        "\(name)'s depth \(tap.depth) is the only one that it meets.",
      ].filter { !$0.isEmpty }, rows: size.rows - 6..<size.rows - 2)
    drawKeys(&screen, [Hint(keys: "any key", label: "closes this")])
  }

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
