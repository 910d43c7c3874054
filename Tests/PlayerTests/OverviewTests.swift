import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Lessons
import Testing
import Walkthrough

@testable import Player

/// The whole network at a glance.
@Suite struct OverviewTests {
  private let deep = "32x32x1 conv:3,filters=4 relu maxpool:2 conv:3,padding=1,filters=2"

  private func overview(_ player: Player) -> OverviewScreen? {
    if case .overview(let overview) = player.overlay { overview } else { nil }
  }

  @Test func `opens on the walk's layer, its map and its cell`() throws {
    var player = try explore(deep)
    try player.press("g conv2[2,3,1] Enter o")
    #expect(player.rows[0].contains("[conv2]"))
    #expect(player.rows[1].contains("conv2 15×15×2: 2 maps on one scale"))
    let value = try #require(player.activations.output(of: 3)?[Cell(2, 3, 1)])
    #expect(player.rows[20].hasPrefix(" conv2[2,3,1] = \(value.text).  It sees X[2:10, 4:12, :]."))
  }

  @Test func `Tab and Shift-Tab reach every layer and the input`() throws {
    var player = try explore(deep)
    try player.press("o S-Tab")
    #expect(player.rows[0].contains("[X]"))
    for name in ["conv1", "relu", "maxpool", "conv2"] {
      try player.press("Tab")
      #expect(player.rows[0].contains("[\(name)]"), "\(player.rows[0])")
      #expect(overview(player) != nil)
    }
    try player.press("Tab")
    #expect(player.messageRow == "conv2 is the last layer.")
    try player.press("S-Tab S-Tab S-Tab S-Tab S-Tab")
    #expect(player.messageRow == "X is what comes in.")
  }

  @Test func `arrows choose a map, and Enter walks into it at its largest number`() throws {
    var player = try explore(deep)
    try player.press("o Tab Right Right Enter")
    #expect(player.overlay == nil)
    let relu = try #require(player.activations.output(of: 1))
    let places = (0..<900).map { Cell($0 % 30, $0 / 30, 2) }
    let largest = places.map { relu[$0].nearestDouble }.max()
    let first = try #require(places.first { relu[$0].nearestDouble == largest })
    #expect(player.address == "relu\(first)")
    // And back: the cell walked into is what is marked then.
    try player.press("o")
    #expect(player.rows[20].hasPrefix(" relu\(first) = "))
  }

  @Test func `a chosen place stays marked in the other layers`() throws {
    var player = try explore("9x9x1 conv:3,name=a conv:3,name=b maxpool:2,name=p")
    try player.press("g b[1,2,0] Enter o S-Tab")
    // b[1,2,0] sees a[1:4, 2:5]; the largest of these is where Enter goes.
    let a = try #require(player.activations.output(of: 0))
    let region = (1..<4).flatMap { x in (2..<5).map { Cell(x, $0, 0) } }
    let largest = region.map { a[$0].nearestDouble }.max()
    try player.press("Enter")
    let cell = try #require(player.step.cell)
    #expect(region.contains(cell) && a[cell].nearestDouble == largest)
    // Forwards: it goes into p.
    try player.press("g b[1,2,0] Enter o Tab")
    #expect(player.rows[20].contains("under the marked b[1,2,0]"))
    #expect(player.rows[20].contains("It sees X[1:6, 2:7, :]."))
    try player.press("Enter")
    #expect(player.address == "p[0,1,0]")
  }

  /// What a cell sees of the input and of the maps between goes by depths too.
  @Test(
    arguments: [
      ("6x6x4 maxpool:2,name=p", "p[1,1,2]", "X[2:4, 2:4, 2]", 2),
      ("6x6x4 depthwise:3,multiplier=2,name=d", "d[0,0,5]", "X[0:3, 0:3, 2]", 2),
      ("6x6x4 conv:3,filters=4,groups=2,name=g", "g[1,0,3]", "X[1:4, 0:3, 2:4]", 2),
      (
        "6x6x4 relu,name=r conv:3,filters=4,groups=4,name=g maxpool:2,name=p", "p[0,0,1]",
        "X[0:4, 0:4, 1]", 1
      ),
      ("6x6x2 conv:3,filters=2,name=v", "v[0,0,1]", "X[0:3, 0:3, :]", 0),
      ("6x6x1 maxpool:2,name=p", "p[0,0,0]", "X[0:2, 0:2, :]", nil),
    ] as [(String, String, String, Int?)])
  func `a place is said to see the depths that it reads`(
    subject: String, place: String, seen: String, depth: Int?
  ) throws {
    for size in [Player.smallest, Size(columns: 200, rows: 60)] {
      var player = try explore(subject, size: size)
      try player.press("g \(place) Enter o")
      let row = player.rows[size.rows - 4]
      #expect(row.contains(".  It sees \(seen)."), "\(row)")
      guard let depth else { continue }
      #expect(player.rows.contains { $0.contains("  depth [\(depth)]") }, "\(player.rows)")
      // The brackets around what it sees.
      #expect(player.rows[2...size.rows / 2].contains { $0.prefix(24).contains("[") })
    }
  }

