import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Lessons
import Walkthrough

/// The views that a lesson's stop can ask for besides the walk's own screen.
extension View {
  func drawView(_ screen: inout Screen, _ course: Course) {
    guard !course.isWandering || course.stop.view == .pictures else {
      drawWalk(&screen)
      drawPanels(&screen)
      return
    }
    if let turned = course.turned { return turned.drawStop(on: &screen, self) }
    switch course.stop.view {
    case .walk, .text: drawWalk(&screen)
    case .table: drawLayerScreen(&screen)
    case .column: drawColumn(&screen)
    case .stretched: drawStretched(&screen)
    case .strip: drawStripView(&screen, course)
    case .readers: drawReadersView(&screen, course)
    case .shift: drawShift(&screen, course)
    case .pictures: drawPictures(&screen, course)
    }
  }

  /// One window under every filter: depths are added, filters are stacked.
  private func drawColumn(_ screen: inout Screen) {
    guard let windows = layer.windows, let filter = layer.parameters?.filter,
      let input = activations.inputs(of: place.layer)?.first, let cell = step.cell
    else {
      drawWalk(&screen)
      return
    }
    drawDepths(
      &screen, title: "\(network.name(of: layer.sources[0])) \(inputSizeText(layer))",
      depths: shownDepths,
      shown: shownDepth, at: 1, 1, before: 39, isClickable: true)
    var grid = inputGrid(input, depth: shownDepth)
    grid.bracket = NumberGrid.Region(windows, of: cell)
    grid.bracketsNumbers = true
    grid.crop(columns: 36 / grid.cellWidth - 1, rows: 12, around: grid.bracket)
    grid.draw(on: &screen, 0, 2)
    drawSliceSums(&screen, filter, cell, at: 39)
  }

  /// A line a filter: its slice sums in the window, its bias, and the cell that they make.
  private func drawSliceSums(
    _ screen: inout Screen, _ filter: Shape, _ cell: Cell, at column: Int
  ) {
    screen.frame.put("the same window under each filter", column, 1, .heading)
    screen.frame.put("slice sums, depth", column, 3, .faint)
    let depths = Slots(0..<filter.depth, room: (size.columns - column - 29) / 4 + 1)
    let hasBias = layer.parameters?.bias != nil
    let biasEnd = column + 12 + (depths.count - 1) * 4 + (hasBias ? 10 : 3)
    for (slot, depth) in depths.places.enumerated() {
      screen.frame.put(depth.map { "\($0)" } ?? "…", endingAt: column + 12 + slot * 4, 4, .faint)
    }
    if hasBias { screen.frame.put("bias", endingAt: biasEnd, 4, .faint) }
    screen.frame.put(layer.name, endingAt: biasEnd + 7, 4, .faint)
    let maps = Slots(0..<layer.output.depth, room: 7, showing: cell.depth)
    for (line, map) in maps.places.enumerated() {
      let row = 6 + line
      guard let map else {
        screen.frame.put("…", column, row, .faint)
        continue
      }
      drawSliceSums(
        &screen, of: Cell(cell.x, cell.y, map), depths, biasEnd: biasEnd, at: column, row)
    }
    guard !hidesResult else { return }
    let values = maps.places.map { map in
      map.flatMap {
        (try? activations.value(of: Cell(cell.x, cell.y, $0), in: place.layer))?.text
      } ?? "…"
    }
    screen.put(
      "\(layer.name)[\(cell.x),\(cell.y),:] = (\(values.joined(separator: ", ")))", column, 13,
      .result, before: size.columns)
  }

  private func drawSliceSums(
    _ screen: inout Screen, of cell: Cell, _ depths: Slots, biasEnd: Int, at column: Int,
    _ row: Int
  ) {
    // Of a cell that does not fit there are no sums to show.
    guard let account = try? activations.account(of: cell, in: place.layer),
      case .weightedSum(let sum) = account.working
    else { return }
    screen.put(names.filter(layer, cell.depth), column, row, .heading, before: column + 9)
    for (slot, depth) in depths.places.enumerated() {
      screen.frame.put(
        depth.map { sum.sum(sum.slice($0)).text(fitting: 3) } ?? "…",
        endingAt: column + 12 + slot * 4, row)
    }
    if let bias = sum.bias { screen.frame.put(bias.text(fitting: 4), endingAt: biasEnd, row) }
    screen.frame.put("=", biasEnd + 2, row, .faint)
    screen.frame.put(
      hidesResult ? "?" : account.total.text(fitting: 4), endingAt: biasEnd + 7, row, .result)
  }

