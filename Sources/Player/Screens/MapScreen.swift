import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

extension View {
  /// All depths of the input at once, one digit a cell, beside the maps that have been made.
  ///
  /// - Returns: false where the input is too large or its numbers too wide; nothing is drawn.
  func drawMapScreen(_ screen: inout Screen) -> Bool {
    guard let input = activations.inputs(of: place.layer)?.first,
      let filter = layer.parameters?.filter, layer.groups == 1,
      let bounds = input.numerators?.bounds
    else { return false }
    let shape = layer.input
    // Its heading may be wider than a plane.
    let planeWidth = max(shape.width + 3, "depth \(shape.depth - 1)".count + 2)
    let mapColumn = 2 + shape.depth * planeWidth
    let maps = outputGrid(layer, map: 0, knownCells: 0)
    let rows = size.rows - 10
    guard input.denominator == 1, bounds.lowerBound >= 0, bounds.upperBound <= 9,
      shape.height < rows - 1, layer.output.height * 2 + 4 <= rows,
      mapColumn + maps.width + 1 <= size.columns
    else { return false }
    drawPlanes(&screen, input, bounds, planeWidth)
    drawMaps(&screen, at: mapColumn, rows: rows)
    let filterRow = max(3 + shape.height, 4 + 2 * (layer.output.height + 1))
    drawWholeFilter(&screen, filter, row: filterRow)
    let narration = walk.narration(place, account: nil)
    drawProse(
      &screen, [narration.sentences.joined(separator: " "), note(ofMap: step.map)], at: 1,
      rows: filterRow + max(filter.height, 3) + 1..<size.rows - 2, width: size.columns - 2)
    return true
  }

  private func note(ofMap map: Int) -> String {
    guard let notes = subject.notes[layer.name], notes.indices.contains(map), place.position > 0
    else { return "" }
    return notes[map]
  }

  private func drawPlanes(
    _ screen: inout Screen, _ input: Tensor, _ bounds: ClosedRange<Int128>, _ planeWidth: Int
  ) {
    let name = network.name(of: layer.sources[0])
    screen.frame.put(
      "\(name) \(inputSizeText(layer)), all depths (\(bounds.lowerBound) to \(bounds.upperBound), "
        + "one digit a cell)", 1, 1, .heading)
    for depth in 0..<layer.input.depth {
      let column = 2 + depth * planeWidth
      screen.put("depth \(depth)", column, 2, .heading, before: column + planeWidth)
      for y in 0..<layer.input.height {
        for x in 0..<layer.input.width {
          let cell = Cell(x, y, depth)
          screen.frame.put(inputText(input, cell), column + x, 3 + y)
          screen.frame.tint(column + x..<column + x + 1, 3 + y, inputTint(input, cell))
        }
      }
    }
  }

  /// The map now made and, above it, the one before.
  private func drawMaps(_ screen: inout Screen, at column: Int, rows: Int) {
    let now = step.map
    let isStart = place.position == 0
    screen.keep(columns: column - 1..<size.columns, rows: 1..<4 + 2 * (layer.output.height + 2))
    var row = 2
    for map in max(0, now - 1)...now {
      let isNow = map == now
      let state = isStart ? "next" : isNow ? "now" : "done"
      let number = isNow ? "[\(map)]" : "\(map)"
      screen.put(
        "\(layer.name) map \(number)  \(state)", column, row, .heading, before: size.columns)
      var grid = outputGrid(layer, map: map, knownCells: step.cellsDone)
      grid.hasColumnNumbers = false
      grid.labelDigits = 0
      grid.labelWidth = 1
      grid.numbered.rows = 0..<0
      if isNow, !isStart {
        grid.bracket = grid.all
      }
      grid.draw(on: &screen, column - 1, row + 2)
      row += layer.output.height + 2
    }
  }

  /// Every depth of the filter side by side.
  private func drawWholeFilter(_ screen: inout Screen, _ filter: Shape, row: Int) {
    guard let parameters = layer.parameters else { return }
    let map = step.map
    let title = "\(names.filter(layer, map)) \(filter)"
    screen.frame.put(title, 1, row, .heading)
    let digits = max(2, weightWidth)
    let planeWidth = max(
      filter.width * (digits + 1) + 1, "depth \(filter.depth - 1)".count + 1)
    let start = max(15, title.unicodeScalars.count + 3)
    if let bias = parameters.bias {
      screen.frame.put("\(names.bias(layer, map)) = \(bias[map].text)", 1, row + 3)
    }
    for depth in 0..<filter.depth {
      let column = start + depth * planeWidth
      guard column + planeWidth <= size.columns + 1 else {
        screen.put(
          "… of \(counted(filter.depth, "depth"))", column, row, .faint, before: size.columns)
        return
      }
      screen.frame.put("depth \(depth)", column, row, .heading)
      let slots = Slots(0..<filter.height, room: size.rows - 3 - row)
      for (line, j) in slots.places.enumerated() {
        for i in 0..<filter.width {
          let weight = j.map { parameters.weight(map, Cell(i, $0, depth)).text(fitting: digits) }
          screen.frame.put(
            weight ?? "…", endingAt: column + i * (digits + 1) + 1 + (digits - 2), row + 1 + line)
        }
      }
    }
  }
}
