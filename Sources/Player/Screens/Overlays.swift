import Canvas
import ConvolutionEngine
import Walkthrough

/// Screens that lie over the walk until a key closes them.
extension Player {
  func drawHelp(_ screen: inout Screen) {
    screen.frame.put("Keys", 1, 0, .heading)
    let groups = Command.helpLines.filter { course != nil || !$0.commands[0].isForLessons }
    let rows = max(size.rows - 8, (groups.count + 1) / 2)
    for (index, group) in groups.enumerated() {
      let column = index < rows ? 1 : 41
      let row = 2 + index % rows
      let all = group.commands.map { options.bindings.names(of: $0, ascii: options.ascii) }
      let first = group.commands.map { options.bindings.name(of: $0, ascii: options.ascii) }
      let isShort = all.joined(separator: " ").unicodeScalars.count <= 13
      let keys = isShort ? all : first
      screen.put(keys.joined(separator: " "), column, row, .key, before: column + 13)
      screen.put(
        group.explanation, column + 14, row, before: column == 1 ? 40 : size.columns)
    }
    let wide =
      options.hasWideGlyphs
      ? ["ASCII stands for glyphs that this terminal draws two columns wide."] : []
    let notes =
      wide + [
        "12 \(key(.next)) goes 12 steps, 40\(shortKey(.last)) to step 40, "
          + "\(keys(.goTo, .goTo)) to the start, \(keys(.jumpToMark, .jumpToMark)) back after a jump.",
        "[ ] window and current cell   ( ) product   * winner   · not computed yet",
        ": padded zero   ! never read   ≈ rounded (all else is exact)   … there is more",
      ]
    for (line, note) in notes.enumerated() {
      screen.put(note, 1, size.rows - 1 - notes.count + line, .faint, before: size.columns)
    }
    drawClose(&screen)
  }

  private func drawClose(_ screen: inout Screen) {
    screen.frame.put("Any key", 1, size.rows - 1, .key)
    screen.frame.put("closes this", 9, size.rows - 1, .faint)
  }

  /// The layer's sizes: the formula with its numbers for both directions.
  func drawFormula(_ screen: inout Screen) {
    screen.frame.put("How large is \(layer.name)?", 1, 0, .heading)
    var lines: [(String, Role)] = []
    if let windows = layer.windows {
      for axis in Axis.allCases {
        let formula = windows[axis].formula
        lines.append(("\(axis.size)", .heading))
        lines.append(("    \(formula.symbolic)", .plain))
        lines.append(("  = \(formula.substituted)", .plain))
        lines.append(("  = \(formula.result)", .current))
        if !formula.divides { lines.append(("    \(remainderText(formula))", .prose)) }
        lines.append(("", .plain))
      }
      lines.append(("unread    \(unreadText(windows))", .plain))
      lines.append((symbols(windows), .faint))
    } else {
      lines.append(("\(layer.input) in, \(layer.output) out.", .plain))
    }
    lines.append(("", .plain))
    let reason = layer.parameters == nil ? "the input's depth" : "the number of filters"
    lines.append(("depth       \(layer.output.depth): \(reason)", .plain))
    lines.append(("parameters  \(layer.groupedCountText)", .plain))
    lines.append(
      (
        "products    \(counted(layer.output.count, "cell")) · \(grouped(layer.productsPerCell)) "
          + "= \(grouped(layer.multiplyAdds))", .plain
      ))
    for (index, line) in lines.prefix(size.rows - 4).enumerated() {
      screen.put(line.0, 1, 2 + index, line.1, before: size.columns)
    }
    drawClose(&screen)
  }

  /// What becomes of the columns or rows that the stride leaves over.
  private func remainderText(_ formula: PositionFormula) -> String {
    let window = formula.window
    let leaves = "The stride leaves \(formula.remainder) over: "
    guard window.rounding == .ceil else { return leaves + "no room for another window." }
    guard formula.dropped == 0 else {
      return leaves + "one more window would begin past the input, and is left out."
    }
    let last = window.start(of: window.positions - 1) + window.extent
    let over = last - window.input - window.paddingAfter
    return leaves + "one more window, which hangs over the edge by \(over)."
  }

  private func symbols(_ windows: Windows) -> String {
    windows.x.formula.isSimple
      ? "W width, H height, F filter, P padding, S stride"
      : "W width, H height, F filter, P₁ P₂ padding before and after, S stride, D dilation"
  }

  /// The command that opens this very screen.
  func drawCommandLine(_ screen: inout Screen) {
    screen.frame.put("This screen as a command line", 1, 0, .heading)
    // From column 0, so that a word that goes on in the next line is whole where lines are copied.
    for (index, line) in shellLines(commandWords, width: size.columns).enumerated()
    where index < size.rows - 6 {
      screen.frame.put(line, 0, 2 + index, .code)
    }
    for (index, line) in wrapped(printingNote, to: size.columns - 2).enumerated() {
      screen.put(line, 1, size.rows - 3 + index, .faint, before: size.columns)
    }
    drawClose(&screen)
  }
}
