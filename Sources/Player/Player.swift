import Canvas
import ConvolutionEngine
import FastEvaluation
import Lessons
import Walkthrough

/// The whole interactive program as a value: `update` changes it by an event, `screen` draws it.
///
/// Nothing in here touches a terminal, a file or a clock; what has to be done outside comes back
/// from `update` as effects.
package struct Player: Sendable, Equatable, ShowsWalk, NamesKeys {
  package internal(set) var shown: ShownWalk
  package var size: Size
  package var options: Options
  /// The lesson that is being taken; nil in a free walk.
  package internal(set) var course: Course?
  /// The lessons to choose from; nil where none were offered.
  package internal(set) var list: LessonList?
  /// The questions of lessons that are being asked again; nil where none are.
  package internal(set) var review: Review?
  /// Whether a network is walked that was opened from that list.
  var isAwayFromList = false
  var overlay: Overlay?
  /// What Esc returns to from the walk that shows an exercise's answer.
  var practice: Overlay?
  /// The live changes that stand, last the newest.
  var changes: [LiveChange] = []
  /// Those that were undone, last the newest.
  var undone: [UndoneChange] = []
  /// The setting that was chosen last.
  var lastSetting: SettingsEditor.Field?
  var trail = Trail()
  var status = Status()

  /// What the shell found out about its terminal, or was told.
  package struct Options: Sendable, Equatable {
    package var ascii: Bool
    /// Whether that is because the terminal draws other glyphs two columns wide.
    package var hasWideGlyphs = false
    /// Whether numbers have a ground by their value, where there are the colours.
    package var isTinted = true
    package var bindings: Bindings

    package init(ascii: Bool = false, bindings: Bindings = .standard) {
      self.ascii = ascii
      self.bindings = bindings
    }
  }

  /// What the shell has to do.
  package enum Effect: Sendable, Equatable {
    case quit
    case redraw
    /// Evaluate the layers that this takes in place of whatever is being evaluated: `receive` takes
    /// in the result, and before it how far that is.
    case evaluate(EvaluationGoal)
    /// Find out what the screen needs besides, in place of what was asked for before: it takes a
    /// moment, and `receive` takes it in.
    case prepare(Preparation)
    /// Search in place of whatever is being searched: `receive` takes in what was found.
    case search(OutputSearch)
    /// Evaluate nothing any more.
    case cancelEvaluation
    /// Find out what flows back, in place of what was asked for before: `receive` takes it in, and
    /// before it how far that is.
    case evaluateGradients(GradientWork)
    /// Find out nothing of what flows back any more.
    case cancelGradients
    /// Try what the loss does where a number is changed: `receive` takes it in.
    case tryPromise(PromiseTrial)
    /// Make a head's updates, in place of what was asked for before: `receive` takes them in, and
    /// before it how far that is.
    case learn(HeadWork)
    /// Make no updates any more.
    case cancelLearning
    /// Read a lesson of the list and give it to `open`.
    case openLesson(String)
    /// The same, at a stop, from 0.
    case openStop(lesson: String, Int)
    /// Read a shipped network and give it to `open`, on its own first picture or on a shipped one.
    case openNetwork(String, picture: String? = nil)
    /// Hand a text to the terminal's clipboard, where it takes one.
    case copy(String)
    /// Keep how far the person is.
    case record(CourseRecord)
    /// Keep how an exercise went.
    case recordPractice(PracticeMark)
    /// Keep what came of a final test.
    case recordTest([PracticeMark])
    /// Forget how far the person is in every lesson.
    case resetProgress
  }

  package init(_ subject: Presentation, size: Size, options: Options = Options()) {
    shown = ShownWalk(subject)
    self.size = size
    self.options = options
  }

  /// The smallest screen that holds a walk.
  package static let smallest = Size(columns: 80, rows: 24)

  var hasRoom: Bool {
    size.columns >= Player.smallest.columns && size.rows >= Player.smallest.rows
  }

  /// Whether the walk goes on by itself.
  package var isPlaying: Bool { status.isPlaying }

  /// What is being evaluated outside for the screen.
  package var evaluating: Evaluating? { status.evaluating }

  /// The layers that reaching a goal takes, in the order in which they stand.
  package func layers(for goal: EvaluationGoal) -> [Int] { shown.layers(for: goal) }

  /// Milliseconds after which the shell should send a tick; nil: none is wanted, as where no step
  /// could be seen.
  package var tickInterval: Int? {
    status.isPlaying && hasRoom ? status.speed.milliseconds : nil
  }

  /// Tells what a person should know of the files before the first key.
  package mutating func tell(_ notes: [String]) {
    guard let first = notes.first, status.message == nil else { return }
    say(notes.count == 1 ? first : "\(first) And \(notes.count - 1) more, told when you leave.")
  }

  /// Says what went wrong outside.
  package mutating func report(_ problem: String) { fail(problem) }

  mutating func say(_ text: String) { status.message = Status.Message(text: text) }
  mutating func fail(_ text: String) { status.message = Status.Message(text: text, isError: true) }
}
