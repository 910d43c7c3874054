import Testing

/// The documents' sessions: blocks of ```` ```console ````, in which a line that begins with `$ ` is
/// typed and the others are what comes. Interactive ones stand in ```` ```sh ```` and are not run.
@Suite("The README") struct ReadmeTests {
  static let documents = [
    "README.md", "Sources/README.md", "Sources/TensorFiles/README.md",
    "Tests/Benchmarks/README.md", "lessons/ERRATA.md", "lessons/README.md",
    "lessons/networks/README.md",
  ]

  @Test func `is known to the tests, like every document`() throws {
    let found = try runProgram(
      "/usr/bin/find", [".", "-name", "*.md", "-not", "-path", "./.*", "-printf", "%P\\n"],
      directory: projectFolder)
    #expect(
      Set(found.stdout.split(separator: "\n").map(String.init)) == Set(ReadmeTests.documents))
  }

  @Test(arguments: documents)
  func `shows what its commands print`(document: String) throws {
    let sessions = try sessions(of: document)
    #expect(
      !sessions.isEmpty || !["README.md", "Sources/TensorFiles/README.md"].contains(document))
    // Later sessions use the files of earlier ones.
    let folder = try TemporaryFolder()
    for session in sessions {
      let lines = session.split(separator: "\n", omittingEmptySubsequences: false)
      let commands = lines.filter { $0.hasPrefix("$ ") }.map { $0.dropFirst(2) }
      #expect(!commands.isEmpty)
      let printed = try shell(commands, in: folder)
      #expect(printed == lines.filter { !$0.hasPrefix("$ ") }.map { "\($0)\n" }.joined())
    }
  }

  @Test func `opens with a picture that its command still makes`() throws {
    let readme = try readmeText()
    let command = try #require(readme.firstMatch(of: #/\(`convwalk (frame [^`]*)` made this/#)).1
    let path = try #require(readme.firstMatch(of: #/\]\(([a-z/-]+\.svg)\)/#)).1
    let picture = try run(command.split(separator: " ").map(String.init))
    #expect(picture.status == 0)
    #expect(picture.stdout == (try readmeText(String(path))))
  }

  /// A file is named with its folders, or alone where a folder was named before it.
  @Test func `sends a newcomer to files that are there`() throws {
    let found = try runProgram(
      "/usr/bin/find", ["Sources", "Tests", "-name", "*.swift"], directory: projectFolder)
    let files = found.stdout.split(separator: "\n")
    let named = try readmeText("Sources/README.md").matches(of: #/`([A-Za-z0-9+/]+\.swift)`/#)
    // `X` stands for any kind.
    let wanted = Set(named.map(\.1).filter { !$0.contains(#/(^|\/)X[.+]/#) })
    #expect(wanted.count > 60)
    for name in wanted {
      #expect(files.contains { $0 == name || $0.hasSuffix("/\(name)") }, "\(name)")
    }
  }

  @Test func `names every command`() throws {
    let readme = try readmeText()
    let help = try run(["--help"]).stdout.split(separator: "\n")
    let start = try #require(help.firstIndex(of: "SUBCOMMANDS:"))
    let names = help[(start + 1)...].compactMap { line -> Substring? in
      guard line.hasPrefix("  "), !line.hasPrefix("   "), !line.hasPrefix("  See") else {
        return nil
      }
      return line.split(separator: " ").first
    }
    #expect(names.contains("shape"))
    // What runs without a name is the program alone.
    for name in names where name != "course" {
      #expect(readme.contains("**`\(name)`**") || readme.contains("**`convwalk \(name)"), "\(name)")
    }
  }
}

func readmeText(_ document: String = "README.md") throws -> String {
  let result = try runProgram("/bin/cat", [projectFolder + "/" + document])
  guard result.status == 0 else { throw TestHarnessError(description: result.stderr) }
  return result.stdout
}

private func sessions(of document: String) throws -> [String] {
  let parts = try readmeText(document).split(separator: "```", omittingEmptySubsequences: false)
  return parts.filter { $0.hasPrefix("console\n") }.map { String($0.dropFirst(8).dropLast()) }
}

/// What commands print when they are typed one after the other, both outputs together.
private func shell(_ commands: [Substring], in folder: TemporaryFolder) throws -> String {
  let script = (["exec 2>&1"] + commands.map(String.init)).joined(separator: "\n")
  let programs = product("convwalk").split(separator: "/", omittingEmptySubsequences: false)
  let path = programs.dropLast().joined(separator: "/") + ":/usr/bin:/bin"
  return try runProgram(
    "/bin/sh", ["-c", script], environment: ["PATH": path], directory: folder.path
  ).stdout
}
