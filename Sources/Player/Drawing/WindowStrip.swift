import Canvas
import ConvolutionEngine
import ExactNumbers
import Walkthrough

extension View {
  /// The columns before a strip.
  private static let stripLabel = 10

  /// Each window as a run of ■ over the columns, `!` under those that none reads, and where there
  /// are rows the window that has no room, with ✗ where it would stick out.
  func drawStrip(_ screen: inout Screen, _ windows: WindowAxis, name: String, row: Int, rows: Int) {
    let digits = max(2, "\(windows.input - 1)".count)
    let cell = digits + 1
    let label = View.stripLabel
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
    drawStripUnread(&screen, windows, shown, row + rows - 1, column)
  }

  private func drawStripUnread(
    _ screen: inout Screen, _ windows: WindowAxis, _ shown: Range<Int>, _ row: Int,
    _ column: (Int) -> Int
  ) {
    let cell = column(1) - column(0)
    screen.frame.put("unread", 1, row, .heading)
    let unread = windows.unread
    if unread.isEmpty {
      screen.frame.put("no \(windows.axis.place)", View.stripLabel + 2, row, .faint)
    } else if unread.allSatisfy(shown.contains) {
      for place in unread { screen.frame.put("!", endingAt: column(place) + cell, row, .unread) }
    } else if let text = UnreadPlaces(windows).text {
      screen.put("! \(text)", View.stripLabel + 2, row, .unread, before: size.columns)
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
