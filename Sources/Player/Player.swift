import Canvas
import ConvolutionEngine
import FastEvaluation
import Lessons
import Walkthrough

/// The whole interactive program as a value: `update` changes it by an event, `screen` draws it.
///
/// Nothing in here touches a terminal, a file or a clock; what has to be done outside comes back
/// from `update` as effects.
package struct Player: Sendable, Equatable {
  package internal(set) var subject: Presentation
  package internal(set) var walk: Walk
  package var activations: Activations
  package var options: Options
  package var size: Size

  package internal(set) var place: Place
  /// The grain that the person chose; a layer without it shows the one that stands for it.
  package internal(set) var grain: Grain
  /// The input depth that the grids show, where the person chose one.
  var chosenDepth: Int?
  package internal(set) var notation = Notation.numpy
  var message: Message?
  /// The characters that an address, a change or a search may have.
  static let longestLine = 60
  var overlay: Overlay?
  /// Digits typed before a command.
  var count: String = ""
  /// A key that waits for the next one: `m` or `'`.
  var pending: Command?
  var marks: [Unicode.Scalar: Place] = [:]
  /// Where the last jump began.
  var beforeJump: Place?
  package internal(set) var isPlaying = false
  var speed = Speed()
  /// The lesson that is being taken; nil in a free walk.
  package internal(set) var course: Course?
  /// The lessons to choose from; nil where none were offered.
  package internal(set) var list: LessonList?
  /// Whether the walk was opened for itself and not from the list.
  var isFreeWalk = true
  /// A result that the person predicts before it is shown.
  var prediction: Asking?
  /// The live changes that stand, last the newest.
  var changes: [LiveChange] = []
  /// The outputs before the last live change, to mark what changed.
  var beforeChange: Activations?
  var lastSearch: Search?
  /// What is being evaluated outside for the screen.
  package internal(set) var evaluating: Evaluating?
  /// The pictures on the screen, made once.
  var pictures: [PictureKey: KeptPicture] = [:]
  /// The widest text of each tensor that was evaluated, so that columns never move.
  var widths: [Int: Int] = [:]
  var inputWidth: Int
  /// How wide the numbers of each visited layer's working get.
  var measures: [Int: Measures] = [:]

  /// What the shell found out about its terminal, or was told.
  package struct Options: Sendable, Equatable {
    package var ascii: Bool
    /// Whether that is because the terminal draws other glyphs two columns wide.
    package var hasWideGlyphs = false
    package var bindings: Bindings

    package init(ascii: Bool = false, bindings: Bindings = .standard) {
      self.ascii = ascii
      self.bindings = bindings
    }
  }

  struct Message: Sendable, Equatable {
    var text: String
    var isError = false
  }

  enum Overlay: Sendable, Equatable {
    case help
    case formula
    case commandLine
    /// A line being typed after `g`.
    case goTo(TextField)
    /// A value being typed after `c`, and what to search for after `/`.
    case change(TextField)
    case search(TextField)
    case settings(SettingsEditor)
    /// Who reads this input cell, or what this weight multiplies.
    case readers(Cell)
    case weightUse(Cell, map: Int)
    case overview
    case table(NetworkTable)
    /// The layers on the way back to the input, listed from one on.
    case path(first: Int)
  }

  /// What the shell has to do.
  package enum Effect: Sendable, Equatable {
    case quit
    case redraw
    /// Evaluate what this layer takes in place of whatever is being evaluated: `receive` takes in
    /// the result, and before it how far that is.
    case evaluateInputs(of: Int)
    /// Evaluate nothing any more.
    case cancelEvaluation
    /// Read a lesson of the list and give it to `open`.
    case openLesson(String)
    /// Keep how far the person is.
    case record(CourseRecord)
    /// Forget how far the person is in every lesson.
    case resetProgress
  }

  /// How long autoplay waits between steps.
  struct Speed: Sendable, Equatable {
    static let milliseconds = [2000, 1400, 1000, 700, 500, 350, 250, 150, 80, 40]
    var level = 3
    var milliseconds: Int { Speed.milliseconds[level] }
  }

  package init(_ subject: Presentation, size: Size, options: Options = Options()) {
    self.subject = subject
    self.size = size
    self.options = options
    walk = Walk(subject.network)
    activations = Activations(subject.network, input: subject.input)
    grain = .window
    place = walk.start(.window)
    inputWidth = subject.input.widestText(atMost: Player.widestColumn)
    settle()
  }

  package var network: Network { subject.network }
  package var layer: Layer { walk.layer(place) }
  package var step: Step { Step(place, in: walk) }
  package var names: CodeNames { CodeNames(network) }

  /// Milliseconds after which the shell should send a tick; nil: none is wanted, as where no step
  /// could be seen.
  package var tickInterval: Int? { isPlaying && hasRoom ? speed.milliseconds : nil }

  /// How the current cell is computed; nil at a start, for maps and layers, and while what the
  /// layer takes is not evaluated.
  func account() throws(ArithmeticError) -> CellAccount? {
    guard let cell = step.cell else { return nil }
    return try activations.account(of: cell, in: place.layer)
  }

  /// What the layers before this one need before the screen can show it.
  package var wanted: Effect? {
    activations.inputs(of: place.layer) == nil ? .evaluateInputs(of: place.layer) : nil
  }
}

extension Activations: Equatable {
  /// Two are equal when they came from the same network and input and hold the same layers.
  package static func == (first: Activations, second: Activations) -> Bool {
    first.network == second.network && first.input == second.input
      && first.network.layers.indices.allSatisfy { first.output(of: $0) == second.output(of: $0) }
  }
}
