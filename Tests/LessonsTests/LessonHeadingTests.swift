import ExactNumbers
import TensorFiles
import Testing

@testable import Lessons

@Suite struct `The heading of a lesson` {
  private func firstLines(_ text: String) -> LessonHeading? {
    LessonHeading(firstLinesOf: Array(text.utf8))
  }

  @Test func `stands in the first lines`() throws {
    let heading = try #require(firstLines(soundLesson))
    #expect(heading.title == "A small one")
    #expect(heading.summary == "Four products make one number.")
  }

  @Test(arguments: [
    "title: 'A quoted one'\nsummary: b\ninput:\n", "title: A # comment\nsummary: b\ninput:\n",
    "title: A\nsummary: a: b\ninput:\n", "title: A\nsummary: b\n  c\ninput:\n",
    "title: A\nsummary: >\n  b\ninput:\n",
    "title: A\u{202E}\nsummary: b\ninput:\n", "summary: b\ntitle: A\ninput:\n", "title: A\n",
    "title: A\nsummary: b \ninput:\n", "title: A\nsummary: b\r\ninput:\n", "# c\ntitle: A\n", "",
    "title: A\u{85}b\nsummary: b\ninput:\n", "title: [A]\nsummary: b\ninput:\n",
    "title: A  b\nsummary: b\ninput:\n",
  ])
  func `is left to YAML where its lines could be read otherwise`(text: String) {
    #expect(firstLines(text) == nil)
  }

  @Test func `is what YAML reads, whichever way it was found`() throws {
    try withFolder { folder in
      for title in ["A small one", "'A small: one'", "\"A small one\"", "5×5", "Über uns"] {
        let path = folder + "/small.yaml"
        try write(soundLesson.replacing("A small one", with: title), to: path)
        let lesson = try Lesson(contentsOf: path)
        let heading = try LessonHeading(contentsOf: path)
        #expect(heading.title == lesson.title)
        #expect(heading.summary == lesson.summary)
      }
    }
  }

  @Test func `of every shipped lesson needs no YAML parser`() throws {
    let catalogue = try Catalogue(folder: ShippedLessonTests.folder)
    for name in catalogue.names {
      let bytes = try FileContents.read(try catalogue.path(of: name))
      let lesson = try catalogue.lesson(named: name)
      let heading = try #require(LessonHeading(firstLinesOf: bytes), "\(name)")
      #expect(try catalogue.heading(of: name).stops == lesson.stops.count)
      #expect(heading.title == lesson.title)
      #expect(heading.summary == lesson.summary)
    }
  }

  @Test func `counts its stops, and minutes by words and questions`() throws {
    func length(_ stops: String) throws -> [Int] {
      try withFolder { folder in
        try write("title: A\nsummary: b\ninput: c\nstops:\n\(stops)", to: folder + "/a.yaml")
        let heading = try LessonHeading(contentsOf: folder + "/a.yaml")
        return [heading.stops, heading.minutes]
      }
    }
    let words = String(repeating: " word", count: 600)
    #expect(try length("- title: A\n  text:\(words)\n") == [1, 5])
    #expect(try length("- text:\(words)\n  title: A\n\n- title: B\n  text: b\n") == [2, 5])
    #expect(try length("- title: A\n  text:\(words)\n  question:\n    ask: a\n") == [1, 6])
    #expect(try length("- title: A\n  text: b\n    says:\(words)\n") == [1, 1])
    #expect(try length("- title: A\n  text: b\nnotes:\n- title:\(words)\n") == [1, 1])
    #expect(try length("") == [0, 0])
  }
}
