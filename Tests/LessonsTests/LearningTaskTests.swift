import Testing

@testable import Lessons

/// What a new head can learn to tell of a network's pictures.
@Suite struct LearningTaskTests {
  private func digits() throws -> LabelledPictures {
    let file = try NetworkFile.open("digits") { ShippedLessonTests.folder }
    return try #require(file.pictures)
  }

  /// By numpy: of the 1,797 labels 906 are odd, and 178 + 181 + 174 + 180 are 0, 6, 8 and 9.
  @Test(arguments: [("odd-or-even", "odd", 906), ("has-a-loop", "loop", 178 + 181 + 174 + 180)])
  func `digits brings two`(name: String, last: String, count: Int) throws {
    let pictures = try digits()
    let task = try #require(pictures.tasks.first { $0.name == name })
    let examples = LearningExamples(pictures, task)
    #expect(examples.count == 1797)
    #expect(examples.names?.last == last)
    #expect(examples.classes.count { $0 == 1 } == count)
    #expect(examples.label(3) == "three" && examples.input(3) == pictures.input(3))
    #expect(examples.classes[3] == (name == "odd-or-even" ? 1 : 0))
  }
}
