import ConvolutionEngine
import Testing

@testable import Lessons

/// Shapes of files under a megabyte whose few words multiply. Units are counted, not seconds: what
/// a file may cost is refused where it is too much, and what it does cost grows as the file does.
@Suite("A file cannot cost more than its bound") struct HostileShapeTests {
  private static let start = "title: A\nsummary: B\n"
  private static let small = start + "input: {size: 3x3x1}\nlayers: [relu]\n"
  private static let network = "title: N\nsource: S\ninput: {size: 3x3x1}\n"

  private func problems(_ text: String, within budget: Budget = Budget()) -> [String] {
    LessonCheck.problems(
      in: [LessonSource(path: "a.yaml", bytes: Array(text.utf8))], within: budget
    ).map(\.description)
  }

  private func many(_ count: Int, _ line: (Int) -> String) -> String {
    (0..<count).map(line).joined()
  }

  @Test(arguments: [
    ("a: []\n  b: [{block: a, n: [LIST]}]\n  c: [{block: b, n: [LIST]}]\n", "<n>"),
    ("a: [\"relu,name=<n>\"]\n  b: [{block: a, n: [LIST]}]\n  c: [{block: b, n: [LIST]}]\n", "<n>"),
  ])
  func `blocks of blocks end`(blocks: String, place: String) {
    let list = Array(repeating: "1", count: 10_000).joined(separator: ",")
    let blocks = blocks.replacing("LIST", with: list)
      .replacing("a: []", with: "a: [{block: z, q: <n>}]\n  z: [{block: y, q: <q>}]\n  y: []")
    let text = Self.network + "blocks:\n  \(blocks)layers: [{block: c, n: [\(list)]}]\n"
    let found = problems(text)
    #expect(found.count == 1, "\(found)")
  }

