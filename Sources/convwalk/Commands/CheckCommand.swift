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
    let report = try report()
    var output = StandardOutput()
    for problem in report.problems { try output.write(line: "\(problem)") }
    if report.problems.isEmpty, report.unreadable == nil {
      try output.write(line: "\(report.checked) checked, no problem found.")
    }
    try output.flush()
    if let unreadable = report.unreadable { throw CommandFailure.lesson(unreadable) }
    if !report.problems.isEmpty {
      throw CommandFailure.problemsFound(report.problems.count, in: report.checked)
    }
  }

  private func render(_ lesson: Lesson, _ stop: Int) -> [String] {
    StopScreenCheck.problems(in: lesson, stop: stop)
  }

  private func report() throws(CommandFailure) -> CheckReport {
    guard files.isEmpty else {
      let (sources, unreadable) = LessonSource.read(files)
      return CheckReport(
        problems: LessonCheck.problems(in: sources, render: render),
        checked: CheckedFiles(sources), unreadable: unreadable)
    }
    return try rethrowing(as: CommandFailure.lesson) { () throws(LessonError) in
      let folder = try LessonsFolder(option: lessons).path()
      return try LessonCheck.report(onFolder: folder, render: render)
    }
  }
}
