import ArgumentParser
import Lessons

/// `convwalk check`: everything that is wrong with lessons and networks.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check lessons and networks: compute every claim, see that all fits.",
    discussion: """
      For example, a lesson of your own:

        $ convwalk check my-lesson.yaml

      Without files, all lessons of the list, that every lesson's file is in it, and all networks.
      Each problem is told as file:line:column, what was found, what is expected and how to mend
      it; the exit status is then 1.
      """)

  @Argument(help: ArgumentHelp("Files of lessons or networks.", valueName: "file"))
  var files: [String] = []

  @Option(
    help: ArgumentHelp("The folder of the lessons, if not the usual one.", valueName: "folder"))
  var lessons: String?

  func run() throws {
    let (problems, checked) = try found()
    var output = StandardOutput()
    for problem in problems { try output.write(line: "\(problem)") }
    if problems.isEmpty {
      try output.write(line: "\(checked) checked, no problem found.")
    }
    try output.flush()
    if !problems.isEmpty { throw CommandFailure.problemsFound(problems.count, in: checked) }
  }

  private func found() throws(CommandFailure) -> (problems: [LessonProblem], checked: CheckedFiles)
  {
    do throws(LessonError) {
      guard files.isEmpty else {
        let sources = try files.map { path throws(LessonError) in try LessonSource(path: path) }
        return (LessonCheck.problems(in: sources), CheckedFiles(sources))
      }
      let folder = try LessonsFolder(option: lessons).path()
      return try LessonCheck.problems(inFolder: folder)
    } catch {
      throw .lesson(error)
    }
  }
}
