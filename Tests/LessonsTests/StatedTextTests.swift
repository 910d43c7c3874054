import ConvolutionEngine
import Testing

@testable import Lessons

@Suite("What a text states") struct StatedTextTests {
  @Test(arguments: [
    ("5·9/9 = {v[0,0,0]}", ["5·9/9 = {v[0,0,0]}"]),
    ("The map is 2·2 = 4 cells large.", ["2·2 = 4"]),
    ("so 4 + 3 − 1 = 6, and 6 × 2 = 12.", ["4 + 3 − 1 = 6", "6 × 2 = 12"]),
    ("(6 − 3)/1 + 1 = {width(v)}, along both", ["(6 − 3)/1 + 1 = {width(v)}"]),
    ("(for example 3 + 4 = 7)", ["3 + 4 = 7"]),
    ("2P = 5 − 1 = 4, so P = {(5-1)/2}.", ["5 − 1 = 4"]),
    ("a = 3 = b = 4", []),
    ("3² + 4² = 25", ["3² + 4² = 25"]),
    ("1/3 ≈ 0.33", ["1/3 ≈ 0.33"]),
    ("3 < 4 ≤ 4", ["3 < 4", "4 ≤ 4"]),
    ("v[1,0,0] = 5", ["v[1,0,0] = 5"]),
    ("14,455,392 = 3,804·3,800", ["14,455,392 = 3,804·3,800"]),
    ("row 5 3 + 4 = 7", ["3 + 4 = 7"]),
    ("4x4x2 = 32", ["4x4x2 = 32"]),
    ("½ = 0.5 = 50%", ["½ = 0.5", "0.5 = 50%"]),
    ("⌊7/2⌋ = 3, floor(7/2) = 3", ["⌊7/2⌋ = 3", "floor(7/2) = 3"]),
    ("−1·0 + 0·2 = 0", ["−1·0 + 0·2 = 0"]),
    ("a 3 x 4 = 12, 3 x (2 + 2) x {2} = 24", ["3 x 4 = 12", "3 x (2 + 2) x {2} = 24"]),
    ("2^3 = 8 and (1 + 1)^10 = 1024", ["2^3 = 8", "(1 + 1)^10 = 1024"]),
    ("√9 = 3, √(9 + 16) = 5, √{v[1,0,0]} = 6", ["√9 = 3", "√(9 + 16) = 5", "√{v[1,0,0]} = 6"]),
    ("(7 − 3)/√4 = 2 and sqrt(4) = 2", ["(7 − 3)/√4 = 2", "sqrt(4) = 2"]),
  ])
  func `equations are read as far as numbers go`(text: String, equations: [String]) {
    #expect(StatedText(text).equations.map(\.text) == equations)
  }

  @Test(arguments: [
    "With W = 6, F = 3, P = 1.", "place = x + 3·y + 6·map", "half of 8 = 4", "7/2 = 3 remainder 1",
    "a third of 9 = 3", "1 + 2 + … + 9 = 45", "W - 3 = 4", "F · 2 = 7", "k² = 9", "3·k = 6",
    "6 = 3 k", "6 = 3·k", "1 MB = 1024 KB", "x == 3", "3 => 4", "5 -> 4 = 3k", "2 (3 + 4) = 14",
    "√x = 2", "2^n = 8", "x^2 = 9", "2^-1 = 4", "3 x = 4", "2 x k = 8", "f(3) = 4", "3 + x = 4",
    "1e-5 = 0", "v1.2.3 = 4", "“5·9/9 = 4” is wrong",
    "What is 3 + 4 = ?", "padding='same', padding=1", "v[1,1,:] = (3, 4)", "{{3 = 4}}", "3 = 4°",
    "= 5", "5 =", "W = (11 − 5 + 2P)/2 + 1", "2P = 4P", "10:30 = 7:30 k", "b = 2 = b",
    "3 times 4 = 12", "4 = 2 plus 2",
  ])
  func `what is no equation of numbers is passed over`(text: String) {
    #expect(StatedText(text).equations == [])
  }

  @Test func `addresses are those of cells, maps and columns`() {
    let text = StatedText(
      "X[44,4,0], v[1,2,3]@2 and v[:,:,1] or v[0,0,:], not X[x,y,0], “X[9,9,9]”, {X[1,1,0]}, a[i].")
    #expect(text.addresses == ["X[44,4,0]", "v[1,2,3]@2", "v[:,:,1]", "v[0,0,:]"])
  }
}

/// What a check says of a lesson with one stop: the sound lesson's v is 2×2×1 and its X 3×3×1.
@Suite("Plain words are held to") struct StatementCheckTests {
  private func found(_ text: String, _ more: String = "", scenes: String = "") -> [String] {
    let lesson =
      soundLesson + "\n\(scenes)stops:\n  - title: One\n    text: |\n      \(text)\n\(more)"
    return LessonCheck.problems(in: [LessonSource(path: "a.yaml", bytes: Array(lesson.utf8))])
      .map(\.description)
  }