  /// The window as one row of numbers, the filter as another: the dot product as such.
  private func drawStretched(_ screen: inout Screen) {
    guard let account = try? account(), case .weightedSum(let sum) = account.working else {
      drawWalk(&screen)
      return
    }
    let name = network.name(of: layer.sources[0])
    let filter = names.filter(layer, account.cell.depth)
    let perLine = 25
    let width = max(3, max(weightWidth, self.width(of: layer.sources[0])) + 1)
    let shown = min(perLine, (size.columns - 5) / width)
    screen.put(
      "The window of \(name) and \(filter), \(grouped(sum.products.count)) numbers each, depth by depth",
      1,
      1,
      .heading, before: size.columns)
    let starts = Array(stride(from: 0, to: sum.products.count, by: shown))
    let lines = Slots(starts.indices, room: (coveredRows.lowerBound - 2) / 3)
    for (index, line) in lines.places.enumerated() {
      let row = 2 + 3 * index
      guard let line else {
        let hidden = lines.hidden(at: index).count * shown
        screen.frame.put("… \(grouped(hidden)) more of each", 4, row, .faint)
        continue
      }
      let start = starts[line]
      screen.frame.put(padded("\(start)", to: 4), 0, row, .faint)
      for index in start..<min(sum.products.count, start + shown) {
        let end = 4 + (index - start + 1) * width
        screen.frame.put(
          sum.inputs[index]?.text(fitting: width - 1) ?? ":", endingAt: end, row, .window)
        screen.frame.put(sum.weights[index].text(fitting: width - 1), endingAt: end, row + 1)
      }
    }
    let last = coveredRows.lowerBound - 1
    let products = Number.sum(sum.products)
    screen.put(
      "dot product \(products.text)" + (sum.bias.map { ", bias \($0.text)" } ?? "")
        + (hidesResult ? "" : ", together \(account.total.text)"), 1, last, .result,
      before: size.columns)
  }

  private func drawStripView(_ screen: inout Screen, _ course: Course) {
    guard let windows = layer.windows?.x else {
      drawWalk(&screen)
      return
    }
    let name = network.name(of: layer.sources[0])
    screen.put(
      "\(name) is \(inputSizeText(layer)); one row of it:", 1, 1, .heading, before: size.columns)
    drawStrip(
      &screen, windows, name: name, row: 2,
      rows: min(10, windows.positions + (windows.hasNoRoom ? 3 : 2)))
    guard !isAsked(windows.positions) else { return }
    let formula = "\(windows.formula.symbolic) = \(windows.formula.text)"
    let lines = brokenAtEquals(formula, to: size.columns - 2).prefix(2)
    for (index, line) in lines.enumerated() {
      screen.put(line, 1, 14 - lines.count + index, .code, before: size.columns)
    }
  }

  private func drawReadersView(_ screen: inout Screen, _ course: Course) {
    guard let cell = course.readInput ?? askedInput else {
      drawWalk(&screen)
      return
    }
    drawReaders(
      &screen, of: cell, titleRow: 1,
      isAsked: course.phase != .reading && course.awaitsAnswer)
  }

  /// The input's pattern and the first map: the arrow keys move the one, the other follows.
  private func drawShift(_ screen: inout Screen, _ course: Course) {
    guard let input = activations.inputs(of: place.layer)?.first else { return }
    screen.put(
      "\(network.name(of: layer.sources[0])) \(inputSizeText(layer))"
        + (course.awaitsAnswer ? "" : ": the arrow keys move it"), 1, 1, .heading,
      before: 40)
    var grid = inputGrid(input, depth: 0)
    grid.crop(columns: 36 / grid.cellWidth - 1, rows: 11, around: nil)
    grid.draw(on: &screen, 0, 2)
    drawOutput(
      &screen, layer, map: 0, knownCells: layer.output.count, current: nil, at: 40, 1,
      columns: size.columns - 40, rows: 13)
  }
}

extension Course {
  /// The input cell that the stop itself names: before the key the one of `from`, then of `at`.
  fileprivate var readInput: Cell? {
    guard let address = (phase == .reading ? stop.from : stop.at ?? stop.from)?.step,
      address.layer == lesson.scenes[stop.scene]?.network.inputName,
      case .cell(let cell) = address.part
    else { return nil }
    return cell
  }
}
