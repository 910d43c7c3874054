import Canvas
import ConvolutionEngine
import ExactNumbers
import TestSupport
import Testing
import Walkthrough

@testable import Player

@Suite struct PicturesTests {
  private let deep = "32x32x1 conv:3,filters=4 relu maxpool:2 conv:3,padding=1,filters=2"

  @Test func `a map that is too large is averaged over boxes, a small one drawn larger`() throws {
    let tensor = try Tensor.seeded(try Shape(100, 40, 2), seed: 1)
    let picture = MapPicture(tensor, depth: 1, room: Size(columns: 30, rows: 10))
    #expect(picture.box == 4)
    #expect(picture.size == Size(columns: 25, rows: 5))
    let small = MapPicture(
      try Tensor.seeded(try Shape(5, 3, 1), seed: 1), depth: 0, room: Size(columns: 30, rows: 10))
    #expect(small.box == 1)
    #expect(small.size == Size(columns: 30, rows: 9))
  }

  @Test func `the range is that of the shown depth, exactly`() throws {
    let tensor = Tensor(try Shape(2, 1, 2), [1, 2, -7, 5], over: 3)
    let room = Size(columns: 9, rows: 9)
    #expect(MapPicture(tensor, depth: 0, room: room).rangeText(fitting: 20) == "1/3 to 2/3")
    #expect(MapPicture(tensor, depth: 1, room: room).rangeText(fitting: 20) == "−7/3 to 5/3")
    #expect(MapPicture(tensor, depth: 0, room: room).scale.tones == .grey)
    #expect(MapPicture(tensor, depth: 1, room: room).scale.tones == .diverging)
    let same = Tensor(try Shape(2, 1, 1), [4, 4])
    #expect(MapPicture(same, depth: 0, room: room).rangeText(fitting: 20) == "all 4")
    // Each is rounded so that both can be read.
    let large = MapPicture(
      Tensor(try Shape(2, 1, 1), [32_206_680, 365_863_373]), depth: 0, room: room)
    #expect(large.rangeText(fitting: 21) == "32206680 to 365863373")
    #expect(large.rangeText(fitting: 18) == "≈3.22e7 to ≈3.66e8")
  }

  @Test func `the numbers at some ranks are those of all in order`() throws {
    let count = 60_000
    var chance = Chance(state: 11)
    let made: [(Int) -> Int128] = [
      { _ in Int128(Int.random(in: -900...900, using: &chance)) },
      { _ in Int128(Int.random(in: 0..<200, using: &chance) == 0 ? 5 : 0) },
      { Int128($0) }, { -Int128($0) }, { Int128($0 % 224 == 0 ? -7 : $0 % 3) },
      { _ in Int128(Int.random(in: 0..<1 << 40, using: &chance)) << 60 },
      // So few are low that the sample has hardly any of them.
      { Int128($0 % 97 == 0 ? -1 : $0 % 89 == 0 ? 1 : 0) },
    ]
    for make in made {
      let numbers = (0..<count).map(make)
      let tensor = Tensor(try Shape(count / 60, 60, 1), numbers)
      let sorted = numbers.sorted()
      for ranks in [[599, 59_399], [0, count - 1], [0, 31, 32, 30_000]] {
        let found = tensor.result(of: RankedNumbers(ranks: ranks))
        #expect(found == ranks.map { Number(sorted[$0]) })
      }
    }
  }

