import Canvas
import Lessons
import Testing

@testable import Player

/// From the list into lessons, from one to the next, and back.
@Suite struct `The list of lessons` {
  private static let titles = ["one": "One", "two": "Two", "walk": "A walk"]

  /// Two lessons of a stop each, and between them one that is only walked.
  private func lesson(_ name: String) throws -> Lesson {
    let stops = name == "walk" ? "" : "stops: [{title: Only, text: Read it.}]"
    return try Lesson(
      parsing: """
        title: \(Self.titles[name] ?? name)
        summary: For a test.
        input: {size: 2x1x1}
        layers: [relu]
        \(stops)
        """, name: name
    ) { path throws(LessonFileError) in throw .missing(path) }
  }

  private func list(_ records: [String: CourseRecord] = [:]) -> Player {
    Player(
      LessonList(
        ["one", "walk", "two"].map {
          .init(name: $0, title: Self.titles[$0] ?? $0, summary: "", record: records[$0])
        }), size: Player.smallest)
  }

  /// Presses keys, and opens what they ask for.
  private func press(_ keys: String, _ player: inout Player) throws {
    for key in Key.keys(parsing: keys) {
      for effect in try player.send(.key(key)) {
        guard case .openLesson(let name) = effect else { continue }
        player.carryOut(player.open(try lesson(name), record: player.record(of: name)))
      }
    }
  }

  private func title(_ player: Player) -> String { player.rows[0] }

  @Test func `leads from a lesson's end to the next lesson`() throws {
    var player = list()
    try press("Enter Space", &player)
    #expect(player.rows[23].contains("Space next lesson: A walk"), "\(player.rows[23])")
    #expect(player.rows[23].contains("Esc all lessons"), "\(player.rows[23])")
    try press("Space", &player)
    #expect(title(player).hasPrefix(" A walk"), "\(title(player))")
    #expect(player.record(of: "one")?.isFinished == true)
  }

  @Test func `opens a lesson that is only walked, done at the walk's end`() throws {
    var player = list()
    try press("j Enter", &player)
    #expect(title(player).hasPrefix(" A walk"), "\(title(player))")
    try press("Space", &player)
    #expect(player.record(of: "walk") == nil)
    try press("q", &player)
    #expect(title(player).contains("0 of 3 lessons done"), "\(title(player))")
    try press("Enter G Esc", &player)
    #expect(title(player).contains("1 of 3 lessons done"), "\(title(player))")
    #expect(player.rows.contains { $0.contains("▸ ✓  2  A walk") })
  }

  @Test func `is where the last lesson ends`() throws {
    var player = list()
    try press("G Enter Space", &player)
    #expect(player.rows[23].contains("Space all lessons"), "\(player.rows[23])")
    try press("Space", &player)
    #expect(title(player).contains("1 of 3 lessons done"), "\(title(player))")
  }

  @Test func `stands on what is begun, else on what comes next`() {
    func record(_ name: String, isFinished: Bool) -> CourseRecord {
      CourseRecord(
        lesson: name, stop: 0, stops: 1, done: [], rightAtOnce: [], rightLater: [],
        isFinished: isFinished)
    }
    #expect(list().list?.selected == 0)
    #expect(list(["one": record("one", isFinished: true)]).list?.selected == 1)
    #expect(list(["two": record("two", isFinished: false)]).list?.selected == 2)
    #expect(
      list(["one": record("one", isFinished: false), "two": record("two", isFinished: false)])
        .list?.selected == 0)
  }

  @Test func `has a line for each part, and says what a lesson builds on`() throws {
    var player = Player(
      LessonList([
        .init(name: "one", title: "One", summary: "First.", part: "See"),
        .init(name: "two", title: "Two", summary: "Second.", part: "See", foundations: ["one"]),
        .init(name: "three", title: "Three", summary: "Third.", part: "Learn"),
      ]), size: Player.smallest)
    let lines = player.rows[2...6].map(\.trimmingSpaces)
    #expect(lines == ["See", "▸    1  One", "2  Two", "Learn", "3  Three"])
    try player.press("j")
    #expect(player.rows.contains { $0.contains("Second. Builds on One.") })
    // What finds no room there says that there is more.
    var long = Player(
      LessonList([
        .init(name: "one", title: "One", summary: String(repeating: "Word after word. ", count: 20))
      ]), size: Player.smallest)
    #expect(long.rows[21].hasSuffix(" …") && !long.rows[20].hasSuffix("…"))
    try long.press("?")
    try player.press("/ t h r")
    #expect(player.rows[2...4].map(\.trimmingSpaces) == ["Learn", "▸    3  Three", ""])
  }
}
