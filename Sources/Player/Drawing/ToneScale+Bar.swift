import Canvas
import ExactNumbers

extension ToneScale {
  /// Fewer columns tell no two numbers apart.
  static let leastBar = 5

  /// A number as a bar from zero, which stands at the same place for all numbers of the scale.
  func drawBar(_ value: Number, on screen: inout Screen, _ columns: Range<Int>, _ row: Int) {
    guard columns.count >= ToneScale.leastBar else { return }
    let below = max(0, -shareOfReach(of: low.nearestDouble))
    let above = max(0, shareOfReach(of: high.nearestDouble))
    guard below + above > 0 else { return }
    let unit = Double(columns.count) / (below + above)
    let zero = columns.lowerBound + Int((below * unit).rounded())
    let share = min(max(shareOfReach(of: value.nearestDouble), -below), above)
    let length = Int((abs(share) * unit).rounded())
    let bar = share < 0 ? zero - length..<zero : zero..<zero + length
    let tone = Tone(share < 0 ? -0.75 : 0.75, .diverging)
    for column in bar.clamped(to: columns) { screen.frame.put(tone, over: tone, column, row) }
    if below > 0, above > 0, share >= 0, zero > columns.lowerBound {
      screen.frame.put("│", zero - 1, row, .faint)
    }
  }
}
