import Canvas
import ConvolutionEngine
import FastEvaluation
import Walkthrough

/// The layer's input and its output as pictures.
struct OverviewScreen: OverlayContent {
  static let help = "the maps as pictures"

  var overlay: Overlay { .overview(self) }

  func press(_ key: Key, on player: inout Player) -> Reaction {
    player.pressBehind(key) ?? .close
  }

  func draw(on screen: inout Screen, _ view: View) { view.drawOverview(&screen) }

  func footer(_ view: View) -> Footer {
    .keys([
      view.moveHint, Hint(keys: view.key(.nextDepth), label: "depth"),
      Hint(keys: view.key(.nextMap), label: "map"),
      Hint(keys: "any other key", label: "closes this"),
    ])
  }

  func pictures(_ view: View) -> [PictureWish] {
    [
      PictureWish(view.layer.sources[0], depth: view.overviewDepth, room: view.overviewRoom),
      PictureWish(.layer(view.place.layer), depth: view.step.map, room: view.overviewRoom),
    ]
  }
}

extension Player {
  /// A key that does the same behind a picture: what moves the window or chooses a map works as in
  /// the walk; nil for any other.
  mutating func pressBehind(_ key: Key) -> Reaction? {
    switch command(for: key) {
    case .move(let motion):
      switch motion {
      case .left, .right, .up, .down, .nextDepth, .previousDepth, .nextMap, .previousMap,
        .nextPicture, .previousPicture:
        return .stay(perform(.move(motion)))
      case .next, .back, .coarser, .finer, .nextLayer, .previousLayer, .rowStart, .rowEnd, .first,
        .last:
        return nil
      }
    case .program(.redraw): return .stay([.redraw])
    case .open(.help): return .replace(.help(HelpScreen(isInLesson: course != nil)))
    default: return nil
    }
  }
}

extension View {
  /// Half the screen without titles and margins.
  fileprivate var overviewRoom: Size { Size(columns: (size.columns - 7) / 2, rows: size.rows - 8) }

  /// The layer's input and output as pictures, with the window and the cell marked.
  fileprivate func drawOverview(_ screen: inout Screen) {
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
    drawStatus(&screen)
  }

  private func drawOverviewOfOutput(_ screen: inout Screen, at column: Int, room: Size) {
    guard activations.output(of: place.layer) != nil else {
      let text = "\(layer.name) as a whole is computed when the layer after it needs it."
      for (line, text) in wrapped(text, to: room.columns).enumerated() {
        screen.frame.put(text, column + 1, 4 + line, .prose)
      }
      return
    }
    guard let picture = picture(.layer(place.layer), depth: step.map, room: room) else { return }
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
