import ArgumentParser
import Exercises
import Lessons

/// `convwalk sheet`: exercises on paper, with their key.
struct SheetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sheet",
    abstract: "Print an exercise sheet with room for answers, and its key.",
    discussion: """
      For example, always the same sheet:

        $ convwalk sheet --seed 7 --count 12 --topics sizes,parameters

      The key stands on a page of its own, with the command that shows each answer. The topics:

      \(TopicOptions.list)
      """)

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Makes the exercises; another one makes others.", valueName: "number"))
  var seed = "0"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many exercises, at most \(ExerciseSheet.mostExercises).", valueName: "number"))
  var count = "12"

  @OptionGroup var topics: TopicOptions

  @Option(help: "text or markdown.")
  var format: Page.Format = .text

  func run() throws {
    let seed = try seedNumber(seed)
    guard let count = Int(count), (1...ExerciseSheet.mostExercises).contains(count) else {
      throw CommandFailure.usage(.exerciseCount(count, most: ExerciseSheet.mostExercises))
    }
    let chosen = try topics.chosen()
    let sheet = ExerciseSheet(seed: seed, count: count, topics: chosen)
    var words = ["convwalk", "sheet", "--seed", "\(seed)", "--count", "\(count)"]
    if chosen != Topic.allCases {
      words += ["--topics", chosen.map(\.rawValue).joined(separator: ",")]
    }
    var output = StandardOutput()
    for line in sheet.lines(format, command: words.joined(separator: " ")) {
      try output.write(line: line)
    }
    try output.flush()
  }
}

/// Which topics exercises are about.
struct TopicOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The topics, separated by commas; all unless given.", valueName: "names"))
  var topics: String?

  /// In the order in which they are given, each once.
  func chosen() throws(CommandFailure) -> [Topic] {
    guard let topics else { return Topic.allCases }
    var chosen: [Topic] = []
    for name in topics.split(separator: ",", omittingEmptySubsequences: false) {
      let topic = try Topic(named: String(name))
      if !chosen.contains(topic) { chosen.append(topic) }
    }
    return chosen
  }

  /// Every topic and what it asks.
  static let list = Topic.allCases.map { topic in
    "  \(topic.rawValue)" + String(repeating: " ", count: 12 - topic.rawValue.count) + topic.about
  }.joined(separator: "\n")
}

extension Topic {
  init(named name: String) throws(CommandFailure) {
    guard let topic = Topic(rawValue: name) else { throw .usage(.topic(name)) }
    self = topic
  }
}
