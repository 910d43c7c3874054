import ArgumentParser
import Lessons

/// `convwalk lessons`: the list of lessons as text.
struct LessonsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lessons",
    abstract: "Print the list of lessons: name, title, how far you are, and what each is about.")

  @Option(
    help: ArgumentHelp("The folder of the lessons, if not the usual one.", valueName: "folder"))
  var lessons: String?

  func run() throws {
    let (progress, problem) = ProgressStore().load()
    let lessons = try headings()
    let width = lessons.map { $0.name.unicodeScalars.count }.max() ?? 0
    var output = StandardOutput()
    for (name, heading) in lessons {
      for line in progress.lines(of: name, heading, nameWidth: width) {
        try output.write(line: line)
      }
    }
    try output.flush()
    if let problem { throw CommandFailure.progress(problem) }
  }

  private func headings() throws(CommandFailure) -> [(name: String, heading: LessonHeading)] {
    do throws(LessonError) {
      let catalogue = try Catalogue(folder: LessonsFolder(option: lessons).path())
      return try catalogue.names.map { name throws(LessonError) in
        (name, try catalogue.heading(of: name))
      }
    } catch {
      throw .lesson(error)
    }
  }
}
