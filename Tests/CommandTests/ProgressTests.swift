import Glibc
import TestSupport
import Testing

/// A person's home, with what `convwalk` keeps in it.
private final class Home {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  deinit {
    for name in folder.names(in: "convwalk") { unlink("\(folder.path)/convwalk/\(name)") }
    rmdir("\(folder.path)/convwalk")
  }

  var environment: [String: String] { ["XDG_STATE_HOME": folder.path] }

  var names: [String] { folder.names(in: "convwalk") }

  func progress() throws -> String {
    String(decoding: try folder.read("convwalk/progress"), as: UTF8.self)
  }

  func open(_ lesson: String) throws -> ScreenTerminal {
    let terminal = try ScreenTerminal(["lesson", lesson], environment: environment)
    try terminal.wait { $0.lines[0].contains("stop ") }
    return terminal
  }

  /// What `convwalk lessons` says of a lesson, in brackets.
  func record(of lesson: String) throws -> String? {
    let result = try run(["lessons"], environment: environment)
    #expect(result.stderr == "")
    let line = result.stdout.split(separator: "\n").first { $0.hasPrefix(lesson + " ") }
    return line?.split(separator: "(").dropFirst().last.map { "(\($0)" }
  }
}

private let nextStop = "\u{1B}[6~"

@Suite struct `Progress of the real program` {
  @Test func `survives its being killed at any instant`() throws {
    let home = try Home()
    var chance = Chance(state: 1)
    for kill in 0..<setting("CONVWALK_KILLS", usually: 25) {
      let terminal = try ScreenTerminal(
        ["lesson", "worked-example"], environment: home.environment)
      if kill % 5 > 0 { try terminal.wait { $0.lines[0].contains("stop ") } }
      let direction = kill % 2 == 0 ? nextStop : "\u{1B}[5~"
      terminal.send(String(repeating: direction, count: Int(chance.next() % 9)))
      for _ in 0..<(chance.next() % 3000) { sched_yield() }
      terminal.terminal.signal(SIGKILL)
      #expect(try terminal.finish() == .signalled(SIGKILL))
      guard kill > 5 else { continue }
      let text = try home.progress()
      #expect(text.hasPrefix("convwalk progress 1\nworked-example stop=") && text.hasSuffix("\n"))
      #expect(try home.record(of: "worked-example") != nil)
    }
    // Nothing was ever set aside, and a later sitting clears what a killed one left half written.
    let terminal = try home.open("worked-example")
    terminal.send("\u{3}")
    #expect(try terminal.finish() == .exited(0))
    #expect(home.names == ["lock", "progress"])
  }

  @Test func `of two at once is both kept`() throws {
    let home = try Home()
    let (first, second) = (try home.open("one-window"), try home.open("sliding"))
    first.send(nextStop)
    try first.wait { $0.lines[0].contains("stop 2 of") }
    second.send(nextStop + nextStop)
    try second.wait { $0.lines[0].contains("stop 3 of") }
    first.send(nextStop + nextStop)
    try first.wait { $0.lines[0].contains("stop 4 of") }
    for terminal in [second, first] {
      terminal.send("q")
      #expect(try terminal.finish() == .exited(0))
    }
    #expect(try home.record(of: "one-window")?.hasPrefix("(stop 4 of") == true)
    #expect(try home.record(of: "sliding")?.hasPrefix("(stop 3 of") == true)
  }

  @Test(.disabled(if: sanitizer == "thread", "its own records are a file that grows"))
  func `is not lost to a full disk, which is told`() throws {
    let home = try Home()
    let before = try home.open("one-window")
    before.send(nextStop + "q")
    #expect(try before.finish() == .exited(0))
    let kept = try home.progress()
    // No file may grow: what a full disk does to a program, whoever runs the test.
    let terminal = try ScreenTerminal(
      program: "/bin/sh", ["-c", "ulimit -f 0; exec '\(product("convwalk"))' lesson sliding"],
      environment: home.environment)
    try terminal.wait {
      $0.lines[19...22].joined().contains("your progress is not kept: cannot write")
    }
    terminal.send(nextStop + "q")
    #expect(try terminal.finish() == .exited(0))
    terminal.expectGivenBack("on a full disk")
    #expect(try home.progress() == kept)
    #expect(home.names == ["lock", "progress"])
  }

  @Test func `that cannot be kept stops nobody`() throws {
    let terminal = try ScreenTerminal(
      ["lesson", "sliding"], environment: ["XDG_STATE_HOME": "/proc/none"])
    try terminal.wait {
      $0.lines[21...22].joined().contains("your progress is not kept: /proc/none/convwalk")
    }
    terminal.send(nextStop)
    try terminal.wait { $0.lines[0].contains("stop 2 of") }
    terminal.send("q")
    #expect(try terminal.finish() == .exited(0))
    terminal.expectGivenBack("without a home")
  }

  @Test(.disabled(if: bindingPermissions == nil, "root may write anywhere"))
  func `in a read-only home stops nobody`() throws {
    let home = try Home()
    #expect(chmod(home.folder.path, 0o500) == 0)
    defer { chmod(home.folder.path, 0o700) }
    let words = try #require(bindingPermissions) + [product("convwalk"), "lesson", "sliding"]
    let terminal = try ScreenTerminal(
      program: words[0], Array(words.dropFirst()), environment: home.environment)
    try terminal.wait { $0.lines[21...22].joined().contains("your progress is not kept") }
    terminal.send(nextStop)
    try terminal.wait { $0.lines[0].contains("stop 2 of") }
    terminal.send("q")
    #expect(try terminal.finish() == .exited(0))
    terminal.expectGivenBack("in a read-only home")
    #expect(home.names == [])
  }
}
