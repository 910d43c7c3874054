import Canvas
import ConvolutionEngine
import Walkthrough

/// Where all depths of a convolution stand at once, and the maps that they make.
struct DepthLayouts {
  let layouts: [ConvolutionLayout]
  let mapsRow: Int
  let mapsEnd: Int
}

/// Where the parts of a convolution's screen stand.
struct ConvolutionLayout {
  /// The input's numbers are narrow where they would not fit otherwise.
  var inputCellWidth: Int
  var inputColumns: Int
  var inputRows: Int
  var filterColumns: Int
  var filterRows: Int
  var filterCellWidth: Int
  var productCellWidth: Int
  var sumWidth: Int
  /// Where the input's title stands.
  var column = 0
  var row = 1
  /// Where the filter's title stands; nil: to the right of the input.
  var below: Int?
  /// Where the filter's title stands, if neither beside nor under the input.
  var filterAt: Point?
  /// The school column gives way to a taller input.
  var isCompact: Bool
  /// The first column of the screen that is left to an overview; all columns where there is none.
  var screenEnd: Int
  /// The first row under the grids.
  var bottom: Int

  /// Columns before the input's first mark, and how many of them its row numbers take.
  var labelWidth: Int
  var labelDigits: Int

  var inputWidth: Int { labelWidth + inputColumns * inputCellWidth + 1 }
  var filterColumn: Int {
    if let filterAt { return filterAt.column }
    return below == nil ? column + max(inputWidth + gap, leastFilterColumn) : column
  }
  /// Between the input and the filter, where `×` stands.
  var gap = 2
  /// The input's columns, padding included.
  var allColumns: Int
  /// The title over a small input takes this much room, where there is so much.
  var leastFilterColumn = 0
  var leastFilterWidth = 0
  var filterRow: Int { filterAt?.row ?? below ?? row }
  /// Columns for the filter's row numbers.
  var filterLabel = 1
  /// The products are the last to give way; their row sums stay.
  var hasProducts = true
  var filterWidth: Int {
    max(filterLabel + filterColumns * filterCellWidth + 1, leastFilterWidth)
  }
  var productColumn: Int { filterColumn + filterWidth + 3 }
  var equalsColumn: Int {
    guard hasProducts else { return filterColumn + max(filterWidth, 10) + 1 }
    return productColumn + max(filterColumns * productCellWidth, 11) + 1
  }
  var end: Int { equalsColumn + 1 + sumWidth }
}

extension ConvolutionLayout {
  /// Gives way until all of it stands before `screenEnd`: first what the columns have to spare,
  /// then what is shown of the input and the filter, then digits, and last the products.
  ///
  /// - Parameters:
  ///   - extent: The columns that a window spans.
  ///   - digits: The widest number of the input, of the filter and of the products.
  mutating func fit(
    _ screenEnd: Int, extent: Int, digits: (input: Int, weight: Int, product: Int),
    isRounded: Bool
  ) {
    var isTooWide: Bool { end > screenEnd }
    if isTooWide { inputCellWidth = digits.input + 1 }
    if isTooWide {
      filterCellWidth = digits.weight + 1
      productCellWidth = digits.product + 1
    }
    shrink(\.inputColumns, to: min(allColumns, max(8, min(extent + 2, 14))), while: screenEnd)
    shrink(\.filterColumns, to: 3, while: screenEnd)
    // A blank, and `≈−0.03` or `≈−3e−5`: less would leave rounded numbers no digit.
    let least = isRounded ? 7 : 6
    if isRounded {
      // Rounded numbers can be shorter: they stand in full under the grids.
      shrink(\.inputCellWidth, to: least, while: screenEnd)
      shrink(\.productCellWidth, to: least, while: screenEnd)
    }
    shrink(\.inputColumns, to: min(allColumns, extent, 5), while: screenEnd)
    if isRounded { shrink(\.sumWidth, to: 7, while: screenEnd) }
    shrinkDigits(to: 9, while: screenEnd)
    shrink(\.inputColumns, to: min(allColumns, 3), while: screenEnd)
    shrinkDigits(to: 8, while: screenEnd)
    shrink(\.filterColumns, to: 2, while: screenEnd)
    shrinkDigits(to: least, while: screenEnd)
    if isTooWide { hasProducts = false }
    shrink(\.filterColumns, to: 1, while: screenEnd)
    shrink(\.inputColumns, to: 1, while: screenEnd)
    while end < screenEnd - inputCellWidth, inputColumns < allColumns { inputColumns += 1 }
  }

