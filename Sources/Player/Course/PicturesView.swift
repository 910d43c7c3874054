import Canvas
import ConvolutionEngine
import ExactNumbers
import Lessons
import Walkthrough

/// The view `pictures` of a stop: what a filter makes of a picture, as pictures.
struct FilterPictures {
  let input: PictureWish
  let map: PictureWish
  /// The columns that the filter's numbers take.
  let filterWidth: Int

  var wishes: [PictureWish] { [input, map] }
}

extension View {
  /// Multiply-adds of a layer that is drawn so; a larger one keeps the walk's own screen.
  private static let mostProducts = 1 << 20

  private var pictureRows: Range<Int> { 2..<coveredRows.lowerBound - 2 }

  /// The pictures that such a stop draws; nil where the layer is no convolution or too large, and for
  /// every other stop.
  func filterPictures(_ course: Course?) -> FilterPictures? {
    guard let course, course.stop.view == .pictures, layer.form == .filters,
      let parameters = layer.parameters, layer.multiplyAdds <= View.mostProducts,
      layer.input.count <= 1 << 16
    else { return nil }
    let width = parameters.filter.width * (weightWidth + 1) + 3
    let room = Size(columns: (size.columns - width - 12) / 2, rows: pictureRows.count)
    return FilterPictures(
      input: PictureWish(layer.sources[0], depth: shownDepth, room: room),
      map: PictureWish(.layer(place.layer), depth: step.map, room: room), filterWidth: width)
  }

  /// Draws the input, the filter and the map, as far as their pictures are made.
  func drawPictures(_ screen: inout Screen, _ course: Course) {
    guard let pictures = filterPictures(course), let parameters = layer.parameters else {
      return drawWalk(&screen)
    }
    let name = network.name(of: layer.sources[0])
    screen.put("\(name) \(inputSizeText(layer))", 1, 1, .heading, before: size.columns)
    guard let source = picture(pictures.input), let map = picture(pictures.map) else { return }
    source.draw(on: &screen, 2, pictureRows.lowerBound)
    if let window = windowOnInput {
      source.mark(
        columns: window.columns, rows: window.rows, on: &screen, 2, pictureRows.lowerBound)
    }
    let column = 2 + source.size.columns + 4
    drawFilterNumbers(&screen, parameters, at: column, pictureRows)
    drawMap(&screen, map, at: column + pictures.filterWidth + 2)
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
  private func drawMap(_ screen: inout Screen, _ picture: MapPicture, at column: Int) {
    let rows = pictureRows
    screen.put(
      "\(layer.name) \(outputSizeText(layer))  map [\(step.map)]", column, 1, .heading,
      before: size.columns)
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
