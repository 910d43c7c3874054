import ConvolutionEngine
import ExactNumbers
import Testing
import Walkthrough

@testable import Lessons

/// The sound lesson with two stops, a scene, a claim and a last word.
let stoppedLesson =
  soundLesson + """

    scenes:
      pool: {input: {size: 32x32x4, seed: 1}, layers: [{name: p, kind: maxpool, size: 2}]}
    stops:
      - title: Four products
        from: v
        at: v[1,0,0]
        depth: 0
        text: |
          The window of v[1,0,0] holds {X[1,0,0]},
          {X[2,0,0]}, {X[1,1,0]} and {X[2,1,0]}.

          The bias is {bias(v,0)}.
        question:
          ask: What is v[1,0,0]?
          answer: v[1,0,0]
          slips:
            - answer: v[1,0,0] - bias(v,0)
              says: You left out the bias, {bias(v,0)}.
          hint: Add the bias.
          why: 37 + 5 = {v[1,0,0]}.
        after: |
          One number.
        loose:
          written: a 2D map
          arithmetic: one number
          matters: A map needs many windows.
      - title: A pool
        scene: pool
        view: text
        text: It halves {width(X)} to {width(p)}.
        figure: |
          {width(X)}
            -> {width(p)}
        question:
          ask: What size is p?
          answer: width(p) ; height(p) ; depth(p)
          hint: Depth stays.
          why: "{width(p)}, {height(p)}, {depth(p)}."
    next: Try {params()} parameters.
    claims:
      - params(v) = 2*2*1 + 1 = 5
      - pool:params() < params()
    """

/// What a check finds in a lesson's text.
func checked(_ text: String) -> [String] {
  LessonCheck.problems(in: [LessonSource(path: "small.yaml", bytes: Array(text.utf8))])
    .map { String("\($0)".dropFirst("small.yaml:".count)) }
}

func checked(with part: String, as other: String) -> [String] {
  #expect(stoppedLesson.contains(part), "the part stands in the lesson")
  return checked(stoppedLesson.replacing(part, with: other))
}

@Suite("A lesson's stops")
struct StopFormatTests {
  @Test func `a title has room beside any number of stops`() {
    let stops = (0..<99).map { _ in "  - {title: a, view: text, text: b}\n" }.joined()
    let text = "title: T\nsummary: s\ninput: {size: 3x3x1}\nlayers: [relu]\nstops:\n" + stops
    let found = LessonCheck.problems(in: [LessonSource(path: "a.yaml", bytes: Array(text.utf8))])
    #expect(!found.contains { $0.description.contains("title line") }, "\(found)")
  }

