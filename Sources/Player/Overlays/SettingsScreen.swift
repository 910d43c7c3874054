import Canvas
import ConvolutionEngine
import ExactNumbers
import Walkthrough

/// The keys, the drawing and the footer of a layer's settings.
extension SettingsEditor: OverlayContent {
  static let help = "change the settings, live"

  var overlay: Overlay { .settings(self) }

  mutating func press(_ key: Key, on player: inout Player) -> Reaction {
    if player.takeDigit(key, atMost: 3) {
      player.say("The next arrow key goes \(player.status.count) times.")
      return .stay
    }
    let times = player.status.takeCount() ?? 1
    defer { player.lastSetting = field }
    switch player.command(for: key) {
    case _ where key == .enter: return keep(on: &player)
    case .move(.up): press("Up", times: times) { $0.select(by: -1) }
    case .move(.down): press("Down", times: times) { $0.select(by: 1) }
    case .move(.left), .move(.finer): press("Left", times: times) { $0.change(by: -1) }
    case .move(.right), .move(.coarser): press("Right", times: times) { $0.change(by: 1) }
    case .stop(.returnToStop): press("r", times: 1) { $0.changeRounding() }
    case .change(.reset): return .close(player.resetChanges())
    case .change(.undo): return .close(player.undoChange())
    case .change(.redo): return .close(player.redoChange())
    case .program(.leave), .program(.quit): return .close
    case .program(.redraw): return .stay([.redraw])
    default:
      player.say(
        "\(player.keys(.up, .down)) choose a setting, \(player.keys(.left, .right)) change it, "
          + "Enter keeps, Esc leaves.")
    }
    return .stay
  }

  private func keep(on player: inout Player) -> Reaction {
    guard !isUnchanged else {
      player.say("Nothing was changed.")
      return .close
    }
    switch outcome {
    case .success(let network):
      return network == player.network ? .close : .close(player.keep(presentation(network), keys))
    case .failure(let error):
      player.fail("\(error)")
      return .stay
    }
  }

  /// The settings of a layer, its formula with their numbers, the rules for what is left over,
  /// and the windows as a strip: the strip is the formula.
  func draw(on screen: inout Screen, _ view: View) {
    let (layer, size) = (view.network.layers[layer], view.size)
    let windows = windows(.x)
    let outcome = outcome
    screen.put("Settings of \(layer.name) (\(layer.operation.kind))", 1, 0, .heading, before: 60)
    drawVerdict(on: &screen, view, outcome, windows)
    drawFields(on: &screen)
    if let windows {
      drawFormula(windows, on: &screen, view)
      view.drawStrip(
        &screen, windows, name: view.network.name(of: layer.sources[0]), row: 15, rows: 6)
    }
    if case .failure(let error) = outcome {
      for (line, text) in wrapped("\(error)", to: 52).prefix(4).enumerated() {
        screen.put(text, 26, 10 + line, .bad, before: size.columns)
      }
    }
    if windows?.formula.divides != true || outcome.isFailure {
      screen.frame.put(advice(to: size.columns - 2), 1, 21, .prose)
    }
    if case .success(let changed) = outcome, view.status.message == nil {
      let code = LayerCode(changed.layers[self.layer], in: changed, .pytorch).lines.joined()
      screen.put(code, 1, 22, .code, before: size.columns - 8)
    }
    if case .success(let changed) = outcome {
      screen.fill(with: panels(view, changed), rows: 1..<size.rows - 2)
    }
    view.drawStatus(&screen)
  }

  func footer(_ view: View) -> Footer {
    .keys([
      Hint(keys: view.keys(.up, .down), label: "setting"),
      Hint(keys: view.keys(.left, .right), label: "change"),
      Hint(keys: "Enter", label: "keep it"), Hint(keys: "Esc", label: "leave"),
      Hint(keys: view.key(.returnToStop), label: "rule"),
      Hint(keys: view.key(.undo), label: "undo"), Hint(keys: view.key(.reset), label: "reset"),
    ])
  }

