import Glibc
import Testing

@Suite struct `The command practice` {
  @Test func `asks in sentences, the same from the same seed`() throws {
    let line = ["practice", "sizes", "--seed", "3", "--plain"]
    let result = try run(line, stdin: "99\n??\nq\n")
    #expect(result.status == 0)
    #expect(result.stderr == "")
    #expect(
      result.stdout.contains(
        "\nNot yet. ? gives a hint, ?? the answer.\nAnswer:\nThe answer is 30.\n"))
    #expect(
      result.stdout.hasSuffix("You leave after 1 exercise.\nsizes: 0 of 1 at the first try.\n"))
    #expect(try run(line, stdin: "99\n??\nq\n").stdout == result.stdout)
  }

  @Test func `ends where the input does`() throws {
    #expect(try run(["practice", "--plain"]).status == 0)
  }

  @Test func `can be the final test, with an account at its end`() throws {
    let lines = String(repeating: "\n", count: 20)
    let result = try run(["practice", "--test", "--plain", "--seed", "1"], stdin: lines)
    #expect(
      result.stdout.contains("\n0 of 20 right.\nRead again:\n  sizes: “Counting positions”, "))
  }

  @Test func `asks in sentences what was missed, and keeps what is found now`() throws {
    let folder = try TemporaryFolder()
    defer {
      for name in ["lock", "progress"] { unlink("\(folder.path)/convwalk/\(name)") }
      rmdir("\(folder.path)/convwalk")
    }
    let environment = ["XDG_STATE_HOME": folder.path]
    _ = try run(
      ["lesson", "one-window", "--stop", "2", "--plain"], stdin: "\n\n??\n",
      environment: environment)
    let line = ["practice", "--missed", "--plain"]
    let result = try run(line, stdin: "\n\n9\n\n\n", environment: environment)
    #expect(result.status == 0 && result.stderr == "")
    #expect(result.stdout.hasPrefix("1 question that you did not find at the first try.\n"))
    #expect(result.stdout.contains("\nReview, question 1 of 1, of “One window”.\nStop 2 of 8: "))
    #expect(
      result.stdout.hasSuffix("The review is over: no question is missed any more.\n"),
      "\(result.stdout)")
    #expect(
      try run(line, environment: environment).stdout.hasPrefix("No question is missed: "))
  }

  @Test(arguments: [
    (["size"], "\"size\" is no topic of exercises; the topics are sizes, pools, "),
    (["--seed", "x"], "the seed is \"x\"; it must be a whole number "),
    (["--test", "--missed"], "--test and --missed "),
    (["--test", "sizes"], "--test and sizes "),
    (["--missed", "--seed", "1"], "--missed and --seed "),
  ])
  func `says what is wrong on the command line`(words: [String], problem: String) throws {
    let result = try run(["practice"] + words)
    #expect(result.status == 64)
    #expect(result.stderr.hasPrefix("convwalk: \(problem)"), "\(result.stderr)")
  }
}
