import Canvas
import ConvolutionEngine
import ExactNumbers
import Walkthrough

extension View {
  /// The line of code of the current step's cell.
  var codeLine: String {
    CellCode(layer, in: network, notation).line(step.cell ?? Cell(0, 0, step.map))
  }

  func drawCode(_ screen: inout Screen, row: Int) {
    screen.keep(columns: 0..<size.columns, rows: row..<row + 1)
    let label = notation == .numpy ? "" : notation.title
    screen.frame.put(cutInside(codeLine, to: size.columns - label.count - 3), 1, row, .code)
    screen.frame.put(label, endingAt: size.columns - 1, row, .faint)
  }

  /// Where the parts of the column stand: fixed for a layer, so that nothing moves in it.
  private struct SumLayout {
    /// Where the first row sum starts; nil where the row sums do not fit.
    var terms: Int?
    var termWidth: Int
    var equals = 34
    /// How wide the sums at the column's right can get.
    var valueWidth: Int
    var valueEnd: Int { equals + 2 + max(4, valueWidth) }
    /// Sentences begin here, or further right where the sums are wider.
    var prose: Int { max(44, valueEnd + 2) }

    /// Sentences are never set narrower, nor the labels of the sums.
    static let leastProse = 32
    static let leastLabel = 18
  }

  /// Row sums are left out where sentences would get too narrow; then labels give way to wide sums.
  private var sumLayout: SumLayout {
    let filter = layer.parameters?.filter
    let measures = measuresOfLayer
    let widest = measures.map { max($0.sliceSum, $0.total) } ?? ShownWalk.widestColumn
    let most = size.columns - SumLayout.leastProse - SumLayout.leastLabel - 4
    let width = max(2, measures?.rowSum ?? ShownWalk.widestColumn)
    var layout = SumLayout(terms: nil, termWidth: width, valueWidth: min(widest, most))
    if let filter, filter.height > 1 {
      let label = "depth \(shownDepths.upperBound - 1)".count + 2
      let start = max(13 - width, label + 1)
      var whole = layout
      whole.terms = start
      whole.equals = max(34, start + filter.height * (width + 3) - 2)
      if size.columns - whole.prose >= SumLayout.leastProse { return whole }
    }
    let room = size.columns - SumLayout.leastProse - 4 - layout.valueWidth
    layout.equals = max(SumLayout.leastLabel, min(34, room))
    return layout
  }

  /// The sum as a school column: each depth's row sums, the bias, and the total.
  func drawSums(_ screen: inout Screen, _ account: CellAccount?, rows: Range<Int>) {
    guard let filter = layer.parameters?.filter else { return }
    var sum: WeightedSum?
    if case .weightedSum(let working) = account?.working { sum = working }
    let hasBias = layer.parameters?.bias != nil
    let lines = rows.count - (hasBias ? 2 : 1)
    var row = rows.lowerBound
    for line in depthLines(filter.depth, lines: lines) {
      drawDepth(&screen, line, filter, sum, row: row)
      row += 1
    }
    screen.keep(columns: 0..<sumLayout.prose, rows: rows.lowerBound..<row)
    let isDone = account != nil && step.isComplete
    if hasBias {
      put(
        &screen, "bias \(names.bias(layer, step.map))", isDone ? sum?.bias : nil, row: row)
      row += 1
    }
    let cell = step.cell ?? Cell(0, 0, step.map)
    put(
      &screen, "\(layer.name)\(cell)", isDone ? account?.total : nil, row: row,
      isAsked: hidesResult, role: step.cell == nil ? .plain : .heading)
  }

  private enum DepthLine {
    case one(Int)
    case several(Range<Int>)
  }

  /// Every depth has a line where there is room; else those around the shown one do, and the
  /// rest are summed up before and after it.
  private func depthLines(_ depths: Int, lines: Int) -> [DepthLine] {
    guard depths > lines else { return (0..<depths).map { .one($0) } }
    let shown = shownDepth - shownDepths.lowerBound
    let alone = max(1, lines - 2)
    let first = min(max(0, shown - alone / 2), depths - alone)
    var result: [DepthLine] = first > 0 ? [.several(0..<first)] : []
    let spare = lines - result.count - 1
    let end = min(depths, first + (first + alone >= depths ? lines - result.count : spare))
    result += (first..<end).map { .one($0) }
    if end < depths { result.append(.several(end..<depths)) }
    return result
  }

