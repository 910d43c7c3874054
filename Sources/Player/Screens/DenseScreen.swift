import Canvas
import ConvolutionEngine
import Walkthrough

extension Player {
  /// A dot product: inputs times weights, one line each, and the running sum.
  func drawDense(_ scene: inout Scene, _ account: CellAccount?) {
    let codeRow = size.rows - 9
    drawDots(&scene, account, rows: 1..<codeRow)
    drawOutputs(&scene, rows: 1..<codeRow)
    drawCode(&scene, row: codeRow)
    drawDotTotal(&scene, account, row: codeRow + 1)
    drawNarration(&scene, account, rows: codeRow + 1..<size.rows - 2)
  }

  private func drawDots(_ scene: inout Scene, _ account: CellAccount?, rows: Range<Int>) {
    let source = network.name(of: layer.sources[0])
    let map = step.map
    let weights = names.filter(layer, map)
    let heads = [("place", 8), (source, 18), (weights, 29), ("product", 40), ("sum so far", 54)]
    scene.put("\(source) \(layer.input) · \(weights)", 1, rows.lowerBound, .heading, before: 56)
    for (head, end) in heads {
      scene.frame.put(cut(head, to: 10), endingAt: end, rows.lowerBound + 1, .heading)
    }
    guard case .weightedSum(let sum) = account?.working else {
      scene.frame.put("·", endingAt: 8, rows.lowerBound + 2, .unknown)
      return
    }
    let lines = rows.count - 2
    let done = step.productsDone
    let current = place.grain == .product ? done - 1 : 0
    let first = max(0, min(current - lines / 2, sum.products.count - lines))
    var soFar = sum.sum(0..<first)
    for (line, index) in (first..<min(sum.products.count, first + lines)).enumerated() {
      let row = rows.lowerBound + 2 + line
      let isKnown = index < done
      let isCurrent = place.grain == .product && index == done - 1
      let role: Role = isCurrent ? .current : isKnown ? .result : .plain
      if isCurrent { scene.frame.put("▸", 0, row, .current) }
      scene.frame.put("\(index)", endingAt: 8, row, .faint)
      scene.frame.put(
        sum.inputs[index]?.text(fitting: 9) ?? ":", endingAt: 18, row, isCurrent ? .current : .plain
      )
      scene.frame.put("·", 20, row, .faint)
      scene.frame.put(
        sum.weights[index].text(fitting: 8), endingAt: 29, row, isCurrent ? .current : .plain)
      scene.frame.put("=", 31, row, .faint)
      soFar = Number.sum([soFar, sum.products[index]])
      scene.frame.put(isKnown ? sum.products[index].text(fitting: 8) : "·", endingAt: 40, row, role)
      scene.frame.put(isKnown ? soFar.text(fitting: 12) : "·", endingAt: 54, row, role)
    }
    if first > 0 { scene.frame.put("…", 2, rows.lowerBound + 2, .faint) }
    if first + lines < sum.products.count {
      scene.frame.put("…", 2, rows.upperBound - 1, .faint)
    }
  }

  /// The outputs, one a line.
  private func drawOutputs(_ scene: inout Scene, rows: Range<Int>) {
    let column = 59
    scene.put(
      "\(layer.name) \(layer.output)", column, rows.lowerBound, .heading, before: size.columns)
    let lines = rows.count - 2
    let current = step.cell?.depth ?? 0
    let digits = max(3, width(of: .layer(layer.index)))
    let end = size.columns - 1
    let first = max(0, min(current - lines / 2, layer.output.depth - lines))
    for (line, index) in (first..<min(layer.output.depth, first + lines)).enumerated() {
      let row = rows.lowerBound + 2 + line
      let cell = Cell(0, 0, index)
      let isCurrent = step.cell == cell
      let isKnown = index < step.cellsDone
      let text = isKnown ? valueText(cell, of: layer, fitting: digits) : "·"
      scene.put("\(layer.name)\(cell)", column, row, .faint, before: end - digits - 1)
      scene.frame.put(
        text, endingAt: end, row, isCurrent ? .current : isKnown ? .result : .unknown)
      if isCurrent {
        scene.frame.put("[", end - digits - 1, row, .current)
        scene.frame.put("]", end, row, .current)
      }
      scene.add(
        .goTo(Address(layer: layer.name, part: .cell(cell))), columns: column..<size.columns,
        row: row)
    }
    if first > 0 { scene.frame.put("…", column - 2, rows.lowerBound + 2, .faint) }
    if first + lines < layer.output.depth {
      scene.frame.put("…", column - 2, rows.upperBound - 1, .faint)
    }
  }

  private func drawDotTotal(_ scene: inout Scene, _ account: CellAccount?, row: Int) {
    var sum: WeightedSum?
    if case .weightedSum(let working) = account?.working { sum = working }
    let isDone = account != nil && step.isComplete
    var lines: [(String, Number?)] = [
      (
        "\(layer.productsPerCell) products",
        isDone ? sum.map { $0.sum(0..<$0.products.count) } : nil
      )
    ]
    if layer.parameters?.bias != nil {
      lines.append(("bias \(names.bias(layer, step.map))", isDone ? sum?.bias : nil))
    }
    lines.append(
      ("\(layer.name)\(step.cell ?? Cell(0, 0, 0))", isDone ? account?.total : nil))
    for (line, (label, value)) in lines.enumerated() {
      scene.put(label, 2, row + line, before: 26)
      scene.frame.put("=", 26, row + line, .faint)
      scene.frame.put(
        value?.text(fitting: 13) ?? "·", endingAt: 41, row + line,
        value == nil ? .unknown : .result)
    }
  }
}
