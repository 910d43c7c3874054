import Testing

@testable import Lessons

/// What authors write that YAML reads otherwise, and the cure that they are told.
@Suite("A slip in YAML") struct SyntaxFaultTests {
  /// Each with where it is told and how the sentence begins.
  @Test(arguments: [
    ("title: One: two", "1:11: this \": \" makes no key here; put the text in quotes"),
    ("title: a\nsummary: What: why\n", "2:14: this \": \" makes no key here"),
    ("title: @home", "1:8: a text cannot begin with @, ` or %; put it in quotes."),
    ("title: `a`", "1:8: a text cannot begin with @, ` or %"),
    ("title: %d", "1:8: a text cannot begin with @, ` or %"),
    ("title: \"a\nsummary: b\n", "1:8: the quote that begins here is never closed"),
    ("title: 'It's'\n", "1:12: no key begins here; indent all keys of a mapping alike"),
    ("title: \"a\" b\n", "1:12: no key begins here"),
    ("title: \"\\d\"", "1:9: in \"…\" a \\ begins an escape that YAML does not know"),
    ("title: \"\\xq\"", "1:11: in \"…\" a \\ begins an escape"),
    ("title: a\nsummary\nseed: 1\n", "2:1: this line is no key with its value"),
    ("title: | text\n  b\n", "1:10: only a comment can stand after | or >"),
    ("title: |0\n  b\n", "1:9: | and > take no 0"),
    ("layers: - relu\n", "1:9: a list cannot begin here; begin each - on a line of its own"),
    ("layers:\n  - conv:2\n    - relu\n", "3:5: this line goes on with the text above it"),
    ("a: b\n  - c\n  - d\n", "2:3: this line goes on with the text above it"),
    ("a: b -\n  c\n   - d\ne: f\n", "3:4: this line goes on with the text above it"),
    ("layers:\n  - relu\n  relu\n", "3:3: this line is no key with its value"),
    ("layers:\n  - relu\n  a: b\n", "3:3: an item of the list is expected here"),
    ("layers: [relu\nseed: 1\n", "2:5: a list in [ ] ends or goes on wrongly here"),
    ("input: {size: 3x3x1\nseed: 1\n", "2:5: a mapping in { } ends or goes on wrongly here"),
    ("input: {size: 3x3x1]\n", "1:20: a mapping in { } ends or goes on wrongly here"),
    ("layers: [relu, ,]\n", "1:16: a value is expected here"),
    ("a: 1\n b: 2\n", "2:3: this \": \" makes no key here"),
    ("  a: 1\nb: 2\n", "2:1: the file's mapping has ended before this"),
    ("a: &\n", "1:5: & and * begin YAML anchors and aliases"),
    ("a: * b\n", "1:5: & and * begin YAML anchors and aliases"),
    ("a: !!x!y b\n", "1:4: ! begins a YAML tag, which lessons do not have"),
    ("title: !important point", "1:8: ! begins a YAML tag, which lessons do not have"),
    ("title: ! point", "1:8: ! begins a YAML tag"),
    ("layers: !l [relu]", "1:9: ! begins a YAML tag"),
    ("layers: !m {a: b}", "1:9: ! begins a YAML tag"),
    ("%YAML 1.2\n---\ntitle: a\n", "1:1: % begins a YAML directive"),
    ("%TAG ! x\n---\ntitle: a\n", "1:1: % begins a YAML directive"),
  ])
  func `is told with its cure`(text: String, start: String) {
    let found = problems(text)
    #expect(found.count == 1 && found[0].hasPrefix("small.yaml:\(start)"), "\(found)")
  }

  @Test(arguments: [
    (
      "summary: Four products make one number.", "summary: Use C # or C++ here.", "2:16: ",
      "summary"
    ),
    ("title: A small one", "title: Lesson #  one", "1:15: ", "title"),
    (
      "layers:", "notes:\n  v: [a #b\n  ]\nlayers:", "11:9: ", "a note of v"
    ),
  ])
  func `a text that a comment cuts is told`(
    part: String, other: String, place: String, what: String
  ) {
    #expect(
      problems(with: part, as: other) == [
        "small.yaml:\(place)this # begins a comment in YAML, which cuts off the end of \(what); "
          + "put the text in quotes, or begin it on the line after |."
      ])
  }

  @Test(arguments: [
    "text: What about # here?", "text: a\n    after: b # c", "figure: a #\n    text: b",
    "text: a\n    question: {ask: a, answer: 1, hint: b # c\n      , why: d}",
    "text: a\n      b # c",
  ])
  func `so is any text of a stop`(stop: String) {
    let found = problems(soundLesson + "\nstops:\n  - title: One\n    \(stop)\n")
    #expect(found.count == 1 && found[0].contains("begins a comment in YAML"), "\(found)")
  }

  @Test func `a comment behind what no text is stays one`() {
    let lesson = """
      title: "A # small one" # in quotes
      summary: C# and F#
      input: {size: 3x3x1, seed: 3 } # made up
      layers: # one
        - conv:2,name=v # a layer
      stops:
        - title: One
          at: v[0,0,0] # the first
          text: | # here
            a # b
          question:
            ask: a
            answer: 1 # one
            hint: b
            why: c
      """
    #expect(problems(lesson) == [])
  }
}
