import Canvas
import Foundation
import Lessons
import Player
import Testing

/// The screens as they are drawn in the worked example, and one of each other kind.
@Suite struct GoldenTests {
  struct Screen: Sendable, CustomTestStringConvertible {
    let name: String
    let subject: String
    let keys: String
    var size = Size(columns: 80, rows: 24)
    var ascii = false
    var testDescription: String { name }
  }

  private static let example = "worked-example"
  private static let medium = Size(columns: 132, rows: 43)
  private static let large = Size(columns: 200, rows: 60)
  private static let dense = "8x8x3 conv:3,filters=4 flatten dense:10"
  private static let deep = "32x32x1 conv:3,filters=4 relu maxpool:2 conv:3,padding=1,filters=2"

  static let screens = [
    Screen(name: "start", subject: example, keys: ""),
    Screen(name: "product", subject: example, keys: "g v[1,1,0]@[2,2,0] Enter"),
    Screen(name: "slice", subject: example, keys: "g v[1,1,0]@2 Enter"),
    Screen(name: "window", subject: example, keys: "6Space"),
    Screen(name: "window-ascii", subject: example, keys: "6Space", ascii: true),
    Screen(
      name: "window-wide", subject: example, keys: "6Space", size: Size(columns: 200, rows: 60)),
    Screen(name: "map", subject: example, keys: "+ Space Space"),
    Screen(name: "layer", subject: example, keys: "+ + Space"),
    Screen(name: "max-pool", subject: example, keys: "Tab 3Space"),
    Screen(name: "help", subject: example, keys: "?"),
    Screen(name: "formula", subject: "224x224x3 conv:11,filters=96,stride=4", keys: "s"),
    Screen(name: "go-to-error", subject: example, keys: "g v[9,9,9] Enter"),
    Screen(name: "command-line", subject: example, keys: "6Space d v y"),
    Screen(
      name: "padding", subject: "11x11x4 conv:5,filters=2,padding=2,stride=2", keys: "Space"),
    Screen(
      name: "viewport", subject: "227x227x3 conv:11,filters=96,stride=4",
      keys: "g conv[20,30,5] Enter"),
    Screen(name: "unread", subject: "8x7x1 conv:3,stride=4 maxpool:2", keys: "Space"),
    Screen(name: "relu", subject: "5x5x2 conv:3,filters=2 relu", keys: "Tab 3Space"),
    Screen(name: "average", subject: "5x5x2 avgpool:3,stride=2,padding=1", keys: "Space"),
    Screen(name: "flatten", subject: "3x3x2 flatten dense:3", keys: "5Space"),
    Screen(name: "dense", subject: "3x3x2 flatten dense:3", keys: "Tab Space - 4Space"),
    Screen(name: "overview", subject: deep, keys: "g conv2[2,3,1] Enter o"),
    Screen(name: "overview-ascii", subject: example, keys: "6Space o d", ascii: true),
    Screen(name: "overview-flat", subject: "3x3x2 flatten dense:3", keys: "Tab 2Space o O"),
    Screen(
      name: "overview-wide", subject: deep, keys: "g conv2[2,3,1] Enter o S-Tab S-Tab",
      size: Size(columns: 132, rows: 43)),
    Screen(
      name: "overview-large", subject: deep, keys: "o L", size: Size(columns: 200, rows: 60)),
    Screen(
      name: "overview-branches",
      subject: "9x9x2 conv:3,padding=1,filters=4,name=block1_conv1 relu,name=block1_relu "
        + "conv:1,filters=4,name=block1_conv2 conv:3,padding=1,filters=4,from=block1_relu,"
        + "name=block1_conv3 add,from=block1_conv2+block1_conv3,name=block1_add maxpool:2 "
        + "conv:1,filters=3,name=block2_conv1 relu,name=block2_relu flatten dense:4 softmax",
      keys: "Tab Tab Space o"),
    Screen(
      name: "overview-side", subject: "100x90x1 conv:3,filters=2", keys: "g conv[40,60,1] Enter",
      size: Size(columns: 130, rows: 30)),
    Screen(name: "path", subject: deep, keys: "g conv2[0,3,1] Enter b"),
    Screen(name: "network", subject: deep, keys: "Tab t j"),
    Screen(name: "backward", subject: example, keys: "g v[2,1,0]@[0,3,0] Enter B ] ]"),
    Screen(
      name: "backward-ascii", subject: example, keys: "g v[2,1,0]@[0,3,0] Enter B ] ]", ascii: true),
    Screen(name: "backward-weights", subject: example, keys: "g v[2,1,0]@[0,3,0] Enter B ] ] W v"),
    Screen(name: "backward-pool", subject: example, keys: "Tab 3Space B 4Space"),
    Screen(name: "backward-dense", subject: "3x3x2 flatten dense:3", keys: "Tab 2Space B Right"),
    Screen(name: "backward-help", subject: example, keys: "B ?"),
    Screen(name: "depth-strip", subject: "27x27x96 conv:5,filters=4", keys: "Space 12d"),
    Screen(name: "settings", subject: example, keys: "e 4Down 3Right"),
    Screen(name: "window-132", subject: example, keys: "6Space", size: medium),
    Screen(name: "max-pool-132", subject: example, keys: "Tab 3Space", size: medium),
    Screen(name: "settings-132", subject: example, keys: "e 4Down 3Right", size: medium),
    Screen(name: "backward-132", subject: example, keys: "g v[2,1,0] Enter B ] ]", size: medium),
    Screen(name: "dense-132", subject: dense, keys: "Tab Tab 3Space", size: medium),
    Screen(name: "settings-200", subject: example, keys: "e 4Down 3Right", size: large),
    Screen(name: "layer-200", subject: deep, keys: "+ + Space", size: large),
    Screen(name: "network-200", subject: deep, keys: "Tab t j", size: large),
    Screen(name: "backward-200", subject: example, keys: "g v[2,1,0] Enter B ] ]", size: large),
    Screen(
      name: "viewport-200", subject: "227x227x3 conv:11,filters=96,stride=4",
      keys: "g conv[20,30,5] Enter", size: large),
    Screen(name: "too-small", subject: example, keys: "", size: Size(columns: 60, rows: 20)),
  ]

