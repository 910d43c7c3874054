import ConvolutionEngine
import Walkthrough

/// One idea of a lesson: something to read, a key, and what that key leads to.
///
/// Read, then key, then action: `text` is read while the screen shows `from`; a key leads to
/// `at`; a question, if there is one, is asked there; `after` says what was seen.
package struct Stop: Sendable, Equatable {
  package let title: String
  /// The scene that it plays in: its network and numbers.
  package let scene: String
  /// Paragraphs, with every `{…}` replaced by what the engine computed.
  package let text: [String]
  /// Lines that are shown as they are, under the text.
  package let figure: [String]
  package let view: View
  /// Where the walk stands while the text is read; nil: where it stood.
  package let from: Place?
  /// Where the key leads; nil: nowhere.
  package let at: Place?
  /// The input depth that the grids show there; nil: the walk's own choice.
  package let depth: Int?
  /// What flows back there comes from; nil: the scene's loss.
  package let loss: PlacedLoss?
  package let question: Question?
  package let after: [String]
  package let loose: Loose?

  /// Columns, beside the lesson's title and the marks of progress.
  package static let longestTitle = 34
  package static let mostInALesson = 99

  /// What the screen shows at the stop.
  package enum View: String, Sendable, Equatable, CaseIterable {
    /// The walk's own screen.
    case walk
    /// Only the text and the figure, on the whole screen.
    case text
    /// One window under every filter: the depth column.
    case column
    /// The window stretched to one row of numbers: the dot product as such.
    case stretched
    /// The windows along one axis as a strip, with the formula.
    case strip
    /// Every window that reads one input cell.
    case readers
    /// The input's pattern moves with the arrow keys, and the maps follow.
    case shift
    /// The network as a table.
    case table
    /// The input as a picture, the filter on it, and the map as a picture, as far as it is made.
    case pictures
  }

  /// What the source material states loosely: what is written, what the arithmetic says, and why
  /// it matters.
  package struct Loose: Sendable, Equatable {
    package let written: String
    package let arithmetic: String
    package let matters: String

    package init(written: String, arithmetic: String, matters: String) {
      self.written = written
      self.arithmetic = arithmetic
      self.matters = matters
    }
  }

  package init(
    title: String, scene: String = Scene.main, text: [String], figure: [String] = [],
    view: View = .walk, from: Place? = nil, at: Place? = nil, depth: Int? = nil,
    loss: PlacedLoss? = nil, question: Question? = nil, after: [String] = [], loose: Loose? = nil
  ) {
    self.title = title
    self.scene = scene
    self.text = text
    self.figure = figure
    self.view = view
    self.from = from
    self.at = at
    self.depth = depth
    self.loss = loss
    self.question = question
    self.after = after
    self.loose = loose
  }
}

extension Stop {
  /// Where a stop looks.
  package enum Place: Sendable, Equatable {
    /// A step of the walk, or a cell of the input.
    case step(Address)
    /// What flows back.
    case gradient(GradientAddress)

    package var step: Address? {
      if case .step(let address) = self { address } else { nil }
    }

    package var gradient: GradientAddress? {
      if case .gradient(let address) = self { address } else { nil }
    }
  }
}

/// A network and the numbers that it works on; a lesson has at least one.
package struct Scene: Sendable, Equatable {
  package let network: Network
  package let input: Tensor
  /// By layer name: a sentence for each map.
  package let notes: [String: [String]]
  /// The network's file that its layers were taken from, by its name; nil: they stand in the lesson.
  package let source: String?
  /// How many layers, from the first on, training leaves as they are.
  package let frozenLayers: Int
  /// What flows back comes from; where the lesson names none, the sum of the last layer's numbers.
  package let loss: PlacedLoss

  /// The name of a lesson's own network, which needs none.
  package static let main = "main"

  package init(
    network: Network, input: Tensor, notes: [String: [String]] = [:], source: String? = nil,
    frozenLayers: Int = 0, loss: PlacedLoss? = nil
  ) {
    self.network = network
    self.input = input
    self.notes = notes
    self.source = source
    self.frozenLayers = frozenLayers
    self.loss = loss ?? network.sum(ofLayer: network.layers.count - 1)
  }
}
