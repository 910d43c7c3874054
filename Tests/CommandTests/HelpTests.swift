import Testing

@Suite struct `The help` {
  static let commands = ["shape", "trace", "compute"]

  @Test(arguments: commands)
  func `of a command shows an example that runs as shown`(command: String) throws {
    let help = try run([command, "--help"]).stdout.split(
      separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(help.firstIndex { $0.hasPrefix("  $ convwalk ") })
    let shown = help[(start + 1)...].prefix { !$0.isEmpty }.map { $0.dropFirst(2) }
    let arguments = help[start].dropFirst("  $ convwalk ".count).split(separator: " ").map {
      String($0.filter { $0 != "'" })
    }
    #expect(try run(arguments).stdout == shown.joined(separator: "\n") + "\n")
  }

  @Test(arguments: commands + ["explore", "frame"])
  func `of a command shows every kind of subject by an example that runs`(command: String) throws {
    let help = try run([command, "--help"]).stdout
    let examples = help.split(separator: "\n").filter { $0.hasPrefix("  $ convwalk ") }
      .map { $0.dropFirst("  $ convwalk ".count) }
    for option in [" --image ", " --lesson ", " --network ", " --input ", " --head "] {
      #expect(examples.contains { $0.contains(option) }, "\(option)")
    }
    for example in examples {
      // What would open the screen is drawn once instead.
      let line = example.replacing(/^explore/, with: "frame")
      let result = try runProgram(
        "/bin/sh", ["-c", "exec \(product("convwalk")) \(line)"],
        directory: projectFolder)
      #expect(result.status == 0 && result.stderr == "", "\(example): \(result.stderr)")
    }
  }

  @Test func `names every network`() throws {
    let help = try run(["shape", "--help"]).stdout.replacing("\n", with: " ")
    let files = try runProgram("/bin/ls", [projectFolder + "/lessons/networks"])
    let names = files.stdout.split(separator: "\n").filter { $0.hasSuffix(".yaml") }
    #expect(names.count >= 9)
    for name in names { #expect(help.contains(" \(name.dropLast(5)),"), "\(name)") }
  }

  @Test func `tells the version`() throws {
    #expect(try run(["--version"]).stdout == "0.1.0\n")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `makes completions for a shell`(shell: String) throws {
    let result = try run(["--generate-completion-script", shell])
    #expect(result.stdout.contains("compute"))
    #expect(result.status == 0)
  }
}
