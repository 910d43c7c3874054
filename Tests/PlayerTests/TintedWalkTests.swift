import Canvas
import ConvolutionEngine
import Foundation
import Testing
import Walkthrough

@testable import Player

/// What the grounds of numbers say beside the numbers.
@Suite struct `Numbers in the walk` {
  private func tinted(_ player: Player) -> Int {
    player.screen().frame.cells.count { $0.tint != nil }
  }

  /// The tint of the character at the end of a text in a row.
  private func tint(_ player: Player, endOf text: String, row: Int) throws -> Tint? {
    let frame = player.screen().frame
    let line = try #require(frame.lines[row].range(of: text))
    let column = frame.lines[row].unicodeScalars.distance(
      from: frame.lines[row].startIndex, to: line.upperBound)
    return frame[Point(column: column - 1, row: row)].tint
  }

  @Test func `are tinted by their value, and T takes that away`() throws {
    var player = try explore("5x5x1 conv:3,filters=2,name=v")
    try player.press("g v[1,1,0] Enter")
    let rows = player.rows
    let frame = player.screen().frame
    #expect(tinted(player) > 30)
    try player.press("T")
    #expect(tinted(player) == 0)
    #expect(player.messageRow == "Numbers are not tinted.")
    try player.press("Space Bksp")
    #expect(player.rows == rows)
    try player.press("T Space Bksp")
    #expect(player.screen().frame == frame)
  }

  @Test func `are lit under the window and signed in filters and products`() throws {
    var player = try lesson("worked-example")
    try player.press("6Space")
    // X in columns 2 to 6 of row 2 is 0 0 0 0 1 of at most 2, and 1 stands before it, 0 behind.
    #expect(try tint(player, endOf: "2  1", row: 5) == Tint(0.5, .grey))
    #expect(try tint(player, endOf: "[ 0", row: 5) == Tint(0, .grey, isLit: true))
    #expect(try tint(player, endOf: "0  1", row: 5) == Tint(0.5, .grey, isLit: true))
    #expect(try tint(player, endOf: "] 0", row: 5) == nil)
    // Ker0 has −1 and 1 there, its products 0 and 2 of at most 2.
    #expect(try tint(player, endOf: "× 2  0 −1", row: 5) == Tint(-1, .diverging))
    #expect(try tint(player, endOf: "× 2  0 −1  1", row: 5) == Tint(1, .diverging))
    #expect(try tint(player, endOf: "=   0", row: 5) == Tint(0, .diverging))
    #expect(try tint(player, endOf: "=   0  0  2", row: 5) == Tint(1, .diverging))
    // What was made is tinted, what is looked at has a ground of its own, the rest none.
    #expect(try tint(player, endOf: "0    2", row: 11) != nil)
    #expect(try tint(player, endOf: "1[  6", row: 12) == nil)
    #expect(try tint(player, endOf: "]  ·", row: 12) == nil)
  }

  @Test func `flow back tinted by sign and size, those that are read lit`() throws {
    var player = try explore("3x1x1 conv:2x1,name=v relu,name=r")
    try player.press("c Ker[0,0,0]=2 Enter c Ker[1,0,0]=-1 Enter c b=9 Enter B Space")
    // dv is 1 1, dX[0] = 1·2 and dX[1] = 1·(−1) + 1·2.
    let frame = player.screen().frame
    let rows = player.rows.indices.filter { player.rows[$0].hasPrefix(" 0") }
    let texts = rows.map { row in
      (0..<20).map { frame[Point(column: $0, row: row)] }
    }
    #expect(texts.count == 2)
    #expect(texts[0].contains { $0.scalar == "1" && $0.tint == Tint(1, .diverging, isLit: true) })
    #expect(texts[1].contains { $0.scalar == "2" && $0.tint == Tint(1, .diverging) })
    try player.press("Esc T B")
    #expect(player.screen().frame.cells.allSatisfy { $0.tint == nil })
  }

  @Test func `that a step has just made are marked at that step alone`() throws {
    var player = try lesson("worked-example")
    func marked(_ player: Player) -> [String] {
      let frame = player.screen().frame
      return (4..<10).compactMap { row in
        let cells = (70..<80).map { frame[Point(column: $0, row: row)] }
        let new = cells.filter { $0.role == .current && $0.scalar != "]" && $0.scalar != ")" }
        return new.isEmpty ? nil : String(String.UnicodeScalarView(new.map(\.scalar)))
      }
    }
    try player.press("g v[1,1,0]@[3,2,0] Enter")
    #expect(marked(player) == [])
    // The fifth product of a row makes its sum, the last row's the slice's too.
    try player.press("Space")
    #expect(marked(player).count == 1)
    try player.press("Space")
    #expect(marked(player) == [])
    try player.press("g v[1,1,0]@1 Enter")
    #expect(marked(player).count == 1)
    try player.press("g v[1,1,0] Enter")
    #expect(marked(player) == [])
  }

  @Test func `of a colour picture are in the light of their depth`() throws {
    let input = try Shape(2, 1, 3)
    let network = try Network(input: input, layers: [try LayerSpecification(parsing: "conv:1")])
    var player = prepared(
      Player(
        Presentation(
          title: "Colours", network: network, input: Tensor(input, [0, 8, 4, 8, 2, 6]),
          command: ["explore"]), size: Size(columns: 80, rows: 24)))
    try player.press("Space")
    // The depths stand one under another, each with its window's `]` behind the first number.
    let rows = player.rows
    let ends = rows.indices.filter { rows[$0].hasPrefix(" 0") && rows[$0].contains("]") }
    let frame = player.screen().frame
    for (row, (light, shares)) in zip(
      ends, [(Light.red, (0.0, 1.0)), (.green, (0.5, 1)), (.blue, (0.25, 0.75))])
    {
      let end = Array(rows[row].unicodeScalars).firstIndex(of: "]") ?? 0
      func tint(_ column: Int) -> Tint? { frame[Point(column: column, row: row)].tint }
      #expect(tint(end - 1) == Tint(shares.0, light, isLit: true), "\(rows)")
      #expect(tint(end + 1) == Tint(shares.1, light), "\(rows)")
    }
    #expect(ends.count == 3)
  }

  @Test func `that are asked for have no tint`() throws {
    var player = try lesson("worked-example")
    try player.press("6Space p")
    let frame = player.screen().frame
    let asked = frame.cells.filter { $0.scalar == "?" && $0.role == .current }
    #expect(!asked.isEmpty && asked.allSatisfy { $0.tint == nil })
  }

  @Test func `of rounded layers are tinted by the weights that they have`() throws {
    let input = try Shape(3, 1, 1)
    let network = try Network(input: input, layers: [try LayerSpecification(parsing: "conv:1")])
    var shown = prepared(
      Player(
        Presentation(
          title: "Floats", network: network,
          input: Tensor(input, finite: [0, 0.5, -2], isRounded: false), command: ["explore"]),
        size: Size(columns: 80, rows: 24)))
    try shown.press("Space")
    #expect(try tint(shown, endOf: "[  0", row: 3) == Tint(0, .diverging, isLit: true))
    #expect(tinted(shown) > 8)
  }
}
