import Glibc
import Testing

private let lesson = """
  title: A small one
  summary: Four products make one number.
  input: {size: 3x3x1, depths: ["0 1 2\\n3 4 5\\n6 7 8"]}
  layers: [{kind: conv, name: v, size: 2, weights: [["1 2\\n3 4"]], bias: [5]}]
  stops:
    - {title: One, text: "It has {params(v)} parameters.", at: "v[0,0,0]"}
  claims:
    - params(v) = 5

  """

/// A folder of lessons with one in it, and where progress is kept.
private func course(_ text: String = lesson) throws -> TemporaryFolder {
  let folder = try TemporaryFolder()
  try folder.write(Array("- small\n".utf8), to: "catalogue.yaml")
  try folder.write(Array(text.utf8), to: "small.yaml")
  return folder
}

@Suite struct `The command check` {
  @Test func `says how many lessons it found sound`() throws {
    let folder = try course()
    let result = try run(["check", "--lessons", folder.path])
    #expect(result.stdout == "1 lesson checked, no problem found.\n")
    #expect(result.stderr == "")
    #expect(result.status == 0)
  }

  @Test func `reads networks too, alone or beside the lessons`() throws {
    let folder = try course()
    let networks = folder.path + "/networks"
    #expect(try runProgram("/bin/mkdir", [networks]).status == 0)
    let network = """
      title: Small
      source: made for this test
      input: {size: 8x8x1}
      base: pool
      layers:
        - conv:3,name=conv
        - maxpool:2,name=pool

      """
    try folder.write(Array(network.utf8), to: "networks/small.yaml")
    let all = try run(["check", "--lessons", folder.path])
    #expect(all.stdout == "1 lesson and 1 network checked, no problem found.\n")
    let damaged = network.replacing("maxpool:2", with: "maxpool:9").replacing(
      "8x8x1", with: "9x9x1")
    try folder.write(Array(damaged.utf8), to: "networks/small.yaml")
    let problem = "small.yaml:7:5: layer pool (input 7×7×1): the filter spans 9 columns"
    for line in [["check", "--lessons", folder.path], ["check", "\(networks)/small.yaml"]] {
      let result = try run(line)
      #expect(result.stdout.hasPrefix("\(networks)/\(problem)"), "\(result.stdout)")
      #expect(result.status == 1)
    }
    #expect(
      try run(["check", "\(networks)/small.yaml"]).stderr == "convwalk: 1 problem in 1 network.\n")
    let alone = try run(["check", "lessons/networks/vgg16.yaml"], directory: projectFolder)
    #expect(alone.stdout == "1 network checked, no problem found.\n")
  }

  @Test(arguments: ["base: conv", "blocks: {}"])
  func `knows a network without a source by what only networks have`(key: String) throws {
    let folder = try TemporaryFolder()
    let text = "title: A\n\(key)\ninput: {size: 8x8x1}\nlayers: [\"conv:3,name=conv\"]\n"
    try folder.write(Array(text.utf8), to: "a.yaml")
    let result = try run(["check", "a.yaml"], directory: folder.path)
    #expect(result.stdout.hasPrefix("a.yaml:1:1: the network has no source; add it"))
    #expect(result.stderr == "convwalk: 1 problem in 1 network.\n")
  }

  @Test func `lists what is wrong, and fails`() throws {
    let folder = try course(lesson.replacing("= 5", with: "= 6"))
    try folder.write(Array(lesson.utf8), to: "orphan.yaml")
    let result = try run(["check", "--lessons", folder.path])
    #expect(
      result.stdout == """
        \(folder.path)/catalogue.yaml:1:1: "orphan.yaml" is not in the list; add its line, or \
        remove the file.
        \(folder.path)/small.yaml:8:5: "params(v) = 6" does not hold: it says 5 on the left and 6 \
        on the right; correct it.

        """)
    #expect(result.stderr == "convwalk: 2 problems in 2 lessons.\n")
    #expect(result.status == 1)
  }

  @Test func `tells all that is wrong at once`() throws {
    let folder = try course(
      """
      title: Bad in many ways
      summary: Everything at once.
      input: {size: 3x3x1, depths: ["0 1 2\\n3 4 5\\n6 7 8"]}
      layers: [{kind: conv, name: v, size: 2, weights: [["1 2\\n3 4"]], bias: [5]}]
      stops:
        - title: One
          at: v[9,0,0]
          text: The bias is {bias(w,0)}.
          question:
            ask: What is v[1,0,0]?
            answer: v[1,0,0]
            slips:
              - {answer: 37, says: First.}
              - {answer: 74/2, says: The same.}
              - {answer: "v[1,0,0]", says: Right.}
            hint: Add.
            why: "42."
        - title: Two
          view: walkk
          scene: gone
          text: See.
      claims:
        - params(v) = 6
        - params(v)

      """)
    let result = try run(["check", "small.yaml"], directory: folder.path)
    #expect(
      result.stdout == """
        small.yaml:7:9: v[9,0,0] lies outside: v is 2×2×1.
        small.yaml:8:29: in "bias(w,0)" there is no layer "w"; there are X, v.
        small.yaml:14:20: this slip gives 37, as the one in line 13 does; choose a cell or numbers \
        that tell them apart.
        small.yaml:15:20: this slip gives 42, which is the right answer; choose a cell or numbers \
        that tell them apart.
        small.yaml:19:11: view is "walkk"; it must be one of walk, text, column, stretched, strip, \
        readers, shift, table, pictures.
        small.yaml:20:12: there is no scene "gone"; there is only main.
        small.yaml:23:5: "params(v) = 6" does not hold: it says 5 on the left and 6 on the right; \
        correct it.
        small.yaml:24:5: "params(v)" claims nothing; write an equation such as params(v) = 202.

        """)
    #expect(result.status == 1)
  }

  @Test func `renders every stop and says what has no room`() throws {
    let words = String(repeating: "nine ten ", count: 30)
    let folder = try course(
      lesson.replacing(
        "at: \"v[0,0,0]\"}",
        with: """
          at: "v[0,0,0]", question: {ask: \(words), answer: 1,
                slips: [{answer: 2, says: \(words)}], hint: H, why: W}}
          """))
    let result = try run(["check", "small.yaml"], directory: folder.path)
    #expect(
      result.stdout == """
        small.yaml:6:5: the screen of stop 1: what is said to 2 has 1 line too many; shorten it.

        """)
  }

  /// No escape reaches the terminal, and no path leaves the folder.
  @Test(arguments: [
    ("A \u{1B}[31mred line", "2:12: the control character U+001B is not taken; remove it."),
    (
      "\"A \\e[31mred line\"",
      "2:10: summary holds U+001B, which a terminal does not show; remove it."
    ),
    (
      "\"A \\u202Ered line\"",
      "2:10: summary holds U+202E, which a terminal does not show; remove it."
    ),
  ])
  func `keeps escapes from the screen`(summary: String, problem: String) throws {
    let folder = try course(
      lesson.replacing("Four products make one number.", with: summary))
    let result = try run(["check", "small.yaml"], directory: folder.path)
    #expect(result.stdout == "small.yaml:\(problem)\n")
    #expect(result.status == 1)
  }

  @Test func `refuses paths that leave the folder, and sizes without bound`() throws {
    let folder = try course(
      """
      title: Out
      summary: Of the folder.
      input: {file: ../../etc/passwd.npy}
      layers: [{kind: conv, size: 2, weights: /etc/w.npy, bias: ../b.npy}]
      scenes:
        large: {input: {size: 99999x99999x9}, layers: [relu]}

      """)
    let taken = "is not taken; name a .npy file inside the lesson's folder, such as numbers/x.npy."
    let result = try run(["check", "small.yaml"], directory: folder.path)
    #expect(
      result.stdout == """
        small.yaml:3:15: the file "../../etc/passwd.npy" \(taken)
        small.yaml:4:32: the file "/etc/w.npy" \(taken)
        small.yaml:4:53: the file "../b.npy" \(taken)
        small.yaml:6:25: 89998200009 numbers are more than the 16777216 that a lesson's input may \
        have; use a smaller size.

        """)
  }

  @Test(arguments: [
    ("a: &a [x]\nb: *a", "3:4: &a begins a YAML anchor, which lessons do not have"),
    (
      "input: " + String(repeating: "[", count: 400) + String(repeating: "]", count: 400),
      "3:39: the values are nested deeper than 32 levels"
    ),
    ("a: 1\nb: [", "5:1: a value is expected here; put a text"),
  ])
  func `bounds nesting and takes no aliases`(lines: String, problem: String) throws {
    let folder = try course("title: T\nsummary: S\n\(lines)\n")
    let result = try run(["check", "small.yaml"], directory: folder.path)
    #expect(result.stdout.hasPrefix("small.yaml:\(problem)"), "\(result.stdout)")
    #expect(result.stdout.utf8.count { $0 == UInt8(ascii: "\n") } == 1)
    #expect(result.status == 1)
  }

  @Test func `tells of the files that it can read even if another is missing`() throws {
    let folder = try course(lesson.replacing("= 5", with: "= 6"))
    let result = try run(["check", "small.yaml", "none.yaml"], directory: folder.path)
    #expect(result.stdout.hasPrefix("small.yaml:8:5: "))
    #expect(result.stderr.contains("none.yaml"))
    #expect(result.status == 66)
  }

  @Test func `takes files that are in no list`() throws {
    let folder = try course()
    #expect(try run(["check", "small.yaml"], directory: folder.path).status == 0)
    #expect(try run(["check", "none.yaml"], directory: folder.path).status == 66)
  }
}