  @Test func `empty blocks in empty blocks are paid for`() {
    var text = Self.network + "blocks:\n  a: []\n"
    for (name, inner) in [("b", "a"), ("c", "b"), ("d", "c")] {
      text += "  \(name):\n" + many(1000) { _ in "  - {block: \(inner)}\n" }
    }
    text += "layers:\n" + many(1000) { _ in "- {block: d}\n" }
    let found = problems(text)
    #expect(found.count == 1)
    #expect(
      found[0].hasSuffix(
        ": writing out this block takes more work than a file may, with what stands before it; use "
          + "less of it."))
  }

  @Test(arguments: [
    "a: [\"relu,name=q<x><x>\"]", "a: [{kind: relu, weights: [<x>, <x>]}]", "a: [{kind: <x>}]",
  ])
  func `texts that multiply are paid for before they are made`(block: String) {
    let names = (0..<4000).map { "a\($0)" }.joined(separator: ",")
    let long = String(repeating: "x", count: 500_000)
    let found = problems(
      Self.network + "blocks:\n  \(block.replacing("<x>", with: "<x><n>"))\n"
        + "layers: [{block: a, n: [\(names)], x: \(long)}]\n")
    #expect(found.count == 1 && found[0].contains("takes more"), "\(found)")
  }

  @Test func `inputs that each are as large as may be are too many together`() {
    // A hundredth of what a file may, as numbers take long to make here.
    let scenes = many(20) { "  s\($0): {input: {size: 409x410x1}, layers: [relu]}\n" }
    let found = problems(
      Self.small + "scenes:\n" + scenes, within: Budget(mostMemory: Budget.mostMemory / 100))
    #expect(
      found == [
        "a.yaml:13:22: this input takes more memory than a file may, with what stands before it "
          + "(128 MB); use less of it, or smaller sizes."
      ])
  }

  /// One number of a softmax takes as many exponentials as there are classes, a sigmoid one a cell.
  @Test(arguments: [
    ("1x1x1000000", "softmax,name=v", "v[0,0,1] > -5"),
    ("1000x1000x1", "sigmoid,name=a, sigmoid,name=v", "count(v > 0) > 0"),
    ("1x1x100000", "\"lrn:99999,name=v\"", "v[0,0,0] > -5"),
  ])
  func `exponentials and roots are paid for as what they are`(
    size: String, layers: String, claim: String
  ) {
    let list = layers.split(separator: ", ").map { "- \($0)\n" }.joined()
    let claims = many(300) { _ in "- \(claim)\n" }
    let found = problems(
      "title: A\nsummary: B\ninput: {size: \(size)}\nlayers:\n\(list)claims:\n\(claims)")
    #expect(
      found.count == 1 && found[0].contains("need more products than a lesson may"), "\(found)")
  }

  @Test func `a stop's screens are paid for by the window that they show`() {
    let found = problems(
      Self.start
        + "input: {size: 1024x1024x16}\nlayers: [\"conv:1000,filters=2,name=v\"]\n"
        + "stops:\n- {title: A, at: \"v[20,20,1]\", text: t}\n")
    #expect(found.count == 1 && found[0].contains(": this stop takes more work"), "\(found)")
  }

  @Test func `scenes of a named network are paid for by its layers`() throws {
    let layers = many(4000) { _ in "- relu\n" }
    let text = Self.small + "scenes:\n" + many(20_000) { "  s\($0): {network: n}\n" }
    let found = LessonsTests.problems(
      text, files: ["networks/n.yaml": Array((Self.network + "layers:\n" + layers).utf8)])
    #expect(found.count == 1 && found[0].contains(": the network n takes more"), "\(found)")
  }

  @Test func `a network that is wrong is read once`() {
    let text = Self.small + "scenes:\n" + many(90) { "  s\($0): {network: n}\n" }
    #expect(
      LessonsTests.problems(text, files: ["networks/n.yaml": Array("title: N".utf8)]).count == 1)
  }

  @Test(arguments: [
    ("layers", "- relu\n", "there are more than 4096 layers; a network has at most so many."),
    ("layers", "- \"relu,from=q\"\n", "there are more than 4096 layers"),
  ])
  func `layers are as many as a network may have`(key: String, line: String, problem: String) {
    let found = problems(
      Self.start + "input: {size: 1x1x1}\n\(key):\n" + many(140_000 * 7 / line.count) { _ in line })
    #expect(found.count == 1 && found[0].contains(problem), "\(found)")
  }

  @Test func `4,000 cells of 4,000 layers cost what they are`() throws {
    func work(_ count: Int) throws -> Int {
      let layers = many(count) { "- relu,name=r\($0)\n" }
      let stops = many(90) { _ in
        "- {title: x, text: \"" + many(count / 90) { "{r\(count - 1 - $0)[0,0,0]}" } + "\"}\n"
      }
      let text = Self.start + "input: {size: 1x1x1}\nlayers:\n\(layers)stops:\n\(stops)"
      let reading = try LessonReading(
        Array(text.utf8), name: "a", file: "a.yaml",
        files: { path throws(LessonFileError) in throw .missing(path) })
      return reading.budget.work
    }
    let (half, whole) = (try work(2000), try work(4000))
    #expect(whole < half * 21 / 10 && whole < Budget.mostWork / 4, "\(half), \(whole)")
  }

  /// Begun, and gone on with so many times: written out it would fill the test's log.
  @Test(arguments: [
    ("text: ", "a", 100_000, "text of stop 1 has 100000 characters"),
    ("text: a", "{1}", 90_000, "text of stop 1 has 270001"),
    ("text: a\n  after: e", "\u{301}", 90_000, "after of stop 1 has"),
    ("text: a\n  figure: |\n", "    a\n", 90_000, "figure of stop 1 has"),
    ("text: a\n  at: v", "1", 9000, "at of stop 1 has 9001 characters"),
  ])
  func `a text has no more characters than any screen`(
    start: String, more: String, count: Int, problem: String
  ) {
    let stop = start + String(repeating: more, count: count)
    let found = problems(Self.small + "stops:\n- title: x\n  \(stop)\n")
    #expect(found.count == 1 && found[0].contains(problem), "\(found.map { $0.prefix(200) })")
  }

  @Test func `slips are as many as people make`() {
    let slips = many(21) { "    - {answer: \($0 + 1), says: x}\n" }
    let question = "  question:\n    ask: a\n    answer: 0\n    hint: h\n    why: w\n    slips:\n"
    let found = problems(Self.small + "stops:\n- title: x\n  text: y\n\(question)\(slips)")
    #expect(
      found == [
        "a.yaml:34:7: slips of the question of stop 1: found 21, at most 20 are taken; leave the "
          + "others out."
      ])
  }

  @Test(arguments: ["summary", "a note of relu"])
  func `what is not one column wide is no line's`(what: String) {
    for (text, code) in [("漢字", "U+6F22"), ("e\u{301}", "U+0301"), ("\u{1F600}", "U+1F600")] {
      let found = problems(
        what == "summary"
          ? Self.small.replacing("summary: B", with: "summary: B \(text)")
          : Self.small + "notes: {relu: [B \(text)]}\n")
      #expect(
        found.count == 1
          && found[0].hasSuffix(
            "\(what) has the character \(code), which is not one column wide; leave it out, or "
              + "write an accented letter as one character."),
        "\(found)")
    }
    #expect(problems(Self.small.replacing("summary: B", with: "summary: Café")) == [])
  }

  @Test func `keys and names are words`() {
    let long = String(repeating: "k", count: 200)
    #expect(
      problems("\(long): 1\n")
        == [
          "a.yaml:1:1: this key has 200 characters; a key is a word of at most 128 before a colon."
        ])
    let name = String(repeating: "n", count: 300)
    let found = problems(Self.start + "input: {size: 1x1x1}\nlayers: [\"relu,name=\(name)\"]\n")
    #expect(found.count == 1 && found[0].contains("the name of this layer has 300 characters"))
  }

  @Test func `notes and claims on many layers are looked up by table`() {
    let layers = many(4000) { "- relu,name=r\($0)\n" }
    let notes = "notes:\n" + many(60_000) { "  a\($0): [x]\n" }
    let found = problems(Self.start + "input: {size: 1x1x1}\nlayers:\n\(layers)\(notes)")
    #expect(found.count == 100)
  }

  @Test func `expressions that are too much together are told once`() {
    var log = ProblemLog(file: "a.yaml")
    for line in 1...9 {
      log.add(.expression("max(r,\(line))", .tooMuchWork), at: TextPlace(line: line, column: 1))
    }
    #expect(log.problems.map(\.place.line) == [1])
  }

  @Test func `a check of many scenes is paid for`() {
    let scenes = many(40) {
      "  s\($0): {input: {size: 64x64x16}, layers: [\"conv:5,filters=2\"]}\n"
    }
    let found = problems(
      Self.small + "scenes:\n" + scenes, within: Budget(mostWork: Budget.mostWork / 10))
    #expect(found.contains { $0.contains("takes more work than a file may") }, "\(found.prefix(3))")
  }

  @Test func `a sentence has no more characters than a person reads`() {
    let text = "title: " + String(repeating: "x", count: 3000)
    for found in problems(Self.small + "notes:\n  ? |\n    " + text + "\n  : [a]\n") {
      #expect(found.unicodeScalars.count < 1100)
    }
  }

  @Test func `a file of all that is usual costs a fraction`() throws {
    let catalogue = try Catalogue(folder: ShippedLessonTests.folder)
    for name in catalogue.names {
      let reading = try LessonSource(path: try catalogue.path(of: name)).reading()
      #expect(reading.budget.work < Budget.mostWork / 4, "\(name): \(reading.budget.work)")
      #expect(reading.budget.memory < Budget.mostMemory / 4, "\(name): \(reading.budget.memory)")
    }
  }
}
