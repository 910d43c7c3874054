import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

extension View {
  func drawConvolution(_ screen: inout Screen, _ account: CellAccount?) {
    guard let windows = layer.windows, let filter = layer.parameters?.filter,
      let input = activations.inputs(of: place.layer)?.first
    else { return }
    var layout = convolutionLayout(windows, filter)
    if let wide = wideLayouts(windows, filter), let first = wide.layouts.first {
      layout.bottom = first.bottom
      drawAllDepths(&screen, wide, account)
    } else {
      drawDepths(
        &screen, title: inputTitle(windows), depths: shownDepths, shown: shownDepth, at: 1, 1,
        before: layout.filterColumn - 1, isClickable: true)
      drawInput(&screen, layout, windows, input, depth: shownDepth)
      drawFilter(&screen, layout, filter, account, depth: shownDepth)
      drawOutputs(&screen, layout, layout.filterRow + layout.filterRows + 3)
      drawSideOverview(&screen)
    }
    if place.grain == .map {
      drawMapBottom(&screen, row: layout.bottom)
    } else if layout.isCompact {
      drawCompactBottom(&screen, layout, windows, account)
    } else {
      drawCode(&screen, row: layout.bottom)
      drawSums(&screen, account, rows: layout.bottom + 1..<size.rows - 2)
      drawNarration(&screen, account, rows: layout.bottom + 1..<size.rows - 2)
    }
  }

  /// The place of the product just done, if it lies in this depth.
  private func product(inDepth depth: Int) -> Cell? {
    multipliedTap.flatMap { $0.depth == depth ? $0 : nil }
  }

  /// Every depth with its filter slice, and all maps under them.
  private func drawAllDepths(
    _ screen: inout Screen, _ wide: DepthLayouts, _ account: CellAccount?
  ) {
    guard let windows = layer.windows, let filter = layer.parameters?.filter,
      let input = activations.inputs(of: place.layer)?.first, let first = wide.layouts.first
    else { return }
    let titleEnd = first.filterAt.map { $0.column - 1 } ?? size.columns
    screen.put(inputTitle(windows) + ", all depths", 1, 1, .heading, before: titleEnd)
    for (index, layout) in wide.layouts.enumerated() {
      let depth = shownDepths.lowerBound + index
      let isShown = depth == shownDepth
      screen.frame.put(
        isShown ? "depth [\(depth)]" : "depth  \(depth)", layout.column + 1, layout.row,
        isShown ? .current : .heading)
      screen.add(.showDepth(depth), columns: layout.column..<layout.column + 10, row: layout.row)
      drawInput(&screen, layout, windows, input, depth: depth)
      drawFilter(&screen, layout, filter, account, depth: depth)
    }
    drawAllMaps(&screen, row: wide.mapsRow, bottom: first.bottom, end: wide.mapsEnd)
  }

  /// As many maps of this layer as fit, then those of the next.
  private func drawAllMaps(_ screen: inout Screen, row: Int, bottom: Int, end: Int) {
    var column = 0
    let next = nextLayer.flatMap { $0.output.isFlat ? nil : $0 }
    for shown in [layer] + (next.map { [$0] } ?? []) {
      let isCurrent = shown.index == layer.index
      let width = outputGrid(shown, map: 0, knownCells: 0).width + 3
      let room = max(1, (end - column) / max(width, 20))
      let current = isCurrent ? step.map : 0
      let from = max(0, min(current - room / 2, shown.output.depth - room))
      for map in from..<min(shown.output.depth, from + room) {
        guard column + width <= end || column == 0 else { return }
        drawOutput(
          &screen, shown, map: map, knownCells: isCurrent ? step.cellsDone : 0,
          current: isCurrent && step.cell?.depth == map ? step.cell : nil, at: column, row,
          columns: min(max(width, 20), end - column), rows: bottom - row)
        column += max(width, 20)
      }
    }
  }

  private func drawInput(
    _ screen: inout Screen, _ layout: ConvolutionLayout, _ windows: Windows, _ input: Tensor,
    depth: Int
  ) {
    let (x, y) = (windows.x, windows.y)
    var multiplied: (column: Int, row: Int)?
    if let cell = step.cell, let tap = product(inDepth: depth) {
      multiplied = (
        x.start(of: cell.x) + tap.x * x.dilation, y.start(of: cell.y) + tap.y * y.dilation
      )
    }
    var grid = windowGrid(
      input, depth: depth, windows, cellWidth: layout.inputCellWidth, multiplied: multiplied,
      readsPadding: true)
    grid.labelDigits = layout.labelDigits
    grid.labelWidth = layout.labelWidth
    grid.bracketsNumbers = true
    var focus = grid.bracket
    if let window = focus, let place = multiplied,
      window.columns.count > layout.inputColumns || window.rows.count > layout.inputRows
    {
      focus = NumberGrid.Region(Cell(place.column, place.row, depth))
    }
    grid.crop(columns: layout.inputColumns, rows: layout.inputRows, around: focus)
    grid.draw(on: &screen, layout.column, layout.row + 1)
  }

