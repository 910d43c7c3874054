import ConvolutionEngine
import ExactNumbers
import Lessons
import Walkthrough

/// A question about a layer, made from a seed: the same on every machine.
///
/// The engine computed its answer, and a slip is what the engine gives where one thing is mistaken.
/// No slip is the answer, and no two slips are the same: where what was drawn has such a
/// coincidence, other numbers are drawn.
package struct Exercise: Sendable, Equatable {
  package let kind: ExerciseKind
  package let question: Question
  /// Grids of numbers that belong to the question; often none.
  package let figure: [String]
  /// What it is about.
  package let network: Network
  /// The network as the command line has it: an input's size and its layers.
  package let words: [String]
  /// Where the walk shows the answer.
  package let place: Stop.Place
  /// What to press there; nil: the place itself shows it.
  package let keys: String?
  /// What flows back comes from; nil: the sum of the last layer's numbers.
  package let loss: PlacedLoss?

  package var topic: Topic { kind.topic }

  /// The exercise of a kind that a seed makes.
  ///
  /// - Parameter number: which of them, from 0; each is made on its own.
  package init(_ kind: ExerciseKind, seed: UInt64, number: Int) {
    var draws = Draws(seed: seed, stream: Draws.stream(kind, number))
    for _ in 0..<Exercise.mostDraws {
      guard let draft = kind.draft(&draws), draft.isSound else { continue }
      self.init(kind, draft)
      return
    }
    preconditionFailure("exercises of the kind \(kind) can be drawn")
  }

  /// Of each kind at least one draw in twenty is taken.
  private static let mostDraws = 10_000

  private init(_ kind: ExerciseKind, _ draft: Draft) {
    self.kind = kind
    question = draft.question
    figure = draft.figure
    network = draft.network
    words = draft.words
    place = draft.place
    keys = draft.keys
    loss = draft.loss
  }
}

extension Exercise {
  /// The input's numbers, made from the network's seed.
  package func input() throws(ArithmeticError) -> Tensor {
    try Tensor.seeded(network.input, seed: network.seed)
  }

  /// The words of the command line that shows the answer.
  package var command: [String] {
    ["explore"] + words + (network.seed == 0 ? [] : ["--seed", "\(network.seed)"]) + lossWords
      + placeWords
  }

  private var lossWords: [String] {
    guard case .hinge(let target)? = loss?.loss else { return [] }
    return ["--loss", "hinge", "--target", "\(target)"]
  }

  private var placeWords: [String] {
    let address =
      switch place {
      case .step(let address): "\(address)"
      case .gradient(let address): network.text(of: address)
      }
    return ["--at", address] + (keys.map { ["--keys", $0] } ?? [])
  }
}
