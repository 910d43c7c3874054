import ArgumentParser
import Lessons
import Player

/// `convwalk lesson`: the player on a lesson.
struct LessonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lesson",
    abstract: "Open a lesson on the screen.",
    discussion: """
      For example:

        $ convwalk lesson worked-example

      A name that contains / or ends in .yaml is a file of your own. ? on the screen lists the
      keys.
      """)

  static let first = "worked-example"

  @Argument(help: "The lesson's name, or a lesson file.")
  var name = first

  @Option(
    help: ArgumentHelp("The folder of the lessons, if not the usual one.", valueName: "folder"))
  var lessons: String?

  @OptionGroup var start: StartOptions
  @OptionGroup var terminal: TerminalOptions

  func run() throws {
    let lesson: Lesson
    do throws(LessonError) {
      lesson = try Lesson.open(name, lessons: lessons)
    } catch {
      throw CommandFailure.lesson(error)
    }
    try MainActor.assumeIsolated {
      try PlayerSession.run(
        Presentation(lesson), terminal: terminal.options, prepare: start.prepare)
    }
  }
}

extension Lesson {
  /// Opens a lesson by its name in the catalogue, or by its path.
  static func open(_ name: String, lessons: String?) throws(LessonError) -> Lesson {
    if name.contains("/") || name.hasSuffix(".yaml") { return try Lesson(contentsOf: name) }
    return try Catalogue(folder: LessonsFolder(option: lessons).path()).lesson(named: name)
  }
}