  @Test(arguments: [
    (
      "5·9/9 = {X[1,1,0]} here.",
      "\"5·9/9 = {X[1,1,0]}\" does not hold: it says 5 on the left and 4 on"
    ),
    ("1·1 + 2·2 = 6.", "it says 5 on the left and 6 on the right"),
    ("3 − 1 = 1", "it says 2 on the left and 1 on the right"),
    ("3² = 6", "it says 9 on the left and 6 on the right"),
    ("2⁵ = 10", "it says 32 on the left and 10 on the right"),
    ("2^5 = 10", "it says 32 on the left and 10 on the right"),
    ("3 x 4 = 13", "it says 12 on the left and 13 on the right"),
    ("√9 = 4", "it says 3 on the left and 4 on the right"),
    ("2/√(9 + 16) = 2/4", "it says 0.4 on the left and 0.5 on the right"),
    ("1/2 + 1/3 = 2/5", "it says 5/6 on the left and 0.4 on the right"),
    ("2/3 ≈ 0.66", "it says 2/3 on the left and 0.66 on the right"),
    ("14,455,392 ≈ 14,400,000", "it says 14,455,392 on the left"),
    ("2·3 = 6 = 5 + 2", "\"6 = 5 + 2\" does not hold"),
    ("v[0,0,0] = 33", "it says 32 on the left and 33 on the right"),
    ("{params(v)} = 2·2 + 2", "it says 5 on the left and 6 on the right"),
    ("3 > 4", "it says 3 on the left and 4 on the right"),
    ("3 ≠ 6/2", "\"3 ≠ 6/2\" does not hold"),
    ("50% = 1/4", "it says 0.5 on the left and 0.25 on the right"),
    ("⌊7/2⌋ = 4", "it says 3 on the left"),
    ("See X[44,4,0].", "X[44,4,0] lies outside: X is 3×3×1; correct it"),
    ("See v[2,0,0].", "v[2,0,0] lies outside: v is 2×2×1"),
    ("See v[0,0,:] and v[2,2,:].", "v[2,2,:] lies outside: v is 2×2×1"),
    ("See w[0,0,0].", "w[0,0,0] names nothing that the lesson has"),
    ("See X[1,1].", "X[1,1] lies outside: X is 3×3×1"),
    ("See Ker[2,0,0].", "Ker[2,0,0] lies outside: Ker is 2×2×1"),
    ("See v[0,0,0]@1.", "v[0,0,0]@1 lies outside: the filter is 2×2×1."),
  ])
  func `what is false is told`(text: String, problem: String) {
    let found = found(text)
    #expect(found.count == 1 && found[0].contains(problem), "\(found)")
  }

  @Test(arguments: [
    "5·9/9 = 5 and {v[0,0,0]} = 32.", "1/3 ≈ 0.33 ≈ 0.3", "2/3 ≈ 0.67, 0.67 ≈ 2/3",
    "14,455,392 ≈ 14,500,000", "v[1,1,0] = {v[1,1,0]} in v[:,:,0], Ker[1,1,0] = 4",
    "people say “1 + 1 = 3” and “X[9,9,9]”", "3 + 4 = 7 = 14/2 = 3.5·2 = {7}", "0.1 + 0.2 = 0.3",
    "numpy reads X[0:5,0:5,0], code X[x,y,0]",
  ])
  func `what holds is not`(text: String) {
    #expect(found(text) == [])
  }

  @Test(arguments: ["figure", "after"])
  func `every text is looked at`(key: String) {
    #expect(found("Well.", "    \(key): 1 + 1 = 3\n").count == 1)
  }

  @Test func `so are those of questions, and what is said at the end`() {
    let question = """
          question:
            ask: 1 + 1 = 3
            answer: 1
            slips: [{answer: 2, says: 1 + 1 = 4}]
            hint: 1 + 1 = 5
            why: 1 + 1 = 6
      next: 1 + 1 = 7
      """
    #expect(found("Well.", question).count == 5)
  }

  @Test func `a source is quoted with what it says`() {
    let loose = "    loose: {written: 1 + 1 = 3, arithmetic: 1 + 1 = 2, matters: so}\n"
    #expect(found("Well.", loose) == [])
  }

  @Test func `a stop's own scene is meant, and another where it has no such name`() {
    let scenes = "scenes:\n  big: {input: {size: 9x9x1}, layers: [\"conv:2,name=w\"]}\n"
    #expect(found("w[7,7,0] of big is {big:w[7,7,0]}.", scenes: scenes) == [])
    #expect(found("X[8,8,0] {big:w[7,7,0]}", scenes: scenes).count == 1)
    #expect(found("w[8,8,0] {big:w[7,7,0]}", scenes: scenes).count == 1)
  }
}
