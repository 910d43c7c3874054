import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// What a weight multiplies.
struct WeightUseScreen: OverlayContent {
  static let help = "what this weight meets"

  /// The weight's place in its filter, its depth counted in the input.
  let tap: Cell
  let map: Int

  var overlay: Overlay { .weightUse(self) }

  func draw(on screen: inout Screen, _ view: View) {
    view.drawWeightUse(&screen, of: tap, map: map)
  }
}

extension Player {
  mutating func showWeightUse() -> [Effect] {
    guard let cell = step.cell, layer.parameters != nil, layer.windows != nil else {
      say("Stand on a window of a convolution first; \(key(.next)) goes forward.")
      return []
    }
    return open(WeightUseScreen(tap: multipliedTap ?? Cell(0, 0, shownDepth), map: cell.depth))
  }
}

extension View {
  /// A weight, and every input that it multiplies.
  fileprivate func drawWeightUse(_ screen: inout Screen, of tap: Cell, map: Int) {
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
  }
}