  @Test(arguments: screens) func `a screen is as its golden shows it`(_ screen: Screen) throws {
    var player =
      screen.subject == Self.example
      ? try lesson(Self.example, size: screen.size, ascii: screen.ascii)
      : try explore(screen.subject, size: screen.size, ascii: screen.ascii)
    try player.press(screen.keys)
    let header = screen.keys.isEmpty ? screen.subject : "\(screen.subject)   keys: \(screen.keys)"
    try Golden.expect(Picture(player.screen().frame, header: header).text, screen.name)
  }

  struct Colours: Sendable, CustomTestStringConvertible {
    let screen: String
    let depth: ColourDepth
    let ground: Ground
    var name: String { "\(screen)-\(depth == .full ? "\(ground)" : "\(depth)")" }
    var testDescription: String { name }
  }

  static let pictures = ["window", "overview"].flatMap { screen in
    [
      Colours(screen: screen, depth: .full, ground: .light),
      Colours(screen: screen, depth: .full, ground: .dark),
      Colours(screen: screen, depth: .monochrome, ground: .light),
    ]
  }

  @Test(arguments: pictures) func `a screen in its colours is as its picture shows it`(
    _ colours: Colours
  ) throws {
    let screen = try #require(Self.screens.first { $0.name == colours.screen })
    var player =
      screen.subject == Self.example ? try lesson(Self.example) : try explore(screen.subject)
    try player.press(screen.keys)
    let lines = player.screen().frame.svgLines(
      title: colours.screen, colours.depth, on: colours.ground)
    try Golden.expect(lines.joined(separator: "\n") + "\n", colours.name, as: "svg")
  }

  @Test(arguments: GoldenSeries.all.indices, GoldenSeries.sizes)
  func `a screen of a series is as its golden shows it`(_ index: Int, _ size: Size) throws {
    let series = GoldenSeries.all[index]
    var player = prepared(try series.open(size))
    try player.press(series.keys)
    let header = series.keys.isEmpty ? series.name : "\(series.name)   keys: \(series.keys)"
    try Golden.expect(
      Picture(player.screen().frame, header: header).text, GoldenSeries.name(series, size))
    guard series.isColoured, size == GoldenSeries.sizes[0] else { return }
    for colours in [
      Colours(screen: series.name, depth: .full, ground: .light),
      Colours(screen: series.name, depth: .full, ground: .dark),
      Colours(screen: series.name, depth: .monochrome, ground: .light),
    ] {
      let lines = player.screen().frame.svgLines(
        title: colours.screen, colours.depth, on: colours.ground)
      try Golden.expect(lines.joined(separator: "\n") + "\n", colours.name, as: "svg")
    }
  }

  @Test func `every golden belongs to a test`() throws {
    let files = try FileManager.default.contentsOfDirectory(
      at: Golden.folder, includingPropertiesForKeys: nil)
    let kept = Set(files.map { $0.deletingPathExtension().lastPathComponent })
    let series = GoldenSeries.all.flatMap(GoldenSeries.names)
    #expect(kept.subtracting(Self.screens.map(\.name) + Self.pictures.map(\.name) + series) == [])
  }
}
