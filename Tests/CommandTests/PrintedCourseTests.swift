import Testing

@Suite struct `What is printed` {
  @Test func `can be the whole course, each lesson on a page of its own, the words on the last`()
    throws
  {
    let names = try run(["lessons"]).stdout.split(separator: "\n").filter { !$0.hasPrefix(" ") }
    let course = try run(["course", "--print", "--no-answers"])
    #expect(course.status == 0, "\(course.stderr)")
    let pages = course.stdout.split(separator: "\u{0C}")
    #expect(pages.count == names.count + 2)
    #expect(pages[0].hasPrefix("The course\n==========\n\n1. "))
    #expect(pages.last?.hasPrefix("\nWords\n=====\n\n1×1. ") == true)
    #expect(!course.stdout.contains("\nAnswers\n") && !course.stdout.contains("\nAnswer\n"))
    let whole = try run(["course", "--print", "--format", "markdown"]).stdout
    #expect(whole.contains("\n## Answers\n"))
  }

  @Test(arguments: ["lesson sliding", "course"])
  func `without --print has no use for what is said of paper`(words: String) throws {
    for option in [["--no-answers"], ["--format", "text"]] {
      let result = try run(words.split(separator: " ").map(String.init) + option)
      #expect(result.status == 64)
      #expect(result.stderr.contains("--print"), "\(result.stderr)")
    }
  }

  @Test func `of a lesson can be without its answers`() throws {
    let lines = try run(["lesson", "sliding", "--print", "--no-answers"]).stdout
    #expect(lines.contains("\nQuestion 2. "))
    #expect(!lines.contains("Answers") && !lines.contains("The network"))
  }

  @Test func `can be all formulas`() throws {
    let page = try run(["formulas", "--format", "markdown"])
    #expect(page.status == 0)
    #expect(page.stdout.hasPrefix("# Formulas\n"))
  }
}
