import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Player
import Testing
import Walkthrough

/// What must hold of every screen, whatever is walked.
@Suite struct ScreenTests {
  private static let subjects = [
    "11x11x4 conv:5,filters=2,stride=2,name=v maxpool:2,name=p",
    "11x11x4 conv:5,filters=2,padding=2 relu maxpool:3,stride=2,rounding=ceil",
    "5x5x2 conv:3,filters=2 relu flatten dense:3",
    "1x1x1 conv:1",
    "7x3x6 conv:3x1,filters=4,groups=2,dilation=2x1 avgpool:2,padding=1,count-padding=no",
    "40x40x12 conv:11,filters=3,stride=4 globalavgpool flatten dense:2,bias=no",
    "9x9x1 conv:4,stride=3,left=2,bottom=1,bias=no maxpool:2",
  ]
  private static let sizes = [
    Size(columns: 80, rows: 24), Size(columns: 121, rows: 41), Size(columns: 200, rows: 60),
  ]

  @Test func `a table of layers has the biases too where there is room for more than counts`()
    throws
  {
    var player = try explore(
      "8x8x1 conv:3,filters=8,name=conv1 relu,name=relu1 maxpool:2,name=pool1 "
        + "conv:3,filters=16,padding=1,name=conv2 relu,name=relu2 maxpool:2,rounding=ceil,name=pool2 "
        + "flatten dense:10,name=scores")
    try player.press("+ + Space")
    #expect(player.rows.contains { $0.contains("8 of 3×3×1    6×6×8   72 + 8 = 80 ") })
    #expect(player.rows.contains { $0.contains("1,152 + 16 = 1,168 ") })
  }

  @Test(arguments: ["lrn:5", "lrn:3", "softmax"], [0, 1, 2])
  func `a cell that is mixed with others is marked at its own place`(kind: String, map: Int) throws
  {
    var player = try explore("4x4x3 \(kind),name=n")
    try player.press("g n[2,1,\(map)] Enter")
    let value = try #require(player.activations.tensor(of: .input))[Cell(2, 1, map)].text
    #expect(player.rows.contains { $0.contains("[  \(value)]") }, "\(player.rows)")
    #expect(player.rows[1].contains("[\(map)]"))
  }

  @Test(arguments: subjects, sizes)
  func `every grain of every layer fits its screen`(subject: String, size: Size) throws {
    var player = try explore(subject, size: size)
    for layer in player.network.layers {
      for grain in layer.grains {
        let count = layer.stepCount(grain)
        for position in Set([0, 1, count / 2, count]) {
          try player.send(.resized(size))
          try player.walk(to: Place(layer: layer.index, grain: grain, position: position))
          try player.press("d v")
          try check(player)
        }
      }
    }
  }

  private func check(_ player: Player) throws {
    let frame = player.screen().frame
    let text = frame.lines.joined(separator: "\n")
    #expect(frame.clipped == 0 && frame.overwritten == 0, "\(text)")
    let ascii = frame.ascii()
    #expect(ascii.cells.allSatisfy { $0.scalar.isASCII }, "\(text)")
    #expect(!ascii.lines.joined().contains("?") || text.contains("?"), "\(text)")
  }

  @Test(arguments: [(79, 24), (80, 23), (20, 5), (1, 1), (0, 0)])
  func `a small screen says what it needs`(columns: Int, rows: Int) throws {
    var player = try explore(Self.subjects[0])
    try player.send(.resized(Size(columns: columns, rows: rows)))
    let frame = player.screen().frame
    #expect(frame.clipped == 0)
    if columns >= 23, rows > 1 {
      #expect(frame.lines[0] == "convwalk needs 80×24;")
      #expect(frame.lines[1] == "this is \(columns)×\(rows).")
    }
    try player.send(.resized(Size(columns: 80, rows: 24)))
    #expect(player.rows[0].hasPrefix(" Explore"))
  }

  @Test func `the command line leads to the very screen`() throws {
    var player = try explore(Self.subjects[0])
    for keys in [
      "6Space", "- 2Space", "d", "v v", "- 12Space", "+ + + +", "- -", "Tab Space", "Home",
    ] {
      try player.press(keys)
      #expect(player.commandLine.hasPrefix("convwalk explore 11x11x4 conv:5"))
    }
    #expect(player.commandLine.contains("--at p --grain window --keys 'Home v v'"))
  }
}
