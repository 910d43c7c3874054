import Glibc
import TestSupport
import Testing

/// 5×5 numbers, from 0, as numpy writes them.
private func array() -> [UInt8] {
  let header = "{'descr': '<i4', 'fortran_order': False, 'shape': (5, 5), }"
  let padded = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
  return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8)
    + (0..<25).flatMap { [UInt8($0), 0, 0, 0] }
}

@Suite struct `A subject that comes through a pipe` {
  @Test(arguments: [
    "cat x.npy | '%' explore - conv:3,name=v", "'%' explore - conv:3,name=v < x.npy",
    "cat x.npy | '%' explore -- - conv:3,name=v",
    "cat x.npy | cat | '%' explore --ascii - conv:3,name=v",
  ])
  func `is walked with the terminal's own keys`(command: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(array(), to: "x.npy")
    let terminal = try ScreenTerminal(
      program: "/bin/sh",
      ["-c", "cd '\(folder.path)' && " + command.replacing("%", with: product("convwalk"))])
    try terminal.wait { $0.isAlternate && $0.lines[0].contains("0 of 9") }
    terminal.send("  ")
    try terminal.wait { $0.lines[0].contains("2 of 9") }
    terminal.send("\u{1B}[B")
    try terminal.wait { $0.lines[0].contains("5 of 9") }
    terminal.resize(columns: 90, rows: 30)
    terminal.send("v")
    try terminal.wait { $0.lines.contains { $0.contains("PyTorch") } }
    terminal.send("q")
    #expect(try terminal.finish() == .exited(0))
    terminal.expectGivenBack("after q")
  }

  @Test func `is refused where there is no terminal to take keys from`() throws {
    guard access("/usr/bin/setsid", X_OK) == 0 else { return }
    let terminal = try PseudoTerminal(
      "/bin/sh",
      ["-c", "/usr/bin/setsid -w '\(product("convwalk"))' explore 5x5x1 conv:3 < /dev/null"])
    let (ending, output) = try terminal.finish()
    #expect(ending == .exited(69))
    #expect(
      output
        == "convwalk: Standard input is not a terminal, and there is no other (/dev/tty) to take "
        + "keys from: use --plain, `convwalk trace` or `convwalk frame`, which need no terminal.\r\n"
    )
  }

  @Test func `is refused where the screen would go into a pipe`() throws {
    let terminal = try PseudoTerminal(
      "/bin/sh", ["-c", "'\(product("convwalk"))' explore 5x5x1 conv:3 | cat"])
    let (_, output) = try terminal.finish()
    #expect(
      output == "convwalk: Standard output is not a terminal, so the screen cannot be drawn: use "
        + "--plain, `convwalk trace` or `convwalk frame`, which need no terminal.\r\n")
  }
}

@Suite struct `A machine that lacks` {
  /// Runs a command where folders are empty; nil where this user may not do that.
  private func run(without folders: [String], _ command: String) throws -> (
    status: Ending, output: String
  )? {
    let mounts = folders.map { "{ [ ! -d \($0) ] || mount -t tmpfs none \($0); }" }.joined(
      separator: " && ")
    let may = try runProgram("/usr/bin/env", ["unshare", "-m", "sh", "-c", mounts])
    guard may.status == 0 else { return nil }
    let terminal = try PseudoTerminal(
      "/usr/bin/env",
      ["unshare", "-m", "sh", "-c", "\(mounts) && '\(product("convwalk"))' \(command)"])
    let (ending, output) = try terminal.finish()
    return (ending, output)
  }

  @Test(arguments: ["", "explore 5x5x1 conv:3", "lesson worked-example"])
  func `a terminfo database says so`(command: String) throws {
    let folders = ["/etc/terminfo", "/lib/terminfo", "/usr/lib/terminfo", "/usr/share/terminfo"]
    guard let (ending, output) = try run(without: folders, command) else { return }
    #expect(ending == .exited(69))
    #expect(
      output
        == "convwalk: No terminal is described on this machine, so the screen cannot be drawn: "
        + "install terminfo (ncurses-base, or ncurses-terminfo-base), or name its folder in TERMINFO, "
        + "or use --plain, `convwalk trace` or `convwalk frame`, which need no terminal.\r\n")
  }

  @Test(arguments: ["", "shape 5x5x1 conv:3", "--version"])
  func `proc says so`(command: String) throws {
    guard let (ending, output) = try run(without: ["/proc"], command) else { return }
    #expect(ending == .exited(69))
    #expect(
      output
        == "convwalk: the command line cannot be read, because /proc is not mounted here; mount "
        + "it, for example with 'mount -t proc proc /proc'.\r\n")
  }
}

@Suite struct `Progress that cannot be written` {
  private static let said = "your progress is not kept: "

  @Test(arguments: [
    ["XDG_STATE_HOME": "/dev/null/state"], ["XDG_STATE_HOME": "", "HOME": ""],
    ["XDG_STATE_HOME": "/proc/state"],
  ])
  func `is said on the screen and at the end, once each`(environment: [String: String]) throws {
    let terminal = try ScreenTerminal(["lesson", "worked-example"], environment: environment)
    try terminal.wait { $0.lines.joined().contains(Self.said) }
    terminal.send(" ")
    try terminal.wait { !$0.lines.joined().contains(Self.said) }
    terminal.send("\u{1B}[6~\u{1B}[6~")
    try terminal.wait { $0.lines[0].contains("stop 3 of") }
    #expect(!terminal.screen.lines.joined().contains(Self.said))
    terminal.send("q")
    #expect(try terminal.finish() == .exited(0))
    terminal.expectGivenBack("after q")
    let lines = terminal.screen.lines.joined()
    #expect(lines.ranges(of: "convwalk: " + Self.said).count == 1, "\(lines)")
  }

  @Test func `is not said where it is written`() throws {
    let home = try TemporaryFolder()
    defer {
      for name in home.names(in: "convwalk") { unlink("\(home.path)/convwalk/\(name)") }
      rmdir("\(home.path)/convwalk")
    }
    let terminal = try ScreenTerminal(
      ["lesson", "worked-example"], environment: ["XDG_STATE_HOME": home.path])
    try terminal.wait { $0.lines[0].contains("stop 1 of") }
    terminal.send("q")
    #expect(try terminal.finish() == .exited(0))
    #expect(!terminal.screen.lines.joined().contains(Self.said))
  }
}