@Suite struct `The command lessons` {
  @Test func `prints the list and how far one is`() throws {
    let folder = try course()
    let fresh = try run(["lessons", "--lessons", folder.path])
    #expect(fresh.stdout == "small  A small one\n       Four products make one number.\n")
    let state = try TemporaryFolder()
    // Where there is no folder to make, nothing is kept and nothing is wrong.
    let lost = try run(
      ["lessons", "--lessons", folder.path], environment: ["XDG_STATE_HOME": state.path])
    #expect(lost.stdout == fresh.stdout)
    #expect(state.names == [])
    #expect(lost.stderr == "")
  }

  @Test func `shows the others where one is broken, and names that`() throws {
    let folder = try course()
    try folder.write(Array("- broken\n- small\n".utf8), to: "catalogue.yaml")
    try folder.write(Array("summary: No title.\n".utf8), to: "broken.yaml")
    let result = try run(["lessons", "--lessons", folder.path])
    #expect(result.stdout == "small  A small one\n       Four products make one number.\n")
    #expect(result.stderr.contains("broken.yaml:1:"))
    #expect(result.status == 65)
  }
}

@Suite struct `A lesson's hand-out` {
  @Test func `is printed as text or Markdown`() throws {
    let folder = try course()
    let text = try run(["lesson", "small.yaml", "--print"], directory: folder.path)
    #expect(text.stdout.hasPrefix("A small one\n===========\n\nFour products"))
    #expect(text.stdout.contains("\nIt has 5 parameters.\n"))
    let markdown = try run(
      ["lesson", "small.yaml", "--print", "--format", "markdown"], directory: folder.path)
    #expect(markdown.stdout.hasPrefix("# A small one\n"))
    #expect(markdown.status == 0)
    #expect(
      try run(["lesson", "small.yaml", "--format", "text"], directory: folder.path).status == 64)
  }
}

