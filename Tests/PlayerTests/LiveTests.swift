import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Lessons
import Player
import Testing
import Walkthrough

@Suite struct LiveChangeTests {
  private let example = "11x11x4 conv:5,filters=2,stride=2,name=v maxpool:2,name=p"

  @Test func `a setting that leaves something over is reachable, explained and mended by name`()
    throws
  {
    var player = try explore(example)
    try player.press("e Down Down Left")
    let rows = player.rows
    #expect(rows[0].hasSuffix("✗ something is left over"))
    #expect(rows[3].contains("= (11 − 4 + 2·0)/2 + 1"))
    #expect(rows[4].contains("= 7/2 + 1 = 4.5   ✗ not a whole number"))
    #expect(
      rows[21] == " To make it fit: filter 3 gives 5 · filter 5 gives 4 · stride 1 gives 8")
    try player.press("Enter")
    #expect(player.network.layers[0].output.description == "4×4×2")
    #expect(player.network.layers[0].parameters?.filter.description == "4×4×4")
  }

  @Test func `a setting that is not possible is reachable, said, and not kept`() throws {
    var player = try explore(example)
    try player.press("e Down Down Down Down Left Left")
    #expect(player.rows[0].hasSuffix("✗ not possible"))
    #expect(player.rows.contains { $0.contains("stride 0 is not possible") })
    try player.press("Enter")
    #expect(player.network.layers[0].output.description == "4×4×2")
    try player.press("Esc")
    #expect(player.rows[0].hasPrefix(" Explore"))
  }

  @Test func `everything follows a kept setting, and u and R take it back`() throws {
    var player = try explore(example)
    try player.press("e Down Down Down Down Left Enter")
    #expect(player.network.layers.map(\.output.description) == ["7×7×2", "3×3×2"])
    // From the setting that was chosen last.
    try player.press("e Up Right Enter")
    #expect(player.network.layers.map(\.output.description) == ["7×7×3", "3×3×3"])
    try player.press("u")
    #expect(player.network.layers.map(\.output.description) == ["7×7×2", "3×3×2"])
    try player.press("R")
    #expect(player.network.layers.map(\.output.description) == ["4×4×2", "2×2×2"])
    try player.press("u")
    #expect(player.messageRow == "There is no live change to undo.")
  }

  @Test func `a changed input changes the outputs that read it, and only those are marked`() throws
  {
    var player = try explore(example)
    try player.press("32Space")
    try player.press("c")
    let field = player.rows[23]
    let typed = field.split(separator: "Change: ").last?.prefix { $0 != "_" }.count ?? 0
    for _ in 0..<typed { try player.press("Bksp") }
    try player.press("X[5,5,0]=9 Enter")
    let before = try #require(try explore(example).activations.output(of: 0))
    let after = try #require(player.activations.output(of: 0))
    let changed = (0..<before.shape.count).filter { before[$0] != after[$0] }
    #expect(!changed.isEmpty)
    // The screen shows the second map, and the message has the mark once more.
    let marks = player.rows.joined().filter { $0 == "~" }.count
    #expect(marks == changed.count { $0 >= before.shape.plane } + 1)
    #expect(player.messageRow.hasPrefix("X[5,5,0] is now 9. "))
  }

  /// Layers that were not computed before the change are compared like those that were.
  @Test(arguments: [
    "7x7x1 conv:3,name=a relu,name=b maxpool:2,stride=1,name=c conv:2,name=d sigmoid,name=e flatten,name=f dense:5,name=g softmax,name=h",
    "8x8x2 depthwise:3,name=a avgpool:2,name=b relu6,name=c conv:2,name=d flatten,name=e dense:4,name=f",
  ])
  func `marks what changed in every layer behind it`(subject: String) throws {
    let before = try explore(subject, size: Size(columns: 170, rows: 50))
    var player = before
    try player.press("c Ctrl-U X[4,4,0]=90 Enter")
    var (old, new) = (before.activations, player.activations)
    for layer in player.network.layers {
      let outputs = (try old.evaluate(layer.index), try new.evaluate(layer.index))
      for map in 0..<layer.output.depth where !layer.output.isFlat || map == 0 {
        try player.press("g \(layer.name)[0,0,\(map)] Enter")
        while player.place.grain < .window { try player.press("+") }
        try player.press(layer.output.isFlat ? "G" : "End")
        let last =
          layer.output.isFlat
          ? 0..<layer.output.count
          : map * layer.output.plane..<(map + 1) * layer.output.plane
        if !layer.output.isFlat {
          try player.press(
            "g \(layer.name)\(Cell(layer.output.width - 1, layer.output.height - 1, map)) Enter")
        }
        let changed = last.count { outputs.0[$0] != outputs.1[$0] }
        #expect(
          marks(player) == changed, "\(layer.name) \(map): \(player.rows.joined(separator: "\n"))")
      }
    }
    // Nothing is marked once it is taken back.
    try player.press("u")
    #expect(marks(player) == 0)
  }

  /// How many numbers of the screen are marked.
  private func marks(_ player: Player) -> Int {
    player.screen().frame.cells.count { $0.scalar == "~" && $0.role == .changed }
  }

  @Test func `a changed weight leaves the others, fractions too, as they were`() throws {
    let shape = try Shape(4, 4, 1)
    let layer = try LayerSpecification(parsing: "conv:2,bias=no,name=v")
    // 1/4, 1/2, 3/4 and 1.
    let network = try Network(input: shape, layers: [layer]).taking([
      "v": GivenParameters(weights: .stored(Integers([1, 2, 3, 4] as [Int64]), denominator: 4))
    ])
    var player = prepared(
      Player(
        Presentation(
          title: "Quarters", network: network, input: try Tensor.seeded(shape, seed: 0),
          command: ["explore"]), size: Size(columns: 80, rows: 24)))
    try player.press("c Ctrl-U Ker[0,0,0]=5 Enter")
    let weights = try #require(player.network.layers[0].parameters?.weights)
    #expect((0..<4).map { weights[$0].text } == ["5", "0.5", "0.75", "1"])
  }

  @Test func `who reads an input cell is counted`() throws {
    var player = try explore(example)
    try player.press("Space i")
    #expect(player.rows[0] == " Who reads X[0,0,0]?")
    #expect(
      player.rows.contains(" 1 cell of each map: 1 along the width times 1 along the height."))
    try player.press("Right Right Right Right Down Down Down Down")
    #expect(player.rows[0] == " Who reads X[4,4,0]?")
    #expect(
      player.rows.contains(" 9 cells of each map: 3 along the width times 3 along the height."))
    try player.press("q")
    #expect(player.rows[0].hasPrefix(" Explore"))
  }

  @Test func `a weight meets as many inputs as there are windows`() throws {
    var player = try explore(example)
    try player.press("Space I")
    let rows = player.rows
    #expect(rows.joined().filter { $0 == "*" }.count == 16 + 1)
    #expect(rows.contains { $0.contains("16 windows, so 16 products") })
  }
}

