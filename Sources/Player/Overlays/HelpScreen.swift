import Canvas

/// Every key that is valid, and every mark.
struct HelpScreen: OverlayContent {
  static let help = "this help"

  /// Whether what moves from stop to stop is listed.
  let isInLesson: Bool

  var overlay: Overlay { .help(self) }

  func draw(on screen: inout Screen, _ view: View) {
    let size = view.size
    screen.frame.put("Keys", 1, 0, .heading)
    let lines = HelpLine.all.filter { isInLesson || !$0.isForLessons }
    let rows = max(size.rows - 8, (lines.count + 1) / 2)
    for (index, line) in lines.enumerated() {
      let column = index < rows ? 1 : 41
      let row = 2 + index % rows
      screen.put(keys(of: line, view.options), column, row, .key, before: column + 13)
      screen.put(
        line.explanation, column + 14, row, before: column == 1 ? 40 : size.columns)
    }
    let notes = notes(view)
    for (line, note) in notes.enumerated() {
      screen.put(note, 1, size.rows - 1 - notes.count + line, .faint, before: size.columns)
    }
  }

  /// All keys of a line's commands, or the first of each where that is too much.
  private func keys(of line: HelpLine, _ options: Player.Options) -> String {
    let (bindings, ascii) = (options.bindings, options.ascii)
    let all = line.commands.map { bindings.names(of: $0, ascii: ascii) }.joined(separator: " ")
    if all.unicodeScalars.count <= 13 { return all }
    return line.commands.map { bindings.name(of: $0, ascii: ascii) }.joined(separator: " ")
  }

  private func notes(_ view: View) -> [String] {
    let wide =
      view.options.hasWideGlyphs
      ? ["ASCII stands for glyphs that this terminal draws two columns wide."] : []
    return wide + [
      "12 \(view.key(.next)) goes 12 steps, 40\(view.shortKey(.move(.last))) to step 40, "
        + "\(view.twice(view.key(.goTo))) to the start, \(view.twice(view.key(.jumpToMark))) "
        + "back after a jump.",
      "[ ] window and current cell   ( ) product   * winner   · not computed yet",
      ": padded zero   ! never read   ≈ rounded (all else is exact)   … there is more",
    ]
  }
}
