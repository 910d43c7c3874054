import Canvas
import ConvolutionEngine
import ExactNumbers
import Walkthrough

extension Player {
  /// The settings of a layer, its formula with their numbers, the rules for what is left over,
  /// and the windows as a strip: the strip is the formula.
  func drawSettings(_ screen: inout Screen, _ editor: SettingsEditor) {
    let layer = network.layers[editor.layer]
    let windows = editor.windows(.x)
    let outcome = editor.outcome
    screen.put("Settings of \(layer.name) (\(layer.operation.kind))", 1, 0, .heading, before: 60)
    drawVerdict(&screen, outcome, windows)
    for (index, field) in editor.fields.enumerated() {
      let isSelected = index == editor.selected
      let value = "\(editor.value(of: field))"
      if isSelected { screen.frame.put("▸", 0, 2 + index, .current) }
      screen.frame.put(editor.label(of: field), 2, 2 + index, isSelected ? .heading : .plain)
      screen.frame.put(padded(value, to: 4), 16, 2 + index, isSelected ? .current : .plain)
      if isSelected {
        screen.frame.put("[", 15, 2 + index, .current)
        screen.frame.put("]", 21, 2 + index, .current)
      }
    }
    if let windows {
      drawFormulaBeside(&screen, editor, windows)
      drawStrip(&screen, windows, name: network.name(of: layer.sources[0]), row: 15, rows: 6)
    }
    if case .failure(let error) = outcome {
      for (line, text) in wrapped("\(error)", to: 52).prefix(4).enumerated() {
        screen.put(text, 26, 10 + line, .bad, before: size.columns)
      }
    }
    if windows?.formula.divides != true || isFailure(outcome) {
      screen.frame.put(advice(editor.mends), 1, 21, .prose)
    }
    if case .success(let changed) = outcome, message == nil {
      let code = LayerCode(changed.layers[editor.layer], in: changed, .pytorch).lines.joined()
      screen.put(code, 1, 22, .code, before: size.columns - 8)
    }
    drawMessage(&screen)
    drawKeys(
      &screen,
      [
        Hint(keys: keys(.up, .down), label: "setting"),
        Hint(keys: keys(.left, .right), label: "change"),
        Hint(keys: "Enter", label: "keep it"), Hint(keys: "Esc", label: "leave"),
        Hint(keys: key(.returnToStop), label: "rule"), Hint(keys: key(.undo), label: "undo"),
        Hint(keys: key(.reset), label: "reset"),
      ])
  }

  /// As many changes as fit, none cut.
  private func advice(_ mends: [String]) -> String {
    mends.reduce("") { text, mend in
      let longer = text.isEmpty ? "To make it fit: \(mend)" : "\(text) · \(mend)"
      return longer.unicodeScalars.count <= size.columns - 2 ? longer : text
    }
  }

  private func isFailure(_ outcome: Result<Network, NetworkError>) -> Bool {
    if case .failure = outcome { true } else { false }
  }

  private func drawVerdict(
    _ screen: inout Screen, _ outcome: Result<Network, NetworkError>, _ windows: WindowAxis?
  ) {
    let fits = !isFailure(outcome) && windows?.formula.divides == true
    let text =
      fits ? "✓ fits" : isFailure(outcome) ? "✗ not possible" : "✗ something is left over"
    screen.frame.put(text, endingAt: size.columns - 1, 0, fits ? .good : .bad)
  }

  private func drawFormulaBeside(
    _ screen: inout Screen, _ editor: SettingsEditor, _ windows: WindowAxis
  ) {
    let formula = windows.formula
    let column = 26
    screen.put("  \(formula.symbolic)", column, 2, before: size.columns)
    screen.put("= \(formula.substituted)", column, 3, before: size.columns)
    let result = "= \(formula.numerator)/\(windows.stride) + 1 = \(formula.unrounded.text)"
    let end = screen.frame.put(result, column, 4, formula.divides ? .good : .plain)
    if !formula.divides {
      screen.put("   ✗ not a whole number", end, 4, .bad, before: size.columns)
    }
    screen.put(
      "  rule    windows  what happens to the rest", column, 6, .faint, before: size.columns)
    for (index, rounding) in Rounding.allCases.enumerated() {
      let isChosen = rounding == editor.windows.rounding
      let row = 7 + index
      if isChosen { screen.frame.put("▸", column, row, .current) }
      var ruled = editor.windows
      ruled.rounding = rounding
      let size = try? ruled.windows(.x, over: windows.input)
      let count = size.map { "\($0.positions)" } ?? "none"
      screen.frame.put(rounding.rawValue, column + 2, row, isChosen ? .current : .plain)
      screen.frame.put(count, column + 10, row)
      screen.put(fate(rounding, size), column + 19, row, .prose, before: self.size.columns)
    }
  }

