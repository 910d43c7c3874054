import Glibc
import TestSupport
import Testing

private let subject = ["11x11x4", "conv:5,filters=2,stride=2,name=v", "maxpool:2,name=p"]

/// Keys as `frame` names them, and as a terminal sends them.
private let walk: [(keys: String, bytes: String)] = [
  ("", ""), ("Space Space d", "  d"), ("- Right", "-\u{1B}[C"), ("?", "?"), ("x", "x"),
  ("s x o", "sxo"), ("o t", "ot"), ("t 7 Space", "t7 "),
]

@Suite struct `The screen of the real program` {
  /// Types the keys one by one and compares each screen with the one that `frame` prints.
  private func follow(
    _ terminal: ScreenTerminal, size: String = "80x24", ascii: Bool = false
  ) throws {
    var keys = ""
    for (name, bytes) in walk {
      keys += " " + name
      terminal.send(bytes)
      try terminal.wait(forLines: try frame(subject, keys: keys, size: size, ascii: ascii))
    }
    #expect(terminal.screen.unknown == [])
    terminal.send("q")
    #expect(try terminal.finish() == .exited(0))
    terminal.expectGivenBack("after q")
  }

  @Test(arguments: [
    "xterm-256color", "xterm", "screen", "screen-256color", "tmux", "tmux-256color", "linux",
    "vt100", "vt220", "xterm-direct", "rxvt-unicode-256color",
  ])
  func `is the pure player's in every terminal`(term: String) throws {
    // Which ones a machine knows depends on its packages.
    guard knowsTerminal(term) else { return }
    try follow(try ScreenTerminal(["explore"] + subject, term: term))
  }

  @Test(arguments: ["xterm-256color", "linux", "vt100"])
  func `is ASCII where the locale is`(term: String) throws {
    let plain = try ScreenTerminal(
      ["explore"] + subject, term: term, environment: ["LC_ALL": "C"])
    try follow(plain, ascii: true)
    #expect(plain.terminal.sentOnlyASCII)
    try follow(try ScreenTerminal(["explore"] + subject + ["--ascii"], term: term), ascii: true)
  }

  @Test(arguments: ["80x24", "81x25", "132x43", "200x60", "500x200"])
  func `fills the size that there is`(size: String) throws {
    let sides = size.split(separator: "x").compactMap { Int32($0) }
    try follow(
      try ScreenTerminal(["explore"] + subject, columns: sides[0], rows: sides[1]), size: size)
  }

  /// The places of two screens that differ in their characters.
  private func differing(_ first: [String], _ second: [String]) -> Int {
    zip(first, second).reduce(0) { count, lines in
      let (first, second) = (Array(lines.0.unicodeScalars), Array(lines.1.unicodeScalars))
      return count
        + (0..<max(first.count, second.count)).count { place in
          (place < first.count ? first[place] : " ") != (place < second.count ? second[place] : " ")
        }
    }
  }

  @Test(arguments: ["80x24", "200x60"], [[:], ["NO_COLOR": "1"]])
  func `is sent what a key changes of it, and no more`(
    size: String, environment: [String: String]
  ) throws {
    let subject = ["227x227x3", "conv:11,filters=96,stride=4"]
    let sides = size.split(separator: "x").compactMap { Int32($0) }
    let terminal = try ScreenTerminal(
      ["explore"] + subject, columns: sides[0], rows: sides[1], environment: environment)
    var keys = "Space"
    terminal.send(" ")
    try terminal.wait(forLines: try frame(subject, keys: keys, size: size))
    for (name, bytes) in [("d", "d"), ("d", "d"), ("f", "f"), ("Space", " ")] {
      let (before, sent) = (try frame(subject, keys: keys, size: size), terminal.byteCount)
      keys += " " + name
      let after = try frame(subject, keys: keys, size: size)
      terminal.send(bytes)
      try terminal.wait(forLines: after)
      // A cell is at most two colours of 11 bytes each, a way to it, and its character; bold is
      // switched with 7 more. One whose ground alone changes is none of these.
      let most = differing(before, after) * (environment.isEmpty ? 34 : 14) + 400
      #expect(terminal.byteCount - sent < most, "\(name), \(differing(before, after)) cells")
    }
    terminal.send("q")
    #expect(try terminal.finish() == .exited(0))
  }

