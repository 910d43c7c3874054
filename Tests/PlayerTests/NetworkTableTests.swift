import Canvas
import ConvolutionEngine
import Testing

@testable import Player

/// The network as a table.
@Suite struct NetworkTableTests {
  /// Twelve blocks of three layers.
  private static let long =
    "8x8x1 "
    + (1...12).map {
      "conv:1,name=block\($0)_conv relu,name=block\($0)_relu relu,name=block\($0)_more"
    }.joined(separator: " ")

  private func chosen(_ player: Player) -> String {
    let rows = player.rows
    return (rows.first { $0.hasPrefix("▸") } ?? "").split(separator: " ").prefix(4)
      .joined(separator: " ")
  }

  @Test func `of more layers than rows folds by block, and Enter unfolds one`() throws {
    var player = try explore(Self.long)
    try player.press("t")
    #expect(player.rows[2].hasPrefix("▸ + block1 (3) "))
    #expect(player.rows[13].hasPrefix("  + block12 (3)"))
    #expect(player.rows[23].contains("Enter unfold"))
    try player.press("Down Enter")
    #expect(player.rows[3].hasPrefix("▸ - block2 (3)"))
    #expect(player.rows[4].hasPrefix("      block2_conv"))
    #expect(player.rows[7].hasPrefix("  + block3 (3)"))
    #expect(player.rows[23].contains("Enter fold"))
    try player.press("Down Down")
    #expect(chosen(player) == "▸ block2_relu 8×8×1 0")
    #expect(player.rows[23].contains("Enter walk into it"))
    try player.press("Enter")
    #expect(player.overlay == nil && player.layer.name == "block2_relu")
    // Opened again it stands where the walk does.
    try player.press("t")
    #expect(chosen(player).hasPrefix("▸ + block2"))
    try player.press("Enter")
    #expect(chosen(player).hasPrefix("▸ block2_relu"))
    try player.press("Up Up Enter")
    #expect(chosen(player).hasPrefix("▸ + block2"))
  }

  @Test func `is not folded where all of it fits, nor where it is filtered`() throws {
    var player = try explore(Self.long, size: Size(columns: 80, rows: 44))
    try player.press("t")
    #expect(player.rows[2].hasPrefix("▸ block1_conv"))
    #expect(!player.rows.contains { $0.contains("(3)") })
    var small = try explore(Self.long)
    try small.press("t / _ m o r e Enter Down Enter")
    #expect(small.layer.name == "block2_more")
  }

  @Test func `a click unfolds a block, and walks into a layer`() throws {
    var player = try explore(Self.long)
    try player.press("t")
    try player.send(.click(Point(column: 5, row: 4)))
    #expect(player.rows[5].hasPrefix("      block3_conv"))
    try player.send(.click(Point(column: 5, row: 6)))
    #expect(player.layer.name == "block3_relu")
  }

  @Test func `a key that does nothing there closes nothing, and says how it is closed`() throws {
    var player = try explore("9x9x1 conv:3,name=a relu,name=b")
    try player.press("t x")
    #expect(player.messageRow == "x does nothing here; Esc goes back.")
    #expect(player.overlay != nil)
    for close in ["Esc", "t", "q"] {
      try player.press(close)
      #expect(player.overlay == nil, "\(close)")
      try player.press("t")
    }
    try player.press("? Esc")
    #expect(player.overlay == nil)
  }

  @Test func `sums up what a block costs`() throws {
    var player = try explore(
      "4x4x2 conv:1,filters=3,name=block1_a conv:1,filters=2,name=block1_b "
        + (1...20).map { "relu,name=r\($0)" }.joined(separator: " "),
      size: Size(columns: 130, rows: 24))
    try player.press("t")
    // 3·2 + 3 and 2·3 + 2 parameters, 16 · 6 products each.
    #expect(
      player.rows[2].split(separator: " ").joined(separator: " ")
        == "▸ + block1 (2) 4×4×2 17 192 1×1 block X 100% 4×4×2")
  }

  @Test(
    arguments: [
      "8x8x1 conv:1 relu", long,
      "9x9x4 conv:3,name=a_very_long_name_of_a_layer_one,filters=64 maxpool:2 "
        + "conv:1,name=b,filters=200 conv:1,name=c,filters=3,from=maxpool concat,from=b+c",
    ])
  func `loses no column where the screen gets wider`(chain: String) throws {
    var before: [Substring] = []
    for columns in 80...250 {
      var player = try explore(chain, size: Size(columns: columns, rows: 30))
      try player.press("t")
      let headings = player.rows[1].split(separator: " ")
      #expect(headings.starts(with: before), "\(columns) columns")
      before = headings
    }
    #expect(before.last == "input")
  }
}
