import ArgumentParser
import CursesTerminal
import ExactNumbers
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

      A name that contains / or ends in .yaml is a file of your own.
      ? on the screen lists the keys.
      """)

  @Argument(help: "The lesson's name, or a lesson file.", completion: .lesson)
  var name: String

  @Option(
    help: ArgumentHelp("The folder of the lessons, if not the usual one.", valueName: "folder"),
    completion: .directory)
  var lessons: String?

  @Option(
    parsing: .unconditional,
    help: "The stop to begin at, from 1; with --print the only one that is printed.")
  var stop: String?

  @Flag(help: "Say the lesson as sentences, for a screen reader; Enter goes on.")
  var plain = false

  @Flag(help: "Read a lesson file again whenever it is saved, at the same stop.")
  var watch = false

  @Flag(name: .customLong("print"), help: "Print the lesson as a hand-out.")
  var printed = false

  @OptionGroup var paper: PaperOptions

  @OptionGroup var start: StartOptions
  @OptionGroup var terminal: TerminalOptions

  func run() throws {
    let ways = [("--print", printed), ("--plain", plain), ("--watch", watch)].filter(\.1)
    if ways.count > 1 { throw CommandFailure.usage(.contradiction(ways[0].0, ways[1].0)) }
    try paper.check(printed: printed)
    let lesson = try LessonCommand.open(name, lessons: lessons)
    let first = try lesson.index(ofStop: stop)
    if printed { return try printHandOut(lesson, stop: first) }
    if plain { return try sayPlainly(lesson) }
    let path = watch ? try Lesson.path(name, lessons: lessons) : nil
    try LessonCommand.play(
      lesson, lessons: lessons, terminal: terminal.options,
      watched: path.map { WatchedLesson($0, like: lesson) }
    ) { player, library throws(CommandFailure) in
      var effects: [Player.Effect] = []
      if start.at == nil {
        let opened = player.open(lesson, record: library.record(of: lesson), at: first)
        effects = player.carryOut(opened, everything: false)
      }
      try start.prepare(&player)
      return effects
    }
  }

  /// Opens a lesson where the learner stopped.
  static func run(_ name: String) throws {
    let lesson = try open(name, lessons: nil)
    try play(lesson) { player, library in
      player.open(lesson, record: library.record(of: lesson), at: nil)
    }
  }

  private static func open(_ name: String, lessons: String?) throws(CommandFailure) -> Lesson {
    do throws(LessonError) {
      return try Lesson.open(name, lessons: lessons)
    } catch {
      throw .lesson(error)
    }
  }

  private static func play(
    _ lesson: Lesson, lessons: String? = nil, terminal: Terminal.Options = Terminal.Options(),
    watched: WatchedLesson? = nil,
    start: sending (inout Player, LessonLibrary) throws(CommandFailure) -> [Player.Effect]
  ) throws {
    let library = LessonLibrary(folder: lessons)
    try MainActor.assumeIsolated {
      try PlayerSession.run(terminal: terminal, library: library, watched: watched) {
        size, options throws(CommandFailure) in
        var player = Player(Presentation(lesson), size: size, options: options)
        let effects = try start(&player, library)
        return (player, effects)
      }
    }
  }
}

extension LessonCommand {
  private func printHandOut(_ lesson: Lesson, stop: Int?) throws(CommandFailure) {
    var output = StandardOutput()
    for line in paper.lines(of: lesson, stop: stop) {
      try output.write(line: line)
    }
    try output.flush()
  }

  /// Reads lines and says what follows, until the lesson or the input ends.
  private func sayPlainly(_ lesson: Lesson) throws(CommandFailure) {
    let library = LessonLibrary(folder: lessons)
    let record = library.record(of: lesson)
    var plain = PlainLesson(lesson, record: record, at: try lesson.index(ofStop: stop))
    var kept = record
    var problem: ProgressProblem?
    try plain.hold { plain in
      if plain.record != kept, problem == nil { problem = library.keep(plain.record) }
      kept = plain.record
    }
    if let problem { throw .progress(problem) }
  }
}

/// `convwalk` alone: the list of lessons.
struct CourseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "course",
    abstract: "Choose a lesson on the screen, as convwalk alone does; or print all lessons.")

  @Option(
    help: ArgumentHelp("The folder of the lessons, if not the usual one.", valueName: "folder"),
    completion: .directory)
  var lessons: String?

  @Flag(name: .customLong("print"), help: "Print all lessons as one document, and all words.")
  var printed = false

  @OptionGroup var paper: PaperOptions
  @OptionGroup var terminal: TerminalOptions

  func run() throws {
    try paper.check(printed: printed)
    if printed { return try printCourse() }
    try CourseCommand.run(lessons: lessons, terminal: terminal.options)
  }

  private func printCourse() throws(CommandFailure) {
    var output = StandardOutput()
    for line in try rethrowing(try paper.course(in: lessons), as: CommandFailure.lesson) {
      try output.write(line: line)
    }
    try output.flush()
  }

  /// - Parameters:
  ///   - folder: the folder of the lessons, if not the usual one.
  ///   - begin: what is done first, with the list on the screen.
  static func run(
    lessons folder: String?, terminal: Terminal.Options,
    begin: @Sendable (inout Player) -> [Player.Effect] = { $0.opening }
  ) throws {
    let library = LessonLibrary(folder: folder)
    let (list, problem) = try library.list()
    try MainActor.assumeIsolated {
      try PlayerSession.run(terminal: terminal, library: library) {
        size, options throws(CommandFailure) in
        var player = Player(list, size: size, options: options)
        let effects = begin(&player)
        if let problem { player.report("\(problem)") }
        return (player, effects)
      }
    }
  }
}

extension Lesson {
  /// The index of a stop as it is typed, from 1.
  func index(ofStop text: String?) throws(CommandFailure) -> Int? {
    guard let text else { return nil }
    guard let stop = Int(text), (1...max(1, stops.count)).contains(stop), !stops.isEmpty else {
      throw .stop(text, lesson: name, count: stops.count)
    }
    return stop - 1
  }

  /// Where a lesson's file is.
  static func path(_ name: String, lessons: String?) throws(CommandFailure) -> String {
    if name.contains("/") || name.hasSuffix(".yaml") { return name }
    do throws(LessonError) {
      return try Catalogue(folder: LessonsFolder(option: lessons).path()).path(of: name)
    } catch {
      throw .lesson(error)
    }
  }

  /// Opens a lesson by its name in the catalogue, or by its path.
  static func open(_ name: String, lessons: String?) throws(LessonError) -> Lesson {
    if name.contains("/") || name.hasSuffix(".yaml") { return try Lesson(ownFile: name) }
    return try Catalogue(folder: LessonsFolder(option: lessons).path()).lesson(named: name)
  }
}