@Suite struct PredictionTests {
  private let example = "3x3x1 conv:2,name=v,bias=no maxpool:2,name=p"

  @Test func `the next result is hidden and asked for until it is right`() throws {
    var player = try explore("11x11x4 conv:5,filters=2,stride=2,name=v")
    try player.press("5Space p")
    #expect(player.address == "v[1,1,0]")
    #expect(player.rows.contains { $0.contains("QUESTION What is v[1,1,0]?") })
    #expect(!player.rows.joined().contains("−34 "), "the answer is −34")
    try player.press("-31 Enter")
    #expect(player.rows.contains { $0.contains("You left out the bias.") })
    try player.press("-34 Enter")
    #expect(player.rows.contains { $0.contains("✓  Right.") })
    try player.press("Space Space")
    #expect(player.address == "v[2,1,0]")
  }

  @Test func `a question mark is a hint and two show the answer`() throws {
    var player = try explore(example)
    try player.press("p ? Enter")
    #expect(player.rows.contains { $0.contains("Hint: ") })
    try player.press("?? Enter")
    #expect(player.rows.contains { $0.contains("The answer: ") })
  }

  @Test func `Esc leaves the question and shows the result`() throws {
    var player = try explore(example)
    try player.press("p q Esc")
    #expect(!player.rows.joined().contains("QUESTION"))
    #expect(player.address == "v[0,0,0]")
  }
}

@Suite struct SearchTests {
  @Test func `negative outputs are found one after another and backwards`() throws {
    var player = try explore("11x11x4 conv:5,filters=2,stride=2,name=v")
    try player.press("/ neg Enter")
    let first = player.address
    #expect(first == "v[0,0,0]")
    try player.press("n n")
    #expect(player.address == "v[2,0,0]")
    try player.press("N")
    #expect(player.address == "v[1,0,0]")
  }

