import Glibc
import TestSupport
import Testing

/// Where the program can be when it ends.
private let states: [(name: String, arguments: [String], sign: String, keys: String)] = [
  ("the list", [], "A first look", "q"),
  ("a lesson", ["lesson", "worked-example"], "stop 1 of", ""),
  ("a question", ["lesson", "worked-example", "--stop", "3", "--keys", "Space"], "answer:", "5"),
  ("a walk", ["explore", "11x11x4", "conv:5,filters=2"], "0 of 98", "g"),
  ("autoplay", ["explore", "11x11x4", "conv:5,filters=2"], "0 of 98", ">>>>>>a"),
  (
    "an evaluation",
    [
      "explore", "90x90x3", "conv:5,filters=64,name=a", "conv:5,filters=256,name=b", "relu",
      "--at", "relu",
    ], "3 of 3", ""
  ),
]

@Suite struct `The terminal is given back by the real program` {
  private func start(_ state: Int) throws -> (terminal: ScreenTerminal, home: TemporaryFolder) {
    let home = try TemporaryFolder()
    let (_, arguments, sign, keys) = states[state]
    let terminal = try ScreenTerminal(arguments, environment: ["XDG_STATE_HOME": home.path])
    try terminal.wait { $0.isAlternate && $0.lines.contains { $0.contains(sign) } }
    terminal.send(keys)
    return (terminal, home)
  }

  private func clear(_ home: TemporaryFolder) {
    for name in ["progress", "lock"] { unlink("\(home.path)/convwalk/\(name)") }
    rmdir("\(home.path)/convwalk")
  }

  /// Each signal and each state at least once; all pairs in the slow run.
  private static func pairs(_ signals: [Int32]) -> [(Int, Int32)] {
    states.indices.flatMap { state in
      signals.indices.filter {
        isSlowRun || $0 == state % signals.count
      }.map { (state, signals[$0]) }
    }
  }

  @Test(
    arguments: pairs([SIGINT, SIGTERM, SIGHUP, SIGQUIT])
      + [SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU, SIGVTALRM, SIGPROF, SIGIO, SIGPWR].map { (0, $0) })
  func `by a signal that ends it`(state: Int, signal: Int32) throws {
    let (terminal, home) = try start(state)
    defer { clear(home) }
    terminal.terminal.signal(signal)
    #expect(try terminal.finish() == .signalled(signal))
    terminal.expectGivenBack("\(states[state].name), signal \(signal)")
  }

  @Test(
    .disabled(if: isSanitized, "a sanitizer has its own handlers"),
    arguments: pairs([SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE]) + [(0, SIGSYS)])
  func `by a crash, with the crash's own status`(state: Int, signal: Int32) throws {
    let (terminal, home) = try start(state)
    defer { clear(home) }
    terminal.terminal.signal(signal)
    #expect(try terminal.finish() == .signalled(signal))
    terminal.expectGivenBack("\(states[state].name), signal \(signal)")
  }

  @Test(arguments: states.indices)
  func `by Ctrl-C, and by the end of the terminal`(state: Int) throws {
    let (terminal, home) = try start(state)
    defer { clear(home) }
    terminal.send("\u{3}")
    #expect(try terminal.finish() == .exited(0))
    terminal.expectGivenBack(states[state].name)
    let (closed, other) = try start(state)
    defer { clear(other) }
    closed.terminal.hangUp()
    // The kernel's SIGHUP or the end of input, whichever is seen first.
    #expect([.exited(0), .signalled(SIGHUP)].contains(try closed.terminal.process.wait()))
  }

  @Test(arguments: states.indices)
  func `by q, which closes one thing at a time`(state: Int) throws {
    let (terminal, home) = try start(state)
    defer { clear(home) }
    terminal.send("\u{1B}[6~")
    while terminal.isRunning {
      // Escape is known as such after a moment, which the screen tells if anything changes.
      terminal.send("\u{1B}")
      terminal.terminal.receive(milliseconds: 200)
      terminal.send("q")
      terminal.terminal.receive(milliseconds: 100)
    }
    #expect(try terminal.finish() == .exited(0))
    terminal.expectGivenBack(states[state].name)
  }

  @Test(arguments: states.indices)
  func `while it is stopped by Ctrl-Z, and taken again by fg`(state: Int) throws {
    let home = try TemporaryFolder()
    defer { clear(home) }
    let (_, arguments, sign, _) = states[state]
    let command = ([product("convwalk")] + arguments).map { "'\($0)'" }.joined(separator: " ")
    let terminal = try ScreenTerminal(
      program: "/bin/sh", ["-mc", "\(command); echo stopped $?; read line; fg; echo status:$?"],
      environment: ["XDG_STATE_HOME": home.path])
    func isThere(_ screen: ScreenInterpreter) -> Bool {
      screen.isAlternate && screen.lines.contains { $0.contains(sign) }
    }
    try terminal.wait(isThere)
    terminal.send("\u{1A}")
    try terminal.wait { !$0.isAlternate && $0.lines.contains { $0.hasPrefix("stopped ") } }
    terminal.expectGivenBack("\(states[state].name), stopped")
    terminal.send("\n")
    try terminal.wait(isThere)
    terminal.send("\u{3}")
    try terminal.wait { $0.lines.contains { $0.hasPrefix("status:0") } }
    #expect(try terminal.finish() == .exited(0))
    terminal.expectGivenBack(states[state].name)
  }

  @Test(
    arguments: [
      (["lesson", "no-such-lesson"], "xterm", 64), (["lesson", "/etc/passwd"], "xterm", 65),
      (["explore", "5x5x1", "conv:9"], "xterm", 64),
      (["explore", "--at", "v", "5x5x1"], "xterm", 64),
      (["lesson", "worked-example", "--stop", "99"], "xterm", 64), (["course"], "dumb", 69),
      (["--lessons", "/nonexistent"], "xterm", 66), (["--none"], "xterm", 64),
      (["course", "--lessons", "/none"], "xterm", 66),
      (["explore", "5x5x1", "conv:3", "--at", "conv[9,9,9]"], "xterm", 64),
    ] as [([String], String, Int32)])
  func `untouched where it does not come to a screen`(
    arguments: [String], term: String, status: Int32
  ) throws {
    let terminal = try PseudoTerminal(
      product("convwalk"), arguments, term: term,
      environment: ["XDG_STATE_HOME": "/nonexistent"])
    let (ending, output) = try terminal.finish()
    #expect(ending == .exited(status), "\(output)")
    #expect(terminal.modes == terminal.modesAtStart)
    var screen = ScreenInterpreter(columns: 80, rows: 24)
    screen.take(output.utf8)
    #expect(!screen.isAlternate && screen.showsCursor && screen.modes == [])
    #expect(output.contains("convwalk: "))
    if term == "dumb" {
      #expect(output.contains("`convwalk trace`") && output.contains("`convwalk frame`"))
    }
  }
}
