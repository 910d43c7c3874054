import Canvas
import ConvolutionEngine
import Lessons
import Player
import TestSupport
import Testing

/// Whatever is typed, clicked, pasted or resized: no trap, and every screen is whole.
@Suite struct RandomEventTests {
  /// The slow run sets `CONVWALK_EVENTS` to 100000.
  private static let count = setting("CONVWALK_EVENTS", usually: 1500)

  private static let letters = Array(
    " otbLOxX+-][hjkldDfFlvsypecuRiI/nNgGmq?'0$<>(),:=@[]v[1,1,0]X9876543210aArz~é␛漢".unicodeScalars
  )
  private static let keys: [Key] = [
    .enter, .escape, .backspace, .delete, .tab, .backTab, .up, .down, .left, .right, .home, .end,
    .pageUp, .pageDown, .controlL, .controlU,
  ]

  private func event(_ generator: inout Chance) -> Event {
    switch Int.random(in: 0..<100, using: &generator) {
    case 0..<60: return .key(.character(Self.letters.randomElement(using: &generator) ?? " "))
    case 60..<88: return .key(Self.keys.randomElement(using: &generator) ?? .enter)
    case 88..<93:
      return .click(
        Point(
          column: Int.random(in: -1..<90, using: &generator),
          row: Int.random(in: -1..<30, using: &generator)))
    case 93..<95: return .wheel(up: Bool.random(using: &generator), Point(column: 1, row: 1))
    case 95..<97:
      return .resized(
        Size(
          columns: Int.random(in: 60..<220, using: &generator),
          rows: Int.random(in: 18..<70, using: &generator)))
    case 97: return .pasted("quit q\u{1B}[A;v[1,1,0]")
    default: return .tick
    }
  }

  @Test(arguments: [
    "11x11x4 conv:5,filters=2,stride=2,name=v maxpool:2,name=p",
    "5x5x2 conv:3,filters=2,padding=1 relu avgpool:2 flatten dense:3",
    "227x227x3 conv:11,filters=96,stride=4",
  ])
  func `no event does harm`(subject: String) throws {
    var player = try explore(subject)
    try endure(&player)
  }

  @Test func `no event does harm over float32 numbers`() throws {
    let shape = try Shape(6, 6, 2)
    let layers = try ["conv:3,filters=2,name=v", "relu", "softmax"].map {
      try LayerSpecification(parsing: $0)
    }
    let numbers = (0..<shape.count).map { Float($0 % 17) * 0.1 - 0.5 }
    var player = prepared(
      Player(
        Presentation(
          title: "Floats", network: try Network(input: shape, layers: layers),
          input: .float32(shape, numbers, isRounded: false), command: ["explore"]),
        size: Size(columns: 80, rows: 24)))
    try endure(&player)
  }

  @Test func `no event does harm over a network's own pictures`() throws {
    let digits = try shippedNetwork("digits")
    let pictures = try #require(digits.pictures)
    var player = prepared(
      Player(
        Presentation(
          title: "Digits", network: try digits.network(), input: pictures.input(0),
          command: ["explore"], pictures: (pictures, 0)), size: Size(columns: 80, rows: 24)))
    try endure(&player)
  }

  /// The keys that end a lesson come back to the list, from which the next one is opened.
  @Test func `no event does harm in the course`() throws {
    // The later lessons stand on large networks, which take their time unless they are optimized.
    let entries = CourseTests.names.prefix(isSlowRun ? 100 : 12).map {
      LessonList.Entry(name: $0, title: $0, summary: "What \($0) is about.")
    }
    var player = Player(LessonList(entries), size: Size(columns: 80, rows: 24))
    #expect(try endure(&player) > 3)
  }

  /// - Returns: how many lessons were opened.
  @discardableResult
  private func endure(_ player: inout Player) throws -> Int {
    var generator = Chance(state: 7)
    var isRoomy = true
    var opened = 0
    for number in 0..<Self.count {
      let event = event(&generator)
      // A small screen shows next to nothing, so most of the time it is a large enough one.
      if case .resized(let size) = event { isRoomy = size.columns >= 80 && size.rows >= 24 }
      for case .openLesson(let name) in try player.send(event) {
        try open(name, in: &player)
        opened += 1
      }
      if !isRoomy, number % 3 == 0 {
        try player.send(.resized(Size(columns: 80, rows: 24)))
        isRoomy = true
      }
      guard number % 10 == 0 else { continue }
      try holdScreenPromises(player)
    }
    return opened
  }
}
