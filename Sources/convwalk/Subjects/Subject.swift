import ConvolutionEngine
import FastEvaluation
import Lessons

/// What a command works on: a network, and where its input's numbers come from.
struct Subject {
  let network: Network
  /// The lesson that it was taken from; nil for a typed one.
  let lesson: Lesson?
  /// The network's file that it was taken from.
  let file: NetworkFile?
  /// Which of the network's own pictures the input is; nil for another input.
  let picture: Int?
  private let numbers: InputNumbers
  /// What a person should know of how files were taken, a line each.
  let notes: [String]

  /// Where an input's numbers come from.
  enum InputNumbers {
    case seeded(UInt64)
    case given(Tensor)
  }

  init(_ network: Network, input numbers: InputNumbers, notes: [String] = []) {
    self.network = network
    self.numbers = numbers
    self.notes = notes
    lesson = nil
    file = nil
    picture = nil
  }

  /// - Parameters:
  ///   - network: the file's, perhaps with another input or head.
  ///   - picture: which of its own pictures the input is.
  init(
    _ file: NetworkFile, network: Network, input numbers: InputNumbers, picture: Int? = nil,
    notes: [String] = []
  ) {
    self.network = network
    self.notes = notes
    self.file = file
    self.numbers = numbers
    self.picture = picture
    lesson = nil
  }

  init(_ lesson: Lesson) {
    network = lesson.network
    numbers = .given(lesson.input)
    self.lesson = lesson
    file = nil
    picture = nil
    notes = []
  }

  /// The input's numbers.
  func input() throws(CommandFailure) -> Tensor {
    switch numbers {
    case .given(let tensor): tensor
    case .seeded(let seed):
      try exactly { () throws(ArithmeticError) in try Tensor.seeded(network.input, seed: seed) }
    }
  }

  /// The network over its input, no layer evaluated.
  func activations() throws(CommandFailure) -> Activations {
    Activations(network, input: try input())
  }
}
