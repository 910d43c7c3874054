import Canvas
import ConvolutionEngine
import Walkthrough

/// The way back from the current cell to the network's input, layer by layer.
struct PathScreen: OverlayContent {
  static let help = "path back to the picture"

  /// The layers on the way are listed from this one on.
  var first = 0

  var overlay: Overlay { .path(self) }

  mutating func press(_ key: Key, on player: inout Player) -> Reaction {
    if let reaction = player.pressBehind(key) { return reaction }
    guard case .stop(let move) = player.command(for: key), move != .returnToStop else {
      return .close
    }
    first = max(0, first + (move == .nextStop ? 1 : -1) * player.view.pathRows)
    return .stay
  }

  func draw(on screen: inout Screen, _ view: View) { view.drawPath(&screen, first: first) }

  func footer(_ view: View) -> Footer {
    let count = view.step.cell.map { view.network.reach(of: $0, in: view.place.layer).count } ?? 0
    let pages = "\(view.key(.nextStop)) \(view.key(.previousStop))"
    return .keys(
      [Hint(keys: view.arrows, label: "another cell")]
        + (count > view.pathRows ? [Hint(keys: pages, label: "more")] : [])
        + [Hint(keys: "any other key", label: "closes this")])
  }

  func pictures(_ view: View) -> [PictureWish] {
    [view.pathWish]
  }
}

extension Player {
  mutating func showPath() -> [Effect] {
    guard step.cell != nil else {
      say("Stand on a cell first; \(key(.next)) goes forward.")
      return []
    }
    return open(PathScreen())
  }

  /// A key that does the same behind the path: what moves the window or chooses a map works as in
  /// the walk; nil for any other.
  fileprivate mutating func pressBehind(_ key: Key) -> Reaction? {
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
    default: return commonReaction(to: key)
    }
  }
}

extension View {
  /// Long names are cut to what a narrow screen leaves them.
  private var nameWidth: Int { size.columns < 100 ? 16 : 24 }

  private var listWidth: Int { 34 + nameWidth }

  /// How many layers are listed at once.
  fileprivate var pathRows: Int { size.rows - 9 }

  fileprivate var pathRoom: Size {
    Size(columns: size.columns - listWidth - 4, rows: size.rows - 8)
  }

  /// The input depth that is drawn: the shown one in the first layer, else the first that
  /// reaches the cell.
  fileprivate var pathDepth: Int {
    guard let cell = step.cell, let last = network.reach(of: cell, in: place.layer).last,
      last.source == .input
    else { return 0 }
    return depth(drawnOf: last)
  }

  private func depth(drawnOf reach: Reach) -> Int {
    reach.depths.contains(shownDepth) ? shownDepth : reach.depths.lowerBound
  }

  fileprivate var pathWish: PictureWish {
    PictureWish(
      .input, depth: mixedColours == nil ? pathDepth : 0, room: pathRoom, nil, mixedColours)
  }

  fileprivate func drawPath(_ screen: inout Screen, first: Int) {
    guard let cell = step.cell else { return }
    let reach = network.reach(of: cell, in: place.layer)
    screen.put(
      "Path from \(layer.name)\(cell) back to the picture", 1, 0, .heading, before: size.columns)
    let start = min(first, max(0, reach.count - pathRows))
    drawPathList(&screen, reach, start: start)
    if let last = reach.last, last.source == .input {
      drawPathOnInput(&screen, last)
    } else {
      screen.put("No input reaches it.", listWidth + 1, 2, .prose, before: size.columns)
    }
    let note =
      reach.contains(where: \.isClipped)
      ? "cut: windows there reach into padding, which is not listed." : ""
    screen.put(note, 1, size.rows - 4, .faint, before: size.columns)
    drawStatus(&screen)
  }

  private func drawPathList(_ screen: inout Screen, _ reach: [Reach], start: Int) {
    let end = listWidth
    func line(_ cells: [String], _ row: Int, _ role: Role) {
      screen.put(cells[0], 1, row, role, before: nameWidth + 1)
      for (cell, column) in zip(cells.dropFirst(), [11, 21, 30]) {
        screen.frame.put(cell, endingAt: nameWidth + column, row, role)
      }
      screen.put(cells[4], nameWidth + 31, row, .faint, before: end + 1)
    }
    line(["layer", "columns", "rows", "size", ""], 2, .heading)
    let own = step.cell.map { ["\(layer.name)", "\($0.x)", "\($0.y)", "1×1", ""] }
    if start == 0, let own { line(own, 3, .current) }
    for (index, step) in reach.dropFirst(start).prefix(pathRows).enumerated() {
      line(
        [
          network.name(of: step.source), places(step.columns), places(step.rows),
          "\(step.columns.count)×\(step.rows.count)", step.isClipped ? "cut" : "",
        ], 4 + index, step.source == .input ? .window : .plain)
    }
    let rest = reach.count - start - pathRows
    if rest > 0 { screen.put("… \(rest) more", 1, 4 + pathRows, .faint, before: end) }
  }

  private func places(_ range: Range<Int>) -> String {
    range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)..\(range.upperBound - 1)"
  }

  private func drawPathOnInput(_ screen: inout Screen, _ reach: Reach) {
    let column = listWidth + 1
    let depth = depth(drawnOf: reach)
    let shown = mixedColours == nil ? "depth [\(depth)]" : "in colour"
    screen.put(
      "\(network.inputName) \(network.input)  \(shown)", column, 2, .heading,
      before: size.columns)
    guard let picture = picture(pathWish) else { return }
    picture.draw(on: &screen, column + 1, 3)
    picture.mark(columns: reach.columns, rows: reach.rows, on: &screen, column + 1, 3)
    let row = 3 + picture.size.rows
    let range = picture.rangeText(fitting: size.columns - column)
    screen.put(range, column, row, .plain, before: size.columns)
    screen.put(picture.boxText, column, row + 1, .faint, before: size.columns)
  }
}
