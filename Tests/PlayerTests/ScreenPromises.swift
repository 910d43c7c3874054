import Canvas
import Player
import TestSupport

/// Holds a screen to be whole: a cell everywhere, none outside, and none written twice.
func holdScreenPromises(_ player: Player) throws {
  let frame = player.screen().frame
  var text: String { frame.lines.joined(separator: "\n") }
  try hold(frame.cells.count == frame.size.columns * frame.size.rows, "there is a cell everywhere")
  try hold(frame.clipped == 0, "nothing is written outside:\n\(text)")
  try hold(frame.overwritten == 0, "nothing is written over:\n\(text)")
}
