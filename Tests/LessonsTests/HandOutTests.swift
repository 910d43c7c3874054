import ConvolutionEngine
import ExactNumbers
import Testing

@testable import Lessons

@Suite("A hand-out")
struct HandOutTests {
  @Test func `asks first, and has the working and the answers at the end`() throws {
    let lines = HandOut.lines(of: try lesson(stoppedLesson), .text)
    let expected = """
      A small one
      ===========

      Four products make one number.

      The numbers
      -----------

      What the questions are about. “The key” in the text is the one that goes on,
      where the lesson is taken on the screen.

        X 3×3×1
         0 1 2
         3 4 5
         6 7 8

        Ker of v, 2×2×1, b = 5
         1 2
         3 4

      1. Four products
      ----------------

      The window of v[1,0,0] holds 1, 2, 4 and 5.

      The bias is 5.

        The window of v[1,0,0]: columns 1 to 2, rows 0 to 1 of X.

      Question 1. What is v[1,0,0]?

      2. A pool
      ---------

      It halves 32 to 16.

        32
          -> 16

      Question 2. What size is p?

      What to try next
      ----------------

      Try 5 parameters.
      \u{0C}

      Answers
      -------

      Question 1. 42

      37 + 5 = 42.

        v[1,0,0] = np.sum(X[1:3, 0:2, :] * Ker) + b
          depth 0
            1 2    1 2     1  4  |  5
            4 5 ×  3 4 =  12 20  | 32
      """
    // The transcript's own layout is tested where it is made.
    let head = expected.split(separator: "\n", omittingEmptySubsequences: false).prefix(56)
    #expect(lines.prefix(56) == head.map(String.init)[...])
    #expect(lines.contains("    v[1,0,0] = 37 + 5 = 42"))
    #expect(lines.contains("Not 37: You left out the bias, 5."))
    #expect(lines.contains("The source says: a 2D map"))
    #expect(lines.contains("Question 2. 16×16×4"))
    #expect(lines.contains("The networks"))
    #expect(lines.allSatisfy { $0.unicodeScalars.count <= 82 })
  }

  @Test func `of a single stop has that stop, its numbers and its answer, and nothing else`() throws
  {
    let lesson = try lesson(stoppedLesson)
    let first = HandOut.lines(of: lesson, .text, stop: 0)
    #expect(first.prefix(2) == ["A small one", "==========="])
    for line in [
      "1. Four products", "Question 1. What is v[1,0,0]?", "  X 3×3×1", "Question 1. 42",
    ] {
      #expect(first.contains(line), "\(line)")
    }
    let second = HandOut.lines(of: lesson, .text, stop: 1)
    for line in ["2. A pool", "Question 2. What size is p?", "Answer", "Question 2. 16×16×4"] {
      #expect(second.contains(line), "\(line)")
    }
    for (lines, others) in [
      (
        first,
        ["2. A pool", "Question 2. 16×16×4", "What to try next", "Four products make one number."]
      ),
      (second, ["1. Four products", "Question 1. 42", "Try 5 parameters.", "  X 3×3×1"]),
    ] {
      for line in others { #expect(!lines.contains(line), "\(line)") }
    }
    let whole = Set(HandOut.lines(of: lesson, .text) + ["\u{0C}"])
    #expect(
      first.allSatisfy {
        whole.contains($0) || ["Answer", "------", "The network", "-----------"].contains($0)
      })
  }

  @Test func `in Markdown has headings, fences and nothing to act upon`() throws {
    let text = stoppedLesson.replacing("title: A pool", with: "title: A <b>pool* & `x`")
    let lines = HandOut.lines(of: try lesson(text), .markdown)
    #expect(lines.first == "# A small one")
    #expect(lines.contains("## 2. A \\<b\\>pool\\* \\& \\`x\\`"))
    #expect(lines.contains("**Question 1.** What is v\\[1,0,0\\]?"))
    #expect(lines.count { $0 == "```" }.isMultiple(of: 2))
  }

