import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

extension View {
  /// A layer that makes each cell from one cell of each input: ReLU cuts, flatten moves, a
  /// concatenation chooses, an addition adds.
  func drawElementwise(_ screen: inout Screen, _ account: CellAccount?) {
    guard let inputs = activations.inputs(of: place.layer) else { return }
    let (index, from) = originShown
    let codeRow = elementwiseCodeRow(under: layer.inputs[index])
    let (input, source) = (inputs[index], layer.sources[index])
    let map = from?.depth ?? 0
    let digits = max(3, width(of: source))
    let shape = layer.inputs[index]
    var grid = inputGrid(
      input, depth: map, of: network.name(of: source), cellWidth: digits + 1, digits: digits
    ) {
      $0 == from ? .current : .plain
    }
    grid.bracket = from.map { NumberGrid.Region($0) }
    let half = gridsEnd / 2 - 2
    grid.crop(
      columns: max(1, (half - grid.labelWidth - 1) / grid.cellWidth), rows: codeRow - 4,
      around: grid.bracket)
    drawDepths(
      &screen, title: "\(network.name(of: source)) \(inputSizeText(layer, index))",
      depths: 0..<shape.depth, shown: map,
      at: 1, 1, before: half + 1)
    grid.draw(on: &screen, 0, 2)
    let column = half + 3
    if layer.output.isFlat {
      drawVector(&screen, at: column, rows: 1..<codeRow - 1)
    } else {
      drawOutput(
        &screen, layer, map: step.map, knownCells: step.cellsDone, current: step.cell, at: column,
        1, columns: gridsEnd - column, rows: codeRow - 2)
    }
    drawSideOverview(&screen)
    drawCode(&screen, row: codeRow)
    guard !coversBottom else { return }
    drawCellBottom(&screen, account, rows: codeRow + 1..<size.rows - 2)
  }

  /// The row of the line of code: on a tall screen right under the grids, else as low as it can be.
  private func elementwiseCodeRow(under input: Shape) -> Int {
    let output = layer.output.isFlat ? layer.output.depth - 1 : layer.output.height
    let lines = max(input.height, output) + 4
    let bottom = size.rows - (coversBottom ? 9 : 7)
    let isTall = size.rows >= View.tallScreen && !coversBottom && gridsEnd == size.columns
    return isTall ? min(bottom, lines) : bottom
  }

  private func drawCellBottom(
    _ screen: inout Screen, _ account: CellAccount?, rows: Range<Int>
  ) {
    let narration = walk.narration(place, account: account)
    let equation =
      account.map {
        cutBetweenTerms("\(layer.name)\($0.cell) = \($0.equation)", to: size.columns - 2)
      } ?? ""
    drawProse(
      &screen, [equation, narration.sentences.joined(separator: " "), narration.next], at: 1,
      rows: rows, width: size.columns - 2)
  }

  /// A flat output, one number a line.
  private func drawVector(_ screen: inout Screen, at column: Int, rows: Range<Int>) {
    drawFlatOutput(&screen, columns: column..<gridsEnd, rows: rows)
  }
}
