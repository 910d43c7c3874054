import Canvas
import ConvolutionEngine
import Exercises
import Lessons
import Player

/// The screens that have come since the first ones, each in three sizes, and the most telling of them in
/// their colours.
enum GoldenSeries {
  struct Series: Sendable {
    let name: String
    let keys: String
    var isColoured = false
    let open: @Sendable (Size) throws -> Player
  }

  static let sizes = [(80, 24), (132, 43), (200, 60)].map { Size(columns: $0.0, rows: $0.1) }

  static func name(_ series: Series, _ size: Size) -> String {
    size.columns == 80 ? series.name : "\(series.name)-\(size.columns)"
  }

  /// All names of goldens of a series.
  static func names(_ series: Series) -> [String] {
    sizes.map { name(series, $0) }
      + (series.isColoured ? ["light", "dark", "monochrome"].map { "\(series.name)-\($0)" } : [])
  }

  private static func walk(_ name: String, _ keys: String, _ subject: String, colours: Bool = false)
    -> Series
  {
    Series(name: name, keys: keys, isColoured: colours) { size in try explore(subject, size: size) }
  }

  private static let example = "11x11x4 conv:5,filters=2,stride=2,name=v maxpool:2,name=p"
  private static let deep = "32x32x1 conv:3,filters=4 relu maxpool:2 conv:3,padding=1,filters=2"

  static let all: [Series] = [
    Series(name: "list", keys: "", isColoured: true) { Player(list, size: $0) },
    Series(name: "list-filter", keys: "/ s t a c k") { Player(list, size: $0) },
    Series(name: "stop", keys: "", isColoured: true) { try course($0) },
    Series(name: "stop-question", keys: "Space") { try course($0) },
    Series(name: "stop-slip", keys: "Space 9 Enter", isColoured: true) { try course($0) },
    Series(name: "stop-answered", keys: "Space 1 8 Enter") { try course($0) },
    Series(name: "stop-look", keys: "Space Esc Right") { try course($0) },
    Series(name: "stops", keys: "C") { try course($0) },
    Series(name: "review", keys: "Space") { size in
      var player = Player(list, size: size)
      try player.press("m")
      player.carryOut(
        player.open(try lesson(), record: player.record(of: "window"), at: 0))
      return player
    },
    Series(name: "practice", keys: "") { practice($0) },
    Series(name: "practice-slip", keys: "1 Enter", isColoured: true) { practice($0) },
    Series(name: "practice-hint", keys: "? Enter") { practice($0) },
    Series(name: "test", keys: "", isColoured: true) { test($0) },
    Series(name: "test-over", keys: "20PgDn") { test($0) },
    walk("statistics", "S", deep, colours: true),
    walk("terms", "6Space O", example, colours: true),
    walk("readers", "6Space i", example),
    walk("weight-use", "6Space I", example),
    walk("prediction", "6Space p", example),
    walk("change", "6Space c", example),
    walk("changed", "6Space c X [ 4 , 4 , 0 ] = 9 Enter", example),
    walk("search", "/ z e r o Enter", example),
    walk("words", "6Space w", example),
    walk("followed", "Tab 3Space , ,", example),
    walk("tied", "Tab g p[1,0,0] Enter", example),
    Series(name: "table-folded", keys: "t PgDn", isColoured: true) { size in
      let file = try shippedNetwork("inception-v3")
      let network = try file.network()
      return Player(
        Presentation(
          title: file.title, network: network, input: try Tensor.seeded(network.input, seed: 0),
          command: ["explore"]), size: size)
    },
    walk("settings-no-room", "e 4Down 4Right", "9x9x1 conv:3,filters=1"),
  ]

  private static let list = {
    func entry(
      _ name: String, _ title: String, _ summary: String, part: String,
      _ record: CourseRecord? = nil
    ) -> LessonList.Entry {
      LessonList.Entry(
        name: name, title: title, summary: summary, record: record, part: part,
        foundations: name == "pool" ? ["window"] : [], stops: 3, minutes: 5)
    }
    let done = CourseRecord(
      lesson: "window", stop: 0, stops: 3, done: [0, 1, 2], rightAtOnce: [], rightLater: [0],
      shown: [], isFinished: true)
    let begun = CourseRecord(
      lesson: "stride", stop: 1, stops: 3, done: [0], rightAtOnce: [0], rightLater: [], shown: [],
      isFinished: false)
    return LessonList([
      entry("window", "A window and its cell", "One window makes one cell.", part: "See", done),
      entry(
        "stride", "Stride", "How far the window moves, and how many windows there are then.",
        part: "Slide", begun),
      entry("padding", "Padding", "A frame of zeros around the input.", part: "Slide"),
      entry("stack", "Maps over maps", "Layers stack.", part: "Stack"),
      entry("pool", "Max pooling", "The largest number of each window.", part: "Stack"),
    ])
  }()

  private static func lesson() throws -> Lesson {
    try Lesson(
      parsing: """
        title: A window and its cell
        summary: One window makes one cell.
        input: {size: 9x9x2}
        layers: ["conv:3,filters=2,stride=2,name=v", "maxpool:2,name=p"]
        stops:
        - title: The window
          text: The window in brackets, times the filter, is the grid of products. The rows add up to the slice sum.
          at: v[1,0,0]
          question:
            ask: How many products make one cell of v?
            answer: 18
            hint: The filter is as deep as the input.
            why: 3 · 3 · 2 = 18.
            slips: [{answer: 9, says: That is one depth only. The filter has both.}]
        - title: The map
          text: The window slides over the whole input, and each place makes a cell of the map.
          at: v[2,1,0]
        - title: The pool
          text: Of each window the pool keeps the largest.
          at: p[0,0,0]
        """, name: "window"
    ) { path throws(LessonFileError) in throw .missing(path) }
  }

  private static func course(_ size: Size) throws -> Player {
    var player = Player(list, size: size)
    player.carryOut(player.open(try lesson()))
    return player
  }

  private static func practice(_ size: Size) -> Player {
    var player = Player(size: size)
    player.carryOut(player.practise(Practice(seed: 3, topics: [.sizes, .cells])))
    return player
  }

  private static func test(_ size: Size) -> Player {
    var player = Player(size: size)
    player.carryOut(player.take(FinalTest(seed: 3)))
    return player
  }
}
