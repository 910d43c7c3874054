import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

extension View {
  /// The input map with the window, its candidates or addends, and the output.
  func drawPool(_ screen: inout Screen, _ account: CellAccount?) {
    guard let windows = layer.windows, let input = activations.inputs(of: place.layer)?.first
    else { return }
    let rows = windows.y.paddingBefore + windows.y.input + windows.y.paddingAfter
    // A tall input takes the room of what is said about pooling as such.
    let isTall = rows + 5 > size.rows - 12
    // A low one leaves room for a list of all places of a usual window.
    let places = windows.x.filter * windows.y.filter
    let needed = max(rows + 5, min(places, 9) + 4)
    let codeRow = min(size.rows - (coversBottom ? 9 : isTall ? 7 : 12), needed)
    let gridRows = codeRow - 5
    var candidates: Candidates?
    if case .maximum(let found) = account?.working, !hidesResult { candidates = found }
    let output = outputGrid(layer, map: step.map, knownCells: step.cellsDone)
    let listWidth = 20
    let outputWidth = min(output.width, 24)
    let room = gridsEnd - listWidth - outputWidth - 4
    let end = drawPoolInput(
      &screen, windows, input, candidates, columns: room, rows: gridRows)
    let listColumn = max(end + 2, 38)
    screen.keep(
      columns: listColumn - 1..<listColumn + listWidth + 2, rows: 1..<min(codeRow, places + 4))
    drawAddends(&screen, account, at: listColumn, rows: 2..<codeRow, width: listWidth + 2)
    let outputColumn = listColumn + listWidth + 2
    drawOutput(
      &screen, layer, map: step.map, knownCells: step.cellsDone, current: step.cell,
      at: outputColumn, 1, columns: gridsEnd - outputColumn, rows: codeRow - 2)
    drawSideOverview(&screen)
    drawCode(&screen, row: codeRow)
    guard !coversBottom else { return }
    drawPoolBottom(
      &screen, account, windows, isTall: isTall, rows: codeRow + (isTall ? 1 : 2)..<size.rows - 2)
  }

  private func drawPoolInput(
    _ screen: inout Screen, _ windows: Windows, _ input: Tensor, _ candidates: Candidates?,
    columns: Int, rows: Int
  ) -> Int {
    let source = layer.sources[0]
    let (map, shape) = (step.map, layer.input)
    var grid = windowGrid(
      input, depth: map, windows, cellWidth: max(3, width(of: source)) + 1, readsPadding: false)
    grid.labelDigits = max(3, "\(shape.height - 1)".count)
    grid.labelWidth = grid.labelDigits
    if let candidates {
      // A winner's mark is painted with its number: it belongs to no other.
      grid.winners = candidates.winners.map {
        (candidates.cells[$0].x, candidates.cells[$0].y)
      }
    }
    let fitting = max(1, (columns - grid.labelWidth - 1) / grid.cellWidth)
    grid.crop(columns: fitting, rows: rows, around: grid.bracket)
    let end = grid.width
    drawDepths(
      &screen, title: "\(network.name(of: source)) \(inputSizeText(layer))",
      depths: 0..<shape.depth,
      shown: map, at: 1, 1, before: max(end, 37), isClickable: false)
    grid.draw(on: &screen, 0, 3)
    return end
  }

  /// The candidates of a maximum with the winner marked, or the addends of an average.
  private func drawAddends(
    _ screen: inout Screen, _ account: CellAccount?, at column: Int, rows: Range<Int>, width: Int
  ) {
    guard let gathered = account?.gathered else { return }
    screen.frame.put(gathered.heading, column, 1, .heading)
    let (cells, values) = (gathered.cells, gathered.values)
    let winners = hidesResult ? [] : gathered.winners
    let source = network.name(of: layer.sources[0])
    let room = rows.count - 2
    let slots = Slots(0..<cells.count, room: room, showing: winners.first)
    for (line, place) in slots.places.enumerated() {
      let row = rows.lowerBound + 1 + line
      guard let index = place else {
        let hidden = "… \(grouped(slots.hidden(at: line).count)) more"
        screen.put(hidden, column + 1, row, .faint, before: column + width)
        continue
      }
      let isWinner = winners.contains(index)
      if isWinner { screen.frame.put("*", column - 1, row, .winner) }
      let role: Role = isWinner ? .winner : .plain
      let value = hides(cells[index], of: source) ? "?" : values[index].text(fitting: 6)
      let start = screen.frame.put(value, endingAt: column + width - 3, row, role)
      // Of a long name the place stays, which is what differs from line to line.
      screen.frame.put(
        cutInside("\(source)\(cells[index])", to: start - column - 2), column + 1, row, role)
    }
    if cells.count > room {
      screen.put(
        "\(grouped(cells.count)) in all", column + 1, rows.lowerBound + 1 + room, .faint,
        before: column + width)
    }
  }