  @Test func `say what the engine computed`() throws {
    let stop = try #require(try lesson(stoppedLesson).stops.first)
    #expect(
      stop
        == Stop(
          title: "Four products",
          text: ["The window of v[1,0,0] holds 1, 2, 4 and 5.", "The bias is 5."],
          from: .step(Address(layer: "v", part: .layer)),
          at: .step(Address(layer: "v", part: .cell(Cell(1, 0, 0)))), depth: 0,
          question: Question(
            ask: "What is v[1,0,0]?", answer: [Number(1 * 1 + 2 * 2 + 4 * 3 + 5 * 4 + 5)],
            asked: [.cell("v", Cell(1, 0, 0))],
            slips: [
              Question.Slip(answer: [Number(37)], says: "You left out the bias, 5.")
            ],
            hint: "Add the bias.", why: "37 + 5 = 42.", furtherHints: ["37 + 5 = ?"],
            steps: [1 * 1 + 2 * 2, 4 * 3 + 5 * 4].map {
              Question.Slip(
                answer: [Number($0)],
                says: "That is the sum of one row of the window. The others are still to be added.")
            }),
          after: ["One number."],
          loose: Stop.Loose(
            written: "a 2D map", arithmetic: "one number", matters: "A map needs many windows.")))
  }

  @Test func `play in a scene of their own`() throws {
    let lesson = try lesson(stoppedLesson)
    #expect(lesson.scenes.keys.sorted() == ["main", "pool"])
    #expect(lesson.scenes[Scene.main]?.input == lesson.input)
    #expect(lesson.scenes["pool"]?.input == (try Tensor.seeded(Shape(32, 32, 4), seed: 1)))
    #expect(lesson.stops[1].text == ["It halves 32 to 16."])
    #expect(lesson.stops[1].figure == ["32", "  -> 16"])
    #expect(lesson.stops[1].view == .text)
    #expect(lesson.stops[1].question?.answer == [16, 16, 4].map { Number($0) })
    #expect(lesson.next == ["Try 5 parameters."])
  }

  @Test func `are none in a lesson that is only walked`() throws {
    let lesson = try lesson(soundLesson)
    #expect(lesson.stops == [])
    #expect(lesson.next.isEmpty)
    #expect(lesson.scenes.keys.sorted() == ["main"])
  }

  @Test func `have no problem as they stand`() { #expect(checked(stoppedLesson) == []) }

  /// What is wrong: a part of the lesson written otherwise, where that is told, and the words.
  struct Mistake: Sendable, CustomTestStringConvertible {
    let part: String
    let other: String
    /// Begins where the problem is told.
    let mark: String
    let words: String

    init(_ part: String, as other: String, at mark: String, _ words: String) {
      self.part = part
      self.other = other
      self.mark = mark
      self.words = words
    }

    var testDescription: String { other }

    /// The line and the column of the mark.
    func place(in text: String) throws -> String {
      let before = text[..<(try #require(text.ranges(of: mark).first).lowerBound)]
      let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
      return "\(lines.count):\((lines.last?.unicodeScalars.count ?? 0) + 1)"
    }
  }

  static let mistakes = [
    Mistake(
      "title: Four products", as: "title: Four products that are far too long for it",
      at: "Four products that",
      "title has 42 characters; shorten it to 34."),
    Mistake(
      "scene: pool", as: "scene: poll", at: "poll",
      "there is no scene \"poll\"; there are main, pool."),
    Mistake(
      "pool: {input", as: "main: {input", at: "main: {",
      "\"main\" is not a name for a scene; use letters, digits, _ and ., not starting "
        + "with a digit, and not main, which is the lesson's own."),
    Mistake(
      "view: text", as: "view: page", at: "page",
      "view is \"page\"; it must be one of walk, text, column, stretched, strip, "
        + "readers, shift, table, pictures."),
    Mistake(
      "at: v[1,0,0]", as: "at: v[2,0,0]", at: "v[2,0,0]",
      "v[2,0,0] lies outside: v is 2×2×1."),
    Mistake(
      "from: v\n", as: "from: w\n", at: "w\n    at",
      "there is no layer \"w\"; the layers are v."),
    Mistake(
      "at: v[1,0,0]", as: "at: X[0,0,0]", at: "X[0,0,0]",
      "X[0,0,0] is a cell of the input, which is 3×3×1; only view: readers looks at one "
        + "of those."),
    Mistake(
      "depth: 0", as: "depth: 1", at: "1\n    text",
      "depth 1 is not there: v reads 3×3×1; use 0 to 0."),
    Mistake(
      "depth: 0", as: "depth: a", at: "a\n    text",
      "depth is \"a\"; it must be a whole number from 0."),
    Mistake(
      "{X[1,1,0]}", as: "{1 + X[1,3,0]}", at: "X[1,3,0]",
      "in \"1 + X[1,3,0]\" X[1,3,0] lies outside: X is 3×3×1."),
    Mistake(
      "{X[1,1,0]}", as: "{X[1,1,0]", at: "{X[1,1,0] and",
      "{ before \"X[1,1,0] and \" is never closed; add }, or write "
        + "{{ for the brace itself."),
    Mistake(
      "The bias is {", as: "The bias is ", at: "}.\n    question",
      "} closes nothing; remove it, or write }} for the brace itself."),
    Mistake(
      "answer: v[1,0,0] - bias(v,0)", as: "answer: v[1,0,0] - 0*bias(v,0)", at: "v[1,0,0] - 0",
      "this slip gives 42, which is the right answer; choose a cell or numbers that "
        + "tell them apart."),
    Mistake(
      "      hint: Add the bias.", as: "        - {answer: 37, says: a}\n      hint: a",
      at: "37, says",
      "this slip gives 37, as the one in line 35 does; choose a cell or numbers that "
        + "tell them apart."),
    Mistake(
      "      hint: Depth stays.\n", as: "", at: "ask: What size",
      "the question of stop 2 has no hint; add it, for example hint: Add the bias, "
        + "once."),
    Mistake(
      "= 5", as: "= 6", at: "params(v) = 2",
      "\"params(v) = 2*2*1 + 1 = 6\" does not hold: it says 5 on the left and 6 on the "
        + "right; correct it."),
    Mistake(
      "pool:params() < params()", as: "pool:params() > params()", at: "pool:params()",
      "\"pool:params() > params()\" does not hold: it says 0 on the left and 5 on the "
        + "right; correct it."),
    Mistake(
      "pool:params() < params()", as: "params( )", at: "params( )",
      "\"params( )\" claims nothing; write an equation such as params(v) = 202."),
    Mistake(
      "pool:params() < params()", as: "5 = params(w)", at: "w)",
      "in \"params(w)\" there is no layer \"w\"; there are X, v."),
  ]

  @Test(arguments: mistakes)
  func `that are wrong are told with place and cure`(mistake: Mistake) throws {
    let text = stoppedLesson.replacing(mistake.part, with: mistake.other)
    #expect(text != stoppedLesson)
    #expect(checked(text) == ["\(try mistake.place(in: text)): \(mistake.words)"])
  }

  @Test func `must fit their place`() {
    let long = Array(repeating: "word", count: 16 * 7).joined(separator: " ")
    // 15 words of 5 columns and the last without its space fill 78 columns less three.
    #expect(
      checked(with: "One number.", as: long) == [
        "39:12: after and loose of stop 1 takes 11 rows of 78 columns, 7 have room; shorten it."
      ])
    #expect(
      checked(with: "hint: Add the bias.", as: "hint: \(long)") == [
        "37:13: hint of stop 1 takes 8 rows of 78 columns, 4 have room; shorten it."
      ])
    #expect(
      checked(with: "-> {width(p)}", as: String(repeating: "0", count: 77)) == [
        "49:13: a line of the figure of stop 2 has 79 columns, 76 have room; shorten it."
      ])
    // A page that is only read has more room.
    #expect(
      checked(
        with: "It halves {width(X)} to {width(p)}.",
        as: Array(repeating: "word", count: 15 * 16).joined(separator: " ")) == [])
  }

  @Test func `say what the screen shows to be wrong`() {
    let source = LessonSource(path: "small.yaml", bytes: Array(stoppedLesson.utf8))
    let found = LessonCheck.problems(in: [source]) { lesson, stop in
      stop == 1 ? ["\(lesson.stops[stop].title) is cut."] : []
    }
    #expect(found.map(\.description) == ["small.yaml:45:5: the screen of stop 2: A pool is cut."])
  }

  @Test func `look at an input cell where its readers are shown`() throws {
    let text = stoppedLesson.replacing(
      "at: v[1,0,0]", with: "at: X[1,1,0]\n    view: readers")
    #expect(checked(text) == [])
    #expect(
      try lesson(text).stops[0].at == .step(Address(layer: "X", part: .cell(Cell(1, 1, 0)))))
  }
}
