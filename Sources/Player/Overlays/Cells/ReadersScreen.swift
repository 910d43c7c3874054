import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// Who reads an input cell: the arrows go to another one.
struct ReadersScreen: OverlayContent {
  static let help = "who uses this input cell"

  var cell: Cell

  var overlay: Overlay { .readers(self) }

  mutating func press(_ key: Key, on player: inout Player) -> Reaction {
    var moved = cell
    switch player.command(for: key) {
    case .move(.left): moved.x -= 1
    case .move(.right): moved.x += 1
    case .move(.up): moved.y -= 1
    case .move(.down): moved.y += 1
    default: return player.commonReaction(to: key) ?? .close
    }
    if player.layer.input.contains(moved) { cell = moved }
    return .stay
  }

  func draw(on screen: inout Screen, _ view: View) {
    view.drawReaders(&screen, of: cell, titleRow: 0, isAsked: false)
  }

  func footer(_ view: View) -> Footer {
    .keys([
      Hint(keys: view.arrows, label: "another cell"),
      Hint(keys: "any other key", label: "closes this"),
    ])
  }
}

extension Player {
  mutating func showReaders() -> [Effect] {
    guard let cell = askedInput else {
      say("Stand on a window of a convolution or a pool first; \(key(.next)) goes forward.")
      return []
    }
    return open(ReadersScreen(cell: cell))
  }
}

extension ShowsWalk {
  /// The input cell that `i` asks about: the one being multiplied, else the window's first.
  var askedInput: Cell? {
    guard let cell = step.cell, let windows = layer.windows else { return nil }
    let product = multipliedTap
    let tap = product ?? Cell(0, 0, shownDepth)
    let columns = windows.x.tapsInside(position: cell.x)
    let rows = windows.y.tapsInside(position: cell.y)
    guard let x = windows.x.place(position: cell.x, tap: product?.x ?? columns.first ?? 0),
      let y = windows.y.place(position: cell.y, tap: product?.y ?? rows.first ?? 0)
    else { return nil }
    return Cell(x, y, tap.depth)
  }
}

extension View {
  /// An input cell, and every window and output cell that it feeds.
  ///
  /// - Parameters:
  ///   - row: where the title stands.
  ///   - isAsked: whether how many they are is being asked, and so not shown.
  func drawReaders(_ screen: inout Screen, of cell: Cell, titleRow row: Int, isAsked: Bool) {
    guard let windows = layer.windows, let input = activations.inputs(of: place.layer)?.first
    else { return }
    let columns = windows.x.readers(of: cell.x)
    let rows = windows.y.readers(of: cell.y)
    let name = network.name(of: layer.sources[0])
    screen.put("Who reads \(name)\(cell)?", 1, row, .heading, before: size.columns)
    var grid = inputGrid(input, depth: cell.depth)
    grid.bracket = NumberGrid.Region(cell)
    grid.crop(
      columns: (size.columns / 2 - grid.labelWidth - 2) / grid.cellWidth, rows: size.rows - 12,
      around: grid.bracket)
    grid.draw(on: &screen, 0, 2)
    let column = max(grid.width + 3, 40)
    screen.put("\(layer.name), a map", column, 2, .heading, before: size.columns)
    var map = NumberGrid(
      columns: 0..<layer.output.width, rows: 0..<layer.output.height, cellWidth: 3
    ) { x, y in
      if isAsked { return NumberGrid.Entry(text: "?", role: .unknown) }
      let isReader = columns.contains { $0.position == x } && rows.contains { $0.position == y }
      return NumberGrid.Entry(text: isReader ? "■" : "·", role: isReader ? .current : .unknown)
    }
    map.crop(
      columns: max(1, (size.columns - column - 4) / 3), rows: size.rows - 13,
      around: columns.first.flatMap { x in
        rows.first.map { y in NumberGrid.Region(Cell(x.position, y.position, 0)) }
      })
    map.draw(on: &screen, column, 3)
    let lines = countText(columns: columns.count, rows: rows.count)
    drawParagraphs(&screen, lines, rows: size.rows - 6..<size.rows - 2)
  }

  /// How many cells read it, in words.
  private func countText(columns: Int, rows: Int) -> [String] {
    let count = columns * rows
    if count == 0 { return ["No window reads it: it changes nothing in \(layer.name)."] }
    let each =
      "\(count) cell\(count == 1 ? "" : "s") of each map: \(columns) along the width times "
      + "\(rows) along the height."
    let maps = layer.parameters == nil ? 1 : layer.output.depth / layer.groups
    return maps > 1
      ? [each, "\(maps) maps read this depth: \(count * maps) cells in all."] : [each]
  }
}
