import ArgumentParser
import ConvolutionEngine
import CursesTerminal
import ExactNumbers
import Lessons
import Player
import TensorFiles
import Training
import Walkthrough

/// `convwalk train`: retrains a head, every number exact.
struct TrainCommand: ParsableCommand {
  private static let examples = [
    "train --network digits --task has-a-loop",
    "train 3x3x1 flatten dense:2 --examples examples.npz --plain",
  ]

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "train",
      abstract: "Retrain a head on examples, every number exact.",
      discussion: """
        A dense layer learns under the hinge loss: the sum, over all classes but the
        example's own, of max(0, its score - the own score + 1). One update an example,
        in order: each class that comes too near loses rate x features from its weights
        and the rate from its bias, the own class gains as many times that. All other
        layers stay as they are. What learns is the layer with weights behind a
        network's base, of which there may be one; of layers that are typed, the last
        with weights. A head put there by --head begins with zeros.

        --task is a question about a network's own pictures, which brings a new head:
        digits has odd-or-even and has-a-loop. --examples is a .npz file with x, the
        inputs, examples first and then the axes of --axes, and y, the class of each,
        from 0. The screen shows one update after another; --plain tells them; -o writes
        the numbers of all layers as float64, exactly, or refuses; --weights reads them
        back as exactly.

        Any update is at hand, from any other, without a history of weights: they are
        what they began as and rate x a whole number of times each example's features,
        and that number is counted from which classes came too near.

        \(SubjectOptions.grammar(examples))
        """)
  }

  @OptionGroup var options: SubjectOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The .npz file of the examples: x and y.", valueName: "file"),
    completion: .file(extensions: ["npz"]))
  var examples: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What to tell a network's own pictures apart by, as odd-or-even of digits.",
      valueName: "task"))
  var task: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What each update is multiplied by.", valueName: "rate"))
  var rate = "1/16"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many times all examples are gone through.", valueName: "count"))
  var epochs = 1

  @Flag(help: "Tell every update as text.")
  var plain = false

  @Option(
    name: .shortAndLong, parsing: .unconditional,
    help: ArgumentHelp("Write all layers' numbers afterwards, a .npz file.", valueName: "file"),
    completion: .file(extensions: ["npz"]))
  var output: String?

  @OptionGroup var terminal: TerminalOptions

  func run() throws {
    guard let rate = Ratio(parsing: rate) else { throw CommandFailure.learning(.rate(rate)) }
    guard epochs >= 1 else { throw CommandFailure.learning(.epochs(epochs)) }
    let learning = try TrainingSubject(options, examples: examples, task: task)
    let count = learning.examples.count.multipliedReportingOverflow(by: epochs)
    guard !count.overflow else { throw CommandFailure.learning(.epochs(epochs)) }
    let start = try learning.start(rate: rate)
    guard plain || output != nil else {
      return try play(start, learning.presentation, count.partialValue)
    }
    let read = try convwalk.learning { () throws(TrainingError) in try start.training() }
    guard var training = read else { return }
    if plain { try tell(&training, count.partialValue) }
    try convwalk.learning { () throws(TrainingError) in
      try training.advance(to: count.partialValue)
    }
    if let output { try write(&training, count.partialValue, learning.network, to: output) }
  }

  /// Shows one update after another on the screen.
  private func play(
    _ start: HeadStart, _ presentation: Presentation, _ count: Int
  ) throws {
    try MainActor.assumeIsolated {
      try PlayerSession.run(terminal: terminal.options, library: LessonLibrary(folder: nil)) {
        size, options throws(CommandFailure) in
        var player = Player(presentation, size: size, options: options)
        let effects = player.open(start, count: count)
        return (player, effects)
      }
    }
  }

  private func tell(
    _ training: inout HeadTraining, _ count: Int
  ) throws(CommandFailure) {
    var output = StandardOutput()
    for number in 1...max(1, count) {
      let update = try learning { () throws(TrainingError) in try training.update(number) }
      let hits = training.history[number - 1].hitsSoFar
      let lines = TrainingText(training.layer, rate: training.rate).lines(update)
      try output.write(paragraph: lines + ["  hits \(hits) of \(number)"], isFirst: number == 1)
    }
    try output.flush()
  }

  private func write(
    _ training: inout HeadTraining, _ count: Int, _ network: Network, to path: String
  ) throws(CommandFailure) {
    let learned = try learning { () throws(TrainingError) in
      try training.parameters(after: count)
    }
    let name = training.layer.name
    let whole = try building { () throws(NetworkError) in try network.taking([name: learned]) }
    let bytes = try rethrowing(
      try whole.archive(axes: options.axes), as: { CommandFailure.learning(.weightsWriting($0)) })
    try rethrowing(try FileContents.writeAtomically(bytes, to: path), as: CommandFailure.file)
  }
}

/// Runs what may meet numbers that cannot be learned from.
func learning<Value>(
  _ body: () throws(TrainingError) -> Value
) throws(CommandFailure) -> Value {
  try rethrowing(try body(), as: { CommandFailure.learning(.training($0)) })
}
