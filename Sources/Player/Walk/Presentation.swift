import ConvolutionEngine
import Lessons

/// What a player walks through, however it was named on the command line.
package struct Presentation: Sendable, Equatable {
  package var title: String
  package var network: Network
  package var input: Tensor
  /// A sentence a filter, by layer: what a lesson's author says of hand-made filters.
  package var notes: [String: [String]]
  /// The words of the command line that open it: `["lesson", "worked-example"]`.
  package var command: [String]

  package init(
    title: String, network: Network, input: Tensor, notes: [String: [String]] = [:],
    command: [String]
  ) {
    self.title = title
    self.network = network
    self.input = input
    self.notes = notes
    self.command = command
  }
}

extension Presentation {
  /// A lesson's network and numbers, as `lesson NAME` shows them.
  package init(_ lesson: Lesson) {
    self.init(
      title: lesson.title, network: lesson.network, input: lesson.input, notes: lesson.notes,
      command: ["lesson", lesson.name])
  }

  /// What stands behind the list of lessons before one is chosen.
  static let nothing = Presentation(
    title: "", network: .smallest, input: Tensor(Network.smallest.input, [0]), command: ["course"])

  /// One of a lesson's scenes.
  init(_ lesson: Lesson, scene: Scene) {
    self.init(
      title: lesson.title, network: scene.network, input: scene.input, notes: scene.notes,
      command: ["lesson", lesson.name])
  }
}
