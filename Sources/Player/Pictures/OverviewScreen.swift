import Canvas
import ConvolutionEngine
import Walkthrough

extension Player {
  /// A key while the overview or the path back is shown: what moves the window or chooses a map
  /// works as in the walk; any other key closes.
  mutating func pressInPicture(_ key: Key, _ shown: Overlay) -> [Effect] {
    guard let command = options.bindings.command(for: key) else {
      overlay = nil
      return []
    }
    switch command {
    case .left, .right, .up, .down, .nextDepth, .previousDepth, .nextMap, .previousMap:
      overlay = nil
      let effects = perform(command)
      overlay = shown
      return effects
    case .redraw: return [.redraw]
    case .help:
      overlay = .help
      return []
    case .nextStop, .previousStop:
      guard case .path(let first) = shown else { break }
      overlay = .path(first: max(0, first + (command == .nextStop ? 1 : -1) * pathRows))
      return []
    default: break
    }
    overlay = nil
    return []
  }

  /// Half the screen without titles and margins.
  var overviewRoom: Size { Size(columns: (size.columns - 7) / 2, rows: size.rows - 8) }

  /// The layer's input and output as pictures, with the window and the cell marked.
  func drawOverview(_ screen: inout Screen) {
    let source = layer.sources[0]
    let (input, output) = (network.name(of: source), layer.name)
    let room = overviewRoom
    let half = room.columns + 4
    screen.put("Overview of \(layer.name)", 1, 0, .heading, before: size.columns)
    screen.put(
      pictureTitle(input, layer.input, depth: overviewDepth, "depth"), 1, 2, .heading, before: half)
    if let picture = picture(source, depth: overviewDepth, room: room) {
      picture.draw(on: &screen, 2, 3) { _ in true }
      if let window = windowOnInput {
        picture.mark(columns: window.columns, rows: window.rows, on: &screen, 2, 3)
      }
      drawPictureNotes(&screen, picture, 1, end: half)
    }
    screen.put(
      pictureTitle(output, layer.output, depth: step.map, "map"), half + 1, 2, .heading,
      before: size.columns)
    drawOverviewOfOutput(&screen, at: half, room: room)
    drawMessage(&screen)
    drawKeys(
      &screen,
      [
        Hint(keys: arrows, label: "move"),
        Hint(keys: key(.nextDepth), label: "depth"), Hint(keys: key(.nextMap), label: "map"),
        Hint(keys: "any other key", label: "closes this"),
      ])
  }

  private func drawOverviewOfOutput(_ screen: inout Screen, at column: Int, room: Size) {
    guard let picture = picture(.layer(place.layer), depth: step.map, room: room) else {
      let text = "\(layer.name) as a whole is computed when the layer after it needs it."
      for (line, text) in wrapped(text, to: room.columns).enumerated() {
        screen.frame.put(text, column + 1, 4 + line, .prose)
      }
      return
    }
    let shape = layer.output
    picture.draw(on: &screen, column + 2, 3) { last in
      let cell =
        shape.isFlat
        ? Cell(0, 0, min(last.y * picture.width + last.x, shape.depth - 1))
        : Cell(last.x, last.y, step.map)
      return step.isKnown(cell) && !(hidesResult && cell == step.cell)
    }
    if let cell = step.cell {
      let place =
        shape.isFlat
        ? (x: cell.depth % picture.width, y: cell.depth / picture.width) : (x: cell.x, y: cell.y)
      picture.mark(
        columns: place.x..<place.x + 1, rows: place.y..<place.y + 1, on: &screen, column + 2, 3)
    }
    // Its range would tell what has not been computed yet.
    guard step.cellsDone >= shape.plane * (step.map + 1) || shape.isFlat && step.isLast else {
      screen.put("· is not computed yet", column + 1, size.rows - 4, .faint, before: size.columns)
      return
    }
    drawPictureNotes(&screen, picture, column + 1, end: size.columns)
  }

  private func pictureTitle(_ name: String, _ shape: Shape, depth: Int, _ kind: String) -> String {
    shape.isFlat ? "\(name) \(shape)" : "\(name) \(shape)  \(kind) [\(depth)]"
  }

  /// The range and the scale, under a picture.
  private func drawPictureNotes(
    _ screen: inout Screen, _ picture: MapPicture, _ column: Int, end: Int
  ) {
    let note = [picture.rangeText, picture.boxText].filter { !$0.isEmpty }.joined(separator: ", ")
    screen.put(note, column, size.rows - 4, .plain, before: end)
    drawScale(&screen, picture, column, size.rows - 3, end: end)
  }
}

extension Step {
  fileprivate var isLast: Bool { cellsDone == layer.output.count }
}
