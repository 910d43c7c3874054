import Canvas
import Walkthrough

extension View {
  /// Some of many depths around the shown one: `depth … 10 11[12]13 14 … of 96`; where there is
  /// little room without the first word, and with less still the shown one alone.
  func drawDepthStrip(
    _ screen: inout Screen, depths: Range<Int>, shown: Int, at column: Int, _ row: Int,
    before end: Int, isClickable: Bool
  ) {
    let width = "\(depths.upperBound - 1)".count
    let tail = " of \(depths.upperBound)"
    let room = end - column - 3 - tail.count
    // A number and the mark before it.
    func count(_ room: Int) -> Int { min(depths.count, room / (width + 1)) }
    let name = count(room - 6) >= 5 ? "depth " : ""
    let count = count(room - name.count)
    guard count >= 3, depths.count > 9 else {
      let texts = ["depth [\(shown)]\(tail)", "[\(shown)]\(tail)"]
      if let text = texts.first(where: { column + $0.count <= end }), depths.count > 1 {
        screen.frame.put(text, column, row, .heading)
      }
      return
    }
    let first = min(max(depths.lowerBound, shown - count / 2), depths.upperBound - count)
    var x = screen.frame.put(name, column, row, .heading)
    if first > depths.lowerBound { x = screen.frame.put("…", x, row, .faint) }
    for depth in first..<first + count {
      let isShown = depth == shown
      let mark = isShown ? "[" : depth == shown + 1 ? "]" : " "
      screen.frame.put(mark, x, row, mark == " " ? .plain : .current)
      screen.frame.put(
        padded("\(depth)", to: width), x + 1, row, isShown ? .current : .plain)
      if isClickable { screen.add(.showDepth(depth), columns: x..<x + width + 1, row: row) }
      x += width + 1
    }
    if shown == first + count - 1 { x = screen.frame.put("]", x, row, .current) }
    if first + count < depths.upperBound { x = screen.frame.put(" …", x, row, .faint) }
    screen.frame.put(tail, x, row, .faint)
  }
}
