import ConvolutionEngine
import ExactNumbers
import TestSupport
import Testing
import Walkthrough

@testable import Lessons

/// What flows back in a lesson: named as a stop's place and in its texts, computed, and checked.
@Suite struct GradientLessonTests {
  private func checked(with part: String = "", as other: String = "") -> [String] {
    let text = part.isEmpty ? examExample : examExample.replacing(part, with: other)
    #expect(part.isEmpty || text != examExample, "\(part) stands in the lesson")
    return LessonCheck.problems(in: [LessonSource(path: "exam.yaml", bytes: Array(text.utf8))])
      .map { String("\($0)".dropFirst("exam.yaml:".count)) }
  }

  @Test func `a lesson that states the right numbers has no problem`() { #expect(checked() == []) }

  @Test func `a stop looks at what flows back, from its own loss or the scene's`() throws {
    let lesson = try lesson(examExample)
    let weight = try #require(lesson.stops[1].at?.gradient)
    #expect(lesson.network.text(of: weight) == "dKer[0,0,0]")
    #expect(lesson.stops[1].loss == nil)
    #expect(
      lesson.scenes[Scene.main]?.loss
        == (try lesson.network.loss(
          .squared, target: .array(Tensor(Shape(2, 1, 1), [7, 10])), ofLayer: 2)))
    #expect(
      lesson.stops[2].loss
        == (try lesson.network.upstream(
          Tensor(Shape(4, 2, 1), [1, 0, 0, 0, 0, 0, 0, 2]), ofLayer: 0)))
    #expect(lesson.stops[2].text == ["Here what flows back is given, and dI[0,0,0] = -1."])
    #expect(lesson.stops[3].text == ["Again the lesson's loss, dI[2,1,0] = −4."])
    #expect(lesson.stops[1].question?.answer == [Number(-8)])
  }

  @Test(arguments: [
    (
      "and dI[0,0,0] = -1.", "and dI[0,0,0] = 5.",
      "59:46: \"dI[0,0,0] = 5\" does not hold: it says −1 on the left and 5 on the right; "
        + "correct it, or put it in “ ” where it tells what somebody else says."
    ),
    (
      "- loss = 13", "- loss = 26",
      "68:5: \"loss = 26\" does not hold: it says 13 on the left and 26 on the right; correct it."
    ),
    (
      "at: dI[2,1,0]", "at: dI[6,1,0]", "61:9: dI[6,1,0] lies outside: dI is 6×4×1."
    ),
    (
      "at: dI[2,1,0]", "at: dRer[0,0,0]",
      "61:9: there is no layer \"dRer\"; the layers are J, R, O."
    ),
    (
      "and dI[0,0,0] = -1.", "and dI[9,0,0] is far.",
      "59:46: dI[9,0,0] lies outside: dI is 6×4×1; correct it, or put it in “ ” where it tells what "
        + "somebody else says."
    ),
    (
      "at: dI[2,1,0]\n", "at: dI[2,1,0]\n    view: readers\n",
      "61:9: dI[2,1,0] is walked back, which view: readers does not show; leave view out."
    ),
    (
      "at: dI[2,1,0]\n", "at: dI[2,1,0]\n    depth: 0\n",
      "62:12: dI[2,1,0] says its depth itself; leave depth out."
    ),
    (
      "- given:db0 = 3", "- given:loss = 3",
      "80:11: in \"given:loss\" only what flows back is given, and no loss; give a kind of loss "
        + "instead."
    ),
    (
      "{kind: squared, target: [\"7 10\"]}", "{kind: squared}",
      "23:7: loss has no target; add it, for example target: 2"
    ),
    (
      "{kind: squared, target: [\"7 10\"]}", "{kind: least, target: [\"7 10\"]}",
      "23:14: kind is \"least\"; it must be one of sum, squared, hinge, cross-entropy, or give the "
        + "gradient itself as upstream."
    ),
    (
      "{kind: squared, target: [\"7 10\"]}", "{kind: sum, target: [\"7 10\"]}",
      "23:19: a sum has no target; leave it out, or choose another kind."
    ),
    (
      "{kind: squared, target: [\"7 10\"]}", "{kind: squared, target: [\"7 10 1\"]}",
      "23:31: the target is 3×1×1, and O is 2×1×1; give one of that size."
    ),
    (
      "{kind: squared, target: [\"7 10\"]}", "{layer: Q, kind: sum}",
      "23:15: there is no layer \"Q\"; the layers are J, R, O."
    ),
    (
      "{layer: J, upstream: [\"1 0 0 0\\n0 0 0 2\"]}",
      "{layer: J, kind: sum, upstream: [\"1 0 0 0\\n0 0 0 2\"]}",
      "57:22: upstream and kind cannot both be given; use one of them."
    ),
    (
      "at: dI[2,1,0]\n", "at: dO[0,0,0]\n    loss: {layer: J, kind: sum}\n",
      "61:9: dO[0,0,0] does not exist: the way back from this loss has no such gradient."
    ),
  ]) func `what is wrong is told where it stands`(part: String, other: String, problem: String) {
    #expect(checked(with: part, as: other).first == problem)
  }

  @Test func `a hand-out works out what flows back, and not before it is asked for`() throws {
    let lines = HandOut.lines(of: try lesson(examExample), .text)
    let answers = try #require(lines.firstIndex(of: "Answers"))
    let upstream = try #require(lines.firstIndex(of: "  dJ 4×2×1, what flows back"))
    #expect(Array(lines[upstream + 1...upstream + 2]) == ["   −5  0  0  0", "    0  0 −1  0"])
    #expect(upstream < answers)
    let total = "    dKer[0,0,0] = −5 + −3 = −8"
    #expect(!lines[..<answers].contains(total) && lines[answers...].contains(total))
    #expect(lines[..<answers].contains("    dI[2,1,0] = −5 + 0 + 0 + 0 + 0 + 1 = −4"))
    #expect(lines.contains("  What flows back to J is given."))
  }

  @Test func `a name of what flows back leads nowhere where a layer has it`() throws {
    let text =
      soundLesson.replacing("name: v", with: "name: dX") + """

        stops:
          - title: Its own name
            at: dX[1,0,0]
            text: The layer's own, dX[1,0,0] = 42.
        claims:
          - dX[1,0,0] = 42
          - ddX[1,0,0] = 1
        """
    #expect(LessonsTests.checked(text) == [])
  }
}
