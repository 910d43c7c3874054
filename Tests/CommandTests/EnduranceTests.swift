import Glibc
import TestSupport
import Testing

@Suite struct `The real program endures` {
  /// What arrives at a terminal: keys, sequences whole and broken, pasted text, the mouse, and
  /// bytes that are no text at all; never `q`, Ctrl-C or Ctrl-Z, which would end or stop it.
  private static let pieces: [[UInt8]] =
    [
      " ", " ", " ", "-", "+", "d", "D", "f", "F", "\t", "\u{1B}[Z", "\u{1B}[A", "\u{1B}[B",
      "\u{1B}[C", "\u{1B}[D", "\u{1B}[H", "\u{1B}[F", "\u{1B}[5~", "\u{1B}[6~", "\u{1B}", "\r",
      "\u{7F}", "g", "v[1,1,0]\r", "40\r", "+5\r", "m", "'", "''", "a", "<", ">", "/", "n", "N",
      "tie\r", "p", "e", "c", "X[1,1,0]=9\r", "u", "R", "i", "I", "v", "s", "y", "o", "t", "b", "?",
      "0", "$", "12", "999999999999999999999", "\u{C}", "漢", "é",
      "\u{1B}[200~q\u{3}quit\u{1B}[201~",
      "\u{1B}[<0;10;10M", "\u{1B}[<0;10;10m", "\u{1B}[<64;3;3M", "\u{1B}[<0;999;999M",
      "\u{1B}[M !!", "\u{1B}[<0;", "\u{1B}[1;5C", "\u{1B}]0;title\u{7}", "\u{1B}P$q\u{1B}\\",
      "\u{1B}[999999999~", "\u{1B}O", "\u{1B}[", "h", "j", "k", "l", "G", "r", "{", "}",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0x80, 0x80], [0xE2, 0x82], [0x9B, 0x41], [0]]

  @Test(arguments: [
    ["explore", "11x11x4", "conv:5,filters=2,stride=2,name=v", "maxpool:2"],
    ["lesson", "max-pooling"], [],
  ])
  func `whatever arrives, whole and in flat memory`(arguments: [String]) throws {
    let home = try TemporaryFolder()
    defer {
      for name in home.names(in: "convwalk") { unlink("\(home.path)/convwalk/\(name)") }
      rmdir("\(home.path)/convwalk")
    }
    let count = setting("CONVWALK_REAL_EVENTS", usually: 600)
    var chance = Chance(state: UInt64(arguments.count))
    var terminal = try start(arguments, home)
    var (early, late, starts) = (0, 0, 1)
    for number in 1...count {
      if number % 40 == 0 {
        if !(try settle(terminal)) || residentKilobytes(terminal.terminal.process.id) == nil {
          // Esc at a lesson's first screen leaves it, as it should.
          #expect(try terminal.finish() == .exited(0), "after event \(number)")
          #expect(terminal.terminal.modes == terminal.terminal.modesAtStart)
          terminal = try start(arguments, home)
          (early, starts) = (0, starts + 1)
        }
        late = residentKilobytes(terminal.terminal.process.id) ?? 0
        if early == 0, number > count / 4 { early = late }
      }
      if chance.next() % 25 == 0 {
        let (columns, rows) = (1 + chance.next() % 250, 1 + chance.next() % 80)
        terminal.resize(columns: Int(columns), rows: Int(rows))
      } else {
        terminal.terminal.send(Self.pieces[Int(chance.next() % UInt64(Self.pieces.count))])
      }
    }
    #expect(starts < count / 20)
    #expect(late < early + 6_000 || early == 0 || isSanitized, "\(early) kB, then \(late) kB")
    terminal.send("\u{3}")
    #expect(try terminal.finish() == .exited(0))
    terminal.expectGivenBack("after \(count) events")
  }

  private func start(_ arguments: [String], _ home: TemporaryFolder) throws -> ScreenTerminal {
    let terminal = try ScreenTerminal(
      arguments, environment: ["XDG_STATE_HOME": home.path], deadline: 3000)
    try terminal.wait { $0.isAlternate }
    return terminal
  }

  /// Has the program draw everything anew and sees that nothing but the whole screen comes; false
  /// if it has ended: what was typed after that, the terminal has written itself.
  private func settle(_ terminal: ScreenTerminal) throws -> Bool {
    terminal.resize(columns: 80, rows: 24)
    // Ends whatever sequence or paste was begun.
    terminal.send("\u{1B}[201~")
    let clears = terminal.screen.clears
    let deadline = monotonicMilliseconds() + 20_000
    while terminal.isRunning, monotonicMilliseconds() < deadline {
      terminal.send("\u{C}")
      terminal.terminal.receive(milliseconds: 200)
      // A lesson that moves by itself is never silent; its second clearing ends the first screen.
      let drawn = terminal.screenNow.clears - clears
      if drawn > 1 || drawn > 0 && !terminal.terminal.receive(milliseconds: 50) { break }
    }
    guard terminal.isRunning else { return false }
    #expect(terminal.screenNow.unknown == [])
    return true
  }

  @Test func `a long walk in flat memory`() throws {
    let terminal = try ScreenTerminal(
      ["explore", "227x227x3", "conv:11,filters=96,stride=4", "--grain", "product"], deadline: 3000)
    try terminal.wait { $0.isAlternate }
    let steps = setting("CONVWALK_STEPS", usually: 20_000)
    var early = 0
    for block in 0..<20 {
      for _ in 0..<(steps / 20 / 500) {
        terminal.send(String(repeating: " ", count: 500))
        terminal.terminal.receive(milliseconds: 0)
      }
      let done = (block + 1) * (steps / 20 / 500) * 500
      try terminal.wait { $0.lines[0].filter { $0 != "," }.hasSuffix("conv  \(done) of 105415200") }
      let now = try #require(residentKilobytes(terminal.terminal.process.id))
      if block == 1 { early = now }
      if block > 1, !isSanitized { #expect(now < early + 4_000, "\(early) kB, then \(now) kB") }
    }
    terminal.send("q")
    #expect(try terminal.finish() == .exited(0))
  }
}

@Suite struct `A long trace` {
  private let subject = "227x227x3 conv:11,filters=96,stride=4"

  /// 105,415,200 products are gigabytes of text.
  @Test(arguments: ["text", "json"])
  func `streams in constant memory and dies quietly`(format: String) throws {
    let script = """
      '\(product("convwalk"))' trace \(subject) --format \(format) > "$0" & trace=$!
      exec 3< "$0"
      head -c \(setting("CONVWALK_TRACE_BYTES", usually: 8_000_000)) <&3 > /dev/null
      grep VmHWM /proc/$trace/status
      exec 3<&-
      """
    let folder = try TemporaryFolder()
    let pipe = "\(folder.path)/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    let result = try runProgram(
      "/bin/sh", ["-c", script + "\nwait $trace; echo status $?", pipe], deadline: 3000)
    let lines = result.stdout.split(separator: "\n")
    let peak = lines.first { $0.hasPrefix("VmHWM:") }.flatMap {
      Int($0.split(whereSeparator: \.isWhitespace)[1])
    }
    // The program, the input and the weights; no more however much is written.
    #expect(try #require(peak) < 60_000 || isSanitized, "\(peak ?? 0) kB")
    #expect(lines.last == "status 0")
    #expect(result.stderr == "")
  }
}
