import Glibc
import Synchronization
import Testing

/// The built `convwalk` in a terminal whose screen a test can see.
final class ScreenTerminal {
  let terminal: PseudoTerminal
  private(set) var screen: ScreenInterpreter
  /// Whether it tells where its cursor is when it is asked.
  private let answers: Bool

  /// - Parameters:
  ///   - program: what is started; nil for `convwalk`.
  ///   - glyphColumns: the columns that it draws a glyph beyond ASCII in.
  init(
    program: String? = nil, _ arguments: [String], columns: Int32 = 80, rows: Int32 = 24,
    term: String = "xterm-256color",
    environment: [String: String] = [:], deadline: UInt32 = 60, answers: Bool = false,
    glyphColumns: Int = 1
  ) throws {
    self.answers = answers
    terminal = try PseudoTerminal(
      program ?? product("convwalk"), arguments, columns: columns, rows: rows, term: term,
      environment: environment, deadline: deadline)
    screen = ScreenInterpreter(columns: Int(columns), rows: Int(rows))
    screen.glyphColumns = glyphColumns
  }

  /// How many bytes the program has sent.
  var byteCount: Int { terminal.byteCount }

  /// The screen after everything that has come.
  var screenNow: ScreenInterpreter {
    update()
    return screen
  }

  var isRunning: Bool { !waitUntilReadable([terminal.process.watch], milliseconds: 0) }

  func send(_ text: String) { terminal.send(text) }

  func resize(columns: Int, rows: Int) {
    update()
    screen.resize(columns: columns, rows: rows)
    terminal.resize(columns: Int32(columns), rows: Int32(rows))
  }

  /// Waits until the screen is as it should be; throws with what stands there if it does not get so.
  func wait(seconds: Int = 20, _ isReached: (ScreenInterpreter) -> Bool) throws {
    let deadline = monotonicMilliseconds() + seconds * 1000
    update()
    while !isReached(screen) {
      let left = deadline - monotonicMilliseconds()
      guard left > 0, terminal.receive(milliseconds: Int32(left)) else {
        throw TestHarnessError(
          description: "the screen stays\n" + screen.lines.joined(separator: "\n"))
      }
      update()
    }
  }

  /// Waits until the screen shows these lines; says which differ if it does not get so.
  func wait(forLines lines: [String], seconds: Int = 20) throws {
    do {
      try wait(seconds: seconds) { shown($0.lines, are: lines) }
    } catch {
      let rows = zip(lines, screen.lines).enumerated().filter {
        !shown([$1.1], are: [$1.0])
      }.map {
        "\($0): expected \($1.0.debugDescription)\n   found    \($1.1.debugDescription)"
      }
      throw TestHarnessError(
        description: rows.joined(separator: "\n") + "\n\(screen.rows) rows, \(lines.count) expected"
      )
    }
  }

  /// Whether the bytes that have come so far make these lines.
  func shows(_ lines: [String]) -> Bool {
    update()
    return shown(screen.lines, are: lines)
  }

  /// Waits for the program's end.
  func finish() throws -> Ending {
    // It may ask a last time.
    while answers, isRunning, terminal.receive(milliseconds: 2000) { update() }
    let ending = try terminal.end()
    update()
    return ending
  }

  /// That nothing of the program is left on the terminal.
  func expectGivenBack(_ what: String, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(terminal.modes == terminal.modesAtStart, "\(what)", sourceLocation: sourceLocation)
    #expect(!screen.isAlternate, "\(what)", sourceLocation: sourceLocation)
    #expect(screen.showsCursor, "\(what)", sourceLocation: sourceLocation)
    #expect(screen.modes == [], "\(what)", sourceLocation: sourceLocation)
    #expect(screen.attributes == [], "\(what)", sourceLocation: sourceLocation)
    #expect(screen.unknown == [], "\(what)", sourceLocation: sourceLocation)
  }

  private func update() {
    screen.take(terminal.take())
    if answers { for answer in screen.takeAnswers() { terminal.send(answer) } }
  }
}

/// Whether lines are as expected, where a painted half block may stand for any piece of a picture.
private func shown(_ found: [String], are expected: [String]) -> Bool {
  func cells(_ line: String, _ width: Int) -> [Unicode.Scalar] {
    let scalars = Array(line.unicodeScalars)
    return scalars + Array(repeating: " ", count: width - scalars.count)
  }
  return found.count == expected.count
    && zip(found, expected).allSatisfy { found, expected in
      let width = max(found.unicodeScalars.count, expected.unicodeScalars.count)
      return zip(cells(found, width), cells(expected, width)).allSatisfy { $0 == $1 || $0 == "▀" }
    }
}

/// What `frame` has drawn so far: many terminals are held against the same screens.
private let drawn = Mutex<[[String]: [String]]>([:])

/// The screen that the pure player draws, by `convwalk frame`.
func frame(
  _ subject: [String], keys: String, size: String = "80x24", ascii: Bool = false
) throws -> [String] {
  let arguments =
    ["frame"] + subject + ["--keys", keys, "--size", size] + (ascii ? ["--ascii"] : [])
  if let lines = drawn.withLock({ $0[arguments] }) { return lines }
  let result = try run(arguments)
  guard result.status == 0 else { throw TestHarnessError(description: result.stderr) }
  let lines = result.stdout.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    .map(String.init)
  drawn.withLock { $0[arguments] = lines }
  return lines
}

/// Kilobytes of memory that a process holds, its program's own pages aside; nil where it has ended.
func residentKilobytes(_ process: pid_t) -> Int? {
  let result = try? runProgram("/bin/cat", ["/proc/\(process)/status"])
  let line = result?.stdout.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
  return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
}

/// Whether this machine knows a terminal.
func knowsTerminal(_ name: String) -> Bool {
  ["/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo"].contains {
    access("\($0)/\(name.prefix(1))/\(name)", R_OK) == 0
  }
}
