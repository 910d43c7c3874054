import Glibc
import TestSupport
import Testing

/// What must be in the stream when the terminal has been given back.
private let leavesAlternateScreen = "\u{1B}[?1049l"
private let showsCursor = "\u{1B}[?25h"
private let mouseOff = "\u{1B}[?1000l"
private let pasteOff = "\u{1B}[?2004l"

/// What a failed Swift check dies of.
#if arch(arm64)
  private let trap = SIGTRAP
#else
  private let trap = SIGILL
#endif

private func startProbe(
  _ arguments: [String] = [], columns: Int32 = 80, rows: Int32 = 24,
  term: String? = "xterm-256color", environment: [String: String] = [:]
) throws -> PseudoTerminal {
  try PseudoTerminal(
    product("terminal-probe"), arguments, columns: columns, rows: rows, term: term,
    environment: environment)
}

private func expectGivenBack(_ output: String) {
  for sequence in [leavesAlternateScreen, showsCursor, mouseOff, pasteOff] {
    #expect(output.contains(sequence), "\(sequence.debugDescription) is missing")
  }
}

@Suite struct TerminalStartTests {
  @Test func `a frame is drawn, keys are heard, q gives the terminal back`() throws {
    let terminal = try startProbe()
    let modes = terminal.modesAtStart
    try terminal.read(until: "corne")
    #expect(terminal.modes != modes)
    terminal.send("q")
    let (ending, output) = try terminal.finish()
    #expect(ending == .exited(0))
    expectGivenBack(output)
    #expect(output.hasSuffix("goodbye after 1\r\n"))
    #expect(terminal.modes == modes)
  }

  @Test func `a program without a terminal is told what works without one`() throws {
    let result = try runProgram(product("terminal-probe"), [], environment: ["TERM": "xterm"])
    #expect(result.status == 69)
    #expect(result.stdout.isEmpty)
    #expect(
      result.stderr == """
        terminal-probe: Standard output is not a terminal, so the screen cannot be drawn: use \
        --plain, `convwalk trace` or `convwalk frame`, which need no terminal.

        """)
  }

  @Test(arguments: [nil, ""])
  func `TERM that is not set is refused by name`(term: String?) throws {
    let terminal = try startProbe(term: term)
    let modes = terminal.modesAtStart
    let (ending, output) = try terminal.finish()
    #expect(ending == .exited(69))
    #expect(
      output == """
        terminal-probe: TERM is not set, so the screen cannot be drawn: set it (for example \
        TERM=xterm-256color), or use --plain, `convwalk trace` or `convwalk frame`, which need \
        no terminal.\r\n
        """)
    #expect(terminal.modes == modes)
  }

  @Test(arguments: ["dumb", "no-such-terminal"])
  func `a terminal that cannot place its cursor is refused by name`(term: String) throws {
    let (ending, output) = try startProbe(term: term).finish()
    #expect(ending == .exited(69))
    #expect(output.hasPrefix("terminal-probe: TERM is \"\(term)\", a terminal that is unknown"))
    #expect(!output.contains("\u{1B}"))
  }
}

@Suite struct TerminalKeyTests {
  @Test(arguments: [
    ("a", "char-97"), ("\u{1B}[A", "up"), ("\u{1B}OA", "up"), ("\u{1B}[Z", "backTab"),
    ("\u{1B}[6~", "pageDown"), ("\u{7F}", "backspace"), ("\u{1B}", "escape"), ("é", "char-233"),
    ("\u{1B}[<0;5;3M", "click-4,2"), ("\u{1B}[<65;5;3M", "wheel-down-4,2"),
    ("\u{1B}[200~q\u{1B}[201~", "pasted-q"), ("\u{1B}[200~never ended", "pasted-never ended"),
  ])
  func `what is typed arrives as its event`(bytes: String, event: String) throws {
    let terminal = try startProbe()
    try terminal.read(until: "corne")
    terminal.send(bytes)
    try terminal.read(until: "1:\(event);")
    terminal.send("q")
    #expect(try terminal.finish().ending == .exited(0))
  }

  @Test func `keys typed ahead are all heard, in frames that may be skipped`() throws {
    let terminal = try startProbe()
    terminal.send(String(repeating: "j", count: 3000) + "q")
    let (ending, output) = try terminal.finish()
    #expect(ending == .exited(0))
    #expect(output.contains("goodbye after 3001\r\n"))
    #expect(output.utf8.count < 20_000)
  }

