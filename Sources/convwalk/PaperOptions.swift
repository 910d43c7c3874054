import ArgumentParser
import Lessons

/// How --print writes what it prints.
struct PaperOptions: ParsableArguments {
  @Option(help: "How --print writes it: text or markdown.")
  var format: Page.Format?

  @Flag(
    name: .customLong("no-answers"),
    help: "With --print, leave out the answers, and the networks' sizes that would tell some.")
  var withoutAnswers = false

  /// Refuses what has no effect.
  func check(printed: Bool) throws(CommandFailure) {
    guard !printed else { return }
    if format != nil { throw .usage(.needs(option: "--format", needed: "--print")) }
    if withoutAnswers { throw .usage(.needs(option: "--no-answers", needed: "--print")) }
  }

  /// A lesson, or one stop of it.
  func lines(of lesson: Lesson, stop: Int? = nil) -> [String] {
    HandOut.lines(of: lesson, format ?? .text, stop: stop, hasAnswers: !withoutAnswers)
  }

  /// All lessons of a folder, each on a page of its own, behind what each is about; at the end the
  /// words.
  func course(in lessons: String?) throws(LessonError) -> [String] {
    let catalogue = try Catalogue(folder: LessonsFolder(option: lessons).path())
    var lines = try HandOut.title(of: catalogue, format ?? .text)
    for name in catalogue.names {
      lines += self.lines(of: try catalogue.lesson(named: name))
      lines += Page.pageBreak(format ?? .text)
    }
    return lines + WordsPage.lines(format ?? .text)
  }
}

extension Page.Format: OptionWord {}
