import Canvas
import Lessons
import Testing

@testable import Player

private let text = """
  title: Words
  summary: For a test.
  input: {size: 3x3x1}
  layers: ["conv:2,name=v"]
  stops:
    - title: One
      at: "v[0,0,0]"
      text: A CNN has filters.
      question:
        ask: What is the row sum? Here the stride is 1.
        answer: 5
        hint: Look.
        why: So.
      after: That was binary cross-entropy.
  """

private func lesson(_ text: String = text) throws -> Lesson {
  try Lesson(parsing: text, name: "words") { path throws(LessonFileError) in throw .missing(path) }
}

private func open() throws -> Player {
  var player = Player(Presentation(try lesson()), size: Player.smallest)
  player.carryOut(player.open(try lesson()))
  return player
}

@Suite struct `The key w` {
  private func words(_ player: Player) -> [String] {
    player.rows.dropFirst(2).map { String($0.dropFirst().prefix(23)).trimmingSpaces }
      .filter { !$0.isEmpty }
  }

  @Test func `explains the words of the text that is being read, and then all others`() throws {
    var player = try open()
    try player.press("w")
    #expect(player.rows[0].hasPrefix(" Words of this text"))
    #expect(words(player).starts(with: ["CNN", "filter", "All others"]))
    #expect(player.screen().frame.clipped == 0)
    try player.press("$ End")
    try player.press("Esc")
    #expect(player.rows[0].hasPrefix(" Words  ·  stop 1 of 1"))
  }

  @Test func `is asked for in a question by typing it, and the question stands as it stood`() throws
  {
    var player = try open()
    try player.press("2Space w Enter")
    #expect(words(player).starts(with: ["CNN", "filter", "row sum", "stride", "All others"]))
    try player.press("Esc")
    #expect(player.rows.contains { $0.contains("Your answer:  _") })
    try player.press("5 Enter Space w")
    #expect(words(player).contains("cross-entropy"))
  }

  @Test func `shows all words in the list of lessons, a page after the other`() throws {
    var player = Player(
      LessonList([.init(name: "one", title: "One", summary: "It is one.")]), size: Player.smallest)
    try player.press("w")
    #expect(player.rows[0].hasPrefix(" Words"))
    var seen: Set<String> = []
    for _ in 0..<20 {
      seen.formUnion(words(player))
      try player.press("Space")
    }
    #expect(Glossary.terms.allSatisfy { seen.contains($0.name) })
  }

  @Test func `is typed in a lesson in plain sentences`() throws {
    var plain = PlainLesson(try lesson())
    _ = plain.begin()
    let said = plain.take("w")
    #expect(said.count == 3 && said[0].hasPrefix("CNN: ") && said[1].hasPrefix("filter: "))
    #expect(said[2] == "Enter goes on.")
    _ = plain.take("")
    _ = plain.take("")
    #expect(plain.take("w").contains { $0.hasPrefix("row sum: ") })
    #expect(plain.take("5").first == "Right.")
  }
}

@Suite struct `A lesson that is written anew while it is taken` {
  private func reopened(_ keys: String, _ old: String = "", _ new: String = "") throws -> Player {
    var player = try open()
    try player.press(keys)
    player.carryOut(player.reopen(try lesson(old.isEmpty ? text : text.replacing(old, with: new))))
    return player
  }

  @Test(arguments: [
    "", "Space", "2Space", "2Space 7 Enter", "2Space 5 Enter", "2Space 5 Enter Space",
    "2Space ?? Enter", "2Space ? Enter", "2Space 1 2", "2Space 5 Enter 2Space",
  ])
  func `stays where it stood`(keys: String) throws {
    var player = try open()
    try player.press(keys)
    let rows = player.rows
    let record = player.course?.record
    player.carryOut(player.reopen(try lesson()))
    #expect(player.rows == rows)
    #expect(player.course?.record == record)
  }

  @Test func `shows the new words at the answer`() throws {
    let player = try reopened("2Space 5 Enter", "why: So.", "why: Because.")
    #expect(player.rows.contains(" Because."))
    let after = try reopened("2Space 5 Enter Space", "That was", "It was")
    #expect(after.rows.contains(" It was binary cross-entropy."))
  }

  @Test func `asks again where the answer is another one now`() throws {
    let player = try reopened("2Space 5 Enter", "answer: 5", "answer: 6")
    #expect(player.rows.contains { $0.contains("first try: 5  ✗") })
  }
}

@Suite struct `The list's own help` {
  @Test func `names every key of the list and no key of the walk`() throws {
    var player = Player(
      LessonList([.init(name: "one", title: "One", summary: "It is one.", stops: 3, minutes: 4)]),
      size: Player.smallest)
    #expect(player.rows.contains { $0.hasSuffix("4 min") || $0.contains("4 min ") })
    #expect(player.rows.contains { $0.contains("3 stops, about 4 minutes.") })
    try player.press("?")
    let help = player.rows.joined(separator: "\n")
    for line in [
      "p             practice without end", "t             final test of twenty",
      "m             a missed question again", "w             words explained",
      "R             forget your progress", "o             a small trained network",
      "O             VGG16 on a picture",
    ] { #expect(help.contains(line), "\(line)") }
    #expect(!help.contains("autoplay") && !help.contains("another depth"))
  }
}
