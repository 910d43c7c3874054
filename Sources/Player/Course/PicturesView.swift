import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// The view `pictures` of a stop: what a filter makes of a picture, as pictures.
extension View {
  /// Multiply-adds of a layer that is evaluated while its map is drawn: less than a millisecond.
  private static let mostProducts = 1 << 20

  /// Draws the input, the filter and the map; the walk's own screen where the layer is no convolution
  /// or too large.
  func drawPictures(_ screen: inout Screen) {
    guard layer.form == .filters, let parameters = layer.parameters,
      layer.multiplyAdds <= View.mostProducts, layer.input.count <= 1 << 16,
      let input = activations.inputs(of: place.layer)?.first
    else { return drawWalk(&screen) }
    let rows = 2..<coveredRows.lowerBound - 2
    let filterWidth = parameters.filter.width * (weightWidth + 1) + 3
    let room = Size(columns: (size.columns - filterWidth - 12) / 2, rows: rows.count)
    let name = network.name(of: layer.sources[0])
    screen.put("\(name) \(inputSizeText(layer))", 1, 1, .heading, before: size.columns)
    let source = MapPicture(input, depth: shownDepth, room: room)
    source.draw(on: &screen, 2, rows.lowerBound)
    if let window = windowOnInput {
      source.mark(
        columns: window.columns, rows: window.rows, on: &screen, 2, rows.lowerBound)
    }
    let column = 2 + source.size.columns + 4
    drawFilterNumbers(&screen, parameters, at: column, rows)
    drawMap(&screen, at: column + filterWidth + 2, rows, room)
    drawCellLine(&screen, row: coveredRows.lowerBound - 2)
  }

  private func drawFilterNumbers(
    _ screen: inout Screen, _ parameters: Parameters, at column: Int, _ rows: Range<Int>
  ) {
    screen.put(names.filter(layer, step.map), column, 1, .heading, before: size.columns)
    let slice = shownDepth - shownDepths.lowerBound
    let digits = weightWidth
    for j in 0..<min(parameters.filter.height, rows.count) {
      for i in 0..<parameters.filter.width {
        let weight = parameters.weight(step.map, Cell(i, j, slice))
        screen.frame.put(
          weight.text(fitting: digits), endingAt: column + (i + 1) * (digits + 1),
          rows.lowerBound + j)
      }
    }
  }

  /// The map, on one scale from its beginning to its end; what is not made yet is `·`.
  private func drawMap(
    _ screen: inout Screen, at column: Int, _ rows: Range<Int>, _ room: Size
  ) {
    var evaluated = activations
    guard let output = try? evaluated.evaluate(place.layer) else { return }
    screen.put(
      "\(layer.name) \(outputSizeText(layer))  map [\(step.map)]", column, 1, .heading,
      before: size.columns)
    let picture = MapPicture(output, depth: step.map, room: room)
    let known = place.position == 0 ? 0 : step.cellsDone
    picture.draw(
      on: &screen, column + 1, rows.lowerBound, hiding: hidesResult ? step.cell : nil
    ) { layer.output.index(Cell($0.x, $0.y, step.map)) < known }
    if let cell = step.cell {
      picture.mark(
        columns: cell.x..<cell.x + 1, rows: cell.y..<cell.y + 1, on: &screen, column + 1,
        rows.lowerBound)
    }
    drawScale(
      &screen, picture.scale, column, rows.upperBound, end: size.columns)
  }

  /// `v[1,0,0] = 6`
  private func drawCellLine(_ screen: inout Screen, row: Int) {
    guard let cell = step.cell, step.isComplete else { return }
    let sign = hidesResult ? "?" : valueText(cell, of: layer, fitting: 12)
    let relation = sign.hasPrefix("≈") ? "" : "= "
    screen.put("\(layer.name)\(cell) \(relation)\(sign)", 1, row, .result, before: size.columns)
  }
}
