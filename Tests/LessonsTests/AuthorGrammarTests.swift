import ConvolutionEngine
import ExactNumbers
import Testing

@testable import Lessons

/// What a lesson can ask, and where its numbers can come from.
@Suite struct `A lesson's grammar` {
  private func lesson(
    _ scene: String, question: String = "", files: [String: [UInt8]] = [:]
  ) throws -> Lesson {
    let ask = question.isEmpty ? "" : "question: {ask: What?, \(question), hint: Look., why: So.}"
    return try Lesson(
      parsing: """
        title: Grammar
        summary: For a test.
        \(scene)
        stops:
          - title: One
            text: Look.
            \(ask)
        """, name: "grammar"
    ) { path throws(LessonFileError) in
      guard let bytes = files[path] else { throw .missing(path) }
      return bytes
    }
  }

  private func problem(_ scene: String, question: String = "") -> String {
    do {
      _ = try lesson(scene, question: question)
      return ""
    } catch let error as LessonProblems {
      return error.problems.map(\.description).joined(separator: " ")
    } catch {
      return "\(error)"
    }
  }

  /// v = 2 −4 6 / −1 −9 9.
  private let scene = """
    input: {depths: ["2 -4 6\\n-1 -9 9"]}
    layers: ["conv:1,name=v,bias=no", relu]
    """
  private let plain = """
    input: {depths: ["2 -4 6\\n-1 -9 9"]}
    layers:
      - {name: v, kind: conv, size: 1, weights: [["1"], ["-1"]], bias: no}
      - relu
    """

  @Test(arguments: [
    ("count(v > 0)", 6), ("count(v,0 > 0)", 3), ("count(v,1 < -4)", 2), ("count(X = -4)", 1),
    ("count(relu,0 = 0)", 3), ("abs(X[1,0,0])", 4), ("abs(X[0,0,0])", 2), ("max(3,7,5)", 7),
    ("min(X[0,0,0],X[1,0,0])", -4), ("max(v,1)", 9), ("1 + 1 > 1", 1), ("X[0,0,0] = 3", 0),
    ("2*count(v > 0) - 1", 11),
  ])
  func `counts and compares`(expression: String, value: Int) throws {
    let found = try lesson(
      plain, question: "choices: [a, b], answer: a"
    )
    var evaluator = ExpressionEvaluator(found.scenes)
    #expect(
      try evaluator.value(Array(expression.unicodeScalars), in: Scene.main) == Number(Int128(value))
    )
  }

  @Test(arguments: [
    "count(v)", "count(3 > 2)", "count(v > 0, 1)", "count(v,2 > 0)", "max(3)", "abs(v)",
  ])
  func `says how a function is written`(expression: String) {
    #expect(problem(plain, question: "answer: \"\(expression)\"") != "")
  }

  @Test func `filters that are written out are counted`() throws {
    #expect(try lesson(plain).network.layers[0].output.depth == 2)
    #expect(
      problem(plain.replacing("size: 1", with: "size: 1, filters: 3"))
        .contains("weights: found 2 filters, expected 3"))
  }

  @Test func `takes a comparison as yes or no`() throws {
    let yes = try #require(
      try lesson(plain, question: "answer: \"v[0,0,0] > 1\"").stops[0].question)
    #expect(yes.ask == "What? 1: yes. 2: no.")
    for typed in ["yes", "Y", " YES ", "1"] { #expect(yes.judge(typed) == .right, "\(typed)") }
    for typed in ["no", "n", "2"] { #expect(yes.judge(typed) == .wrong, "\(typed)") }
    for typed in ["3", "maybe", "0"] {
      guard case .unreadable = yes.judge(typed) else {
        Issue.record("\(typed) is taken")
        continue
      }
    }
    let no = try #require(try lesson(plain, question: "answer: \"v[0,0,0] > 2\"").stops[0].question)
    #expect(no.judge("no") == .right && no.text(of: no.answer) == "no")
  }

  @Test func `takes one of several choices`() throws {
    let choices = "choices: [it grows, it stays, it shrinks]"
    let question = try #require(
      try lesson(
        plain,
        question: "\(choices), answer: it stays, slips: [{answer: it grows, says: It does not.}]"
      ).stops[0].question)
    #expect(question.judge("2") == .right && question.judge("it stays") == .right)
    #expect(question.judge("it st") == .right)
    #expect(question.judge("It Grows") == .slip(question.slips[0]))
    #expect(question.judge("3") == .wrong)
    // What two begin with chooses none of them.
    guard case .unreadable = question.judge("it s") else {
      Issue.record("it s is taken")
      return
    }
    let computed = try lesson(plain, question: "\(choices), answer: \"count(v,0 > 0)\"")
    #expect(computed.stops[0].question?.judge("it shrinks") == .right)
    #expect(problem(plain, question: "\(choices), answer: it flies").contains("it flies"))
    #expect(problem(plain, question: "\(choices), answer: 4").contains("none of the 3 choices"))
    #expect(problem(plain, question: "choices: [a, A], answer: a").contains("are the same"))
    #expect(problem(plain, question: "choices: [a], answer: a").contains("choice"))
  }

  @Test func `takes another scene's input`() throws {
    let scenes = """
      \(plain)
      scenes:
        two: {input: {scene: main}, layers: [relu]}
        three: {input: {scene: two}, layers: [relu]}
      claims: ["two:X[1,0,0] = X[1,0,0]", "three:X[2,1,0] = 9"]
      """
    let text = """
      title: A
      summary: B
      \(scenes)
      stops:
        - {title: One, text: Look., scene: two}
        - {title: Two, text: Look., scene: three}
      """
    let problems = LessonCheck.problems(in: [LessonSource(path: "a.yaml", bytes: Array(text.utf8))])
    #expect(problems.map(\.description) == [])
    #expect(problem("input: {scene: later}\nlayers: [relu]").contains("later"))
    #expect(problem("input: {scene: main}\nlayers: [relu]").contains("main"))
  }

  @Test func `takes a picture`() throws {
    let files: [String: [UInt8]] = ["p.pgm": Array("P2 2 1 9\n3 7\n".utf8)]
    let own = try lesson("input: {picture: p.pgm}\nlayers: [relu]", files: files)
    #expect(own.input == Tensor(try Shape(2, 1, 1), [3, 7]))
    let scaled = try lesson("input: {picture: p.pgm, size: 1x1x1}\nlayers: [relu]", files: files)
    #expect(scaled.input.shape == (try Shape(1, 1, 1)))
    #expect(problem("input: {picture: ../p.pgm}\nlayers: [relu]") != "")
    #expect(problem("input: {picture: p.pgm, file: x.npy}\nlayers: [relu]").contains("both"))
  }

  @Test func `gives a network's new head the numbers that stand there`() throws {
    let network = """
      title: Small
      source: a test
      input: {size: 2x1x1}
      base: f
      layers: ["flatten,name=f", "dense:2,name=d"]
      """
    let scene = """
      network: small
      input: {depths: ["3 5"]}
      head: [{name: e, kind: dense, size: 1, weights: ["2 -1"], bias: [7]}]
      claims: ["e[0,0,0] = 8", "weight(e,0,0,0,1) = -1"]
      """
    let found = try lesson(scene, files: ["networks/small.yaml": Array(network.utf8)])
    var evaluator = ExpressionEvaluator(found.scenes)
    let value = try evaluator.value(Array("e[0,0,0]".unicodeScalars), in: Scene.main)
    #expect(value == Number(8))
  }
}
