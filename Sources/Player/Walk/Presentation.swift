import ConvolutionEngine
import Lessons

/// What a player walks through, however it was named on the command line.
package struct Presentation: Sendable, Equatable {
  package var title: String
  package var network: Network
  package var input: Tensor
  /// A sentence a filter, by layer: what a lesson's author says of hand-made filters.
  package var notes: [String: [String]]
  /// What flows back comes from; nil: the sum of the last layer's numbers.
  package var loss: PlacedLoss?
  /// The words of the command line that open it: `["lesson", "worked-example"]`.
  package var command: [String]
  /// The lesson without stops that this walk is, as its progress is kept; nil for any other walk.
  package private(set) var walkedLesson: String?
  /// The network's own pictures, of which one is the input; nil where it is none of them.
  package private(set) var pictures: LabelledPictures?
  /// The place of that picture among them, from 0.
  package private(set) var picture = 0

  /// - Parameter pictures: the network's own and which of them the input is.
  package init(
    title: String, network: Network, input: Tensor, notes: [String: [String]] = [:],
    command: [String], pictures: (all: LabelledPictures, shown: Int)? = nil
  ) {
    self.title = title
    self.network = network
    self.input = input
    self.notes = notes
    self.command = command
    self.pictures = pictures?.all
    picture = pictures?.shown ?? 0
  }
}

extension Presentation {
  /// The same walk over another of the network's pictures; nil where it has no such picture.
  func showing(picture index: Int) -> Presentation? {
    guard let pictures, (0..<pictures.count).contains(index) else { return nil }
    var other = self
    other.picture = index
    other.input = pictures.input(index).fitted(to: network.input)
    if let option = command.firstIndex(of: "--index") {
      other.command.removeSubrange(option..<min(option + 2, command.count))
    }
    other.command += ["--index", "\(index)"]
    return other
  }

  /// What stands above the walk: `Digits 5: five`.
  var heading: String {
    guard let pictures else { return title }
    return "\(title) \(picture)" + (pictures.label(ofPicture: picture).map { ": \($0)" } ?? "")
  }

  /// What the classes are called that a layer's cells stand for; nil for all but the scores.
  func labels(of layer: Layer) -> [String]? {
    guard let pictures, layer.output.count == pictures.labels.count,
      layer.index == network.layers.count - 1
    else { return nil }
    return pictures.labels
  }
}

extension Network {
  /// Whether a seed made weights of it.
  var hasMadeUpWeights: Bool { layers.contains { $0.parameters?.weights.isSeeded == true } }
}

extension Player {
  /// What a person who opens a network's file should know of its numbers; empty for nothing.
  package var notesOnWeights: [String] {
    guard network.hasMadeUpWeights else { return [] }
    return [
      "A seed made up the weights of \(subject.title): real sizes, meaningless scores."
    ]
  }

  /// Takes another of the network's own pictures as the input, at the same place.
  mutating func movePicture(by distance: Int) -> [Effect] {
    guard let pictures = subject.pictures else {
      say("This network brings no other pictures.")
      return []
    }
    guard let other = subject.showing(picture: subject.picture + distance) else {
      let last = pictures.count - 1
      say(
        distance < 0
          ? "This is picture \(subject.picture), the first is 0." : "The last picture is \(last).")
      return []
    }
    let step = distance < 0 ? "X" : "x"
    guard changes.isEmpty else {
      return change(to: other, by: Array(repeating: step, count: abs(distance)))
    }
    let at = place
    return show(other) + go(to: at)
  }
}

extension Presentation {
  /// A lesson's network and numbers, as `lesson NAME` shows them.
  package init(_ lesson: Lesson) {
    self.init(
      title: lesson.title, network: lesson.network, input: lesson.input, notes: lesson.notes,
      command: ["lesson", lesson.name])
    if lesson.stops.isEmpty { walkedLesson = lesson.progressKey }
    loss = lesson.scenes[Scene.main]?.loss
  }

  /// What stands behind the list of lessons before one is chosen.
  static let nothing = Presentation(
    title: "", network: .smallest, input: Tensor(Network.smallest.input, [0]), command: ["course"])

  /// One of a lesson's scenes.
  init(_ lesson: Lesson, scene: Scene) {
    self.init(
      title: lesson.title, network: scene.network, input: scene.input, notes: scene.notes,
      command: ["lesson", lesson.name])
    loss = scene.loss
  }
}
