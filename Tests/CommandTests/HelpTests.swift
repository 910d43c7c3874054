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
