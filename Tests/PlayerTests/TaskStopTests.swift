import Canvas
import ConvolutionEngine
import ExactNumbers
import Lessons
import Testing

@testable import Player

/// A bar of 4s under a filter that copies, and a lesson's own network that is another.
private let text = """
  title: A bar
  summary: Find its edges.
  input: {size: 3x1x1, depths: ["1 2 3"]}
  layers: ["conv:1,name=u"]
  scenes:
    bar:
      input: {size: 6x1x1, depths: ["0 0 4 4 0 0"]}
      layers:
        - {kind: conv, name: v, size: 3x1, weights: [["0 1 0"]], bias: [2]}
  stops:
    - title: Edges
      scene: bar
      at: "v[3,0,0]"
      text: Change it.
      question:
        ask: Find the edges.
        change: Ker
        until: count(v > 2) = 2 ; v[1,0,0] < 2
        answer: Ker[1,0,0] = 0 ; Ker[0,0,0] = 1 ; Ker[2,0,0] = -1
        hint: [Sum to 0., Left against right.]
        why: As 1 − 1 = 0.
      after: Found.
  next: Change something.
  """

private func bar() throws -> Lesson {
  try Lesson(parsing: text, name: "bar") { path throws(LessonFileError) in throw .missing(path) }
}

/// A player whose task has been asked.
private func asked() throws -> Player {
  let lesson = try bar()
  var player = Player(Presentation(lesson), size: Player.smallest)
  player.carryOut(player.open(lesson))
  try player.press("2Space")
  return player
}

@Suite struct `A task on the screen` {
  private let solution = ["Ker[1,0,0]=0", "Ker[0,0,0]=1", "Ker[2,0,0]=-1"].map {
    "c \($0) Enter"
  }.joined(separator: " ")

  @Test func `says what is wanted and what it is now, after every change`() throws {
    var player = try asked()
    #expect(player.rows.contains { $0.hasPrefix(" TASK  Find the edges.") || $0.contains("TASK") })
    #expect(player.rows.contains(" v[1,0,0] < 2: now 6."))
    try player.press("c Ker[1,0,0]=0 Enter")
    #expect(player.rows.contains(" count(v > 2) = 2: now 0."))
    #expect(player.rows.contains(" v[1,0,0] < 2: now 2."))
    try player.press("u")
    #expect(!player.rows.contains(" count(v > 2) = 2: now 0."))
    try player.press("c b=7 Enter")
    #expect(player.rows.contains { $0.contains("Here only Ker may be changed.") })
    try player.press("u Space")
    #expect(player.messageRow == "Not done yet: c changes a number; PgDn skips.")
  }

  @Test func `offers what it is about when a number is to be changed`() throws {
    var player = try asked()
    try player.press("c")
    #expect(player.rows[23].hasPrefix(" Change: Ker[0,0,0] = _"))
    try player.press("7 Enter")
    #expect(player.network.layers[0].parameters?.weight(0, Cell(0, 0, 0)) == Number(7))
    try player.press("u r PgDn Esc")
    var free = try explore("3x3x1 conv:2")
    try free.press("Space c")
    #expect(free.rows[23].hasPrefix(" Change: X[0,0,0] = _"))
  }

  @Test func `is found by whatever does it, and counts as right at once`() throws {
    var player = try asked()
    let effects = try player.press(solution)
    #expect(player.rows.contains(" ✓  Right.") && player.rows.contains(" As 1 − 1 = 0."))
    #expect(player.course?.record.rightAtOnce == [0])
    #expect(effects.contains { if case .record = $0 { true } else { false } })
    try player.press("Space")
    #expect(player.rows.contains(" Found."))
  }

  @Test func `is found while one looks around, and returning keeps what was changed`() throws {
    var player = try asked()
    try player.press("Left")
    #expect(player.course?.isWandering == true)
    try player.press(solution)
    #expect(player.course?.record.rightAtOnce == [0])
    try player.press("r")
    #expect(player.rows.contains(" ✓  Right."))
    #expect(player.network.layers[0].parameters?.weights[1] == Number(0))
  }

  @Test func `brings hints, each nearer, and makes the changes itself`() throws {
    var player = try asked()
    try player.press("c ? Enter")
    #expect(player.rows.contains(" Hint: Sum to 0."))
    try player.press("c ? Enter")
    #expect(player.rows.contains(" Hint: Left against right."))
    try player.press("c ?? Enter")
    #expect(
      player.rows.contains(" The answer: Ker[1,0,0] = 0, Ker[0,0,0] = 1, Ker[2,0,0] = -1"))
    #expect(player.network.layers[0].parameters?.weights[2] == Number(-1))
    #expect(player.course?.record.shown == [0])
    try player.press("R")
    #expect(player.network.layers[0].parameters?.weights[1] == Number(1))
  }

  @Test func `is taken in plain sentences`() throws {
    var plain = PlainLesson(try bar())
    _ = plain.begin()
    _ = plain.take("")
    #expect(plain.take("") == ["Task: Find the edges.", "v[1,0,0] < 2: now 6.", "Change:"])
    #expect(plain.take("?") == ["Hint: Sum to 0.", "Change:"])
    #expect(
      plain.take("Ker[1,0,0] = 0") == [
        "Ker[1,0,0] is now 0. u undoes.", "Ker: 0 0 0.", "v: 2 2 2 2.",
        "count(v > 2) = 2: now 0.", "v[1,0,0] < 2: now 2.", "Change:",
      ])
    #expect(plain.take("nonsense").first?.hasPrefix("Write a place and a whole number") == true)
    #expect(plain.take("u").contains("v[1,0,0] < 2: now 6."))
    #expect(
      plain.take("??").first == "The answer is Ker[1,0,0] = 0, Ker[0,0,0] = 1, Ker[2,0,0] = -1.")
    #expect(plain.record.shown == [0])
  }
}

@Suite struct `The end of a lesson` {
  @Test(arguments: ["Right", "Left", "Tab", "f"])
  func `keeps a change when one looks around behind it`(key: String) throws {
    var player = try asked()
    try player.press("PgDn c X[0,0,0]=9 Enter")
    #expect(player.network.layers[0].name == "u")
    try player.press(key)
    #expect(player.course?.isWandering == true)
    #expect(player.subject.input[0] == Number(9))
    try player.press("u")
    #expect(player.subject.input[0] == Number(1))
  }
}
