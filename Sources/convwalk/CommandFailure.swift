import ConvolutionEngine
import CursesTerminal
import ExactNumbers
import Glibc
import Lessons
import Player
import TensorFiles
import Training
import Walkthrough

/// Why a command does not do what it was told. The wording is in
/// `CommandFailure+Description.swift`.
indirect enum CommandFailure: Error {
  /// It cannot even be read, as where /proc is not mounted.
  case noCommandLine
  case usage(UsageFailure)
  case subject(SubjectFailure)
  case learning(LearningFailure)
  /// A network whose file does not say where its base ends.
  case noBase(String)
  case lesson(LessonError)
  case progress(ProgressProblem)
  /// What a check has told, line by line, on standard output.
  case problemsFound(Int, in: CheckedFiles)
  case arithmetic(ArithmeticError)

  case file(FileError)
  /// What a file holds.
  case contents(path: String, NumpyError)
  case archive(path: String, ArchiveError)
  /// What arrays there are, and what a network needs.
  case weights(path: String, NetworkWeightsError)
  /// What would fit in another order of axes.
  case otherAxes(CommandFailure, fits: AxisOrder)
  /// An array for a network's input whose axes seem to be in another order.
  case inputAxes(
    path: String, found: Shape, AxisOrder, wanted: Shape, fits: AxisOrder, as: Shape)
  case picture(path: String, PictureError)
  /// A picture is grey where colour is wanted, or the other way round.
  case pictureDepth(path: String, found: Int, wanted: Int)
  /// A layer's result that the chosen type cannot hold.
  case result(layer: String, NumpyWritingError)

  case terminal(TerminalError)
  case keys(path: String, KeysProblems)
  case stop(String, lesson: String, count: Int)
  case frameSize(String)
  case stepCount(String, most: Int)
  case pictureIndex(String, count: Int)
  /// A line of standard input without an end within so many bytes.
  case line(longest: Int)
  /// Nobody reads standard output any more.
  case closedPipe
  /// Standard output cannot be written: `errno`.
  case output(Int32)

  /// The exit status, after `sysexits.h`.
  ///
  /// Layers are typed, so one that does not fit its input is the command line's mistake even
  /// where the input's size comes from a file.
  var status: Int32 {
    switch self {
    case .otherAxes(let failure, _): failure.status
    case .inputAxes: EX_USAGE
    case .usage, .subject, .noBase, .stop, .frameSize, .stepCount, .pictureIndex: EX_USAGE
    case .learning(let failure): failure.status
    case .lesson(.unknownLesson), .lesson(.unknownNetwork), .arithmetic(.tooLarge): EX_USAGE
    case .lesson(.problems), .line: EX_DATAERR
    case .problemsFound: EXIT_FAILURE
    case .progress(let problem): problem.isLoss ? EX_CANTCREAT : EX_OK
    case .lesson: EX_NOINPUT
    case .pictureDepth: EX_USAGE
    case .arithmetic, .contents, .archive, .weights, .picture, .result, .keys: EX_DATAERR
    case .file(let problem) where problem.cause == .closedPipe: EX_OK
    case .file(let problem): problem.action == .read ? EX_NOINPUT : EX_CANTCREAT
    case .terminal, .noCommandLine: EX_UNAVAILABLE
    case .closedPipe: EX_OK
    case .output: EX_CANTCREAT
    }
  }
}

/// What is wrong with the words of a command line, whatever they are about.
enum UsageFailure {
  /// What the argument parser says.
  case parser(String, command: String)
  case unknownOption(String)
  case tooManyWords(Int, limit: Int)
  /// What help was asked for.
  case unknownCommand(String, nearest: [String])
  /// Two options of which each would do something else.
  case contradiction(String, String)
  case noSubject
  case subjectTwice
  /// An option that has no effect on this subject or without another option.
  case needs(option: String, needed: String)
  case seed(String)
  /// What no exercises are about.
  case topic(String)
  case exerciseCount(String, most: Int)
}

/// What is wrong with what a command is given to look at.
enum SubjectFailure {
  case inputSize(String)
  case layerAsInput(String)
  case inputShape(ShapeError)
  case layerText(String, LayerTextError)
  case network(NetworkError)
  case unknownLayer(String, known: [String])
  case address(AddressError)
  case notACell(String)
  case inputCell(String)
  case cellElsewhere(address: String, layer: String)
  case loss(LossError)
  /// A gradient of what the loss does not depend on.
  case notReached(String, loss: String)
  case notAGradientCell(String)
  case gradientElsewhere(address: String, gradient: String)
}

/// Why nothing is learned.
enum LearningFailure {
  case training(TrainingError)
  case rate(String)
  case epochs(Int)
  /// Neither `--examples` nor `--task`.
  case noExamples(tasks: [String])
  case unknownTask(String, known: [String])
  /// Several layers with weights behind a base.
  case learners([String])
  /// A layer behind the head that is no softmax or sigmoid.
  case behindHead(String)
  case examples(path: String, ExamplesError)
  case noClasses(path: String)
  case exampleSize(path: String, found: Shape, expected: Shape)
  case weightsWriting(WeightsWritingError)

  fileprivate var status: Int32 {
    switch self {
    case .rate, .epochs, .noExamples, .unknownTask, .learners, .behindHead, .exampleSize,
      .training(.notDense), .training(.rate):
      EX_USAGE
    case .training, .examples, .noClasses, .weightsWriting: EX_DATAERR
    }
  }
}

extension CommandFailure {
  /// Whether an array whose axes are in another order than is said may be the cause, and nothing
  /// says so yet.
  var mayBeAxes: Bool {
    switch self {
    case .subject(.network): true
    case .weights(_, let problem): problem.otherAxes == nil
    case .contents(_, .sizes(.unexpectedShape(_, _, _, _, let fits))): fits == nil
    default: false
    }
  }
}

/// Runs what may meet a number that is not exact.
func exactly<Value>(
  _ body: () throws(ArithmeticError) -> Value
) throws(CommandFailure) -> Value {
  try rethrowing(try body(), as: CommandFailure.arithmetic)
}

/// Runs what may meet layers that do not fit.
func building(
  _ body: () throws(NetworkError) -> Network
) throws(CommandFailure) -> Network {
  try rethrowing(try body(), as: { CommandFailure.subject(.network($0)) })
}
