import Canvas
import ConvolutionEngine
import ExactNumbers
import Lessons
import Walkthrough

extension View {
  /// The network as a table, the layer's formula, and its maps.
  func drawLayerScreen(_ screen: inout Screen) {
    var row = drawTable(&screen)
    // Under a long table a stop's text leaves no room for more.
    if coversBottom, row + 6 > coveredRows.lowerBound { return }
    row = drawFormulas(&screen, row: row + 1)
    // On a tall screen the code stands right under the maps.
    let maps = max(layer.output.height, nextLayer?.output.height ?? 0) + 2
    let isTall = size.rows >= View.tallScreen && !coversBottom
    let codeRow = isTall ? min(size.rows - 7, row + maps + 1) : size.rows - 7
    screen.keep(columns: 0..<size.columns, rows: codeRow..<codeRow + 1)
    drawLayerMaps(&screen, rows: row..<codeRow - 1)
    let lines = LayerCode(layer, in: network, notation == .numpy ? .pytorch : notation).lines
    let label = (notation == .numpy ? Notation.pytorch : notation).title
    screen.frame.put(
      cutInside(lines.joined(), to: size.columns - label.count - 3), 1, codeRow, .code)
    screen.frame.put(label, endingAt: size.columns - 1, codeRow, .faint)
    drawProse(
      &screen, [sizeSentence, walk.narration(place, account: nil).next], at: 1,
      rows: codeRow + 2..<size.rows - 2, width: size.columns - 2)
  }

  private var sizeSentence: String {
    let input = network.name(of: layer.sources[0])
    let (depth, maps) = (layer.input.depth, layer.output.depth)
    guard let parameters = layer.parameters else { return walk.purpose(of: layer) }
    if layer.form == .dotProducts { return walk.purpose(of: layer) }
    let filters =
      maps == 1
      ? "One filter, so \(layer.name) has depth 1."
      : "\(maps) filters, so \(layer.name) has depth \(maps)."
    return "\(input) has depth \(depth), so each filter has depth \(parameters.filter.depth). "
      + filters + " The \(counted(parameters.count, "parameter")) "
      + "\(parameters.count == 1 ? "stays" : "stay") \(grouped(parameters.count)) for any size of picture; "
      + "the \(counted(layer.multiplyAdds, "product")) \(layer.multiplyAdds == 1 ? "does" : "do") "
      + "not."
  }

  /// The layers around the current one, as many as fit, and how many more there are.
  private func drawTable(_ screen: inout Screen) -> Int {
    let count = network.layers.count
    let most = coversBottom ? coveredRows.lowerBound - 3 : max(4, size.rows - 20)
    // The row under the table says how many are not shown.
    let room = count <= most ? count : coversBottom ? most - 1 : most
    let first = min(max(0, place.layer - room / 2), count - room)
    let layers = first..<first + room
    let table = layerTable
    drawRow(&screen, table, line: 0, 2, .heading)
    for (line, index) in layers.enumerated() {
      let isCurrent = index == place.layer
      let isDone = isCurrent && place.position > 0
      if isCurrent { screen.frame.put(isDone ? "▸" : "›", 0, 3 + line, .current) }
      drawRow(&screen, table, line: index + 1, 3 + line, isDone ? .current : .plain)
      screen.add(
        .goTo(Address(layer: network.layers[index].name, part: .layer)),
        columns: 0..<size.columns, row: 3 + line)
    }
    if room < count {
      let rest = [(first, "before"), (count - layers.upperBound, "after")].filter { $0.0 > 0 }
      let more = rest.map { "\($0.0) more \($0.1)" }.joined(separator: ", ")
      let key = coversBottom ? "" : "   \(key(.table)) shows all \(count)"
      screen.put("… \(more)\(key)", 2, 3 + room, .faint, before: size.columns)
    }
    return 3 + room
  }

  private func drawRow(
    _ screen: inout Screen, _ table: LayerTable, line: Int, _ row: Int, _ role: Role
  ) {
    var column = 2
    for (index, width) in table.widths.enumerated() where width > 0 {
      screen.put(table.rows[line][index], column, row, role, before: column + width)
      column += width + 2
    }
    let end = min(size.columns, max(80, table.width))
    screen.frame.put(table.products[line], endingAt: end - 1, row, role)
  }

