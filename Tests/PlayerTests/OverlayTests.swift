import Canvas
import Testing

@testable import Player

/// What every overlay promises, whatever it is.
@Suite struct OverlayTests {
  private static let chain = "11x11x4 conv:5,filters=2,stride=2,name=v maxpool:2,name=p"

  /// The stops' list is of lessons alone.
  private static let openings = Command.Opening.allCases.filter { $0 != .stops }

  /// How each is opened from a window of `v`.
  private static func keys(_ opening: Command.Opening) -> String {
    Bindings.standard.name(of: .open(opening), ascii: true)
  }

  private func opened(_ opening: Command.Opening) throws -> Player {
    var player = try explore(Self.chain)
    try player.press("2Space \(Self.keys(opening))")
    return player
  }

  @Test(arguments: openings)
  func `its key opens it, and Escape leads back to the same screen`(
    opening: Command.Opening
  ) throws {
    var walk = try explore(Self.chain)
    try walk.press("2Space")
    var player = try opened(opening)
    #expect(player.overlay != nil)
    #expect(player.screen().frame.clipped == 0 && player.screen().frame.overwritten == 0)
    try player.press("Esc")
    #expect(player.overlay == nil)
    // A prediction has gone one step on.
    if opening == .predict { try walk.press("Space") }
    #expect(player.rows == walk.rows)
  }

  @Test(arguments: openings)
  func `the wheel, a click and a paste never move the walk behind it`(
    opening: Command.Opening
  ) throws {
    var player = try opened(opening)
    let (place, subject) = (player.place, player.subject)
    try player.send(.wheel(up: false, Point(column: 30, row: 5)))
    try player.send(.pasted("2 Space q"))
    #expect(player.overlay != nil)
    // The row of a grain, which a click would choose.
    try player.send(.click(Point(column: 23, row: 0)))
    #expect(player.place == place && player.subject == subject)
  }

  @Test(arguments: openings)
  func `help has a line for it, with its key`(opening: Command.Opening) throws {
    let line = try #require(HelpLine.all.first { $0.commands.contains(.open(opening)) })
    var player = try explore(Self.chain)
    try player.press("?")
    let keys = Bindings.standard.names(of: .open(opening), ascii: false)
    #expect(player.rows.contains { $0.contains(line.explanation) && $0.contains(keys) })
  }

  @Test(arguments: [false, true])
  func `help has room for all its lines at 80×24, in a lesson too`(hasWideGlyphs: Bool) throws {
    var player = try lesson("one-window")
    try open("one-window", in: &player)
    player.options.hasWideGlyphs = hasWideGlyphs
    try player.press("?")
    for line in HelpLine.all {
      #expect(player.rows.contains { $0.contains(line.explanation) }, "\(line.explanation)")
    }
  }
}