  @Test func `Ctrl-L paints the whole screen again`() throws {
    let terminal = try startProbe()
    try terminal.read(until: "corne")
    terminal.send("\u{C}")
    let painted = try terminal.read(until: "corne")
    #expect(painted.contains("\u{1B}[2J") && painted.contains("terminal-probe"))
  }

  @Test func `time steps come unasked, and another thread can wake the wait`() throws {
    let ticking = try startProbe(["--ticks"])
    try ticking.read(until: "tick;")
    let waiting = try startProbe()
    try waiting.read(until: "corne")
    waiting.send("w")
    try waiting.read(until: "tick;")
  }

  @Test func `the end of input ends the program`() throws {
    let terminal = try startProbe()
    try terminal.read(until: "corne")
    terminal.hangUp()
    // The kernel's SIGHUP or the end of input, whichever is seen first.
    #expect([.exited(0), .signalled(SIGHUP)].contains(try terminal.process.wait()))
  }
}

@Suite struct TerminalSignalTests {
  @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT])
  func `a signal gives the terminal back and then ends the program as it should`(
    signal: Int32
  ) throws {
    let terminal = try startProbe()
    let modes = terminal.modesAtStart
    try terminal.read(until: "corne")
    terminal.signal(signal)
    let (ending, output) = try terminal.finish()
    #expect(ending == .signalled(signal))
    expectGivenBack(output)
    #expect(terminal.modes == modes)
  }

  @Test func `Ctrl-C leaves without a signal`() throws {
    let terminal = try startProbe()
    let modes = terminal.modesAtStart
    try terminal.read(until: "corne")
    terminal.send("\u{3}")
    let (ending, output) = try terminal.finish()
    #expect(ending == .exited(0))
    expectGivenBack(output)
    #expect(terminal.modes == modes)
  }

  @Test(
    .disabled(if: isSanitized, "a sanitizer has its own handlers"),
    arguments: [
      ("f", trap, "Fatal error: asked to fail"), ("i", trap, ""), ("o", SIGSEGV, ""),
      ("O", SIGSEGV, ""), ("a", SIGABRT, ""), ("s", SIGSEGV, ""), ("b", SIGBUS, ""),
      ("t", SIGTRAP, ""),
      ("p", SIGFPE, ""),
    ])
  func `a crash gives the terminal back, shows its message and dies of its signal`(
    letter: String, signal: Int32, message: String
  ) throws {
    let terminal = try startProbe()
    let modes = terminal.modesAtStart
    try terminal.read(until: "corne")
    terminal.send("!" + letter)
    let (ending, output) = try terminal.finish()
    #expect(ending == .signalled(signal))
    expectGivenBack(output)
    let parts = output.split(separator: leavesAlternateScreen)
    #expect(message.isEmpty || parts.last?.contains(message) == true)
    #expect(terminal.modes == modes)
  }

  @Test func `exit without closing gives the terminal back and shows what was said`() throws {
    let terminal = try startProbe()
    let modes = terminal.modesAtStart
    try terminal.read(until: "corne")
    terminal.send("!e")
    let (ending, output) = try terminal.finish()
    #expect(ending == .exited(3))
    expectGivenBack(output)
    #expect(output.hasSuffix("left without closing\r\n"))
    #expect(terminal.modes == modes)
  }

  @Test func `Ctrl-Z stops the program with the terminal as it was, and fg brings it back`() throws
  {
    let terminal = try PseudoTerminal(
      "/bin/sh", ["-mc", "'\(product("terminal-probe"))'; echo stopped; fg; echo status:$?"])
    try terminal.read(until: "corne")
    terminal.send("\u{1A}")
    // The shell's own `fg` follows at once.
    let stopped = try terminal.read(until: "stopped\r\n")
    expectGivenBack(stopped)
    try terminal.read(until: "1:resized-80x24;")
    try terminal.read(until: "corne")
    terminal.send("j")
    try terminal.read(until: "2:char-106;")
    terminal.send("q")
    let (ending, output) = try terminal.finish()
    #expect(ending == .exited(0))
    #expect(output.contains("status:0"))
  }

  @Test func `stopped and continued by others, the screen is painted again`() throws {
    let terminal = try startProbe()
    try terminal.read(until: "corne")
    terminal.signal(SIGSTOP)
    terminal.signal(SIGCONT)
    try terminal.read(until: "1:resized-80x24;")
    terminal.send("q")
    #expect(try terminal.finish().ending == .exited(0))
  }
}