  @Test(arguments: [["NO_COLOR": "1"], [:]])
  func `sets colours only where they are wanted`(environment: [String: String]) throws {
    let terminal = try ScreenTerminal(["explore"] + subject, environment: environment)
    try follow(terminal)
    let colours = terminal.screen.looks.filter { $0.contains(#/(^|;)[349][0-8](;|$)/#) }
    #expect(colours.isEmpty == !environment.isEmpty)
    let blinks = terminal.screen.looks.filter { $0.contains(#/(^|[^34]8;|(^|;)[0-24-9];)5(;|$)/#) }
    #expect(blinks == [])
  }

  @Test func `needs 80×24, says so, and comes back`() throws {
    let terminal = try ScreenTerminal(["explore"] + subject, columns: 40, rows: 10)
    try terminal.wait { $0.lines[0] == "convwalk needs 80×24;" && $0.lines[1] == "this is 40×10." }
    terminal.resize(columns: 80, rows: 24)
    try terminal.wait(forLines: try frame(subject, keys: ""))
    terminal.resize(columns: 1, rows: 1)
    try terminal.wait { $0.lines == ["…"] }
    terminal.send("\u{3}")
    #expect(try terminal.finish() == .exited(0))
    terminal.expectGivenBack("after Ctrl-C")
  }

  @Test func `stands a storm of sizes while it plays by itself`() throws {
    // One layer, so that Home is the start wherever it has come to.
    let subject = Array(subject.prefix(2))
    let terminal = try ScreenTerminal(["explore"] + subject)
    try terminal.wait(forLines: try frame(subject, keys: ""))
    terminal.send(">>>>>>a")
    for step in 0..<setting("CONVWALK_RESIZES", usually: 300) {
      terminal.resize(columns: 1 + step * 37 % 300, rows: 1 + step * 11 % 90)
      terminal.terminal.receive(milliseconds: 0)
    }
    terminal.resize(columns: 1, rows: 1)
    terminal.resize(columns: 80, rows: 24)
    // Whether it still plays or has come to its end, this key and the next stop it at the start.
    terminal.send("v\u{1B}[H")
    try terminal.wait(forLines: try frame(subject, keys: "v Home"))
    terminal.send("q")
    #expect(try terminal.finish() == .exited(0))
    terminal.expectGivenBack("after a storm")
  }
}

@Suite struct `On a slow link` {
  /// Nobody reads until all is typed, as when a line takes seconds for a screen.
  @Test func `keys typed ahead all count, and screens between are skipped`() throws {
    let terminal = try ScreenTerminal(["explore"] + subject)
    terminal.send(String(repeating: " ", count: 31) + String(repeating: "-+", count: 500) + "d")
    try terminal.wait(
      forLines: try frame(subject, keys: "31Space d"))
    // A thousand screens would be hundreds of kilobytes; these are what fits before the last.
    #expect(terminal.byteCount < 40_000, "\(terminal.byteCount)")
    terminal.send("q")
    #expect(try terminal.finish() == .exited(0))
  }

  /// 9,600 baud are 960 bytes a second; the slow run takes them at their time.
  @Test(.enabled(if: isSlowRun))
  func `of 9,600 baud, autoplay and typing are still followed`() throws {
    let subject = Array(subject.prefix(2))
    let terminal = try ScreenTerminal(["explore"] + subject)
    terminal.send(">>>>>>a")
    for _ in 0..<300 {
      terminal.terminal.receive(milliseconds: 100, limit: 96)
      usleep(100_000)
    }
    terminal.send("v\u{1B}[H")
    let expected = try frame(subject, keys: "v Home")
    let start = monotonicMilliseconds()
    while monotonicMilliseconds() - start < 30_000 {
      terminal.terminal.receive(milliseconds: 100, limit: 96)
      usleep(100_000)
      if terminal.shows(expected) { break }
    }
    // What the terminal's own queue holds, 4 kB, and a screen are eight seconds.
    #expect(terminal.shows(expected))
    #expect(monotonicMilliseconds() - start < 15_000)
  }
}
