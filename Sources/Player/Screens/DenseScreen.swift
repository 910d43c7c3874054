import Canvas
import ConvolutionEngine
import ExactNumbers
import Walkthrough

extension View {
  /// A dot product: inputs times weights, one line each, and the running sum.
  func drawDense(_ screen: inout Screen, _ account: CellAccount?) {
    // On a tall screen the sum stands right under what it sums up.
    let lines = max(layer.productsPerCell, layer.output.depth)
    let codeRow =
      size.rows < View.tallScreen || coversBottom ? size.rows - 9 : min(size.rows - 9, lines + 4)
    drawDots(&screen, account, rows: 1..<codeRow)
    drawOutputs(&screen, rows: 1..<codeRow)
    drawCode(&screen, row: codeRow)
    drawDotTotal(&screen, account, row: codeRow + 1)
    drawNarration(&screen, account, rows: codeRow + 1..<size.rows - 2)
  }

  private func drawDots(_ screen: inout Screen, _ account: CellAccount?, rows: Range<Int>) {
    let lines = min(rows.count, layer.productsPerCell + 2)
    screen.keep(columns: 0..<57, rows: rows.prefix(lines))
    let source = network.name(of: layer.sources[0])
    let map = step.map
    let weights = names.filter(layer, map)
    let heads = [("place", 8), (source, 18), (weights, 29), ("product", 40), ("sum so far", 54)]
    screen.put(
      "\(source) \(inputSizeText(layer)) · \(weights)", 1, rows.lowerBound, .heading, before: 56)
    for (head, end) in heads {
      screen.frame.put(cut(head, to: 10), endingAt: end, rows.lowerBound + 1, .heading)
    }
    guard case .weightedSum(let sum) = account?.working else {
      screen.frame.put("·", endingAt: 8, rows.lowerBound + 2, .unknown)
      return
    }
    let slots = Slots(
      0..<sum.products.count, room: rows.count - 2,
      showing: place.grain == .product ? step.productsDone - 1 : nil)
    var soFar = Number(0)
    for (line, place) in slots.places.enumerated() {
      let row = rows.lowerBound + 2 + line
      guard let index = place else {
        let hidden = slots.hidden(at: line)
        for end in heads.map(\.1) { screen.frame.put("…", endingAt: end, row, .faint) }
        soFar = Number.sum([soFar, sum.sum(hidden)])
        continue
      }
      soFar = Number.sum([soFar, sum.products[index]])
      drawDot(&screen, sum, index, soFar: soFar, row: row)
    }
  }

  /// One input times its weight, and what it comes to with those before.
  private func drawDot(
    _ screen: inout Screen, _ sum: WeightedSum, _ index: Int, soFar: Number, row: Int
  ) {
    let isKnown = index < step.productsDone
    let isCurrent = place.grain == .product && index == step.productsDone - 1
    let role: Role = isCurrent ? .current : isKnown ? .result : .plain
    func text(_ number: Number, of products: Range<Int>, fitting width: Int) -> String {
      guard isKnown else { return "·" }
      return cover.hides(products) ? "?" : number.text(fitting: width)
    }
    if isCurrent { screen.point(0, row) }
    screen.frame.put("\(index)", endingAt: 8, row, .faint)
    screen.frame.put(
      sum.inputs[index].map { inputText($0, index) } ?? ":", endingAt: 18, row,
      isCurrent ? .current : .plain
    )
    screen.frame.put("·", 20, row, .faint)
    screen.frame.put(
      sum.weights[index].text(fitting: 8), endingAt: 29, row, isCurrent ? .current : .plain)
    screen.frame.put("=", 31, row, .faint)
    let product = text(sum.products[index], of: index..<index + 1, fitting: 8)
    screen.frame.put(product, endingAt: 40, row, role)
    screen.frame.put(text(soFar, of: 0..<index + 1, fitting: 12), endingAt: 54, row, role)
  }

  private func inputText(_ number: Number, _ index: Int) -> String {
    hides(layer.input.cell(at: index), of: network.name(of: layer.sources[0]))
      ? "?" : number.text(fitting: 9)
  }

  /// The outputs, one a line.
  private func drawOutputs(_ screen: inout Screen, rows: Range<Int>) {
    drawFlatOutput(&screen, columns: 59..<size.columns, rows: rows, headRows: 2)
  }

  private func drawDotTotal(_ screen: inout Screen, _ account: CellAccount?, row: Int) {
    var sum: WeightedSum?
    if case .weightedSum(let working) = account?.working { sum = working }
    let isDone = account != nil && step.isComplete
    var lines: [(String, Number?)] = [
      (
        counted(layer.productsPerCell, "product"),
        isDone ? sum.map { $0.sum(0..<$0.products.count) } : nil
      )
    ]
    if layer.parameters?.bias != nil {
      lines.append(("bias \(names.bias(layer, step.map))", isDone ? sum?.bias : nil))
    }
    lines.append(
      ("\(layer.name)\(step.cell ?? Cell(0, 0, 0))", isDone ? account?.total : nil))
    for (line, (label, value)) in lines.enumerated() {
      screen.frame.put(cutInside(label, to: 23), 2, row + line)
      screen.frame.put("=", 26, row + line, .faint)
      screen.frame.put(
        value?.text(fitting: 13) ?? "·", endingAt: 41, row + line,
        value == nil ? .unknown : .result)
    }
  }
}
