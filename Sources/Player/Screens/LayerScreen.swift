import Canvas
import ConvolutionEngine
import Lessons
import Walkthrough

extension Player {
  /// The network as a table, the layer's formula, and its maps.
  func drawLayerScreen(_ screen: inout Screen) {
    var row = drawTable(&screen)
    // Under a long table a stop's text leaves no room for more.
    if coversBottom, row + 6 > coveredRows.lowerBound { return }
    row = drawFormulas(&screen, row: row + 1)
    let codeRow = size.rows - 7
    drawLayerMaps(&screen, rows: row..<codeRow - 1)
    let lines = LayerCode(layer, in: network, notation == .numpy ? .pytorch : notation).lines
    let label = (notation == .numpy ? Notation.pytorch : notation).title
    screen.put(lines.joined(), 1, codeRow, .code, before: size.columns - label.count - 2)
    screen.frame.put(label, endingAt: size.columns - 1, codeRow, .faint)
    drawProse(
      &screen, [sizeSentence, walk.narration(place, account: nil).next], at: 1,
      rows: codeRow + 2..<size.rows - 2, width: size.columns - 2)
  }

  private var sizeSentence: String {
    let input = network.name(of: layer.sources[0])
    let (depth, maps) = (layer.input.depth, layer.output.depth)
    guard let parameters = layer.parameters else { return walk.purpose(of: layer) }
    if case .dense = layer.operation { return walk.purpose(of: layer) }
    let filters =
      maps == 1
      ? "One filter, so \(layer.name) has depth 1."
      : "\(maps) filters, so \(layer.name) has depth \(maps)."
    return "\(input) has depth \(depth), so each filter has depth \(parameters.filter.depth). "
      + filters + " The \(parameters.count) parameters stay \(parameters.count) for any size of "
      + "picture; the \(layer.multiplyAdds) products do not."
  }

  /// The layers around the current one, as many as fit.
  private func drawTable(_ screen: inout Screen) -> Int {
    let most = coversBottom ? coveredRows.lowerBound - 3 : max(4, size.rows - 20)
    let room = min(network.layers.count, most)
    let first = min(max(0, place.layer - room / 2), network.layers.count - room)
    let layers = network.layers[first..<first + room]
    var rows = tableRows(layers, sums: true)
    // The sum that makes a count is said where every row has room for it.
    if rows.width + LayerScreen.products > size.columns { rows = tableRows(layers, sums: false) }
    let (widths, end) = (rows.widths, min(size.columns, max(80, rows.width + LayerScreen.products)))
    for (line, cells) in rows.cells.enumerated() {
      let row = 2 + line
      let layer = line == 0 ? nil : layers[first + line - 1]
      let isCurrent = layer?.index == place.layer
      let role: Role = line == 0 ? .heading : isCurrent && place.position > 0 ? .current : .plain
      if isCurrent { screen.frame.put(place.position > 0 ? "▸" : "›", 0, row, .current) }
      var column = 2
      for (index, cell) in cells.enumerated() {
        screen.put(cell, column, row, role, before: end - 9)
        column += widths[index] == 0 ? 0 : widths[index] + 2
      }
      let products = layer.map { asked($0.multiplyAdds) ?? "\($0.multiplyAdds)" } ?? "products"
      screen.frame.put(products, endingAt: end - 1, row, role)
      guard let layer else { continue }
      screen.add(
        .goTo(Address(layer: layer.name, part: .layer)), columns: 0..<size.columns, row: row)
    }
    return 3 + room
  }

  private func tableRows(_ layers: ArraySlice<Layer>, sums: Bool) -> TableRows {
    let heading = ["layer", "", "input", "filters", "output", "parameters"]
    return TableRows(
      cells: [heading]
        + layers.map { layer in
          let kind = layer.operation.kind
          return [
            cut(layer.name, to: 16), layer.name.hasPrefix(kind) ? "" : kind, "\(layer.input)",
            layer.parameters.map { "\($0.filters) of \($0.filter)" } ?? "none", "\(layer.output)",
            asked(layer.parameterCount) ?? (sums ? layer.parameters?.countText : nil)
              ?? "\(layer.parameterCount)",
          ]
        })
  }