  private func drawDepth(
    _ screen: inout Screen, _ line: DepthLine, _ filter: Shape, _ sum: WeightedSum?, row: Int
  ) {
    let first = shownDepths.lowerBound
    switch line {
    case .one(let depth):
      let isShown = first + depth == shownDepth
      if isShown { screen.frame.put("▸", 0, row, .current) }
      let range = depth * filter.plane..<(depth + 1) * filter.plane
      let isKnown = range.upperBound <= step.productsDone
      put(
        &screen, "depth \(first + depth)", isKnown ? sum?.sum(range) : nil, row: row,
        isAsked: cover.hides(range))
      drawRowTerms(&screen, depth, filter, sum, row: row)
    case .several(let depths):
      let range = depths.lowerBound * filter.plane..<depths.upperBound * filter.plane
      let isKnown = range.upperBound <= step.productsDone
      let text =
        depths.count == 1
        ? "depth \(first + depths.lowerBound)"
        : "depths \(first + depths.lowerBound) to \(first + depths.upperBound - 1)"
      put(
        &screen, text, isKnown ? sum?.sum(range) : nil, row: row, isAsked: cover.hides(range))
    }
  }

  /// `0 + −1 +  2 +  ·`: the row sums of a slice, once it has begun.
  private func drawRowTerms(
    _ screen: inout Screen, _ depth: Int, _ filter: Shape, _ sum: WeightedSum?, row: Int
  ) {
    let start = depth * filter.plane
    let layout = sumLayout
    guard let sum, step.productsDone > start, let column = layout.terms else { return }
    let terms = (0..<filter.height).map { j -> String in
      let range = start + j * filter.width..<start + (j + 1) * filter.width
      guard range.upperBound <= step.productsDone else { return "·" }
      return cover.hides(range) ? "?" : sum.sum(range).text(fitting: layout.termWidth)
    }
    // A row that has not begun, and all after it, are left out.
    let begun = (step.productsDone - start + filter.width - 1) / filter.width
    var x = column
    for (index, term) in terms.prefix(begun).enumerated() {
      if index > 0 { screen.frame.put("+", x - 2, row, .faint) }
      screen.frame.put(
        padded(term, to: layout.termWidth), x, row, term == "·" ? .unknown : .plain)
      x += layout.termWidth + 3
    }
  }

  private func put(
    _ screen: inout Screen, _ label: String, _ value: Number?, row: Int, isAsked: Bool = false,
    role: Role = .plain
  ) {
    let layout = sumLayout
    screen.frame.put(cutInside(label, to: layout.equals - 3), 2, row, role)
    screen.putSum(
      value.map { isAsked ? .asked : .number($0) } ?? .unknown, equals: layout.equals,
      endingAt: layout.valueEnd, row)
  }

  /// The sentences of the step, and what an author says of its filter.
  func drawNarration(_ screen: inout Screen, _ account: CellAccount?, rows: Range<Int>) {
    guard !hidesResult else { return }
    let column = sumLayout.prose
    let narration = walk.narration(place, account: account)
    var paragraphs = narration.sentences
    if place.grain == .product, let cell = step.cell, step.productsDone > 0 {
      paragraphs = productSentences(cell, account) + paragraphs
    }
    if place.grain == .window, step.cell != nil, let note = note {
      paragraphs.append(note)
    } else {
      paragraphs.append(narration.next)
    }
    drawProse(
      &screen, paragraphs, at: column, rows: rows, width: min(size.columns - column, 72))
  }

  private var note: String? {
    guard let notes = subject.notes[layer.name], notes.indices.contains(step.map) else {
      return nil
    }
    return notes[step.map]
  }

  /// `X[4,4,0] · Ker0[2,2,0] = 2 · 1 = 2`
  private func productSentences(_ cell: Cell, _ account: CellAccount?) -> [String] {
    guard case .weightedSum(let sum) = account?.working else { return [] }
    let index = step.productsDone - 1
    let tap = layer.tap(index, of: cell)
    let names = walk.productText(layer, cell, tap, names: names)
    let input = sum.inputs[index]?.text ?? "0"
    return [names, "= \(input) · \(sum.weights[index].text) = \(sum.products[index].text)", " "]
  }
}