  /// The table of all layers, so that its columns stay where they are. Where it does not fit, what
  /// makes the counts gives way first, all but the biases and then these too, then the inputs, which
  /// are the outputs of other rows, then the kinds, and last the middle of long names.
  private var layerTable: LayerTable {
    var table = LayerTable(
      rows: [["layer", "", "input", "filters", "output", "parameters"]],
      products: ["products"])
    var counts = ["parameters"]
    var sums = counts
    for layer in network.layers {
      let kind = layer.operation.kind
      let count = asked(layer.parameterCount)
      counts.append(count ?? grouped(layer.parameterCount))
      sums.append(count ?? layer.weightsAndBiases)
      table.rows.append([
        cutInside(layer.name, to: 24), layer.name.hasPrefix(kind) ? "" : kind, inputSizeText(layer),
        layer.parameters.map { "\($0.filters) of \($0.filter)" } ?? "none", outputSizeText(layer),
        count ?? layer.groupedCountText,
      ])
      table.products.append(asked(layer.multiplyAdds) ?? grouped(layer.multiplyAdds))
    }
    for texts in [sums, counts] where table.width > size.columns { table.replace(5, with: texts) }
    for column in [2, 1] where table.width > size.columns {
      table.replace(column, with: counts.map { _ in "" })
    }
    let spare = table.widths[0] - (table.width - size.columns)
    if table.width > size.columns {
      table.replace(0, with: table.rows.map { cutInside($0[0], to: max(8, spare)) })
    }
    return table
  }

  /// `?` for a count that a stop's question asks for.
  private func asked(_ count: Int) -> String? {
    isAsked(count) ? "?" : nil
  }

  private func drawFormulas(_ screen: inout Screen, row: Int) -> Int {
    guard let windows = layer.windows else {
      screen.put(
        "\(layer.name): \(inputSizeText(layer)) in, \(outputSizeText(layer)) out", 1, row,
        before: size.columns)
      return row + 1
    }
    let (x, y) = (windows.x.formula, windows.y.formula)
    let isSame =
      x.substituted == y.substituted && windows.x.positions == windows.y.positions
    let height = isSame ? "the same: \(windows.y.positions)         " : y.text
    let both = "\(height)   depth = \(depthReason)"
    let isShort = both.unicodeScalars.count <= size.columns - 10
    let parts = [
      ("width", "\(x.symbolic) = \(x.text)"), ("height", isShort ? both : height),
      ("depth", isShort ? "" : depthReason), ("unread", unreadText(windows)),
    ]
    var row = row
    for (label, text) in parts where !text.isEmpty {
      screen.frame.put(label, 1, row)
      for line in brokenAtEquals(text, to: size.columns - 10) {
        screen.put(line, 9, row, before: size.columns)
        row += 1
      }
    }
    return row
  }

  /// An equation in lines that are broken before an `=` where it is too long for one.
  func brokenAtEquals(_ text: String, to width: Int) -> [String] {
    let parts = text.split(separator: " = ").map(String.init)
    return parts.enumerated().reduce(into: []) { lines, part in
      let text = part.offset == 0 ? part.element : "= \(part.element)"
      if let last = lines.last, "\(last) \(text)".unicodeScalars.count <= width {
        lines[lines.count - 1] = "\(last) \(text)"
      } else {
        lines.append(text)
      }
    }
  }

  private var depthReason: String {
    layer.parameters == nil
      ? "the input's depth = \(layer.output.depth)"
      : "number of filters = \(layer.output.depth)"
  }

  func unreadText(_ windows: Windows) -> String {
    let places = [windows.x, windows.y].compactMap { UnreadPlaces($0).text }
    return places.isEmpty ? "no column, no row" : places.joined(separator: ", ")
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

/// A table's rows, the heading first, and the numbers at its right end.
private struct LayerTable {
  var rows: [[String]]
  var products: [String]

  mutating func replace(_ column: Int, with texts: [String]) {
    for (index, text) in texts.enumerated() { rows[index][column] = text }
  }

  var widths: [Int] {
    rows[0].indices.map { column in
      min(40, rows.map { $0[column].unicodeScalars.count }.max() ?? 0)
    }
  }

  /// Columns, with the gaps between them.
  var width: Int {
    let last = products.map(\.unicodeScalars.count).max() ?? 0
    return widths.reduce(2) { $0 + ($1 == 0 ? 0 : $1 + 2) } + last + 1
  }
}

/// Text cut to a width in its middle: names of layers differ in their ends.
func cutInside(_ text: String, to width: Int) -> String {
  let scalars = text.unicodeScalars
  guard scalars.count > width, width > 0 else { return text }
  let (start, end) = (scalars.prefix(width / 2), scalars.suffix(width - width / 2 - 1))
  return String(String.UnicodeScalarView(start)) + "…" + String(String.UnicodeScalarView(end))
}

extension Layer {
  /// `72 + 8 = 80`, the weights and the biases; `0` where there are none.
  fileprivate var weightsAndBiases: String {
    guard let parameters, let bias = parameters.bias else { return grouped(parameterCount) }
    return "\(grouped(parameters.weights.count)) + \(grouped(bias.count)) = "
      + grouped(parameterCount)
  }
}