  /// `?` for a count that a stop's question asks for.
  private func asked(_ count: Int) -> String? {
    guard let course, !course.isWandering, course.awaitsAnswer else { return nil }
    return course.stop.question?.answer == [Number(Int128(count))] ? "?" : nil
  }

  private func drawFormulas(_ screen: inout Screen, row: Int) -> Int {
    guard let windows = layer.windows else {
      screen.put(
        "\(layer.name): \(layer.input) in, \(layer.output) out", 1, row, before: size.columns)
      return row + 1
    }
    let (x, y) = (windows.x.formula, windows.y.formula)
    screen.put("width   \(x.symbolic) = \(x.text)", 1, row, before: size.columns)
    let isSame =
      x.substituted == y.substituted && windows.x.positions == windows.y.positions
    screen.put(
      isSame
        ? "height  the same: \(windows.y.positions)            depth = \(depthReason)"
        : "height  \(y.text)   depth = \(depthReason)", 1, row + 1, before: size.columns)
    screen.put("unread  \(unreadText(windows))", 1, row + 2, before: size.columns)
    return row + 3
  }

  private var depthReason: String {
    layer.parameters == nil
      ? "the input's depth = \(layer.output.depth)"
      : "number of filters = \(layer.output.depth)"
  }

  func unreadText(_ windows: Windows) -> String {
    let (columns, rows) = (windows.x.unread, windows.y.unread)
    return "\(list(columns, "column")), \(list(rows, "row"))"
  }

  private func list(_ places: [Int], _ name: String) -> String {
    switch places.count {
    case 0: "no \(name)"
    case 1: "\(name) \(places[0])"
    case 2...4: "\(name)s \(places.map(String.init).joined(separator: ", "))"
    default: "\(places.count) \(name)s"
    }
  }

  /// As many maps as fit, of this layer and then of the next.
  private func drawLayerMaps(_ screen: inout Screen, rows: Range<Int>) {
    var column = 0
    let known = place.position > 0 ? layer.output.count : 0
    let shown = [(layer, known)] + (nextLayer.map { [($0, 0)] } ?? [])
    for (layer, known) in shown {
      for map in 0..<layer.output.depth {
        var grid = outputGrid(layer, map: map, knownCells: known)
        let room = size.columns - column
        let rest = layer.output.depth - map
        guard grid.width + (rest > 1 ? 8 : 0) <= room || map == 0 && column == 0 else {
          screen.put("… \(rest) more", column + 1, rows.lowerBound, .faint, before: size.columns)
          column = size.columns
          break
        }
        grid.crop(
          columns: max(1, (room - grid.labelWidth - 1) / grid.cellWidth), rows: rows.count - 2,
          around: nil)
        let filter = layer.parameters == nil ? "" : " (\(names.filter(layer, map)))"
        screen.put(
          "\(layer.name) map \(map)\(filter)", column + 1, rows.lowerBound, .heading,
          before: size.columns)
        grid.draw(on: &screen, column, rows.lowerBound + 1)
        column += max(grid.width, "\(layer.name) map \(map)\(filter)".count + 2) + 4
        if column >= size.columns - 12 { return }
      }
    }
  }
}

private enum LayerScreen {
  /// Columns for the products at a table's right end.
  static let products = 11
}

/// A table's rows, the heading first.
private struct TableRows {
  let cells: [[String]]

  var widths: [Int] {
    cells[0].indices.map { column in
      min(column == 0 ? 16 : 40, cells.map { $0[column].unicodeScalars.count }.max() ?? 0)
    }
  }

  /// Columns, with the gaps between them.
  var width: Int { widths.reduce(2) { $0 + ($1 == 0 ? 0 : $1 + 2) } }
}
