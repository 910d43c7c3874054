import Canvas
import ConvolutionEngine
import Walkthrough

extension Player {
  /// The settings of a layer, its formula with their numbers, the rules for what is left over,
  /// and the windows as a strip: the strip is the formula.
  func drawSettings(_ scene: inout Scene, _ editor: SettingsEditor) {
    let layer = network.layers[editor.layer]
    let windows = editor.windows(.x)
    let outcome = editor.outcome
    scene.put("Settings of \(layer.name) (\(layer.operation.kind))", 1, 0, .heading, before: 60)
    drawVerdict(&scene, outcome, windows)
    for (index, field) in editor.fields.enumerated() {
      let isSelected = index == editor.selected
      let value = "\(editor.value(of: field))"
      if isSelected { scene.frame.put("▸", 0, 2 + index, .current) }
      scene.frame.put(editor.label(of: field), 2, 2 + index, isSelected ? .heading : .plain)
      scene.frame.put(padded(value, to: 4), 16, 2 + index, isSelected ? .current : .plain)
      if isSelected {
        scene.frame.put("[", 15, 2 + index, .current)
        scene.frame.put("]", 21, 2 + index, .current)
      }
    }
    if let windows {
      drawFormulaBeside(&scene, editor, windows)
      drawStrip(&scene, windows, name: network.name(of: layer.sources[0]), row: 15, rows: 6)
    }
    if case .failure(let error) = outcome {
      for (line, text) in wrapped("\(error)", to: 52).prefix(4).enumerated() {
        scene.put(text, 26, 10 + line, .bad, before: size.columns)
      }
    }
    let mends = editor.mends
    if windows?.formula.divides != true || isFailure(outcome), !mends.isEmpty {
      scene.put(
        "To make it fit: " + mends.joined(separator: " · "), 1, 21, .prose, before: size.columns)
    }
    if case .success(let changed) = outcome, message == nil {
      let code = LayerCode(changed.layers[editor.layer], in: changed, .pytorch).lines.joined()
      scene.put(code, 1, 22, .code, before: size.columns - 8)
    }
    drawMessage(&scene)
    drawKeys(
      &scene,
      [
        Hint(keys: options.ascii ? "Up Down" : "↑↓", label: "setting"),
        Hint(keys: options.ascii ? "Left Right" : "←→", label: "change"),
        Hint(keys: "Enter", label: "keep it"), Hint(keys: "r", label: "rule"),
        Hint(keys: "u", label: "undo"), Hint(keys: "R", label: "reset"),
        Hint(keys: "Esc", label: "leave"),
      ])
  }

  private func isFailure(_ outcome: Result<Network, NetworkError>) -> Bool {
    if case .failure = outcome { true } else { false }
  }

  private func drawVerdict(
    _ scene: inout Scene, _ outcome: Result<Network, NetworkError>, _ windows: WindowAxis?
  ) {
    let fits = !isFailure(outcome) && windows?.formula.divides == true
    let text =
      fits ? "✓ fits" : isFailure(outcome) ? "✗ not possible" : "✗ something is left over"
    scene.frame.put(text, endingAt: size.columns - 1, 0, fits ? .good : .bad)
  }

  private func drawFormulaBeside(
    _ scene: inout Scene, _ editor: SettingsEditor, _ windows: WindowAxis
  ) {
    let formula = windows.formula
    let column = 26
    scene.put("  \(formula.symbolic)", column, 2, before: size.columns)
    scene.put("= \(formula.substituted)", column, 3, before: size.columns)
    let result = "= \(formula.numerator)/\(windows.stride) + 1 = \(formula.unrounded.text)"
    let end = scene.frame.put(result, column, 4, formula.divides ? .good : .plain)
    if !formula.divides {
      scene.put("   ✗ not a whole number", end, 4, .bad, before: size.columns)
    }
    scene.put(
      "  rule    windows  what happens to the rest", column, 6, .faint, before: size.columns)
    for (index, rounding) in Rounding.allCases.enumerated() {
      let isChosen = rounding == editor.windows.rounding
      let row = 7 + index
      if isChosen { scene.frame.put("▸", column, row, .current) }
      var ruled = editor.windows
      ruled.rounding = rounding
      let size = try? ruled.windows(.x, over: windows.input)
      let count = size.map { "\($0.positions)" } ?? "none"
      scene.frame.put(rounding.rawValue, column + 2, row, isChosen ? .current : .plain)
      scene.frame.put(count, column + 10, row)
      scene.put(fate(rounding, size), column + 19, row, .prose, before: self.size.columns)
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
  func drawStrip(_ scene: inout Scene, _ windows: WindowAxis, name: String, row: Int, rows: Int) {
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
    scene.frame.put(windows.axis.place, 1, row, .heading)
    for place in shown {
      let inside = (0..<windows.input).contains(place)
      scene.frame.put(
        inside || place >= windows.input ? "\(place)" : ":", endingAt: column(place) + cell, row,
        inside ? .plain : .faint)
    }
    if until > from + room { scene.frame.put("…", column(from + room) + 1, row, .faint) }
    let more = windows.positions > rows - 2
    let count = min(windows.positions, rows - 2 - (more ? 1 : 0))
    for position in 0..<count {
      drawStripWindow(&scene, windows, position, shown, row + 1 + position, column)
    }
    if more {
      scene.frame.put("… \(windows.positions) windows in all", 1, row + 1 + count, .faint)
    }
    if windows.hasNoRoom, count < rows - 2 {
      drawStripWindow(&scene, windows, windows.positions, shown, row + 1 + count, column)
      scene.put(
        "no room: \(name) ends at \(windows.input - 1)", column(shown.upperBound) + 3,
        row + 1 + count, .bad, before: size.columns)
    }
    let unread = windows.unread.filter { shown.contains($0) }
    let last = row + rows - 1
    scene.frame.put("unread", 1, last, .heading)
    for place in unread { scene.frame.put("!", endingAt: column(place) + cell, last, .unread) }
    if windows.unread.isEmpty {
      scene.frame.put("no \(windows.axis.place)", label + 2, last, .faint)
    }
  }

  private func drawStripWindow(
    _ scene: inout Scene, _ windows: WindowAxis, _ position: Int, _ shown: Range<Int>, _ row: Int,
    _ column: (Int) -> Int
  ) {
    let cell = column(1) - column(0)
    scene.frame.put("window \(position)", 1, row)
    let start = windows.start(of: position)
    guard shown.contains(start) else { return }
    scene.frame.put("[", column(start), row, .current)
    for tap in 0..<windows.filter {
      let place = start + tap * windows.dilation
      guard shown.contains(place) else { continue }
      let isInside = (0..<windows.input).contains(place)
      let isMissing = place >= windows.input + windows.paddingAfter
      scene.frame.put(
        isInside ? "■" : isMissing ? "✗" : ":", endingAt: column(place) + cell, row,
        isInside ? .window : isMissing ? .bad : .padding)
    }
    let end = start + windows.extent
    if end <= shown.upperBound { scene.frame.put("]", column(end), row, .current) }
  }
}

extension WindowAxis {
  /// Whether a further window would begin within what is there, but stick out of it.
  var hasNoRoom: Bool { start(of: positions) < input && !unread.isEmpty }
}
