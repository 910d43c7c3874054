import Canvas
import ConvolutionEngine
import FastEvaluation
import Walkthrough

/// A small picture of a whole map, beside the part of it that the grids show.
struct SideOverview {
  let source: Source
  let depth: Int
  /// Its first column of the screen; the grids end before it.
  let column: Int
  let room: Size
  /// What is marked in it.
  let window: (columns: Range<Int>, rows: Range<Int>)?
}

extension View {
  /// Where the grids of a layer that is no convolution end: before the overview, if there is one.
  var gridsEnd: Int {
    guard size.columns >= 120, !coversBottom, !layer.input.isFlat, isInputCut else {
      return size.columns
    }
    return size.columns - min(size.columns / 3, 60)
  }

  /// Whether the input's grid, without an overview beside it, shows only a part of it.
  private var isInputCut: Bool {
    let shape = layer.inputs[originShown.input]
    let cell = max(3, width(of: layer.sources[originShown.input])) + 1
    if let windows = layer.windows {
      let (x, y) = (windows.x, windows.y)
      return (x.paddingBefore + x.input + x.paddingAfter) * cell + 5 > size.columns - 48
        || y.paddingBefore + y.input + y.paddingAfter + 5 > size.rows - 7
    }
    return shape.width * cell + 4 > size.columns / 2 - 2 || shape.height + 4 > size.rows - 7
  }

  /// The overview beside the grids; nil where there is none.
  var sideOverview: SideOverview? {
    guard place.grain <= .window, activations.inputs(of: place.layer) != nil else { return nil }
    switch layer.form {
    case .dotProducts: return nil
    case .filters:
      guard let windows = layer.windows, let filter = layer.parameters?.filter,
        wideLayouts(windows, filter) == nil
      else { return nil }
      let layout = convolutionLayout(windows, filter)
      return sideOverview(
        layer.sources[0], depth: shownDepth, from: layout.screenEnd, to: layout.bottom,
        windowOnInput)
    case .pool:
      return sideOverview(
        layer.sources[0], depth: step.map, from: gridsEnd, to: size.rows - 7, windowOnInput)
    case .cellwise:
      let origin = originShown
      return sideOverview(
        layer.sources[origin.input], depth: origin.cell?.depth ?? 0, from: gridsEnd,
        to: size.rows - 7, origin.cell.map { ($0.x..<$0.x + 1, $0.y..<$0.y + 1) })
    }
  }

  private func sideOverview(
    _ source: Source, depth: Int, from column: Int, to bottom: Int,
    _ window: (columns: Range<Int>, rows: Range<Int>)?
  ) -> SideOverview? {
    guard column < size.columns else { return nil }
    let room = Size(columns: size.columns - column - 3, rows: bottom - 6)
    return SideOverview(
      source: source, depth: depth, column: column, room: room, window: window)
  }

  /// Where the input is a viewport: all of it, small, with the window marked.
  func drawSideOverview(_ screen: inout Screen) {
    if let side = sideOverview {
      let layout = PictureLayout(of: network.shape(of: side.source), room: side.room)
      screen.keep(columns: side.column..<size.columns, rows: 1..<layout.size.rows + 4)
    }
    guard let side = sideOverview,
      let picture = picture(side.source, depth: side.depth, room: side.room)
    else { return }
    let column = side.column
    screen.put(
      "all of \(network.name(of: side.source))@\(side.depth)", column + 1, 1, .heading,
      before: size.columns)
    picture.draw(on: &screen, column + 2, 2)
    if let window = side.window {
      picture.mark(columns: window.columns, rows: window.rows, on: &screen, column + 2, 2)
    }
    let row = 2 + picture.size.rows
    let range = picture.rangeText(fitting: size.columns - column - 1)
    screen.put(range, column + 1, row, .plain, before: size.columns)
    screen.put(picture.boxText, column + 1, row + 1, .faint, before: size.columns)
  }
}