  private func drawPoolBottom(
    _ screen: inout Screen, _ account: CellAccount?, _ windows: Windows, isTall: Bool,
    rows: Range<Int>
  ) {
    screen.keep(columns: 0..<size.columns, rows: rows.prefix(3))
    screen.keep(columns: 0..<min(size.columns, 100), rows: rows.prefix(11))
    var lines: [(String, Role)] = []
    if let account {
      let narration = walk.narration(place, account: account)
      let equation = equationText(account)
      let sentence = narration.sentences.joined(separator: " ")
      let together = "\(equation)     \(sentence)"
      if together.unicodeScalars.count <= size.columns - 2 {
        lines.append((together, .prose))
      } else {
        lines.append((equation, .prose))
        lines += wrapped(sentence, to: size.columns - 2).map { ($0, .prose) }
      }
    } else {
      let narration = walk.narration(place, account: nil)
      lines += (narration.sentences + [narration.next]).map { ($0, .prose) }
    }
    // A mean over all of a map is no window that slides: nothing is to be said about one.
    if layer.operation.windows == nil {
      lines.append(("", .plain))
      lines.append((countText, .plain))
    } else {
      lines += poolRemarks(windows, isTall: isTall)
    }
    for (index, line) in lines.prefix(rows.count).enumerated() {
      let isCut = index == rows.count - 1 && lines.count > rows.count && !line.0.isEmpty
      screen.put(
        isCut ? "\(cut(line.0, to: size.columns - 4)) …" : line.0, 1, rows.lowerBound + index,
        line.1, before: size.columns)
    }
  }

  private func poolRemarks(_ windows: Windows, isTall: Bool) -> [(String, Role)] {
    var lines: [(String, Role)] = []
    if !isTall {
      lines.append(("", .plain))
      lines += whatPoolingDoesNot(windows).map { ($0, .prose) }
      lines.append(("", .plain))
    }
    let formula = windows.x.formula
    let width = "width  \(formula.brief) = \(formula.outcome)"
    let both = "\(width)     \(countText)"
    let fits = both.unicodeScalars.count <= size.columns - 2
    return lines + (fits ? [both] : [width, countText]).map { ($0, .plain) }
  }

  /// `max(0, 9, 3, 7) = 9`, cut inside where there are too many.
  private func equationText(_ account: CellAccount) -> String {
    cutBetweenTerms(account.equation, to: size.columns - 2)
  }

  private func whatPoolingDoesNot(_ windows: Windows) -> [String] {
    let (x, y) = (windows.x, windows.y)
    let overlaps = x.stride < x.extent && x.positions > 1 || y.stride < y.extent && y.positions > 1
    let source = network.name(of: layer.sources[0])
    let leavesOut = !x.unread.isEmpty || !y.unread.isEmpty
    let overlap =
      overlaps
      ? "overlap               filter \(Pair(x.filter, y.filter)), stride "
        + "\(Pair(x.stride, y.stride)): cells of \(source) are used more than once"
      : leavesOut
        ? "no overlap            never read: \(unreadText(windows))"
        : "no overlap            filter \(Pair(x.filter, y.filter)), stride "
          + "\(Pair(x.stride, y.stride)): each cell of \(source) is used once"
    let others = layer.input.depth > 1 ? "Each map is pooled on its own; " : ""
    return [
      "What pooling does not do:",
      "  no weights, no bias   0 parameters: there is nothing to learn here",
      "  no mixing of depths   \(others)depth stays \(layer.output.depth)",
      "  \(overlap)",
    ]
  }

  /// `4·4·2 = 32 values in, 2·2·2 = 8 out: a quarter`
  private var countText: String {
    let (before, after) = (layer.input, layer.output)
    let ratio = before.count % after.count == 0 ? before.count / after.count : 0
    let part = [2: ": a half", 3: ": a third", 4: ": a quarter"][ratio] ?? ""
    return "\(before.width)·\(before.height)·\(before.depth) = \(grouped(before.count)) values in, "
      + "\(after.width)·\(after.height)·\(after.depth) = \(grouped(after.count)) out\(part)"
  }
}

extension CellAccount {
  /// What a pool gathers under its window: the candidates of a maximum, or the addends of an average.
  fileprivate var gathered: (heading: String, cells: [Cell], values: [Number], winners: [Int])? {
    switch working {
    case .maximum(let candidates):
      ("candidates  (* wins)", candidates.cells, candidates.values, candidates.winners)
    case .average(let average): ("averaged", average.cells, average.values, [])
    case .weightedSum, .mapped, .moved, .joined, .padding, .added, .normalized, .responded,
      .squashed, .shared:
      nil
    }
  }
}
