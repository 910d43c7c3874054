import Glibc
import TestSupport
import Testing

private let subject = ["11x11x4", "conv:5,filters=2,stride=2,name=v", "maxpool:2,name=p"]

/// A line on which an answer may take long, however fast or loaded the machine of the test is.
private let slowLine = ["ESCDELAY": "20000"]

/// What a terminal of 80 columns answers that draws each of the glyphs that it was asked with so wide.
private func answer(_ screen: ScreenTerminal) throws -> String {
  var found: [String] = []
  try screen.wait { screen in
    found = screen.answers
    return !found.isEmpty
  }
  return try #require(found.first)
}

@Suite struct `A terminal that is asked how wide its glyphs are` {
  @Test func `and draws them in one column keeps them`() throws {
    let terminal = try ScreenTerminal(
      ["explore"] + subject, environment: slowLine, answers: true)
    for (keys, bytes) in [("", ""), ("Space", " "), ("Space Space v", " v")] {
      terminal.send(bytes)
      try terminal.wait(forLines: try frame(subject, keys: keys))
    }
    terminal.send("q")
    #expect(try terminal.finish() == .exited(0))
    terminal.expectGivenBack("after q")
    #expect(terminal.terminal.unread == [])
  }

  @Test(arguments: ["xterm-256color", "linux", "screen", "vt100"])
  func `and draws them in two gets ASCII, and its help says so`(term: String) throws {
    guard knowsTerminal(term) else { return }
    let terminal = try ScreenTerminal(
      ["explore"] + subject, term: term, environment: slowLine, answers: true, glyphColumns: 2)
    for (keys, bytes) in [("", ""), ("Space", " "), ("Space - Right", "-\u{1B}[C")] {
      terminal.send(bytes)
      try terminal.wait(forLines: try frame(subject, keys: keys, ascii: true))
    }
    terminal.send("?")
    try terminal.wait { screen in
      screen.lines.contains(" ASCII stands for glyphs that this terminal draws two columns wide.")
    }
    terminal.send("xq")
    #expect(try terminal.finish() == .exited(0))
    terminal.expectGivenBack("after q")
    #expect(terminal.terminal.unread == [])
  }

  @Test(arguments: [1, 2])
  func `and answers late, in pieces, between keys, clicks and what is pasted, presses no key`(
    columns: Int
  ) throws {
    let terminal = try ScreenTerminal(
      ["explore"] + subject, environment: slowLine, glyphColumns: columns)
    let answer = Array(try answer(terminal))
    terminal.send("  ")
    // Rows of wide glyphs are too long, and scroll the first ones away.
    try terminal.wait { $0.lines.contains { $0.contains("v[1,0,0] = np.sum") } }
    terminal.send("g" + String(answer.prefix(4)))
    terminal.send(String(answer.dropFirst(4)) + "\u{1B}[200~v[1,1,0]\u{1B}[201~")
    terminal.send("\u{1B}[<35;5;3M\r\u{1B}[<0;5;3m")
    try terminal.wait(
      forLines: try frame(subject, keys: "Space Space g v[1,1,0] Enter", ascii: columns == 2))
    terminal.send("q")
    try terminal.wait { $0.answers.count == 2 }
    terminal.send(terminal.screen.answers[1])
    #expect(try terminal.finish() == .exited(0))
    #expect(terminal.terminal.unread == [])
  }

  @Test func `and never answers has its first screen at once, in glyphs of one column`() throws {
    let terminal = try ScreenTerminal(["explore"] + subject)
    try terminal.wait(forLines: try frame(subject, keys: ""))
    #expect(terminal.screen.answers.count == 1)
    terminal.send("q")
    #expect(try terminal.finish() == .exited(0))
  }

  @Test(arguments: ["\u{1B}[7;7R", "\u{1B}[?62;c", "\u{1B}[I", "\u{1B}P1$r0q\u{1B}\\"])
  func `and says something behind a key does not hold its screen back`(reply: String) throws {
    let terminal = try ScreenTerminal(["explore"] + subject, answers: true)
    try terminal.wait(forLines: try frame(subject, keys: ""))
    terminal.send(" " + reply)
    try terminal.wait(forLines: try frame(subject, keys: "Space"))
    terminal.send("q")
    #expect(try terminal.finish() == .exited(0))
  }

  @Test(arguments: [["--ascii"], []])
  func `is not asked where only ASCII is drawn`(options: [String]) throws {
    let terminal = try ScreenTerminal(
      ["explore"] + subject + options, environment: options.isEmpty ? ["LC_ALL": "C"] : [:])
    try terminal.wait(forLines: try frame(subject, keys: "", ascii: true))
    #expect(terminal.screen.answers == [])
    terminal.send("q")
    #expect(try terminal.finish() == .exited(0))
  }

  /// Nothing has read the answer yet when the program is left.
  @Test func `and answers after q leaves nothing for the shell`() throws {
    let terminal = try ScreenTerminal(["explore"] + subject, environment: slowLine)
    let answer = try answer(terminal)
    terminal.send("q")
    try terminal.wait { !$0.modes.contains(1000) }
    terminal.send("\u{1B}[<35;5;3M" + answer)
    #expect(try terminal.finish() == .exited(0))
    terminal.expectGivenBack("after q")
    #expect(terminal.terminal.unread == [])
  }
}

@Suite struct `Mouse reports that come after q` {
  @Test func `are read away up to the terminal's last answer`() throws {
    let terminal = try ScreenTerminal(["explore"] + subject, environment: slowLine)
    terminal.send(try answer(terminal))
    terminal.send(" ")
    try terminal.wait { $0.lines[0].contains("1 of") }
    terminal.send("q")
    // The mouse is off for the program; what the terminal sent before comes before its answer.
    try terminal.wait { !$0.modes.contains(1000) && $0.answers.count == 2 }
    let last = terminal.screen.answers[1]
    terminal.send("\u{1B}[<0;5;3M\u{1B}[<0;5;3m" + last)
    #expect(try terminal.finish() == .exited(0))
    terminal.expectGivenBack("after q")
    #expect(terminal.terminal.unread == [])
  }

  @Test(arguments: [1, 400, 3000])
  func `and with it are not left to the shell`(count: Int) throws {
    let terminal = try ScreenTerminal(["explore"] + subject, environment: slowLine)
    let answer = try answer(terminal)
    try terminal.wait(forLines: try frame(subject, keys: ""))
    terminal.send("q" + String(repeating: "\u{1B}[<0;15;13M", count: count) + answer)
    #expect(try terminal.finish() == .exited(0))
    #expect(terminal.terminal.unread == [])
  }

  @Test func `are not waited for where the mouse is the terminal's own`() throws {
    let terminal = try ScreenTerminal(["explore", "--no-mouse", "--ascii"] + subject)
    try terminal.wait { $0.lines[0].contains("Explore") }
    terminal.send("qls\n")
    #expect(try terminal.finish() == .exited(0))
  }
}
