import ConvolutionEngine
import ExactNumbers
import Lessons
import Player
import TensorFiles
import Training

/// What `train` works on: a network, the layer of it that learns, and the examples.
struct TrainingSubject {
  let network: Network
  let head: Layer
  let examples: LearningExamples
  let title: String

  /// - Parameters:
  ///   - path: the file of examples.
  ///   - task: a question about a network's own pictures.
  /// - Throws: `CommandFailure` where they do not go together.
  init(
    _ options: SubjectOptions, examples path: String?, task: String?
  ) throws(CommandFailure) {
    if path != nil, task != nil { throw .usage(.contradiction("--examples", "--task")) }
    // They bring the inputs.
    if let asked = path.map({ _ in "--examples" }) ?? task.map({ _ in "--task" }) {
      let inputs = [
        ("--input", options.input), ("--image", options.image), ("--index", options.index),
      ]
      for (option, value) in inputs where value != nil {
        throw .usage(.contradiction(asked, option))
      }
    }
    var options = options
    var pictures: (all: LabelledPictures, task: LearningTask)?
    if let task {
      let found = try TrainingSubject.task(task, options)
      pictures = found
      options.head = options.head ?? "flatten dense:\(found.task.classes.count)"
    }
    let subject = try options.subject(.sizes)
    network = try TrainingSubject.headed(subject, options)
    head = try TrainingSubject.head(of: network, subject)
    title = subject.file?.title ?? "Training"
    if let pictures {
      examples = LearningExamples(pictures.all, pictures.task)
      return
    }
    guard let path else {
      throw .learning(.noExamples(tasks: subject.file?.pictures?.tasks.map(\.name) ?? []))
    }
    examples = try TrainingSubject.examples(path, of: network.input, options.axes)
  }

  private static func task(
    _ name: String, _ options: SubjectOptions
  ) throws(CommandFailure) -> (all: LabelledPictures, task: LearningTask) {
    guard let network = options.network else {
      throw .usage(.needs(option: "--task", needed: "--network"))
    }
    let pictures = try options.networkFile(network).pictures
    guard let pictures, let task = pictures.tasks.first(where: { $0.name == name }) else {
      throw .learning(.unknownTask(name, known: pictures?.tasks.map(\.name) ?? []))
    }
    return (pictures, task)
  }

  /// The network, its new head set to zeros.
  private static func headed(
    _ subject: Subject, _ options: SubjectOptions
  ) throws(CommandFailure) -> Network {
    guard let words = options.head, options.weights == nil else { return subject.network }
    let behind = words.split(separator: " ").count
    var given: [String: GivenParameters] = [:]
    for layer in subject.network.layers.suffix(behind) {
      if let parameters = layer.parameters { given[layer.name] = parameters.zeros }
    }
    return try building { () throws(NetworkError) in try subject.network.taking(given) }
  }

  /// The layer that learns: the one with weights behind a base; of other layers the last with weights.
  private static func head(
    of network: Network, _ subject: Subject
  ) throws(CommandFailure) -> Layer {
    var learning = network.layers.filter { $0.parameters != nil }
    if let base = subject.file?.baseCount {
      learning = learning.filter { $0.index >= base }
      if learning.count > 1 { throw .learning(.learners(learning.map(\.name))) }
    }
    guard let head = learning.last else {
      throw .learning(.training(.notDense(network.layers[network.layers.count - 1].name)))
    }
    let behind = network.layers[head.index...].dropFirst()
    guard behind.allSatisfy({ $0.operation.rule.squashing != nil }) else {
      throw .learning(.behindHead(head.name))
    }
    return head
  }

  private static func examples(
    _ path: String, of input: Shape, _ axes: AxisOrder
  ) throws(CommandFailure) -> LearningExamples {
    var files = ArrayFiles()
    let arrays = try files.arrays(path, expectsArchive: true)
    let read = try rethrowing(
      try Examples(arrays, axes: axes), as: { CommandFailure.learning(.examples(path: path, $0)) })
    guard let examples = LearningExamples(read) else { throw .learning(.noClasses(path: path)) }
    guard read.shape == input else {
      throw .learning(.exampleSize(path: path, found: read.shape, expected: input))
    }
    return examples
  }

  /// The head, before the layers under it have read the examples.
  func start(rate: Ratio) throws(CommandFailure) -> HeadStart {
    try learning { () throws(TrainingError) in
      try HeadStart(network, head: head, examples: examples, rate: rate)
    }
  }

  /// What stands behind the updates.
  var presentation: Presentation {
    Presentation(
      title: title, network: network, input: examples.input(0), command: ["train"])
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
