import Canvas
import Lessons
import Testing

@testable import Player

/// A stop that shows what a filter makes of a picture as pictures.
@Suite struct `The view of pictures` {
  private func opened(_ keys: String) throws -> Player {
    var player = try lesson("first-look")
    try open("first-look", in: &player)
    try player.press(keys)
    return player
  }

  /// How many places of the map are not made yet.
  private func unmade(_ player: Player) -> Int {
    player.rows[2...10].reduce(0) { $0 + $1.count { $0 == "·" } }
  }

  @Test func `draws the map as far as it is made`() throws {
    let all = 18 * 9
    #expect(try unmade(opened("")) == all)
    #expect(try unmade(opened("Space")) < all)
    let end = try opened("Space Space Space Space Space Space")
    #expect(unmade(end) == 0)
    #expect(end.rows.contains { $0.hasPrefix(" v[5,5,0] = ") })
  }

  @Test func `stays while a number is to be predicted`() throws {
    for keys in ["Left p", "Space Space Space Left p"] {
      let player = try opened(keys)
      #expect(player.rows.contains { $0.contains("QUESTION") }, "\(player.rows)")
      #expect(player.rows[1].contains("Ker") && player.rows[1].contains("v 6×6×1  map [0]"))
    }
  }

  @Test func `stays while the filter slides by itself`() throws {
    var player = try opened("Space Space Space Space a")
    #expect(player.isPlaying)
    let before = unmade(player)
    for _ in 0..<3 { try player.send(.tick) }
    #expect(player.address == "v[3,1,0]" && unmade(player) < before)
    #expect(player.rows[1].contains("Ker") && player.rows[1].contains("v 6×6×1  map [0]"))
  }
}
