import ArgumentParser
import Lessons

/// `convwalk check`: everything that is wrong with lessons.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check lessons: compute every claim, walk every stop, see that it fits.",
    discussion: """
      For example, a lesson of your own:

        $ convwalk check my-lesson.yaml

      Without files, all lessons of the list, and that every lesson's file is in it. Each problem
      is told as file:line:column, what was found, what is expected and how to mend it; the exit
      status is then 1.
      """)

  @Argument(help: ArgumentHelp("Lesson files.", valueName: "file"))
  var files: [String] = []

  @Option(
    help: ArgumentHelp("The folder of the lessons, if not the usual one.", valueName: "folder"))
  var lessons: String?

  func run() throws {
    let (problems, count) = try found()
    var output = StandardOutput()
    for problem in problems { try output.write(line: "\(problem)") }
    if problems.isEmpty {
      try output.write(line: "\(count) lesson\(count == 1 ? "" : "s") checked, no problem found.")
    }
    try output.flush()
    if !problems.isEmpty { throw CommandFailure.problemsFound(problems.count, lessons: count) }
  }

  private func found() throws(CommandFailure) -> (problems: [LessonProblem], lessons: Int) {
    do throws(LessonError) {
      guard files.isEmpty else {
        let sources = try files.map { path throws(LessonError) in try LessonSource(path: path) }
        return (LessonCheck.problems(in: sources), sources.count)
      }
      let folder = try LessonsFolder(option: lessons).path()
      return try LessonCheck.problems(inFolder: folder)
    } catch {
      throw .lesson(error)
    }
  }
}
