import Canvas
import ConvolutionEngine
import Lessons
import TestSupport
import Testing
import Walkthrough

@testable import Player

/// A lesson's stop that shows what flows back.
@Suite struct TurnedStopTests {
  private func lesson() throws -> Lesson {
    try Lesson(parsing: examExample, name: "exam") { path throws(LessonFileError) in
      throw .missing(path)
    }
  }

  private func player(stop: Int, size: Size = Size(columns: 80, rows: 24)) throws -> Player {
    let lesson = try lesson()
    var player = Player(Presentation(lesson), size: size)
    player.carryOut(player.open(lesson, at: stop))
    return player
  }

  @Test func `it opens the way back where the text is read, and then where it is asked`() throws {
    var player = try player(stop: 1)
    #expect(player.rows[1].hasPrefix(" ◂ dJ[0,0,0] "))
    #expect(player.rows[1].contains("The loss is half the squared error of O, 13."))
    #expect(player.rows.contains { $0.contains("dJ[0,0,0] = −5.") })
    try player.press("Space")
    #expect(player.rows[1].hasPrefix(" ◂ dKer[0,0,0] "))
    #expect(player.rows.contains { $0.contains("QUESTION What is dKer[0,0,0]?") })
    // The account of it, but for the sum that is asked for.
    #expect(player.rows.contains { $0.contains("dJ[2,1,0]     −1 × I[2,1,0]       3 =") })
    #expect(!player.rows[..<15].contains { $0.contains("−8") })
    #expect(
      player.rows[..<15].contains {
        $0.hasSuffix("dKer[0,0,0] = −5 + −3               =             ?")
      })
    try player.press("- 8 Enter")
    #expect(player.rows.contains { $0.contains("−8  ✓  Right.") })
    #expect(player.rows[..<15].contains { $0.hasSuffix("=            −8") })
  }

  @Test func `the asked number stays hidden while one looks around, and Esc leads back`() throws {
    var player = try player(stop: 1)
    try player.press("Space Esc")
    #expect(player.messageRow == "Look around; r returns to the question.")
    try player.press("Right")
    #expect(player.rows[23].hasPrefix(" r back to the stop  Space next"))
    #expect(player.rows[0].contains("dKer[1,0,0]"))
    #expect(player.rows.contains { $0.contains(" 0   ?[−16]  ·") })
    try player.press("Left")
    #expect(!player.rows[..<22].contains { $0.contains("−8") || $0.contains("by 8") })
    try player.press("Esc - 8 Enter")
    #expect(player.rows.contains { $0.contains("−8  ✓  Right.") })
  }

  @Test func `arrows walk on from the stop, and any way out leads back to it`() throws {
    for way in ["B", "Esc", "r", "q"] {
      var player = try player(stop: 3)
      try player.press("Space Right")
      // torch 2.15: I.grad in row 1 is 5 0 −4 0 −1 0.
      #expect(player.rows[0].contains("dI[3,1,0]"))
      #expect(player.rows.contains { $0.contains(" 1  5  0 −4[ 0] ·  ·") })
      try player.press(way)
      #expect(player.rows[0].hasPrefix(" One step down"))
      #expect(player.rows[1].hasPrefix(" ◂ dI[2,1,0]"))
      #expect(player.rows.contains { $0.contains(" 1  5  0[−4] ·  ·  ·") })
    }
  }

  @Test func `a stop's own loss, a scene's and a given one each lead back`() throws {
    var given = try player(stop: 2)
    try given.press("Space")
    #expect(given.rows[1].contains("What flows back to J is given."))
    #expect(given.rows.contains { $0.contains("dI[0,0,0]") && $0.hasSuffix(" −1") })
    var scene = try player(stop: 4)
    try scene.press("Space")
    #expect(scene.rows[1].hasPrefix(" ◂ db1"))
    #expect(scene.rows.contains { $0.hasSuffix(" 0.5") })
  }

  @Test func `B in a stop comes from the lesson's loss`() throws {
    var player = try player(stop: 3)
    try player.press("B")
    #expect(player.rows[1] == " The loss is half the squared error of O, 13.")
  }

  @Test func `a changed number is walked back at the same place`() throws {
    var player = try player(stop: 3)
    try player.press("Space c")
    try player.press("I [ 4 , 2 , 0 ] = 8 Enter")
    #expect(player.rows[1].hasPrefix(" ◂ dI[2,1,0]"))
    // O is 2 and 8 then, so the loss is ½·25 + ½·4.
    #expect(player.rows[1].contains("O, 14.5."))
    #expect(player.rows.contains { $0.hasPrefix(" 1") && $0.contains("[−3]") })
  }

  @Test func `it is said in plain sentences`() throws {
    var plain = PlainLesson(try lesson(), at: 1)
    _ = plain.begin()
    let asked = plain.take("")
    #expect(asked.first == "At dKer[0,0,0].")
    #expect(asked.contains("The loss is half the squared error of O, 13."))
    #expect(
      asked.contains(
        "Row 1 of dJ: dJ[0,1,0] 0 times I[0,1,0] 4, dJ[1,1,0] 0 times I[1,1,0] 8, dJ[2,1,0] −1 "
          + "times I[2,1,0] 3, dJ[3,1,0] 0 times I[3,1,0] 1."))
    #expect(!asked.joined().contains("−8"))
    var told = PlainLesson(try lesson(), at: 3)
    _ = told.begin()
    let place = told.take("")
    #expect(
      place.first == "At dI[2,1,0]: dI[2,1,0] = np.sum(dJ[0:3, 0:2, 0] * Ker[2::-1, 1::-1, 0])")
    #expect(place.contains("dI[2,1,0] is −4."))
  }

  @Test func `the check draws it`() throws {
    let lesson = try lesson()
    for stop in lesson.stops.indices {
      #expect(StopScreenCheck.problems(in: lesson, stop: stop) == [])
    }
  }
}
