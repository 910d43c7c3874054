import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// The numbers of a flat layer as bars.
extension OverviewDrawing {
  func drawBars(_ screen: inout Screen, _ tensor: Tensor) {
    guard let sheet = view.picture(layout.chosen)?.scale else { return }
    var labels: [String]?
    if case .layer(let index) = overview.source {
      labels = view.subject.labels(of: network.layers[index])
    }
    let bars = Bars(
      scale: sheet, width: layout.pitch.columns / layout.columns - 2,
      digits: "\(layout.count - 1)".count,
      labelWidth: min(16, labels?.map(\.unicodeScalars.count).max() ?? 0))
    for position in layout.shown {
      let number = layout.map(at: position)
      let corner = layout.corner(position)
      let value = tensor[number]
      let isHidden = hidden?.depth == number || view.cover.asked == [value]
      bars.draw(
        Bars.Entry(
          number: number, label: labels?[number] ?? "", value: isHidden ? nil : value,
          isChosen: number == overview.map, isLargest: !isHidden && isLargest(value, sheet)),
        on: &screen, corner.column, corner.row)
      if number == overview.map { screen.frame.cursor = corner }
      screen.add(
        .overview(.map(number)), columns: corner.column..<corner.column + bars.width,
        row: corner.row)
    }
  }

  private func isLargest(_ value: Number, _ scale: ToneScale) -> Bool {
    scale.curve != .percentile && value == scale.high && scale.low != scale.high
  }
}

/// Bars of one width under another, from a common zero.
struct Bars {
  let scale: ToneScale
  /// Of a whole entry.
  let width: Int
  let digits: Int
  let labelWidth: Int

  /// The columns of a value.
  private static let valueWidth = 10

  struct Entry {
    let number: Int
    let label: String
    /// nil where it is asked for.
    let value: Number?
    let isChosen: Bool
    let isLargest: Bool
  }

  func draw(_ entry: Entry, on screen: inout Screen, _ column: Int, _ row: Int) {
    let number = padded("\(entry.number)", to: digits)
    screen.frame.put(
      entry.isChosen ? "[\(number)]" : " \(number)", column, row,
      entry.isChosen ? .current : .faint)
    var start = column + digits + 3
    if labelWidth > 0 {
      screen.put(entry.label, start, row, before: start + labelWidth)
      start += labelWidth + 1
    }
    let end = column + width
    let text = entry.value?.text(fitting: Bars.valueWidth) ?? "?"
    screen.frame.put(
      (entry.isLargest ? "*" : "") + text, endingAt: end, row,
      entry.isLargest ? .winner : entry.value == nil ? .unknown : .result)
    guard let value = entry.value else { return }
    scale.drawBar(value, on: &screen, start..<end - Bars.valueWidth - 2, row)
  }
}