  private func drawFields(on screen: inout Screen) {
    for (index, field) in fields.enumerated() {
      let isSelected = index == selected
      let value = text(of: field)
      if isSelected { screen.point(0, 2 + index) }
      screen.frame.put(label(of: field), 2, 2 + index, isSelected ? .heading : .plain)
      screen.frame.put(padded(value, to: 4), 16, 2 + index, isSelected ? .current : .plain)
      if isSelected {
        screen.frame.put("[", 15, 2 + index, .current)
        screen.frame.put("]", 21, 2 + index, .current)
      }
    }
  }

  /// As many changes as fit, none cut.
  private func advice(to width: Int) -> String {
    mends.reduce("") { text, mend in
      let longer = text.isEmpty ? "To make it fit: \(mend)" : "\(text) · \(mend)"
      return longer.unicodeScalars.count <= width ? longer : text
    }
  }

  private func drawVerdict(
    on screen: inout Screen, _ view: View, _ outcome: Result<Network, NetworkError>,
    _ windows: WindowAxis?
  ) {
    let fits = !outcome.isFailure && windows?.formula.divides == true
    let text =
      fits ? "✓ fits" : outcome.isFailure ? "✗ not possible" : "✗ something is left over"
    screen.frame.put(text, endingAt: view.size.columns - 1, 0, fits ? .good : .bad)
  }

  private func drawFormula(_ windows: WindowAxis, on screen: inout Screen, _ view: View) {
    let (formula, end) = (windows.formula, view.size.columns)
    let column = 26
    screen.put("  \(formula.symbolic)", column, 2, before: end)
    screen.put("= \(formula.substituted)", column, 3, before: end)
    let result = "= \(formula.numerator)/\(windows.stride) + 1 = \(formula.unrounded.text)"
    let resultEnd = screen.frame.put(result, column, 4, formula.divides ? .good : .plain)
    if !formula.divides {
      screen.put("   ✗ not a whole number", resultEnd, 4, .bad, before: end)
    }
    screen.put("  rule    windows  what happens to the rest", column, 6, .faint, before: end)
    for (index, rounding) in Rounding.allCases.enumerated() {
      let isChosen = rounding == self.windows.rounding
      let row = 7 + index
      if isChosen { screen.frame.put("▸", column, row, .current) }
      var ruled = self.windows
      ruled.rounding = rounding
      let size = try? ruled.windows(.x, over: windows.input)
      screen.frame.put(rounding.rawValue, column + 2, row, isChosen ? .current : .plain)
      screen.frame.put(size.map { "\($0.positions)" } ?? "none", column + 10, row)
      screen.put(fate(rounding, size), column + 19, row, .prose, before: end)
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
}

extension Result {
  fileprivate var isFailure: Bool {
    if case .failure = self { true } else { false }
  }
}

extension Player {
  mutating func openSettings() -> [Effect] {
    guard let editor = SettingsEditor(subject, layer: place.layer, at: lastSetting) else {
      say("\(layer.name) has nothing to set; go to a convolution or a pool.")
      return []
    }
    return open(editor)
  }

  /// Takes over what was set.
  fileprivate mutating func keep(_ presentation: Presentation, _ keys: [String]) -> [Effect] {
    let (at, before) = (place, subject)
    let effects = change(to: presentation, by: keys + ["Enter"])
    say(kept(network.layers[at.layer], since: before))
    return effects
  }

  /// What a kept setting made, and where its new numbers come from.
  private func kept(_ layer: Layer, since before: Presentation) -> String {
    var sentences = ["\(layer.name) is now \(layer.output)."]
    let anew = zip(before.network.layers, network.layers).filter { old, new in
      old.parameters?.weights.count != new.parameters?.weights.count
    }.map(\.1.name)
    if let first = anew.first {
      let others = anew.count == 1 ? "" : " and of \(anew.count - 1) more"
      sentences.append("New weights of \(first)\(others) come from the seed.")
    }
    let (old, new) = (before.network.input, network.input)
    let wider =
      (new.width > old.width ? ["columns"] : []) + (new.height > old.height ? ["rows"] : [])
    if !wider.isEmpty {
      sentences.append("\(network.inputName) repeats its \(wider.joined(separator: " and ")).")
    }
    sentences.append("\(key(.undo)) undoes.")
    return sentences.joined(separator: " ")
  }
}