@Suite struct `A lesson said plainly` {
  @Test func `needs no terminal, keeps progress and ends with its input`() throws {
    let state = try TemporaryFolder()
    defer {
      for name in ["progress", "lock"] { unlink("\(state.path)/convwalk/\(name)") }
      rmdir("\(state.path)/convwalk")
    }
    let environment = ["XDG_STATE_HOME": state.path, "TERM": "dumb"]
    let first = try run(
      ["lesson", "one-window", "--plain"], stdin: "\n\n??\n\n", environment: environment)
    #expect(first.status == 0 && first.stderr == "")
    #expect(first.stdout.contains("\nStop 1 of ") && !first.stdout.contains("\u{1B}"))
    let second = try run(["lesson", "one-window", "--plain"], environment: environment)
    #expect(!second.stdout.contains("\nStop 1 of ") && second.stdout.contains("\nStop 2 of "))
    let left = try run(
      ["lesson", "one-window", "--plain"], stdin: " Q \n\n", environment: environment)
    #expect(
      left.stdout.contains(
        "\nEnter goes on; w and Enter explain the words, q and Enter leave the lesson.\n"))
    #expect(left.stdout.hasSuffix("\nEnter goes on.\nYou leave at stop 2 of 8.\n"))
  }

  @Test(arguments: [("9", 4097), ("9\r", 70_000), ("e\u{301}", 2_000_000)])
  func `a line that does not end is refused, not kept`(text: String, count: Int) throws {
    let state = try TemporaryFolder()
    let result = try run(
      ["lesson", "one-window", "--plain"], stdin: String(repeating: text, count: count),
      environment: ["XDG_STATE_HOME": state.path])
    #expect(result.status == 65)
    #expect(
      result.stderr
        == "convwalk: a line of standard input has more than 4096 bytes; an answer is a number or a "
        + "few, end it with Enter.\n")
  }

  @Test func `lines of any kind are taken up to the bound, the last without an end`() throws {
    let state = try TemporaryFolder()
    let long = String(repeating: "9", count: 4096)
    let result = try run(
      ["lesson", "one-window", "--plain"], stdin: "\r\n\(long)\n\n?",
      environment: ["XDG_STATE_HOME": state.path])
    #expect(result.status == 0 && result.stderr == "", "\(result.stderr)")
  }
}