  private mutating func shrink(
    _ part: WritableKeyPath<ConvolutionLayout, Int>, to least: Int, while screenEnd: Int
  ) {
    while end > screenEnd, self[keyPath: part] > least {
      let wide = end
      self[keyPath: part] -= 1
      // Each further one saves as much, until something else is the widest.
      let saved = max(1, wide - end)
      let more = min(self[keyPath: part] - least, (end - screenEnd) / saved)
      if end > screenEnd, more > 1 { self[keyPath: part] -= more - 1 }
    }
  }

  /// The widest numbers lose a digit at a time; what does not fit is shown `≈`.
  private mutating func shrinkDigits(to least: Int, while screenEnd: Int) {
    while end > screenEnd {
      let widest = max(inputCellWidth, filterCellWidth, productCellWidth, sumWidth)
      guard widest > least else { return }
      if widest == productCellWidth {
        productCellWidth -= 1
      } else if widest == inputCellWidth {
        inputCellWidth -= 1
      } else if widest == sumWidth {
        sumWidth -= 1
      } else {
        filterCellWidth -= 1
      }
    }
  }
}

extension View {
  /// Products and their sums in the grids are never wider; all their digits stand under the grids.
  static let widestProduct = 11

  /// From so many rows on there are some to spare under the worked example.
  static let tallScreen = 30

  /// Fits the parts into the screen: narrower numbers first, then viewports; on a wide screen a
  /// viewport makes room for an overview.
  func newConvolutionLayout(_ windows: Windows, _ filter: Shape) -> ConvolutionLayout {
    var layout = layoutOfOneDepth(windows, filter)
    // On a tall screen the sum stands right under what it sums up.
    if size.rows >= View.tallScreen, !coversBottom, !layout.isCompact {
      let grids = max(layout.inputRows + 3, layout.filterRows + 4 + mapRows)
      layout.bottom = min(layout.bottom, grids + 1)
    }
    return layout
  }

  private func layoutOfOneDepth(_ windows: Windows, _ filter: Shape) -> ConvolutionLayout {
    let whole = convolutionLayout(windows, filter, screenEnd: size.columns)
    let isViewport =
      whole.inputColumns < windows.x.input || whole.inputRows < windows.y.input
    guard isViewport, size.columns >= 120, !coversBottom else { return whole }
    let side = min(size.columns / 3, 60)
    return convolutionLayout(windows, filter, screenEnd: size.columns - side)
  }

  private func convolutionLayout(
    _ windows: Windows, _ filter: Shape, screenEnd: Int
  ) -> ConvolutionLayout {
    let source = layer.sources[0]
    let columns = windows.x.paddingBefore + windows.x.input + windows.x.paddingAfter
    let rows = windows.y.paddingBefore + windows.y.input + windows.y.paddingAfter
    let digits = width(of: source)
    let weights = weightWidth
    let products = min(measuresOfLayer?.product ?? ShownWalk.widestColumn, View.widestProduct)
    let sums = min(measuresOfLayer?.sliceSum ?? ShownWalk.widestColumn, View.widestProduct)
    let sumRows = coversBottom ? 6 : max(6, min(filter.depth + 2, (size.rows - 24) / 2 + 6))
    let normalBottom = size.rows - 3 - sumRows
    let compactBottom = size.rows - 6
    let isCompact =
      !coversBottom && rows > normalBottom - 3 && rows <= compactBottom - 3
    let bottom = isCompact ? compactBottom : normalBottom
    var layout = ConvolutionLayout(
      inputCellWidth: max(digits, "\(windows.x.input - 1)".count) + 1, inputColumns: columns,
      inputRows: min(rows, bottom - 3), filterColumns: filter.width, filterRows: filter.height,
      filterCellWidth: max(2, weights) + 1, productCellWidth: max(2, products) + 1,
      sumWidth: max(5, sums + 1), isCompact: isCompact, screenEnd: screenEnd, bottom: bottom,
      labelWidth: max(2, "\(windows.y.input - 1)".count),
      labelDigits: max(2, "\(windows.y.input - 1)".count), allColumns: columns)
    let outputRows = min(layer.output.height, 3) + 2
    layout.filterRows = max(1, min(filter.height, bottom - 3 - 1 - outputRows))
    layout.fit(
      screenEnd, extent: windows.x.extent, digits: (digits, weights, products),
      isRounded: measuresOfLayer?.isRounded ?? true)
    var roomy = layout
    roomy.leastFilterColumn = 38
    roomy.leastFilterWidth = 17
    if roomy.end <= screenEnd { layout = roomy }
    // Narrow numbers stand close to their row's number; a column between them helps.
    if layout.inputCellWidth == 2, layout.end < screenEnd { layout.labelWidth += 1 }
    if filter.height > 10, layout.end < screenEnd { layout.filterLabel += 1 }
    // So does one before `×`, where the window can end at a viewport's last column.
    if layout.inputColumns < columns, layout.end < screenEnd { layout.gap += 1 }
    return layout
  }