  @Test func `what is not there is said`() throws {
    var player = try explore("3x3x1 relu")
    try player.press("/ neg Enter")
    #expect(player.messageRow == "No negative output after this in relu.")
    try player.press("/ nonsense Enter")
    #expect(player.messageRow == "Search for negative, zero, tie, max or change.")
  }
}

@Suite struct `Settings that are changed live` {
  @Test func `cut float32 numbers, or continue them by repeating`() throws {
    let shape = try Shape(3, 2, 1)
    let network = try Network(input: shape, layers: [try LayerSpecification(parsing: "conv:2")])
    var player = prepared(
      Player(
        Presentation(
          title: "Floats", network: network,
          input: .float32(shape, [0.5, 1, 2, 4, 8, 16], isRounded: false), command: ["explore"]),
        size: Size(columns: 80, rows: 24)))
    try player.press("e Right Down Right Enter")
    let input = player.subject.input
    #expect((0..<4).map { input[Cell($0, 0, 0)].text } == ["0.5", "1", "2", "0.5"])
    #expect((0..<4).map { input[Cell($0, 2, 0)].text } == ["0.5", "1", "2", "0.5"])
    try player.press("e Up 2Left Enter")
    #expect(player.subject.input.floats == [0.5, 1, 4, 8, 0.5, 1])
  }

  @Test func `fit another of the network's pictures too`() throws {
    let digits = try shippedNetwork("digits")
    var player = try player(over: digits)
    try player.press("e Right Enter x")
    let second = try #require(digits.pictures).input(1)
    let input = player.subject.input
    #expect(input.shape == (try Shape(9, 8, 1)))
    #expect((0..<9).map { input[Cell($0, 3, 0)] } == (0..<9).map { second[Cell($0 % 8, 3, 0)] })
  }

  @Test func `show both axes where they differ, and move both`() throws {
    var player = try explore("8x8x4 conv:3x5,stride=2x1,left=1")
    try player.press("e")
    #expect(player.rows.contains { $0.hasPrefix("  filter size    3×5 ") })
    #expect(player.rows.contains { $0.hasPrefix("  padding       mixed ") })
    try player.press("2Down Right Enter")
    #expect(player.layer.specification.operation.windows?.size == Pair(4, 6))
  }

  @Test func `of a depthwise layer are its own`() throws {
    var player = try explore("8x8x4 depthwise:3,multiplier=2")
    try player.press("e 3Down Right Enter")
    #expect(player.layer.output.depth == 12)
    try player.press("e")
    #expect(!player.rows.contains { $0.contains("groups  ") || $0.contains("filters  ") })
  }

  @Test func `stay open when the screen is drawn again`() throws {
    for keys in ["e", "Space i", "o", "t", "b", "S", "O"] {
      var player = try explore("8x8x4 conv:3")
      try player.press("Space")
      try player.press(keys)
      let rows = player.rows
      #expect(try player.press("Ctrl-L").contains(.redraw))
      #expect(player.rows == rows, "\(keys)")
    }
  }
}

@Suite struct StalePlaceTests {
  @Test func `a mark does not outlive the steps that it was among`() throws {
    var player = try explore("11x11x1 conv:3,name=v")
    try player.press("G m a")
    try player.press("e j j l l l l Enter ' a")
    #expect(player.messageRow == "There is no mark a; m and a letter set one.")
    #expect(player.rows.count == 24)
    try player.press("' '")
    #expect(player.messageRow == "No jump yet to go back from.")
  }

  @Test func `a place whose window has other products is the first of its cell's`() throws {
    // A 5×5 filter with padding 1 gives the 9×9 of a 3×3 filter; its last product is not there.
    var player = try explore("11x11x1 conv:5,padding=1,name=v")
    try player.press("- - G")
    try player.press("e j j h h j j j h Enter")
    #expect(player.rows[0].contains("v  \(80 * 9 + 1) of 729"))
    try player.press("u")
    #expect(player.rows[0].contains("v  2,001 of 2,025"))
  }

  @Test(arguments: [
    ("6x6x1 sigmoid", "sigmoid has nothing to predict; Space shows its next result."),
    (
      "6x6x40 conv:3,name=v", "A window is too much to predict; - goes to finer steps."
    ),
  ])
  func `what cannot be asked for stays hidden`(subject: String, message: String) throws {
    var player = try explore(subject)
    try player.press("g 1 Enter")
    let before = player.address
    try player.press("p")
    #expect(player.address == before)
    #expect(player.messageRow == message)
  }
}
