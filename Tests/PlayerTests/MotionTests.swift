import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Player
import Testing
import Walkthrough

@Suite struct MotionTests {
  private let example = "11x11x4 conv:5,filters=2,stride=2,name=v maxpool:2,name=p"

  @Test func `Space goes on and Backspace goes back`() throws {
    var player = try explore(example)
    try player.press("Space Space Space")
    #expect(player.address == "v[2,0,0]")
    try player.press("Bksp")
    #expect(player.address == "v[1,0,0]")
    #expect(player.place == Place(layer: 0, grain: .window, position: 2))
  }

  @Test func `a count goes before a key`() throws {
    var player = try explore(example)
    try player.press("12Space")
    #expect(player.place.position == 12)
    try player.press("5Bksp")
    #expect(player.place.position == 7)
    try player.press("20G")
    #expect(player.place.position == 20)
  }

  @Test func `the walk goes from layer to layer over each one's start`() throws {
    var player = try explore(example)
    try player.press("32Space")
    #expect(player.address == "v[3,3,1]")
    try player.press("Space")
    #expect(player.place == Place(layer: 1, grain: .window, position: 0))
    try player.press("Space")
    #expect(player.address == "p[0,0,0]")
    try player.press("Bksp Bksp")
    #expect(player.address == "v[3,3,1]")
  }

  @Test func `finer goes to the first step inside and coarser comes back`() throws {
    var player = try explore(example)
    try player.press("6Space -")
    #expect(player.address == "v[1,1,0]@0")
    try player.press("-")
    #expect(player.address == "v[1,1,0]@[0,0,0]")
    #expect(player.place.position == 501)
    try player.press("+ +")
    #expect(player.place == Place(layer: 0, grain: .window, position: 6))
    try player.press("+")
    #expect(player.address == "v[:,:,0]")
    try player.press("+")
    #expect(player.place == Place(layer: 0, grain: .layer, position: 1))
  }

  @Test func `arrows move the window and say why not at an edge`() throws {
    var player = try explore(example)
    try player.press("Space Right Down Right Right")
    #expect(player.address == "v[3,1,0]")
    try player.press("Right")
    #expect(player.address == "v[3,1,0]")
    #expect(player.messageRow == "The next window would need column 12; X ends at 10.")
    try player.press("k Up")
    #expect(player.address == "v[3,0,0]")
    #expect(player.messageRow == "The first window is at row 0.")
    try player.press("0")
    #expect(player.address == "v[0,0,0]")
    try player.press("$")
    #expect(player.address == "v[3,0,0]")
  }

  @Test func `arrows move the product inside its slice`() throws {
    var player = try explore(example)
    try player.press("Space - - Right Down")
    #expect(player.address == "v[0,0,0]@[1,1,0]")
    try player.press("Up Up")
    #expect(player.address == "v[0,0,0]@[1,0,0]")
    #expect(player.messageRow == "The window ends here: a filter slice is 5×5.")
  }

  @Test func `f keeps the window and changes the map`() throws {
    var player = try explore(example)
    try player.press("6Space f")
    #expect(player.address == "v[1,1,1]")
    try player.press("f")
    #expect(player.messageRow == "v has maps 0 to 1; this is map 1.")
    try player.press("F")
    #expect(player.address == "v[1,1,0]")
  }

  @Test func `d changes the depth that is shown and not the step`() throws {
    var player = try explore(example)
    try player.press("6Space")
    let before = player.place
    try player.press("dd")
    #expect(player.place == before)
    #expect(player.rows[1].contains("Ker0  depth [2]"))
    try player.press("3d")
    #expect(player.rows[1].contains("Ker0  depth [1]"))
    try player.press("D")
    #expect(player.rows[1].contains("Ker0  depth [0]"))
  }

  @Test func `Tab and brackets go from layer to layer`() throws {
    var player = try explore(example)
    try player.press("6Space Tab")
    #expect(player.place == Place(layer: 1, grain: .window, position: 0))
    try player.press("Tab")
    #expect(player.messageRow == "p is the last layer.")
    try player.press("(")
    #expect(player.place.layer == 0)
    try player.press("''")
    #expect(player.place.layer == 1)
  }

  @Test func `a count goes as far as there are layers and maps`() throws {
    var player = try explore("5x5x2 conv:3,filters=2 relu maxpool:2")
    try player.press("9Tab")
    #expect(player.place.layer == 2)
    #expect(player.messageRow == "maxpool is the last layer.")
    try player.press("9(")
    #expect(player.place.layer == 0)
    #expect(player.messageRow == "conv is the first layer.")
    try player.press("Space 9f")
    #expect(player.address == "conv[0,0,1]")
    #expect(player.messageRow == "conv has maps 0 to 1; this is map 1.")
  }