  @Test func `a place has no part in the maps that do not read it`() throws {
    var player = try explore("8x8x3 maxpool:2,name=p depthwise:2,name=d conv:2,name=c")
    try player.press("g p[1,1,2] Enter o Tab")
    // The first map that is shown is 0.
    #expect(
      player.rows[20].contains(".  Nothing here of the marked p[1,1,2]."), "\(player.rows[20])")
    #expect(player.rows[20].contains(", its map's largest"))
    try player.press("Right Right")
    #expect(player.rows[20].contains("under the marked p[1,1,2]"), "\(player.rows[20])")
    try player.press("Enter")
    #expect(player.step.cell.map { $0.depth == 2 && $0.x < 2 && $0.y < 2 } == true)
    try player.press("g p[1,1,2] Enter o Tab Tab")
    #expect(player.rows[20].contains("under the marked p[1,1,2]"), "\(player.rows[20])")
  }

  @Test func `all maps share one scale, and L cycles what it is`() throws {
    let tensor = Tensor(try Shape(2, 1, 2), [1, -2, 7, 0])
    let linear = ToneScale(tensor, .linear)
    #expect(linear.ends.low == "−7" && linear.ends.high == "7")
    #expect(linear.tone(of: 7) == Tone(1, .diverging))
    #expect(linear.tone(of: -3.5) == Tone(-0.5, .diverging))
    let grey = ToneScale(Tensor(try Shape(2, 1, 2), [1, 2, 9, 5], over: 2), .linear)
    #expect(grey.ends.low == "0.5" && grey.ends.high == "4.5")
    #expect(grey.tone(of: 2.5) == Tone(0.5, .grey))
    // A hundredth of the end is 2/3 of the way: log10(1 + 999/100) / 3 = 0.347.
    let logarithmic = ToneScale(tensor, .logarithmic)
    #expect(abs(logarithmic.shareOfReach(of: 0.07) - 0.347) < 0.001)
    #expect(abs(logarithmic.shareOfReach(of: -7) + 1) < 0.001)
    var player = try explore(deep)
    try player.press("o")
    for title in ["linear", "1st to 99th percentile", "logarithmic", "linear"] {
      #expect(player.rows[21].contains(title), "\(player.rows[21])")
      try player.press("L")
    }
  }

  /// As `numpy.percentile(a, [1, 99], method="inverted_cdf")` says.
  @Test(arguments: [
    (7, 0, 6), (100, 0, 98), (101, 1, 99), (1000, 9, 989), (250, 2, 247), (1, 0, 0),
  ])
  func `percentiles are numbers of the layer by the nearest rank`(
    count: Int, low: Int, high: Int
  ) throws {
    // All numbers from 0, shuffled: 7919 is prime.
    let numbers = (0..<count).map { Int128($0 * 7919 % count) }
    let scale = ToneScale(Tensor(try Shape(1, 1, count), numbers), .percentile)
    #expect(scale.low == Number(Int128(low)) && scale.high == Number(Int128(high)))
    // A layer of nearly nothing but zeros.
    var zeros = [Int128](repeating: 0, count: 1000)
    zeros[500] = 9
    let sparse = ToneScale(Tensor(try Shape(10, 10, 10), zeros), .percentile)
    #expect(sparse.low == .zero && sparse.high == .zero)
    #expect(sparse.tone(of: 9) == Tone(1, .grey) && sparse.tone(of: 0) == Tone(0.5, .grey))
  }

  @Test func `flat layers are bars with their numbers, on O the largest first`() throws {
    var player = try explore("3x3x2 flatten dense:5")
    try player.press("Tab Space o")
    let dense = try #require(player.activations.output(of: 1))
    let values = (0..<5).map { dense[$0].nearestDouble }
    func shown(_ player: Player) -> [Int] {
      player.rows[2..<7].compactMap { row in
        let text = row.dropFirst(27).drop { "[ ".contains($0) }
        return Int(text.prefix { $0.isNumber })
      }
    }
    #expect(shown(player) == [0, 1, 2, 3, 4])
    try player.press("O")
    #expect(shown(player) == (0..<5).sorted { values[$0] > values[$1] })
    #expect(player.rows[2].contains("*"))
    let second = shown(player)[1]
    try player.press("Home Down Enter")
    #expect(player.address == "dense[0,0,\(second)]")
  }

  @Test func `maps are ordered by their greatest numbers`() throws {
    let tensor = Tensor(try Shape(2, 1, 4), [1, 2, -3, 9, 2, 0, 5, 5])
    #expect(Sheet(tensor, .linear).largestFirst == [1, 3, 0, 2])
  }

  @Test func `a strip folds what does not fit and leaves out what names share`() throws {
    let names = (1...4).map { "conv:1,name=block\($0)_conv1 relu,name=block\($0)_conv1_relu" }
    let player = try explore("5x5x1 " + names.joined(separator: " "))
    func text(_ chosen: Int, _ widths: [Int]) -> [String] {
      NetworkStrip(player.network, chosen: .layer(chosen), widths: widths).rows.map { row in
        row.map { $0.link + $0.text }.joined()
      }
    }
    #expect(
      text(2, [62]) == ["X ─ … ─[block2_conv1]─ relu ─ … ─ block4_conv1_relu"])
    #expect(
      text(0, [200]) == [
        "X ─[block1_conv1]─ relu ─ block2_conv1 ─ relu ─ block3_conv1 ─ relu ─ block4_conv1 ─ relu"
      ])
    for width in 30..<120 {
      for chosen in -1..<8 {
        let strip = NetworkStrip(
          player.network, chosen: chosen < 0 ? .input : .layer(chosen), widths: [width])
        let line = strip.rows.map { $0.map { $0.link + $0.text }.joined() }
        #expect(line.allSatisfy { $0.unicodeScalars.count <= width })
        #expect(strip.rows.joined().contains { $0.text.hasPrefix("[") })
      }
    }
  }

  @Test func `branches stand between brackets`() throws {
    let player = try explore(
      "5x5x2 relu,name=a conv:1,filters=2,name=b relu,name=c conv:1,filters=2,from=a,name=d "
        + "add,from=c+d,name=e relu,name=f add,from=e+f,name=g")
    let strip = NetworkStrip(player.network, chosen: .input, widths: [100])
    #expect(
      strip.rows[0].map { $0.link + $0.text }.joined()
        == "[X]─ a ─( b ─ c | d )─ e ─( f )─ g")
  }

  @Test func `what takes long is computed beside it, Escape cancels, and choosing asks again`()
    throws
  {
    var player = try explore("32x32x3 conv:7,filters=16,padding=3 conv:5,filters=8 relu")
    func press(_ script: String) -> [Player.Effect] {
      let effects = Key.keys(parsing: script).flatMap { player.update(.key($0)) }
      return effects.filter { effect in
        if case .prepare = effect { false } else { true }
      }
    }
    #expect(press("o") == [.evaluate(.layer(0))])
    #expect(player.rows[3].contains("conv1 is being computed"))
    player.receive(progress: 0.5, player.activations)
    #expect(player.messageRow.hasPrefix("Computing conv1  [##########"))
    #expect(press("Tab") == [])
    #expect(press("Esc") == [.cancelEvaluation])
    #expect(player.messageRow == "Cancelled; what was finished is kept.")
    #expect(player.rows[3].contains("conv2 is not computed."))
    #expect(press("S-Tab") == [.evaluate(.layer(0))])
    // What was found out is shown, and the other layers are computed ahead.
    var evaluated = player.activations
    try evaluated.evaluate(0)
    let next = player.receive(.success(evaluated))
    #expect(next.contains(.evaluate(.others)))
    #expect(player.layers(for: .others) == [1, 2])
    #expect(player.carryOut(next) == [.evaluate(.others)])
    #expect(player.rows[21].contains("linear"))
    // The walk waits for nothing that it does not need.
    #expect(press("o") == [.cancelEvaluation])
    #expect(player.overlay == nil && player.evaluating == nil)
  }

  @Test func `a layer that does not fit keeps the others on the screen`() throws {
    let large = Int128(1) << 100
    let shape = try Shape(3, 1, 1)
    let network = try Network(
      input: shape,
      layers: [
        LayerSpecification(parsing: "conv:2x1,bias=no,name=v"),
        LayerSpecification(parsing: "relu,from=X,name=r"),
      ]
    ).taking([
      "v": GivenParameters(weights: .stored(Integers([large, large]), denominator: 1))
    ])
    var player = prepared(
      Player(
        Presentation(
          title: "Large", network: network, input: Tensor(shape, [large, large, large]),
          command: ["explore"]), size: Size(columns: 80, rows: 24)))
    try player.press("o")
    #expect(player.rows[3].contains("v is not computed."))
    #expect(player.update(.key(.character("L"))) == [])
    try player.press("Tab")
    #expect(player.rows[1].contains("r 3×1×1: 1 map"))
    #expect(player.activations.output(of: 1) != nil)
  }

  @Test func `a click chooses a layer, a map or a place`() throws {
    var player = try explore(deep, size: Size(columns: 132, rows: 43))
    try player.press("o")
    func place(of text: String, row: Int) throws -> Point {
      let line = Array(player.rows[row])
      let start = try #require(
        line.indices.first { String(line[$0...]).hasPrefix(text) }, "\(player.rows[row])")
      return Point(column: start + 1, row: row)
    }
    try player.send(.click(place(of: "relu", row: 0)))
    #expect(overview(player)?.source == .layer(1))
    try player.send(.click(place(of: " 1 ", row: 2)))
    #expect(overview(player)?.map == 1)
    let layout = OverviewLayout(try #require(overview(player)), player.view)
    try player.send(.click(Point(column: 2, row: layout.chosenTop)))
    #expect(overview(player)?.mark?.source == .layer(1))
    #expect(overview(player)?.mark?.cell.depth == 1)
  }

  /// What a question asks for must not be read from a picture.
  @Test func `a number that is asked for is not told`() throws {
    var player = Player(.nothing, size: Size(columns: 80, rows: 24))
    let lesson = try open("worked-example", in: &player)
    var hidden = 0
    for stop in lesson.stops.indices {
      player.carryOut(player.open(lesson, at: stop))
      try player.press("Space")
      guard player.course?.asksForCell == true, let cell = player.step.cell else { continue }
      try player.press("Esc o")
      #expect(player.rows[20].hasPrefix(" \(player.layer.name)\(cell) = ?"), "\(player.rows[20])")
      try player.press("Esc")
      hidden += 1
    }
    #expect(hidden > 0)
  }

  @Test func `comes from the list of lessons on the trained network, and goes back there`() throws {
    let entries = [LessonList.Entry(name: "a", title: "A", summary: "About a.")]
    var player = Player(LessonList(entries), size: Size(columns: 80, rows: 24))
    #expect(player.update(.key(.character("o"))).contains(.openNetwork("digits")))
    #expect(
      player.update(.key(.character("O"))).contains(
        .openNetwork("vgg16", picture: "house.ppm")))
    let network = try explore("8x8x1 conv:3,filters=2 relu").subject
    player.carryOut(player.open(network))
    #expect(player.rows[0].contains("─[conv]─ relu"))
    // Its weights are of a seed, and it says so at once.
    #expect(player.rows.contains { $0.contains("A seed made up the weights of Explore") })
    try player.press("Tab")
    #expect(player.rows.contains { $0.contains("weights made up") })
    try player.press("Enter")
    #expect(player.step.layer.name == "relu")
    // The footer leads back both ways.
    #expect(player.rows[23].hasPrefix(" Esc list  o overview  Space next"))
    try player.press("o")
    #expect(player.rows[0].contains("─[relu]"))
    try player.press("Esc Esc")
    #expect(player.isListShown)
    #expect(player.rows[0].contains("0 of 1 lessons done"))
    player.carryOut(player.open(network))
    try player.press("q")
    #expect(!player.isListShown)
    try player.press("q")
    #expect(player.isListShown)
    #expect(try player.press("q") == [.quit])
  }
}
