import ArgumentParser
import ExactNumbers
import Lessons
import Player

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

  @Argument(
    help: ArgumentHelp("Files of lessons or networks.", valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var files: [String] = []

  @Option(
    help: ArgumentHelp("The folder of the lessons, if not the usual one.", valueName: "folder"),
    completion: .directory)
  var lessons: String?

  func run() throws {
    let (problems, checked, failure) = try found()
    var output = StandardOutput()
    for problem in problems { try output.write(line: "\(problem)") }
    if problems.isEmpty, failure == nil {
      try output.write(line: "\(checked) checked, no problem found.")
    }
    try output.flush()
    if let failure { throw failure }
    if !problems.isEmpty { throw CommandFailure.problemsFound(problems.count, in: checked) }
  }

  private func render(_ lesson: Lesson, _ stop: Int) -> [String] {
    StopScreens.problems(in: lesson, stop: stop)
  }

  /// What is wrong, in which files, and what kept one from being read at all.
  private func found() throws(CommandFailure) -> ([LessonProblem], CheckedFiles, CommandFailure?) {
    guard files.isEmpty else { return foundInFiles() }
    return try rethrowing(as: CommandFailure.lesson) { () throws(LessonError) in
      let folder = try LessonsFolder(option: lessons).path()
      let (problems, checked) = try LessonCheck.problems(inFolder: folder, render: render)
      return (problems, checked, nil)
    }
  }

  private func foundInFiles() -> ([LessonProblem], CheckedFiles, CommandFailure?) {
    var sources: [LessonSource] = []
    var failure: CommandFailure?
    for path in files {
      do throws(LessonError) {
        sources.append(try LessonSource(path: path))
      } catch {
        failure = failure ?? .lesson(error)
      }
    }
    let problems = LessonCheck.problems(in: sources, render: render)
    return (problems, CheckedFiles(sources), failure)
  }
}
