import ArgumentParser
import ExactNumbers
import Lessons

/// `convwalk lessons`: the list of lessons as text.
struct LessonsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lessons",
    abstract: "Print the list of lessons: name, title, how far you are, and what each is about.")

  @Option(
    help: ArgumentHelp("The folder of the lessons, if not the usual one.", valueName: "folder"),
    completion: .directory)
  var lessons: String?

  func run() throws {
    let (progress, problem) = ProgressStore().load()
    let (lessons, broken) = try headings()
    let width = lessons.map { $0.name.unicodeScalars.count }.max() ?? 0
    var output = StandardOutput()
    for (name, heading) in lessons {
      for line in progress.lines(of: name, heading, nameWidth: width) {
        try output.write(line: line)
      }
    }
    try output.flush()
    if let broken { throw CommandFailure.lesson(broken) }
    if let problem { throw CommandFailure.progress(problem) }
  }

  /// The lessons that can be read, and what is wrong with the first that cannot.
  private func headings() throws(CommandFailure) -> (
    [(name: String, heading: LessonHeading)], LessonError?
  ) {
    let catalogue = try rethrowing(
      try Catalogue(folder: LessonsFolder(option: lessons).path()), as: CommandFailure.lesson)
    var headings: [(name: String, heading: LessonHeading)] = []
    var broken: LessonError?
    for name in catalogue.names {
      do throws(LessonError) {
        headings.append((name, try catalogue.heading(of: name)))
      } catch {
        broken = broken ?? error
      }
    }
    return (headings, broken)
  }
}
