import Canvas

/// Every key that is valid, and every mark.
struct HelpScreen: OverlayContent {
  static let help = "this help"

  /// Where one stands.
  enum Place: Sendable, Equatable { case walk, lesson, list }

  private let place: Place

  init(_ place: Place) { self.place = place }

  init(isInLesson: Bool) { self.init(isInLesson ? .lesson : .walk) }

  var overlay: Overlay { .help(self) }

  /// A column of help: the keys, and what they do.
  private static let column = 40

  func draw(on screen: inout Screen, _ view: View) {
    let size = view.size
    screen.frame.put("Keys", 1, 0, .heading)
    drawUseful(on: &screen, view)
    let notes = notes(view)
    let groups = place == .list ? [("In this list", HelpLine.list)] : HelpLine.groups
    let entries = groups.flatMap { title, lines -> [Entry] in
      [.title(title)] + lines.filter { place != .walk || !$0.isForLessons }.map { .line($0) }
    }
    let columns = max(2, size.columns / HelpScreen.column)
    let room = size.rows - 3 - notes.count
    let fewest = (entries.count + columns - 1) / columns
    // The empty row under the heading is the first to go.
    let top = fewest > room ? 1 : 2
    // No more columns than are needed where there are rows enough.
    let rows = max(fewest, min(room, (entries.count + 1) / 2))
    for (index, entry) in entries.enumerated() {
      let column = 1 + index / rows * HelpScreen.column
      draw(
        entry, on: &screen, view, column, top + index % rows,
        end: min(column + HelpScreen.column - 1, size.columns))
    }
    for (line, note) in notes.enumerated() {
      screen.put(note, 1, size.rows - 1 - notes.count + line, .faint, before: size.columns)
    }
  }

  private enum Entry {
    case title(String)
    case line(HelpLine)
  }

  private func draw(
    _ entry: Entry, on screen: inout Screen, _ view: View, _ column: Int, _ row: Int, end: Int
  ) {
    switch entry {
    case .title(let title): screen.frame.put(title, column, row, .heading)
    case .line(let line):
      screen.put(keys(of: line, view.options), column, row, .key, before: column + 13)
      screen.put(line.explanation, column + 14, row, before: end)
    }
  }

  /// What is useful where one stands, in one row.
  private func drawUseful(on screen: inout Screen, _ view: View) {
    let hints = view.usefulHints
    guard !hints.isEmpty, place != .list else { return }
    var column = screen.frame.put("Useful here:", 9, 0, .faint) + 2
    for hint in hints where hint.keys != Hint.noKey {
      guard column + hint.text.unicodeScalars.count < view.size.columns else { continue }
      column = screen.frame.put(hint.keys, column, 0, .key)
      column = screen.frame.put(" " + hint.label, column, 0, .faint) + 2
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
    if place == .list {
      return wide + [
        "✓ done   · begun   In a lesson \(view.key(.help)) lists the keys that are valid there."
      ]
    }
    return wide + [
      "12 \(view.key(.next)) goes 12 steps, 40\(view.shortKey(.move(.last))) to step 40, "
        + "\(view.twice(view.key(.goTo))) to the start, \(view.twice(view.key(.jumpToMark))) "
        + "back after a jump.",
      "[ ] window and current cell   ( ) product   * winner   · not computed yet",
      ": padded zero   ! never read   ≈ rounded (all else is exact)   … there is more",
    ]
  }
}