@Suite struct TerminalSizeTests {
  @Test func `a new size arrives and is painted whole`() throws {
    let terminal = try startProbe(columns: 80, rows: 24)
    try terminal.read(until: "size:80x24;")
    terminal.resize(columns: 200, rows: 60)
    try terminal.read(until: "size:200x60;")
    try terminal.read(until: "corne")
    terminal.send("q")
    #expect(try terminal.finish().ending == .exited(0))
  }

  @Test func `a storm of sizes, down to 1×1 and back, ends in the last one`() throws {
    let terminal = try startProbe(["--ticks"])
    try terminal.read(until: "corne")
    for step in 0..<2000 {
      terminal.resize(columns: Int32(1 + step * 37 % 200), rows: Int32(1 + step * 11 % 60))
    }
    terminal.resize(columns: 1, rows: 1)
    terminal.resize(columns: 91, rows: 33)
    try terminal.read(until: "size:91x33;")
    terminal.send("q")
    #expect(try terminal.finish().ending == .exited(0))
  }

  @Test(arguments: [(1, 1), (1, 24), (80, 1), (500, 200)] as [(Int32, Int32)])
  func `any size can be started in`(columns: Int32, rows: Int32) throws {
    let terminal = try startProbe(columns: columns, rows: rows)
    try terminal.read(until: "\u{1B}[?1049h")
    terminal.send("q")
    let (ending, output) = try terminal.finish()
    #expect(ending == .exited(0))
    expectGivenBack(output)
  }
}

@Suite struct TerminalLookTests {
  private func firstScreen(
    _ arguments: [String] = [], term: String = "xterm-256color",
    environment: [String: String] = [:]
  ) throws -> String {
    let terminal = try startProbe(arguments, term: term, environment: environment)
    let screen = try terminal.read(until: "corne")
    terminal.send("q")
    #expect(try terminal.finish().ending == .exited(0))
    return screen
  }

  /// Whether any colour is set: `ESC [ … 3x m` or `4x m`, also among other numbers.
  private func setsColours(_ screen: String) -> Bool {
    screen.contains(#/\e\[(\d+;)*[34][0-8](;\d+)*m/#)
  }

  @Test func `256 colours are used where they are`() throws {
    #expect(try firstScreen().contains("\u{1B}[38;5;75m"))
  }

  @Test(arguments: ["linux", "screen", "xterm"])
  func `eight colours are used where they are`(term: String) throws {
    let screen = try firstScreen(term: term)
    #expect(setsColours(screen) && !screen.contains("38;5"))
  }

  @Test(arguments: ["vt100", "vt220"])
  func `a terminal without colours gets none, and no modes it does not know`(term: String) throws {
    let screen = try firstScreen(term: term)
    #expect(!setsColours(screen))
    #expect(!screen.contains("[?1000h") && !screen.contains("[?2004h"))
  }

  @Test func `NO_COLOR and the option both mean no colours`() throws {
    #expect(!setsColours(try firstScreen(environment: ["NO_COLOR": "1"])))
    #expect(!setsColours(try firstScreen(["--monochrome"])))
    #expect(setsColours(try firstScreen(environment: ["NO_COLOR": ""])))
  }

  @Test func `glyphs are drawn in UTF-8 and stand-ins elsewhere`() throws {
    #expect(try firstScreen().contains("glyphs:▸×·é;"))
    #expect(try firstScreen(["--ascii"]).contains("glyphs:>x.e;"))
    let plain = try firstScreen(environment: ["LC_ALL": "C"])
    #expect(plain.contains("glyphs:>x.e;") && plain.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test func `a UTF-8 locale that this machine lacks is still UTF-8`() throws {
    #expect(
      try firstScreen(environment: ["LC_ALL": "xx_XX.UTF-8"]).contains("glyphs:▸×·é;"))
  }

  @Test func `the mouse is left alone when that is asked for`() throws {
    #expect(!(try firstScreen(["--no-mouse"]).contains("\u{1B}[?1000h")))
  }
}
