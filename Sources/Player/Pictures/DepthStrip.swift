import Canvas
import Walkthrough

extension Player {
  /// Some of many depths around the shown one: `… 10 11 [12] 13 14 … of 96`.
  func drawDepthStrip(
    _ scene: inout Scene, depths: Range<Int>, shown: Int, at column: Int, _ row: Int,
    before end: Int, isClickable: Bool
  ) {
    let width = "\(depths.upperBound - 1)".count
    let tail = " of \(depths.upperBound)"
    let room = end - column - "depth ".count - 4 - tail.count
    let count = min(depths.count, room / (width + 2))
    guard count >= 3 else {
      let texts = ["depth [\(shown)]\(tail)", "[\(shown)]\(tail)"]
      if let text = texts.first(where: { column + $0.count <= end }), depths.count > 1 {
        scene.frame.put(text, column, row, .heading)
      }
      return
    }
    let first = min(max(depths.lowerBound, shown - count / 2), depths.upperBound - count)
    var x = scene.frame.put("depth ", column, row, .heading)
    if first > depths.lowerBound { x = scene.frame.put("…", x, row, .faint) }
    for depth in first..<first + count {
      let number = padded("\(depth)", to: width)
      scene.frame.put(
        depth == shown ? "[\(number)]" : " \(number) ", x, row, depth == shown ? .current : .plain)
      if isClickable { scene.add(.showDepth(depth), columns: x..<x + width + 2, row: row) }
      x += width + 2
    }
    if first + count < depths.upperBound { x = scene.frame.put(" …", x, row, .faint) }
    scene.frame.put(tail, x, row, .faint)
  }
}
