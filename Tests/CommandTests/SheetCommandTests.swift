import Testing

@Suite struct `The command sheet` {
  @Test func `prints a sheet with room for answers, and its key behind a form feed`() throws {
    let result = try run(["sheet", "--seed", "7", "--count", "3", "--topics", "sizes,code"])
    #expect(result.status == 0)
    #expect(result.stderr == "")
    let pages = result.stdout.split(separator: "\u{0C}")
    #expect(pages.count == 2)
    #expect(pages[0].split(separator: "\n").count { $0.hasPrefix("Answer: ____") } == 3)
    #expect(
      pages[1].contains(
        "\nTo the sheet of convwalk sheet --seed 7 --count 3 --topics sizes,code\n"))
    #expect(
      try run(["sheet", "--seed", "7", "--count", "3", "--topics", "sizes,code"]).stdout
        == result.stdout)
  }

  @Test func `shows each answer by the command that its key names`() throws {
    let key = try run(["sheet", "--seed", "4", "--count", "20"]).stdout.split(separator: "\u{0C}")[
      1]
    let commands = key.split(separator: "\n").filter { $0.hasPrefix("  convwalk explore ") }
    #expect(commands.count == 20)
    for command in commands {
      let words = command.split(separator: " ").map { String($0).replacing("'", with: "") }
      let frame = try run(["frame"] + words.dropFirst(2))
      #expect(frame.status == 0, "\(command): \(frame.stderr)")
      #expect(frame.stdout.split(separator: "\n", omittingEmptySubsequences: false).count == 25)
    }
  }

  @Test func `can be written as Markdown`() throws {
    let sheet = try run(["sheet", "--count", "2", "--format", "markdown"]).stdout
    #expect(sheet.hasPrefix("# Exercises\n"))
    #expect(sheet.contains("\n<div style=\"page-break-after: always\"></div>\n\n# Key\n"))
  }

  @Test(arguments: [
    (
      ["--topics", "sizes,size"], "\"size\" is no topic of exercises; the topics are sizes, pools, "
    ),
    (["--topics", ""], "\"\" is no topic of exercises; the topics are "),
    (["--count", "0"], "the number of exercises is \"0\"; write a whole number from 1 to 500."),
    (
      ["--count", "501"], "the number of exercises is \"501\"; write a whole number from 1 to 500."
    ),
    (
      ["--count", "many"],
      "the number of exercises is \"many\"; write a whole number from 1 to 500."
    ),
    (["--seed", "-1"], "the seed is \"-1\"; it must be a whole number from 0 to "),
  ])
  func `says what is wrong on the command line`(words: [String], problem: String) throws {
    let result = try run(["sheet"] + words)
    #expect(result.status == 64)
    #expect(result.stdout == "")
    #expect(result.stderr.hasPrefix("convwalk: \(problem)"), "\(result.stderr)")
  }
}