  /// A layout for each depth, and under all of them the maps; nil where the screen is too small for
  /// that.
  func wideLayouts(_ windows: Windows, _ filter: Shape) -> DepthLayouts? {
    guard filter.depth > 1 else { return nil }
    var layout = convolutionLayout(windows, filter, screenEnd: size.columns)
    guard !layout.isCompact else { return nil }
    layout.inputColumns = windows.x.paddingBefore + windows.x.input + windows.x.paddingAfter
    layout.inputRows = windows.y.paddingBefore + windows.y.input + windows.y.paddingAfter
    layout.inputCellWidth =
      max(width(of: layer.sources[0]), "\(windows.x.input - 1)".count) + 1
    layout.filterColumns = filter.width
    layout.filterRows = filter.height
    layout.row = 2
    return sideBySide(layout, filter) ?? stacked(layout, filter)
  }

  /// The inputs side by side, and the filter's depths under them.
  private func sideBySide(_ whole: ConvolutionLayout, _ filter: Shape) -> DepthLayouts? {
    var layout = whole
    let below = layout.row + layout.inputRows + 3
    layout.below = below
    let block = max(layout.inputWidth, layout.end) + 2
    let outputs = below + layout.filterRows + 4
    guard filter.depth * block <= size.columns,
      outputs + min(layer.output.height, 8) + 2 < layout.bottom
    else { return nil }
    layout.bottom = min(layout.bottom, outputs + mapRows + 1)
    let layouts = (0..<filter.depth).map { depth in
      var copy = layout
      copy.column = depth * block
      return copy
    }
    return DepthLayouts(layouts: layouts, mapsRow: outputs, mapsEnd: size.columns)
  }

  /// The inputs in rows at the left, the maps under them, and the filter's depths one under another
  /// at the right.
  private func stacked(_ whole: ConvolutionLayout, _ filter: Shape) -> DepthLayouts? {
    var layout = whole
    layout.filterAt = Point(column: 0, row: 1)
    let (input, strip) = (
      Size(columns: layout.inputWidth + 1, rows: layout.inputRows + 2),
      Size(columns: layout.end + 2, rows: layout.filterRows + 3)
    )
    let perColumn = (layout.bottom - 1) / strip.rows
    guard perColumn > 0 else { return nil }
    let stripsWidth = (filter.depth + perColumn - 1) / perColumn * strip.columns
    let across = (1...filter.depth).first { across in
      let rows = (filter.depth + across - 1) / across
      return layout.row + rows * input.rows + min(layer.output.height, 8) + 2 <= layout.bottom
    }
    guard let across, across * input.columns + 2 + stripsWidth <= size.columns + 2 else {
      return nil
    }
    let left = across * input.columns + 2
    let mapsRow = layout.row + (filter.depth + across - 1) / across * input.rows
    let stripsEnd = 1 + min(filter.depth, perColumn) * strip.rows
    layout.bottom = min(layout.bottom, max(mapsRow + mapRows, stripsEnd))
    let layouts = (0..<filter.depth).map { depth in
      var copy = layout
      copy.column = depth % across * input.columns
      copy.row = layout.row + depth / across * input.rows
      copy.filterAt = Point(
        column: left + depth / perColumn * strip.columns, row: 1 + depth % perColumn * strip.rows)
      return copy
    }
    return DepthLayouts(layouts: layouts, mapsRow: mapsRow, mapsEnd: left)
  }

  /// The rows of the tallest map that is shown, with its title and its column numbers.
  private var mapRows: Int { max(layer.output.height, nextLayer?.output.height ?? 0) + 2 }
}