  @Test func `a picture on another scale is as one made anew`() throws {
    let tensor = try Tensor.seeded(try Shape(30, 20, 3), seed: 2)
    let room = Size(columns: 12, rows: 4)
    for curve in ToneScale.Curve.allCases {
      let linear = Sheet(tensor, .linear)
      let sheet = Sheet(tensor, curve, knowing: [linear])
      #expect(sheet == Sheet(tensor, curve))
      let wish = PictureWish(.input, depth: 2, room: room, curve)
      #expect(wish.others.count == 2 && !wish.others.contains(wish))
      let before = MapPicture(
        PictureWish(.input, depth: 2, room: room, .linear), of: tensor, linear)
      #expect(
        MapPicture(wish, of: tensor, sheet, knowing: before) == MapPicture(wish, of: tensor, sheet))
    }
  }

  @Test func `every room holds its picture`() throws {
    for (width, height) in [(1, 1), (2, 3), (7, 50), (40, 3), (40, 50), (1, 50)] {
      let tensor = try Tensor.seeded(try Shape(width, height, 1), seed: 3)
      for (columns, rows) in [(1, 1), (2, 4), (9, 1), (33, 20), (1, 20)] {
        let size = MapPicture(tensor, depth: 0, room: Size(columns: columns, rows: rows)).size
        #expect((1...columns).contains(size.columns) && (1...rows).contains(size.rows))
      }
    }
  }

  @Test func `Enter in the table walks into the layer, Escape goes back`() throws {
    var player = try explore(deep)
    try player.press("Space t j j Enter")
    #expect(player.place == Place(layer: 2, grain: .window, position: 0))
    try player.press("t Up Esc")
    #expect(player.place.layer == 2)
    try player.press("t Home k Enter")
    #expect(player.place.layer == 0)
    try player.press("t PgDn PgDn Enter")
    #expect(player.place.layer == 3)
  }

  @Test func `a slash narrows the table to layers of a name or kind`() throws {
    var player = try explore(deep)
    let all = player.network.layers.count
    func shown(_ player: Player) -> [Substring] {
      player.rows[2..<2 + all].compactMap { $0.dropFirst(2).split(separator: " ").first }
    }
    try player.press("t")
    #expect(shown(player) == ["conv1", "relu", "maxpool", "conv2"])
    try player.press("/ C O N")
    #expect(shown(player) == ["conv1", "conv2"])
    #expect(player.rows[23].contains("Filter: CON_"))
    #expect(player.rows[21].contains("2 layers shown.  In all:"))
    // Letters that move in the table are part of what is typed.
    try player.press("k")
    #expect(shown(player) == [])
    try player.press("Bksp Down Enter")
    #expect(player.rows[3].hasPrefix("▸ conv2 "))
    try player.press("Up Enter")
    #expect(player.overlay == nil && player.place.layer == 0)
    // What is not shown cannot be chosen; the first Escape shows all again.
    try player.press("t / x x x Enter Enter")
    #expect(player.overlay != nil)
    try player.press("Esc")
    #expect(shown(player).count == all)
    try player.press("Esc")
    #expect(player.overlay == nil)
  }

  @Test(arguments: ["t", "o", "b"])
  func `the help that a picture's screen offers can be had`(key: String) throws {
    var player = try explore(deep)
    try player.press("Space \(key)")
    #expect(player.rows[23].contains("? help"))
    try player.press("?")
    #expect(player.overlay == .help(HelpScreen(isInLesson: false)))
  }

  /// Each layer takes the two before it, so that there are more ways back than could be walked.
  @Test func `a screen of a network of many branches comes at once`() throws {
    let layers = (2...90).map { "add,name=a\($0),from=a\($0 - 2)+a\($0 - 1)" }
    var player = try explore(
      "3x3x1 conv:1,name=a0 relu,name=a1 " + layers.joined(separator: " "))
    try player.press("g a90[1,1,0] Enter")
    #expect(player.address == "a90[1,1,0]")
    #expect(player.rows.joined().contains("a90 3×3×1"))
  }

  /// Wide numbers on a narrow screen: shorter where they are rounded anyway.
  @Test func `a convolution of rounded numbers has its filter, products and sums on the screen`()
    throws
  {
    var player = try explore("60x50x60 lrn:5 conv:5,filters=300,padding=2,groups=2,name=v")
    try player.press("g v[5,5,200] Enter")
    let screen = player.screen().frame
    #expect(screen.clipped == 0)
    let rows = screen.lines
    #expect(rows[1].contains("v_Ker200") || rows[1].contains("Ker200"))
    #expect(rows[1].contains("products"))
    #expect(rows.contains { $0.contains("slice sum") && $0.contains("≈") })
    // A sentence beside the sums begins behind a blank.
    let sums = rows[16..<22].map { Array($0) }
    #expect(
      sums.allSatisfy { $0[46...47].allSatisfy { $0 == " " } }, "\(rows.joined(separator: "\n"))")
  }

  @Test func `the path needs a cell`() throws {
    var player = try explore(deep)
    try player.press("b")
    #expect(player.messageRow == "Stand on a cell first; Space goes forward.")
  }

  @Test func `a deep layer's strip shows the depths around the shown one`() throws {
    var player = try explore("27x27x96 conv:5,filters=4")
    try player.press("Space")
    #expect(player.rows[1].contains("[ 0] 1  2 … of 96"))
    try player.press("12d")
    #expect(player.rows[1].contains("… 11[12]13 … of 96"))
    try player.press("83d")
    #expect(player.rows[1].contains("… 93 94[95] of 96"))
  }

  @Test(arguments: [
    Size(columns: 80, rows: 24), Size(columns: 121, rows: 31), Size(columns: 200, rows: 60),
  ])
  func `every picture's screen fits`(size: Size) throws {
    for subject in [
      deep, "5x5x2 conv:3 flatten dense:4", "1x1x9 dense:3", "227x227x3 conv:11,filters=9,stride=4",
      "3x200x1 conv:3x2 globalavgpool",
      "90x60x1 relu,name=a relu6,name=b concat,from=a+b zeropad:2 maxpool:3,padding=1 flatten",
    ] {
      var player = try explore(subject, size: size)
      for _ in player.network.layers {
        for keys in ["o", "t", "Space o Tab", "b", "o L L O", "o O Right Down d", "b", ""] {
          try player.press(keys)
          let screen = player.screen()
          let text = "\(subject) \(keys)\n\(screen.frame.lines.joined(separator: "\n"))"
          #expect(screen.frame.clipped == 0 && screen.frame.overwritten == 0, "\(text)")
          let ascii = screen.frame.ascii()
          #expect(ascii.cells.allSatisfy { $0.scalar.isASCII }, "\(text)")
          if player.overlay != nil { try player.press("Esc") }
        }
        try player.press("Tab")
      }
    }
  }

  @Test func `beside a part of an input stands a small picture of all of it`() throws {
    let subject =
      "90x60x2 relu,name=a lrn:1,name=b,from=X concat,from=a+X zeropad:2 maxpool:3 flatten"
    var player = try explore(subject, size: Size(columns: 150, rows: 40))
    for (cell, title) in [
      ("a[70,50,1]", "all of X@1"), ("b[70,50,0]", "all of X@0"), ("concat[3,4,3]", "all of X@1"),
      ("concat[3,4,0]", "all of a@0"), ("zeropad[9,9,2]", "all of concat@2"),
      ("maxpool[30,20,3]", "all of zeropad@3"), ("flatten[0,0,700]", "all of maxpool@1"),
    ] {
      try player.press("g \(cell) Enter")
      #expect(player.rows[1].contains(title), "\(player.rows.joined(separator: "\n"))")
      #expect(player.shown.pictures.keys.count { $0.curve == nil } == 1)
      let picture = player.rows[2..<30].map { $0.dropFirst(100) }
      #expect(picture.contains { $0.contains("[") && $0.contains("]") }, "\(cell)")
    }
    // A small input is shown whole, and a narrow screen has no room.
    #expect(!(try explore("9x9x1 relu", size: player.size)).rows[1].contains("all of"))
    #expect(!(try explore("90x60x1 relu")).rows[1].contains("all of"))
  }

  @Test func `a drawn picture is the kept one`() throws {
    var player = try explore(deep)
    try player.press("g conv2[2,3,0] Enter o")
    // The input, the chosen map, and both maps small.
    #expect(player.shown.pictures.count == 4)
    let kept = player.screen()
    player.shown.pictures = [:]
    #expect(player.screen() != kept)
    player.carryOut(player.evaluateWanted())
    #expect(player.screen() == kept)
  }
}