  /// `X 11×11×4`, or what stands around it.
  private func inputTitle(_ windows: Windows) -> String {
    let name = network.name(of: layer.sources[0])
    guard windows.isPadded else { return "\(name) \(inputSizeText(layer))" }
    let sides = [
      windows.x.paddingBefore, windows.x.paddingAfter, windows.y.paddingBefore,
      windows.y.paddingAfter,
    ]
    return Set(sides).count == 1
      ? "\(name) padding \(sides[0])" : "\(name) \(inputSizeText(layer)) padded"
  }

  private func drawFilter(
    _ screen: inout Screen, _ layout: ConvolutionLayout, _ filter: Shape, _ account: CellAccount?,
    depth: Int
  ) {
    let slice = depth - shownDepths.lowerBound
    var sum: WeightedSum?
    if case .weightedSum(let working) = account?.working { sum = working }
    let product = product(inDepth: depth)
    weightsGrid(layout, filter, slice: slice, product).draw(
      on: &screen, layout.filterColumn, layout.filterRow + 1)
    let products = productsGrid(layout, filter, sum, slice: slice, product)
    if layout.hasProducts {
      products.draw(on: &screen, layout.productColumn, layout.filterRow + 1)
    }
    drawFilterTitles(&screen, layout, slice: slice)
    drawRowSums(&screen, layout, filter, sum, slice: slice, rows: products.rows)
  }

  private func drawFilterTitles(
    _ screen: inout Screen, _ layout: ConvolutionLayout, slice: Int
  ) {
    let row = layout.filterRow
    let name = names.filter(layer, step.map)
    let titleEnd = layout.hasProducts ? layout.productColumn : layout.end - 8
    let isWide = layout.filterColumn + "\(name)  depth [\(slice)]".count < titleEnd
    let title = isWide ? "\(name)  depth [\(slice)]" : name
    screen.put(title, layout.filterColumn + 1, row, .heading, before: titleEnd)
    screen.frame.put("row sum", endingAt: layout.end, row, .heading)
    let middle = row + 2 + layout.filterRows / 2
    if layout.below == nil, layout.filterAt == nil {
      screen.frame.put("×", layout.filterColumn - 2, middle, .heading)
    }
    if layout.hasProducts {
      screen.frame.put("products", layout.productColumn + 1, row, .heading)
      screen.frame.put("=", layout.productColumn - 2, middle, .heading)
    }
  }

  private func weightsGrid(
    _ layout: ConvolutionLayout, _ filter: Shape, slice: Int, _ product: Cell?
  ) -> NumberGrid {
    let (parameters, map) = (layer.parameters, step.map)
    return filterGrid(
      layout, filter, layout.filterCellWidth, label: layout.filterLabel, product
    ) { i, j in
      let weight = parameters?.weight(map, Cell(i, j, slice))
      let isCurrent = product?.x == i && product?.y == j
      return NumberGrid.Entry(
        text: weight?.text(fitting: layout.filterCellWidth - 1) ?? "",
        role: isCurrent ? .current : .plain, tint: weightTint(weight))
    }
  }

  private func productsGrid(
    _ layout: ConvolutionLayout, _ filter: Shape, _ sum: WeightedSum?, slice: Int, _ product: Cell?
  ) -> NumberGrid {
    let done = step.productsDone
    var grid = filterGrid(layout, filter, layout.productCellWidth, label: 0, product) { i, j in
      let index = slice * filter.plane + j * filter.width + i
      let isCurrent = product?.x == i && product?.y == j
      guard let sum, index < done else { return NumberGrid.Entry(text: "·", role: .unknown) }
      guard sum.inputs[index] != nil else {
        return NumberGrid.Entry(text: ":", role: isCurrent ? .current : .padding)
      }
      if cover.hides(index..<index + 1) { return NumberGrid.Entry(text: "?", role: .current) }
      return NumberGrid.Entry(
        text: sum.products[index].text(fitting: layout.productCellWidth - 1),
        role: isCurrent ? .current : .result, tint: productTint(sum.products[index]))
    }
    grid.holdsCursor = product != nil
    return grid
  }

  private func filterGrid(
    _ layout: ConvolutionLayout, _ filter: Shape, _ cellWidth: Int, label: Int, _ product: Cell?,
    entry: @escaping (Int, Int) -> NumberGrid.Entry
  ) -> NumberGrid {
    var grid = NumberGrid(
      columns: 0..<filter.width, rows: 0..<filter.height, cellWidth: cellWidth, entry: entry)
    grid.labelWidth = label
    grid.labelDigits = label
    grid.cutInside(
      columns: layout.filterColumns, rows: layout.filterRows, showing: product.map { ($0.x, $0.y) })
    grid.product = product.map { ($0.x, $0.y) }
    return grid
  }

