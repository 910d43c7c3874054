import ConvolutionEngine
import ExactNumbers
import Testing

@testable import Lessons

@Suite("A stranger's file does no harm")
struct HostileLessonTests {
  @Test(arguments: [
    ("", "1:1: the file is empty; a lesson begins with title: and a title."),
    ("# nothing\n", "1:1: the file is empty; a lesson begins with title: and a title."),
    ("\u{FEFF}", "1:1: the file is empty; a lesson begins with title: and a title."),
    ("- a\n", "1:1: the lesson is a list; it must be a mapping."),
    ("a", "1:1: the lesson is a text; it must be a mapping."),
    ("a:\n\t- b", "2:1: found a tab; YAML is indented with spaces."),
    ("a: \u{1}b", "1:4: the control character U+0001 is not taken; remove it."),
    ("a: b\u{9B}31m", "1:5: the control character U+009B is not taken; remove it."),
    ("a: 1\nb: 2\na: 3", "3:1: \"a\" is set twice; set it once."),
    ("? [a]\n: b", "1:3: this key is not a text; a key is a word before a colon."),
    (
      "a: *b",
      "1:4: * begins a YAML alias, which lessons do not have; put the text in quotes."
    ),
    (
      "a: &x [1]\nb: *x",
      "1:4: &x begins a YAML anchor, which lessons do not have; write the value out, "
        + "or put a space after the &."
    ),
    (
      "a: 1\n---\nb: 1",
      "2:1: a second document begins here; a file holds one lesson, remove the ---."
    ),
    (
      "a: \"b",
      "1:4: the quote that begins here is never closed; add it at the end of the text."
    ),
    (
      "a: \"\\ud800\"",
      "1:7: in \"…\" a \\ begins an escape that YAML does not know; write \\\\, or use '…'."
    ),
  ])
  func `what is no lesson is told where it stands`(text: String, problem: String) {
    #expect(problems(text) == ["small.yaml:\(problem)"])
  }

  @Test(arguments: ["R&D", "black & white", "a && b", "&", "x &", "AT&T;"])
  func `an ampersand that begins no anchor is text`(text: String) {
    #expect(problems(with: "A small one", as: "A small \(text) one") == [])
  }

  @Test(arguments: ["&a b", "!!str &a b", "[x,&a b]", "{&a b: c}", "\n- &a b", "\u{2028} &a b"])
  func `an anchor is seen wherever it can begin`(text: String) {
    let found = problems("title: " + text)
    #expect(found.count == 1 && found[0].contains("begins a YAML anchor"))
  }

  @Test func `bytes that are no text are told where they begin`() {
    let start = Array("title: é\nb: ".utf8)
    for broken in [[0xFF], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xC0, 0xAF]] as [[UInt8]] {
      #expect(
        problems(bytes: start + broken + [0x0A])
          == ["small.yaml:2:4: this byte is not UTF-8; save the file as UTF-8."])
    }
    #expect(
      problems(bytes: [0xFF, 0xFE, 0x61, 0x00])
        == ["small.yaml:1:1: this byte is not UTF-8; save the file as UTF-8."])
  }

  @Test(arguments: [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", ""), ("{", "}"), ("[{", "}]")])
  func `deep nesting is refused`(open: String, close: String) {
    for depth in [40, 400, 2000] {
      let text =
        String(repeating: open, count: depth) + "x" + String(repeating: close, count: depth)
      let found = problems(text)
      #expect(found.count == 1)
      let isTold = ["nested deeper than 32", "is not a text", "more than is taken"]
        .contains { found[0].contains($0) }
      #expect(isTold, "\(found)")
    }
  }

  @Test func `a deep value is told where it is too deep`() {
    #expect(
      problems("a: " + String(repeating: "[", count: 40) + String(repeating: "]", count: 40)) == [
        "small.yaml:1:35: the values are nested deeper than 32 levels; "
          + "a lesson needs no more than 8."
      ])
  }

  @Test func `an alias bomb is refused before it grows`() {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<20 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      bomb += "a\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(
      problems(bomb + "? *a19\n: x\n") == [
        "small.yaml:1:5: &a0 begins a YAML anchor, which lessons do not have; "
          + "write the value out, or put a space after the &."
      ])
  }

  @Test(arguments: ["? ", "{", "[[x]: "])
  func `keys inside keys are refused where the first begins`(open: String) {
    let payload = "[" + String(repeating: "x,", count: 200_000) + "]"
    let found = problems(String(repeating: open, count: 300) + payload)
    #expect(found.count == 1)
    #expect(found[0].hasSuffix("this key is not a text; a key is a word before a colon."))
  }

  @Test func `a file beyond a mebibyte is refused`() {
    let start = "title: a\n# "
    let comment = String(repeating: "x", count: 1_048_576 - start.utf8.count)
    let isTaken = problems(start + comment).allSatisfy { !$0.contains("bytes") }
    #expect(isTaken)
    #expect(
      problems(start + comment + "x") == [
        "small.yaml:1:1: the file has 1048577 bytes, at most 1048576 are taken; "
          + "put large arrays into .npy files."
      ])
  }

  @Test func `what a problem quotes cannot reach the terminal as a command`() {
    let found = problems(
      "title: \"\\e[2J\"\n\"\\e[31m\\x9b\\u202e\": b\nlayers: [\"\\x1b]0;x\\a\"]")
    #expect(found.count == 5)
    for problem in found {
      let isShown = problem.unicodeScalars.allSatisfy(\.isShown)
      #expect(isShown, "\(problem.debugDescription)")
    }
    let long = problems(
      "title: a\nsummary: b\ninput: {size: \(String(repeating: "9", count: 5000))}")
    let isShort = long.allSatisfy { $0.utf8.count < 300 }
    #expect(isShort)
  }

  @Test func `a line of a million characters is no trouble`() {
    let digits = String(repeating: "9", count: 1_000_000)
    let found = problems(with: "3 4 5", as: "3 4 \(digits)")
    #expect(found.count == 1 && found[0].contains("needs more than 128 bits"))
  }
}
