import Canvas
import ConvolutionEngine
import Foundation
import Lessons
import Player
import Testing

/// Every shipped lesson is taken from its first stop to its end by keys.
@Suite struct CourseTests {
  static let names: [String] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../lessons").standardizedFileURL.path
    return (try? Catalogue(folder: folder).names) ?? []
  }()

  @Test func `there is a course`() {
    #expect(Self.names.count >= 20)
  }

  @Test(arguments: names)
  func `a lesson is walked by keys, and every screen of it has room`(name: String) throws {
    var player = try lesson(name)
    let course = try open(name, in: &player)
    guard !course.stops.isEmpty else { return }
    // Reading, place, question, answer, what is said afterwards: never more than six keys a stop.
    for _ in 0..<course.stops.count * 6 {
      let scene = player.scene()
      let screen = "\(scene.frame.lines.joined(separator: "\n"))"
      #expect(scene.overflow == 0, "no room for a text:\n\(screen)")
      #expect(scene.frame.clipped == 0, "\(screen)")
      #expect(scene.frame.ascii().cells.allSatisfy { $0.scalar.isASCII }, "\(screen)")
      if scene.frame.lines[0].contains("  ·  the end") { break }
      try player.press(screen.contains("Your answer:") ? "?? Enter" : "Space")
    }
    let end = player.rows
    #expect(end[0].contains("\(course.title)  ·  the end"))
    #expect(end[0].hasSuffix(String(repeating: "✓", count: course.stops.count)))
  }

  @Test(arguments: names)
  func `the answers of a lesson are right, and its slips are told`(name: String) throws {
    var player = try lesson(name)
    let course = try open(name, in: &player)
    for (index, stop) in course.stops.enumerated() {
      guard let question = stop.question else { continue }
      func typed(_ answer: [Number]) -> String {
        answer.map(\.asciiText).joined(separator: ";") + " Enter"
      }
      _ = player.open(course, at: index)
      try player.press("Space")
      for slip in question.slips {
        try player.press(typed(slip.answer))
        #expect(player.rows.contains { $0.contains("✗") }, "stop \(index + 1)")
      }
      try player.press(typed(question.answer))
      #expect(player.rows.contains { $0.contains("✓  Right.") }, "stop \(index + 1)")
    }
  }

  @Test func `the arrow keys move a pattern once the question is answered`() throws {
    var player = try lesson("shifts")
    _ = player.open(try open("shifts", in: &player), at: 1)
    try player.press("Space")
    func pattern() -> [String] { player.rows[2..<10].map { String($0.prefix(36)) } }
    let before = pattern()
    try player.press("Right")
    #expect(pattern() == before, "not before the answer")
    try player.press("?? Enter Right")
    #expect(pattern() != before)
    try player.press("Left")
    #expect(pattern() == before)
  }

  private func open(_ name: String, in player: inout Player) throws -> Lesson {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../lessons").standardizedFileURL
    let lesson = try Lesson(contentsOf: folder.appending(path: "\(name).yaml").path)
    _ = player.open(lesson)
    return lesson
  }
}