  private func drawRowSums(
    _ screen: inout Screen, _ layout: ConvolutionLayout, _ filter: Shape, _ sum: WeightedSum?,
    slice: Int, rows: Slots
  ) {
    func put(_ range: Range<Int>, _ row: Int) {
      let isKnown = range.upperBound <= step.productsDone
      var shown = Screen.Sum.unknown
      if isKnown, let sum { shown = cover.hides(range) ? .asked : .number(sum.sum(range)) }
      screen.putSum(
        shown, equals: layout.equalsColumn, endingAt: layout.end, row, isNew: isNew(range))
    }
    let start = slice * filter.plane
    for (line, j) in rows.places.enumerated() {
      let row = layout.filterRow + 2 + line
      guard let j else {
        screen.frame.put("…", endingAt: layout.end, row, .faint)
        continue
      }
      let first = start + j * filter.width
      put(first..<first + filter.width, row)
    }
    let row = layout.filterRow + 2 + rows.count
    screen.put(
      "slice sum", (layout.hasProducts ? layout.productColumn : layout.filterColumn) + 1, row,
      .faint,
      before: layout.equalsColumn)
    put(start..<start + filter.plane, row)
  }

  /// Whether the step has just made the sum of some products: a coarser step makes many at once, and
  /// brackets what they make.
  private func isNew(_ products: Range<Int>) -> Bool {
    guard step.cell != nil, products.upperBound == step.productsDone else { return false }
    switch place.grain {
    case .product: return true
    case .slice: return products.count == layer.parameters?.filter.plane
    case .window, .map, .layer: return false
    }
  }

  private func drawOutputs(_ screen: inout Screen, _ layout: ConvolutionLayout, _ row: Int) {
    let column = layout.filterColumn + 1
    let rows = layout.bottom - row
    var columns = layout.screenEnd - column
    if let next = nextLayer, !next.output.isFlat || next.output.depth == 1 {
      let own = 3 + layer.output.width * (max(3, width(of: .layer(layer.index))) + 1)
      let start = column + max(own + 5, 24)
      let grid = outputGrid(next, map: 0, knownCells: 0)
      if start + grid.width <= layout.screenEnd {
        let map = min(step.map, next.output.depth - 1)
        drawOutput(
          &screen, next, map: map, knownCells: 0, current: nil, at: start, row,
          columns: layout.screenEnd - start, rows: rows)
        columns = start - column - 1
      }
    }
    drawOutput(
      &screen, layer, map: step.map, knownCells: step.cellsDone, current: step.cell, at: column,
      row, columns: columns, rows: rows)
  }

  /// For a whole map there is no one sum to write out: its loop and its sentences.
  private func drawMapBottom(_ screen: inout Screen, row: Int) {
    let code = LayerCode(layer, in: network, notation)
    let lines = place.position > 0 ? code.lines(ofMap: step.map) : code.lines
    for (index, line) in lines.enumerated() {
      screen.put(line, 1, row + index, .code, before: size.columns)
    }
    let narration = walk.narration(place, account: nil)
    drawProse(
      &screen, [narration.sentences.joined(separator: " "), narration.next], at: 1,
      rows: row + lines.count + (size.rows - row > 7 ? 1 : 0)..<size.rows - 2,
      width: size.columns - 2)
  }

  /// Under a tall input: what the marks mean, the equation and the sentences.
  private func drawCompactBottom(
    _ screen: inout Screen, _ layout: ConvolutionLayout, _ windows: Windows, _ account: CellAccount?
  ) {
    let row = layout.bottom
    var legend = ["· is a cell not computed yet"]
    if windows.isPadded { legend.insert(": is a padded zero", at: 0) }
    screen.frame.put(legend.joined(separator: "   "), 1, row, .faint)
    screen.keep(columns: 0..<size.columns, rows: row..<row + 2)
    let formula = "width \(windows.x.formula.substituted) = \(windows.x.formula.outcome)"
    let isKnown = step.cell != nil && step.isComplete && !hidesResult
    if let account, isKnown {
      let equation = "\(layer.name)\(account.cell) = \(account.equation)"
      let both = "\(equation)   \(formula)"
      let fits = both.unicodeScalars.count < size.columns
      screen.frame.put(
        fits ? both : cutBetweenTerms(equation, to: size.columns - 2), 1, row + 1, .code)
    } else {
      screen.put(codeLine, 1, row + 1, .code, before: size.columns)
    }
    guard !hidesResult else { return }
    let narration = walk.narration(place, account: account)
    drawProse(
      &screen, [paddingSentence(windows), narration.sentences.joined(separator: " ")], at: 1,
      rows: row + 2..<size.rows - 2, width: size.columns - 2)
  }

  /// How much of the current window is not in the picture.
  private func paddingSentence(_ windows: Windows) -> String {
    guard let cell = step.cell, windows.isPadded else { return "" }
    let inside =
      windows.x.tapsInside(position: cell.x).count
      * windows.y.tapsInside(position: cell.y).count
    let all = windows.x.filter * windows.y.filter
    guard inside < all else { return "" }
    return "\(all - inside) of these \(all) inputs are padding: a frame of zeros that is not "
      + "in the input, and the filter answers to it."
  }
}
