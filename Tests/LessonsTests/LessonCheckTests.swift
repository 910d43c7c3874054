import ConvolutionEngine
import ExactNumbers
import Testing

@testable import Lessons

@Suite("Checking lessons")
struct LessonCheckTests {
  private func problems(_ text: String, path: String = "a/one.yaml") -> [String] {
    LessonCheck.problems(in: [LessonSource(path: path, bytes: Array(text.utf8))])
      .map(\.description)
  }

  private func lesson(_ input: String, _ layers: String) -> String {
    "title: a\nsummary: b\ninput: \(input)\nlayers: [\(layers)]\n"
  }

  @Test func `a sound lesson has no problem`() {
    #expect(problems(soundLesson) == [])
    #expect(
      problems(
        lesson(
          "{size: 7x6x2}",
          "\"conv:3,filters=4,groups=2,padding=1\", relu, maxpool:2, "
            + "\"avgpool:2,padding=1,count-padding=no\", flatten, dense:3"))
        == [])
  }

  @Test func `files are told one after the other`() {
    let sources = [("b.yaml", "titel: x"), ("a.yaml", soundLesson), ("c.yaml", "")]
      .map { LessonSource(path: $0.0, bytes: Array($0.1.utf8)) }
    let files = LessonCheck.problems(in: sources).map(\.file)
    #expect(files == ["b.yaml", "b.yaml", "b.yaml", "b.yaml", "b.yaml", "c.yaml"])
  }

  @Test func `a file's name cannot reach the terminal as a command`() {
    #expect(
      problems("", path: "a\u{1B}[2J.yaml") == [
        "aU+001B[2J.yaml:1:1: the file is empty; a lesson begins with title: and a title."
      ])
  }

  @Test func `a sum beyond 128 bits is found by computing it`() {
    let largest = "170141183460469231731687303715884105727"
    #expect(
      problems(
        lesson("{depths: [\(largest)]}", "{kind: conv, size: 1, weights: [[2]], bias: no}")) == [
          "a/one.yaml:1:1: conv[0,0,0] needs more than 128 bits, so it cannot be shown exactly; "
            + "use smaller inputs or weights."
        ])
  }

  @Test func `a network that would take hours is not computed whole`() {
    #expect(problems(lesson("{size: 256x256x1}", "\"conv:251,padding=125\"")) == [])
    #expect(problems(lesson("{size: 512x512x1}", "\"maxpool:257,stride=1\"")) == [])
  }

  @Test func `the catalogue and the files beside it must agree`() {
    let catalogue = LessonSource(path: "l/catalogue.yaml", bytes: Array("- one\n- two\n".utf8))
    let files = ["catalogue.yaml", "two.yaml", "three.yaml", "README.md", "x.npy"]
    #expect(
      LessonCheck.problems(inCatalogue: catalogue, files: files).map(\.description) == [
        "l/catalogue.yaml:1:1: there is no one.yaml beside this list; "
          + "write it or remove the line.",
        "l/catalogue.yaml:1:1: \"three.yaml\" is not in the list; "
          + "add its line, or remove the file.",
      ])
  }
}