  @Test func `says only the sums of a network that is long`() throws {
    let layers = (0..<21).map { "\"relu,name=r\($0)\"" }.joined(separator: ", ")
    let text = soundLesson + "\nscenes:\n  long: {input: {size: 2x2x1}, layers: [\(layers)]}"
    let lines = HandOut.lines(of: try lesson(text), .text)
    #expect(lines.last == "21 layers on 2×2×1: 0 parameters, 0 of them trained.")
    #expect(!lines.contains { $0.contains("r20") })
    #expect(!lines.contains { $0.hasSuffix(" ") })
  }

  @Test func `has the map in which a place is asked for`() throws {
    let text =
      soundLesson + """

        stops:
          - title: Peak
            text: Look.
            at: v[1,1,0]
            question: {ask: Where?, answer: "1 ; 1", hint: Look., why: There.}
        """
    let lines = HandOut.lines(of: try lesson(text), .text)
    let question = try #require(lines.firstIndex(of: "Question 1. Where?"))
    #expect(lines[(question - 4)..<question] == ["  v[:,:,0] 2×2×1", "   32 42", "   62 72", ""])
  }

  @Test func `can leave the answers out, and the networks that would tell some`() throws {
    let lesson = try lesson(stoppedLesson)
    let lines = HandOut.lines(of: lesson, .text, hasAnswers: false)
    let all = HandOut.lines(of: lesson, .text)
    #expect(lines == Array(all.prefix(lines.count)))
    #expect(all[lines.count] == "\u{0C}")
    #expect(all.dropFirst(lines.count).contains("The networks"))
    #expect(lines.contains("Question 2. What size is p?"))
  }

  @Test func `shows the cell that an answer is about, and no other`() throws {
    let text =
      soundLesson + """

        stops:
          - title: Where
            text: Look.
            at: v[1,0,0]
            question: {ask: Where?, answer: 3, hint: Look., why: There.}
        """
    let lines = HandOut.lines(of: try lesson(text), .text)
    #expect(lines.contains("Question 1. 3"))
    #expect(!lines.contains { $0.contains("The window of") || $0.contains("np.sum") })
  }

  @Test func `has the numbers of a window whose input is too large for paper`() throws {
    let text = """
      title: Large
      summary: One window of many.
      input: {size: 30x30x1}
      layers: ["conv:2,name=v"]
      stops:
        - title: One
          text: Look.
          at: v[7,3,0]
          question: {ask: What is it?, answer: "v[7,3,0]", hint: Look., why: There.}

      """
    let lesson = try lesson(text)
    let input = lesson.input
    func row(_ y: Int) -> String { "   \(input[Cell(7, y, 0)].text) \(input[Cell(8, y, 0)].text)" }
    let lines = HandOut.lines(of: lesson, .text)
    let question = try #require(lines.firstIndex(of: "Question 1. What is it?"))
    #expect(
      lines[(question - 4)..<question]
        == ["  The window of v[7,3,0]: columns 7 to 8, rows 3 to 4 of X.", row(3), row(4), ""])
  }

  @Test func `has the strip of windows, and who reads a cell, where a text speaks of them`() throws
  {
    let text =
      soundLesson + """

        stops:
          - {title: Strip, text: Look., view: strip, at: "v[0,0,0]"}
          - {title: Readers, text: Look., view: readers, at: "X[1,0,0]"}
          - {title: Table, text: Look., view: table}
        """
    let lines = HandOut.lines(of: try lesson(text), .text)
    for line in [
      "  Windows of v over the columns of X: 0 to 1, 1 to 2.",
      "  (3 − 2 + 2·0)/1 + 1 = 1/1 + 1 = 2",
      "  X[1,0,0] is read by the windows of v in columns 0, 1 and rows 0.",
    ] {
      #expect(lines.contains(line), "\(line)")
    }
  }

  @Test func `works a stop without a question where it stands`() throws {
    let text = soundLesson + "\nstops: [{title: One, text: Look., at: \"v[0,0,0]\"}]"
    let lines = HandOut.lines(of: try lesson(text), .text)
    let stop = try #require(lines.firstIndex(of: "1. One"))
    #expect(lines[stop + 5] == "  v[0,0,0] = np.sum(X[0:2, 0:2, :] * Ker) + b")
    #expect(!lines.contains("Answers"))
  }
}
