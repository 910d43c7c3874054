import ConvolutionEngine
import ExactNumbers
import Testing

@testable import Lessons

/// A 3×3 filter over two depths with a bias, and a dense layer behind it.
private func lesson(answer: String, why: String = "So.", slips: String = "") throws -> Question {
  let text = """
    title: Steps
    summary: For a test.
    input:
      depths: ["1 2 3\\n4 5 6\\n7 8 9", "1 1 1\\n2 2 2\\n3 3 3"]
    layers:
      - kind: conv
        name: v
        size: 3
        weights: [["1 1 1\\n1 1 1\\n1 1 1", "2 2 2\\n2 2 2\\n2 2 2"]]
        bias: [4]
      - dense:10,name=s
    stops:
      - title: One
        text: Look.
        question: {ask: What?, answer: "\(answer)", slips: [\(slips)], hint: Look., why: "\(why)"}
    """
  let lesson = try Lesson(parsing: text, name: "steps") { path throws(LessonFileError) in
    throw .missing(path)
  }
  return try #require(lesson.stops[0].question)
}

@Suite struct `An answer's steps` {
  private func said(_ typed: String, to question: Question) -> String {
    switch question.judge(typed) {
    case .slip(let slip): slip.says
    case let other: "\(other)"
    }
  }

  /// 45 + 36 + 4 = 85; rows 6, 15, 24 and 6, 12, 18.
  @Test(arguments: [
    ("6", "one row"), ("15", "one row"), ("24", "one row"), ("12", "one row"), ("18", "one row"),
    ("45", "one depth"), ("36", "one depth"), ("81", "The bias is still to be added"),
    ("82", "wrong"), ("85", "right"),
  ])
  func `of a cell are its row sums, slice sums and the sum without bias`(
    typed: String, expected: String
  ) throws {
    #expect(said(typed, to: try lesson(answer: "v[0,0,0]")).contains(expected))
  }

  /// v has 3·3·2 + 1 = 19, s has 10·(1 + 1) = 20.
  @Test(arguments: [
    ("18", "the weights of one filter of v"), ("19", "one filter of v with its bias"),
    ("10", "the weights of s, without its biases"), ("20", "what s has by itself"),
    ("2", "one output of s with its bias"), ("38", "wrong"),
  ])
  func `of a count are its parts`(typed: String, expected: String) throws {
    #expect(said(typed, to: try lesson(answer: "params()")).contains(expected))
  }

  @Test func `are what the worked answer passes through`() throws {
    let question = try lesson(answer: "6*1.5 + 2", why: "6·1.5 = 9, and 9 + 2 = 11.")
    #expect(said("9", to: question) == "That is a step on the way. Go on from there.")
    #expect(question.furtherHints == ["6·1.5 = 9, and 9 + 2 = ?"])
    #expect(said("11", to: question) == "right")
    #expect(said("10", to: question) == "wrong")
  }

  @Test func `never come before a slip of the lesson's own`() throws {
    let own = "{answer: 81, says: Mine.}"
    #expect(said("81", to: try lesson(answer: "v[0,0,0]", slips: own)) == "Mine.")
  }

  @Test(
    arguments: [
      ("1 + 1 = 2, so 2.", 2, "1 + 1 = ?"), ("So it is 2.", 2, nil), ("4·6 = 24.", 2, nil),
      ("3/2 = 1.5, 3 = 3/1.", 3, nil), ("3/2 = 1.5, 2 + 1 = 3.", 3, "3/2 = 1.5, 2 + 1 = ?"),
      ("2 = 2 + 0, 1·2 = 2x, and 2.", 2, nil),
    ] as [(String, Int, String?)])
  func `lead to a hint that leaves only the last one`(why: String, answer: Int, hint: String?) {
    #expect(Question.hint(from: why, [Number(Int128(answer))]) == hint)
  }
}

@Suite struct `A number in a text` {
  /// X = −2 3.
  @Test(arguments: [
    ("4 + {X[0,0,0]}", "4 + (−2)"), ("4 − {X[0,0,0]}", "4 − (−2)"), ("4·{X[0,0,0]}", "4·(−2)"),
    ("4 × {X[0,0,0]} = {4*X[0,0,0]}", "4 × (−2) = −8"), ("4 + {X[1,0,0]}", "4 + 3"),
    ("It is {X[0,0,0]} + 4", "It is −2 + 4"), ("({X[0,0,0]})", "(−2)"), ("{X[0,0,0]}", "−2"),
  ])
  func `has brackets behind a sign where it has a sign of its own`(text: String, shown: String)
    throws
  {
    let lesson = try Lesson(
      parsing: """
        title: Signs
        summary: For a test.
        input: {depths: ["-2 3"]}
        layers: ["conv:1,name=v"]
        stops:
          - title: One
            text: |
              \(text)
        """, name: "signs"
    ) { path throws(LessonFileError) in throw .missing(path) }
    #expect(lesson.stops[0].text == [shown])
  }
}
