import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Lessons
import Walkthrough

/// Where a flat output stands, one number a line: its name, a bar, the number.
private struct FlatOutput {
  let columns: Range<Int>
  let digits: Int
  /// What each number is called, as wide as there is room for; the last resort is its place alone.
  let name: (Int) -> String
  let bars: Range<Int>

  /// Where the numbers end.
  var end: Int { columns.upperBound - 1 }

  init(columns: Range<Int>, digits: Int, layer: Layer, labels: [String]?) {
    self.columns = columns
    self.digits = digits
    let places = "\(layer.output.depth - 1)".count
    // Before the bracket of the current number.
    let barsEnd = columns.upperBound - 2 - digits
    let room = barsEnd - 1 - columns.lowerBound
    let widest: Int
    if let labels {
      name = { "\(padded("\($0)", to: places)) \(labels[$0])" }
      widest = places + 1 + (labels.map(\.unicodeScalars.count).max() ?? 0)
    } else {
      let whole = "\(layer.name)\(Cell(0, 0, layer.output.depth - 1))".unicodeScalars.count
      let isShort = whole + 2 * ToneScale.leastBar > room
      name = { isShort ? padded("\($0)", to: places) : "\(layer.name)\(Cell(0, 0, $0))" }
      widest = isShort ? places : whole
    }
    let names = min(widest, max(places + 3, room - ToneScale.leastBar - 1))
    bars = min(columns.lowerBound + names + 1, barsEnd)..<barsEnd
  }
}

extension View {
  /// A flat output, one number a line under its title, with bars on one scale; what is left out says
  /// so in a line of its own.
  ///
  /// - Parameter headRows: rows for the title.
  func drawFlatOutput(
    _ screen: inout Screen, columns: Range<Int>, rows: Range<Int>, headRows: Int = 1
  ) {
    screen.put(
      "\(layer.name) \(outputSizeText(layer))", columns.lowerBound, rows.lowerBound, .heading,
      before: size.columns)
    let output = FlatOutput(
      columns: columns, digits: max(3, width(of: .layer(layer.index)) + changeMarks),
      layer: layer, labels: subject.labels(of: layer))
    let slots = Slots(
      0..<layer.output.depth, room: rows.count - headRows, showing: step.cell?.depth)
    screen.keep(columns: columns, rows: rows.prefix(headRows + slots.count))
    for (line, place) in slots.places.enumerated() {
      let row = rows.lowerBound + headRows + line
      guard let index = place else {
        let hidden = "… \(grouped(slots.hidden(at: line).count)) more"
        screen.put(hidden, columns.lowerBound, row, .faint, before: columns.upperBound)
        continue
      }
      draw(&screen, output, index, row: row)
    }
  }

  private func draw(_ screen: inout Screen, _ output: FlatOutput, _ index: Int, row: Int) {
    let (cell, digits, end) = (Cell(0, 0, index), output.digits, output.end)
    let isCurrent = step.cell == cell
    let isKnown = index < step.cellsDone
    let isHidden = isCurrent && hidesResult || hides(cell, of: layer.name)
    let isChanged = isKnown && !isHidden && isChanged(cell, of: layer)
    let column = output.columns.lowerBound
    screen.frame.put(
      cutInside(output.name(index), to: output.bars.lowerBound - 1 - column), column, row, .faint)
    let start = screen.frame.put(
      isKnown ? resultText(cell, fitting: digits - changeMarks) : "·", endingAt: end, row,
      isChanged ? .changed : isCurrent ? .current : isKnown ? .result : .unknown)
    if isChanged { screen.frame.put("~", start - 1, row, .changed) }
    screen.note(.cell(layer.name, cell), columns: end - digits..<end, row: row)
    if isKnown, !isHidden, let scale = shown.scales[.layer(layer.index)],
      let value = activations.output(of: layer.index)?[cell]
    {
      scale.drawBar(value, on: &screen, output.bars, row)
    }
    if isCurrent {
      screen.frame.put("[", end - digits - 1, row, .current)
      screen.frame.put("]", end, row, .current)
      if place.grain > .product { screen.frame.cursor = Point(column: end - 1, row: row) }
    }
    screen.add(
      .goTo(Address(layer: layer.name, part: .cell(cell))), columns: output.columns, row: row)
  }
}
