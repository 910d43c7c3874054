import ArgumentParser
import CursesTerminal
import Exercises
import Lessons
import Player

/// `convwalk practice`: exercises without end, the final test, or the questions that were missed.
struct PracticeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "practice",
    abstract: "Exercises without end; the final test; questions missed in lessons again.",
    discussion: """
      For example, on two topics:

        $ convwalk practice sizes pools

      What was missed comes again with other numbers, sooner the more it was missed.
      The topics, all unless some are given:

      \(TopicOptions.list)
      """)

  @Argument(
    help: "What the exercises are about.", completion: .list(Topic.allCases.map(\.rawValue)))
  var topics: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Makes the exercises: the same again from the same number.", valueName: "number"))
  var seed: String?

  @Flag(help: "The final test: twenty questions across the course, and what to read again.")
  var test = false

  @Flag(help: "The questions of lessons that were not found at the first try.")
  var missed = false

  @Flag(help: "Ask in sentences, for a screen reader.")
  var plain = false

  @Option(
    help: ArgumentHelp("The folder of the lessons, if not the usual one.", valueName: "folder"),
    completion: .directory)
  var lessons: String?

  @OptionGroup var terminal: TerminalOptions

  func run() throws {
    let ways = [("--test", test), ("--missed", missed)].filter(\.1)
    if ways.count > 1 { throw CommandFailure.usage(.contradiction("--test", "--missed")) }
    if let way = ways.first?.0, let topic = topics.first {
      throw CommandFailure.usage(.contradiction(way, topic))
    }
    let seed = try seed.map { text throws(CommandFailure) in try seedNumber(text) }
    if missed {
      if seed != nil { throw CommandFailure.usage(.contradiction("--missed", "--seed")) }
      if plain { return try sayMissed() }
      return try CourseCommand.run(lessons: lessons, terminal: terminal.options) {
        $0.openMissed()
      }
    }
    let chosen = try topics.map { name throws(CommandFailure) in try Topic(named: name) }
    let wanted = chosen.isEmpty ? Topic.allCases : chosen
    let number = seed ?? Exercise.anySeed
    let library = LessonLibrary(folder: lessons)
    // A seed that is given makes the same exercises again, whatever was missed before.
    let earlier = seed == nil ? library.practised() : [:]
    let test = FinalTest(seed: number, titles: self.test ? library.titles : [:])
    let practice = Practice(seed: number, topics: wanted, earlier: earlier)
    if plain {
      return try say(self.test ? PlainPractice(test) : PlainPractice(practice), library)
    }
    let isTest = self.test
    try MainActor.assumeIsolated {
      try PlayerSession.run(
        terminal: terminal.options, library: library
      ) { size, options throws(CommandFailure) in
        var player = Player(size: size, options: options)
        let effects = isTest ? player.take(test) : player.practise(practice)
        return (player, effects)
      }
    }
  }

  /// Reads lines and says what follows, until the person or the input ends it.
  private func say(
    _ beginning: PlainPractice, _ library: LessonLibrary
  ) throws(CommandFailure) {
    var plain = beginning
    var problem: ProgressProblem?
    try plain.hold { plain in
      guard problem == nil else { return }
      problem =
        plain.record.flatMap(library.keep) ?? plain.testMarks.flatMap(library.keep(finalTest:))
    }
    if let problem { throw .progress(problem) }
  }

  /// The same for the questions that were missed.
  private func sayMissed() throws(CommandFailure) {
    let library = LessonLibrary(folder: lessons)
    var (plain, problem) = try library.review()
    var kept = plain.record
    try plain.hold { plain in
      if let record = plain.record, record != kept, problem == nil {
        problem = library.keep(record)
      }
      kept = plain.record
    }
    if let problem { throw .progress(problem) }
  }
}

extension Exercise {
  /// A seed that nobody chose.
  static var anySeed: UInt64 { UInt64.random(in: 1...999_999) }
}