  @Test func `g takes an address, a number or a distance`() throws {
    var player = try explore(example)
    try player.press("g v[1,1,0]@2 Enter")
    #expect(player.address == "v[1,1,0]@2")
    #expect(player.place.grain == .slice)
    try player.press("g 5 Enter")
    #expect(player.place.position == 5)
    try player.press("g +3 Enter")
    #expect(player.place.position == 8)
    try player.press("gg")
    #expect(player.place.position == 0)
    try player.press("''")
    #expect(player.place.position == 8)
  }

  @Test func `g names what is wrong and stays open`() throws {
    var player = try explore(example)
    try player.press("g v[9,9,9] Enter")
    #expect(player.messageRow == "v[9,9,9] lies outside: v is 4×4×2.")
    #expect(player.rows[23].contains("Go to: v[9,9,9]_"))
    try player.press("Esc")
    #expect(player.place.position == 0)
    #expect(player.rows[23].contains("Space next"))
  }

  @Test func `autoplay waits while the window is too small to show a step`() throws {
    var player = try explore(example)
    try player.press("a")
    #expect(player.tickInterval != nil)
    try player.send(.resized(Size(columns: 79, rows: 24)))
    #expect(player.tickInterval == nil)
    try player.send(.resized(Size(columns: 80, rows: 24)))
    #expect(player.tickInterval != nil)
  }

  @Test func `marks lead back`() throws {
    var player = try explore(example)
    try player.press("6Space ma - 3Space 'a")
    #expect(player.place == Place(layer: 0, grain: .window, position: 6))
    try player.press("'z")
    #expect(player.messageRow == "There is no mark z; m and a letter set one.")
  }

  @Test func `Esc leaves nothing that has no level above it, and q does`() throws {
    var player = try lesson("worked-example")
    try open("worked-example", in: &player)
    for _ in 0..<3 { #expect(try player.press("Esc").isEmpty) }
    #expect(player.messageRow == "Nothing is above this; q leaves it.")
    #expect(try player.press("q").last == .quit)
  }

  @Test func `autoplay goes on with ticks until Space or the end`() throws {
    var player = try explore(example)
    #expect(player.tickInterval == nil)
    try player.press("a")
    let slow = try #require(player.tickInterval)
    try player.send(.tick)
    try player.send(.tick)
    #expect(player.place.position == 2)
    try player.press(">")
    #expect(try #require(player.tickInterval) < slow)
    try player.press("Space")
    #expect(player.place.position == 2)
    #expect(player.tickInterval == nil)
    try player.press("Tab End Bksp a")
    for _ in 0..<3 { try player.send(.tick) }
    #expect(player.address == "p[1,1,1]")
    #expect(player.tickInterval == nil)
  }

  @Test func `a click on an output cell goes to it`() throws {
    var player = try explore(example)
    try player.press("6Space")
    let row = try #require(player.rows.firstIndex { $0.contains("v 4×4×2") }) + 4
    let cells = try (0..<80).map { column -> String in
      var copy = player
      try copy.send(.click(Point(column: column, row: row)))
      return copy.address
    }
    #expect(
      Set(cells) == ["v[1,1,0]", "v[0,2,0]", "v[1,2,0]", "v[2,2,0]", "v[3,2,0]"])
  }

  @Test func `the last product of a hundred million is reached without computing the rest`() throws
  {
    var player = try explore("227x227x3 conv:11,filters=96,stride=4")
    try player.press("- - End")
    #expect(player.address == "conv[54,54,95]@[10,10,2]")
    #expect(player.place.position == 105_415_200)
    #expect(player.activations.output(of: 0) == nil)
    #expect(player.rows[0].hasSuffix("conv  105,415,200 of 105,415,200"))
  }
}

@Suite struct WheelTests {
  private let down = Event.wheel(up: false, Point(column: 1, row: 1))

  @Test func `goes on in the walk, and chooses in a table`() throws {
    var player = try explore("11x11x4 conv:5,filters=2,stride=2,name=v maxpool:2,name=p relu")
    try player.send(down)
    #expect(player.address == "v[0,0,0]")
    try player.press("t")
    try player.send(down)
    #expect(player.rows[3].hasPrefix("▸ p") && player.address == "v[0,0,0]")
    try player.press("Esc ?")
    let help = player.rows
    try player.send(down)
    #expect(player.rows == help && player.address == "v[0,0,0]")
  }

  /// The next stop may show another network, of which a table that stays open knows nothing.
  @Test func `does not change the network under what lies over it`() throws {
    var player = try lesson("keras-net")
    try open("keras-net", in: &player)
    try player.press("t")
    for _ in 0..<12 {
      try player.send(down)
      #expect(player.rows[0].contains("layers over"))
    }
  }

  @Test func `chooses a lesson in the list`() throws {
    let entries = ["one", "two"].map { LessonList.Entry(name: $0, title: $0, summary: "A lesson.") }
    var player = Player(LessonList(entries), size: Size(columns: 80, rows: 24))
    try player.send(down)
    #expect(player.rows[3].hasPrefix(" ▸") && player.rows[3].contains("two"))
  }
}
