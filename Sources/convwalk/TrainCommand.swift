import ArgumentParser
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import TensorFiles
import Training
import Walkthrough

/// `convwalk train`: retrains a head, every number exact.
struct TrainCommand: ParsableCommand {
  private static let examples = [
    "train 3x3x1 flatten dense:2 --examples examples.npz --plain"
  ]

  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Retrain a head on examples, every number exact.",
    discussion: """
      The last layer with weights, a dense one, learns under the hinge loss: the sum,
      over all classes but the example's own, of max(0, its score - the own score
      + 1). One update an example, in the file's order: each class that comes too
      near loses rate x features from its weights and the rate from its bias, the
      own class gains as many times that. All other layers stay as they are. A
      head put behind a network's base by --head begins with zeros.

      --examples is a .npz file with x, the inputs, examples first and then the axes
      of --axes, and y, the class of each, from 0. --plain tells every update; -o
      writes the numbers of all layers as float64, exactly, or refuses; --weights
      reads them back.

      \(SubjectOptions.grammar(examples))
      """)

  @OptionGroup var options: SubjectOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The .npz file of the examples: x and y.", valueName: "file"),
    completion: .file(extensions: ["npz"]))
  var examples: String

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

  func run() throws {
    guard plain || output != nil else { throw CommandFailure.needsOutput }
    guard let rate = Ratio(parsing: rate) else { throw CommandFailure.rate(rate) }
    guard epochs >= 1 else { throw CommandFailure.epochs(epochs) }
    let subject = try options.subject(.sizes)
    let network = try headed(subject)
    guard let head = network.layers.last(where: { $0.parameters != nil }) else {
      throw CommandFailure.training(.notDense(network.layers[network.layers.count - 1].name))
    }
    guard network.layers[head.index...].dropFirst().allSatisfy(\.keepsOrder) else {
      throw CommandFailure.behindHead(head.name)
    }
    let read = try readExamples(of: network.input)
    let count = read.count.multipliedReportingOverflow(by: epochs)
    guard !count.overflow else { throw CommandFailure.epochs(epochs) }
    var training = try learning { () throws(TrainingError) in
      try HeadTraining(head, examples: features(of: read, network, head), rate: rate)
    }
    if plain { try tell(&training, count.partialValue) }
    try learning { () throws(TrainingError) in try training.advance(to: count.partialValue) }
    if let output { try write(&training, count.partialValue, network, to: output) }
  }

  private func readExamples(of input: Shape) throws(CommandFailure) -> Examples {
    var files = ArrayFiles()
    let arrays = try files.arrays(examples, expectsArchive: true)
    let read = try rethrowing(
      try Examples(arrays, axes: options.axes),
      as: { CommandFailure.examples(path: examples, $0) })
    guard read.classes != nil else { throw .noClasses(path: examples) }
    guard read.shape == input else {
      throw .exampleSize(path: examples, found: read.shape, expected: input)
    }
    return read
  }

  /// The network, its new head set to zeros.
  private func headed(_ subject: Subject) throws(CommandFailure) -> Network {
    guard let words = options.head, options.weights == nil else { return subject.network }
    let behind = words.split(separator: " ").count
    var given: [String: GivenParameters] = [:]
    for layer in subject.network.layers.suffix(behind) {
      if let parameters = layer.parameters { given[layer.name] = parameters.zeros }
    }
    return try building { () throws(NetworkError) in try subject.network.taking(given) }
  }

  /// What the head reads of each example.
  private func features(
    of read: Examples, _ network: Network, _ head: Layer
  ) throws(TrainingError) -> [HeadTraining.Example] {
    var all: [HeadTraining.Example] = []
    for index in 0..<read.count {
      var activations = Activations(network, input: read.input(index))
      do throws(ArithmeticError) {
        try activations.evaluateInputs(of: head.index)
      } catch {
        throw .arithmetic(example: index, "\(error)")
      }
      guard let features = activations.inputs(of: head.index)?.first, let classes = read.classes
      else { continue }
      all.append(HeadTraining.Example(features: features, label: classes[index]))
    }
    return all
  }

  private func tell(
    _ training: inout HeadTraining, _ count: Int
  ) throws(CommandFailure) {
    var output = StandardOutput()
    var hits = 0
    for number in 1...max(1, count) {
      let update = try learning { () throws(TrainingError) in try training.update(number) }
      if training.history[number - 1].isHit { hits += 1 }
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
      try whole.archive(axes: options.axes), as: CommandFailure.weightsWriting)
    try rethrowing(try FileContents.writeAtomically(bytes, to: path), as: CommandFailure.file)
  }
}

extension Layer {
  /// Whether the largest score stays the largest.
  fileprivate var keepsOrder: Bool {
    operation.rule.squashing != nil
  }
}

extension Parameters {
  fileprivate var zeros: GivenParameters {
    func zeros(_ count: Int) -> Coefficients {
      .stored(.int8(Array(repeating: 0, count: count)), denominator: 1)
    }
    return GivenParameters(
      weights: zeros(weights.count), bias: bias.map { zeros($0.count) })
  }
}

/// Runs what may meet numbers that cannot be learned from.
private func learning<Value>(
  _ body: () throws(TrainingError) -> Value
) throws(CommandFailure) -> Value {
  try rethrowing(try body(), as: CommandFailure.training)
}