  private func fate(_ rounding: Rounding, _ windows: WindowAxis?) -> String {
    guard let windows else {
      return rounding == .strict ? "refused (CS231n)" : "does not fit"
    }
    let last = windows.start(of: windows.positions - 1) + windows.extent
    let end = windows.input + windows.paddingAfter
    if rounding == .ceil {
      return last > end ? "pools only; hangs over by \(last - end)" : "pools only; none is left"
    }
    return last < end ? "\(end - last) never read (PyTorch)" : "nothing is left over"
  }

  /// Each window as a run of ■ over the columns, `!` under those that none reads, and where there
  /// are rows the window that has no room, with ✗ where it would stick out.
  func drawStrip(_ screen: inout Screen, _ windows: WindowAxis, name: String, row: Int, rows: Int) {
    let digits = max(2, "\(windows.input - 1)".count)
    let cell = digits + 1
    let label = 10
    let from = -windows.paddingBefore
    let end = windows.input + windows.paddingAfter
    let reach = windows.start(of: windows.positions) + windows.extent
    let until = windows.hasNoRoom ? min(reach, end + windows.extent) : end
    let room = (size.columns - label - 4) / cell
    let shown = from..<min(until, from + room)
    func column(_ place: Int) -> Int { label + (place - from) * cell }
    screen.frame.put(windows.axis.place, 1, row, .heading)
    for place in shown {
      let inside = (0..<windows.input).contains(place)
      // What is neither input nor padding does not exist: it has no number.
      let text = inside ? "\(place)" : place < end ? ":" : ""
      screen.frame.put(text, endingAt: column(place) + cell, row, inside ? .plain : .faint)
    }
    if until > from + room { screen.frame.put("…", column(from + room) + 1, row, .faint) }
    let more = windows.positions > rows - 2
    let count = min(windows.positions, rows - 2 - (more ? 1 : 0))
    for position in 0..<count {
      drawStripWindow(&screen, windows, position, shown, row + 1 + position, column)
    }
    if more {
      screen.frame.put("… \(windows.positions) windows in all", 1, row + 1 + count, .faint)
    }
    if windows.hasNoRoom, !more, count < rows - 2 {
      drawStripWindow(&screen, windows, windows.positions, shown, row + 1 + count, column)
      screen.put(
        "no room: \(name) ends at \(windows.input - 1)", column(shown.upperBound) + 3,
        row + 1 + count, .bad, before: size.columns)
    }
    let last = row + rows - 1
    screen.frame.put("unread", 1, last, .heading)
    let unread = windows.unread
    if unread.isEmpty {
      screen.frame.put("no \(windows.axis.place)", label + 2, last, .faint)
    } else if unread.allSatisfy(shown.contains) {
      for place in unread { screen.frame.put("!", endingAt: column(place) + cell, last, .unread) }
    } else if let text = UnreadPlaces(windows).text {
      screen.put("! \(text)", label + 2, last, .unread, before: size.columns)
    }
  }

  private func drawStripWindow(
    _ screen: inout Screen, _ windows: WindowAxis, _ position: Int, _ shown: Range<Int>, _ row: Int,
    _ column: (Int) -> Int
  ) {
    let cell = column(1) - column(0)
    screen.frame.put("window \(position)", 1, row)
    let start = windows.start(of: position)
    guard shown.contains(start) else {
      screen.put(
        "… from \(windows.axis.place) \(start) on", column(shown.lowerBound) + 2, row, .faint,
        before: size.columns)
      return
    }
    screen.frame.put("[", column(start), row, .current)
    for tap in 0..<windows.filter {
      let place = start + tap * windows.dilation
      guard shown.contains(place) else { continue }
      let isInside = (0..<windows.input).contains(place)
      let isMissing = place >= windows.input + windows.paddingAfter
      screen.frame.put(
        isInside ? "■" : isMissing ? "✗" : ":", endingAt: column(place) + cell, row,
        isInside ? .window : isMissing ? .bad : .padding)
    }
    let end = start + windows.extent
    if end <= shown.upperBound { screen.frame.put("]", column(end), row, .current) }
  }
}

extension WindowAxis {
  /// Whether a further window would begin within what is there, but stick out of it.
  var hasNoRoom: Bool { start(of: positions) < input && !unread.isEmpty }
}
