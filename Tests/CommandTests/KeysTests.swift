import Glibc
import Testing

/// A folder that holds a person's own keys, as `XDG_CONFIG_HOME`.
private func configuration(_ keys: String?) throws -> TemporaryFolder {
  let folder = try TemporaryFolder()
  guard mkdir("\(folder.path)/convwalk", 0o700) == 0 else {
    throw TestHarnessError(description: "a folder could not be made")
  }
  if let keys { try folder.write(Array(keys.utf8), to: "convwalk/keys") }
  return folder
}

private func clear(_ folder: TemporaryFolder) {
  unlink("\(folder.path)/convwalk/keys")
  rmdir("\(folder.path)/convwalk/keys")
  rmdir("\(folder.path)/convwalk")
}

@Suite struct `The file of keys` {
  @Test func `is read from the configuration folder, and printed`() throws {
    let folder = try configuration("next n\nsearch-next\n")
    defer { clear(folder) }
    let own = try run(["keys"], environment: ["XDG_CONFIG_HOME": folder.path])
    #expect(own.stdout.contains("\nnext              n\n"))
    #expect(own.stdout.contains("\nsearch-next\n"))
    let standard = try run(["keys", "--standard"], environment: ["XDG_CONFIG_HOME": folder.path])
    #expect(standard.stdout == (try run(["keys"]).stdout))
    #expect(standard.stdout.contains("\nnext              Space Enter\n"))
  }

  @Test func `is refused by line, with all that is wrong in it`() throws {
    let folder = try configuration("# mine\nnext q\nnxet a\n")
    defer { clear(folder) }
    let result = try run(["keys"], environment: ["XDG_CONFIG_HOME": folder.path])
    let path = "\(folder.path)/convwalk/keys"
    #expect(result.status == 65)
    #expect(
      result.stderr == """
        convwalk: \(path):2: q is always quit; take another key.
        \(path):3: "nxet" is not a command; convwalk keys lists them.

        """)
  }

  @Test func `that is wrong in every line is refused by the first of them`() throws {
    let folder = try configuration(String(repeating: "x\n", count: 30_000))
    defer { clear(folder) }
    let result = try run(["keys"], environment: ["XDG_CONFIG_HOME": folder.path])
    let lines = result.stderr.split(separator: "\n")
    #expect(lines.count == 21 && lines.last == "and 29980 more problems.")
  }

  @Test func `is never waited for, and too large a one is not read`() throws {
    let folder = try configuration(String(repeating: "#", count: 70_000))
    defer { clear(folder) }
    let path = "\(folder.path)/convwalk/keys"
    func complaint() throws -> String {
      let result = try run(["keys"], environment: ["XDG_CONFIG_HOME": folder.path])
      #expect(result.status == 66)
      return result.stderr
    }
    #expect(try complaint().contains("it has more than 65536 bytes"))
    #expect(unlink(path) == 0 && mkfifo(path, 0o600) == 0)
    #expect(try complaint().contains("it is not a regular file"))
    #expect(unlink(path) == 0 && mkdir(path, 0o700) == 0)
    #expect(try complaint().contains("it is a directory"))
    #expect(rmdir(path) == 0 && symlink(path, path) == 0)
    #expect(try complaint().contains("Too many levels of symbolic links"))
    #expect(unlink(path) == 0 && symlink("\(path)-gone", path) == 0)
    #expect(try complaint().contains("there is no such file"))
  }

  @Test func `holds on the screen, and not for --keys`() throws {
    let folder = try configuration("next Z\nback Left\nleft z\n")
    defer { clear(folder) }
    let terminal = try ScreenTerminal(
      ["explore", "5x5x1", "conv:3", "--keys", "Space"],
      environment: ["XDG_CONFIG_HOME": folder.path])
    try terminal.wait {
      $0.lines[0].hasSuffix("conv  1 of 9") && $0.lines[23].hasPrefix(" Z next  ← back")
    }
    terminal.send("ZZ\u{1B}[D")
    try terminal.wait { $0.lines[0].hasSuffix("conv  2 of 9") }
    terminal.send("q")
    #expect(try terminal.finish() == .exited(0))
  }

  @Test func `that is wrong leaves the terminal alone`() throws {
    let folder = try configuration("next\nquit 1\n")
    defer { clear(folder) }
    let terminal = try PseudoTerminal(
      product("convwalk"), ["explore", "5x5x1", "conv:3"],
      environment: ["XDG_CONFIG_HOME": folder.path])
    let modes = terminal.modesAtStart
    let (ending, output) = try terminal.finish()
    #expect(ending == .exited(65))
    #expect(
      output == "convwalk: \(folder.path)/convwalk/keys:2: 1 begins a count; take a key other "
        + "than 1 to 9.\r\n")
    #expect(terminal.modes == modes)
  }
}
