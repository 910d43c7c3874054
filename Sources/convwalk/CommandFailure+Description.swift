import ConvolutionEngine
import ExactNumbers
import Exercises
import Glibc
import Lessons
import Player
import TensorFiles
import Walkthrough

extension CommandFailure {
  /// One or two sentences: what was found, what is expected, how to mend it; nil where nothing
  /// is to be said.
  var message: String? {
    switch self {
    case .usage(let failure): return failure.message
    case .subject(let failure): return failure.message
    case .learning(let failure): return failure.message
    case .lesson(let problem): return "\(problem)"
    case .progress(let problem): return "\(problem)"
    case .problemsFound(let count, let checked):
      return "\(count) problem\(count == 1 ? "" : "s") in \(checked)."
    case .arithmetic(let problem): return "\(problem)"
    case .file(let problem): return problem.cause == .closedPipe ? nil : "\(problem)"
    case .contents(let path, let problem): return "\(name(of: path)): \(problem)"
    case .archive(let path, let problem): return "\(name(of: path)): \(problem)"
    case .weights(let path, let problem): return "\(name(of: path)): \(problem)"
    case .otherAxes(let failure, let order):
      let text = failure.message ?? ""
      return text + (text.contains("\n") ? "\n  " : " ")
        + "With --axes \(order.rawValue) everything fits."
    case .inputAxes(let path, let found, let axes, let wanted, let order, let shape):
      return "\(name(of: path)): the array is \(found) by --axes \(axes.rawValue), and the network "
        + "takes \(wanted); by --axes \(order.rawValue) it is \(shape)."
    case .picture(let path, let problem): return "\(name(of: path)): \(problem)"
    case .pictureDepth(let path, let found, let wanted):
      return
        "\(name(of: path)): the picture has \(found == 1 ? "depth 1, grey" : "depth \(found)"), "
        + "expected depth \(wanted); ask for a size of depth \(found), or convert the picture."
    case .result(let layer, let problem): return "\(layer): \(problem)"
    case .noBase(let name):
      return "the network \(name) does not say where its base ends; leave --head and --freeze out."
    case .noCommandLine:
      return "the command line cannot be read, because /proc is not mounted here; mount it, "
        + "for example with 'mount -t proc proc /proc'."
    case .terminal(let problem): return "\(problem)"
    case .keys(let path, let found):
      let lines = found.problems.prefix(20).map { "\(path):\($0.line): \($0.cause)" }
      let rest = found.problems.count - lines.count
      return (lines + (rest > 0 ? ["and \(rest) more problems."] : [])).joined(separator: "\n")
    case .stop(let stop, let lesson, let count):
      return count == 0
        ? "\(lesson) has no stops; leave --stop out."
        : "\(lesson) has no stop \(stop); its stops are 1 to \(count)."
    case .line(let longest):
      return "a line of standard input has more than \(longest) bytes; an answer is a number or a "
        + "few, end it with Enter."
    case .frameSize(let found):
      return "the screen's size is \(found.quoted); write columns x rows, each from 1 to "
        + "\(FrameCommand.largestSize), for example 80x24."
    case .pictureIndex(let found, let count):
      return "the network has \(count) pictures, and --index is \(found.quoted); write a whole "
        + "number from 0 to \(count - 1)."
    case .stepCount(let found, let most):
      return "the number of steps is \(found.quoted); write a whole number from 0 to \(most)."
    case .closedPipe: return nil
    case .output(EBADF):
      return "standard output is closed; open it, or write to a file with > FILE."
    case .output(let problem):
      return "standard output cannot be written: \(systemText(problem)); "
        + "make room or write elsewhere."
    }
  }
}

/// How a file is called in messages.
private func name(of path: String) -> String { path == "-" ? "standard input" : path }

extension UsageFailure {
  fileprivate var message: String {
    switch self {
    case .parser(let text, let command):
      return
        "\(text.hasSuffix(".") || text.hasSuffix("?") ? text : text + ".") See '\(command) --help'."
    case .unknownOption(let option):
      return "\(option.quoted) is not an option here; "
        + "write -- before a file's name that starts with a dash, or see --help."
    case .tooManyWords(let found, let limit):
      return "the command line has \(found) words, at most \(limit) are taken; write a network of "
        + "many layers into a file, with blocks."
    case .unknownCommand(let name, let nearest):
      let cure =
        nearest.isEmpty
        ? "'convwalk --help' lists them." : "did you mean \(nearest.joined(separator: " or "))?"
      return "there is no command \(name.quoted); \(cure)"
    case .contradiction(let first, let second):
      return "\(first) and \(second) cannot both be given; use one of them."
    case .noSubject:
      return "there is no input; name one and its layers, for example 11x11x4 conv:5,stride=2."
    case .subjectTwice:
      return "there is more than one of a lesson, a network and an input with layers; name one of "
        + "them."
    case .needs(let option, let needed): return "\(option) has no effect without \(needed)."
    case .seed(let found):
      return "the seed is \(found.quoted); it must be a whole number "
        + "from 0 to \(UInt64.max)."
    case .topic(let found):
      let topics = Topic.allCases.map(\.rawValue).joined(separator: ", ")
      return "\(found.quoted) is no topic of exercises; the topics are \(topics)."
    case .exerciseCount(let found, let most):
      return "the number of exercises is \(found.quoted); write a whole number from 1 to \(most)."
    }
  }
}

extension LearningFailure {
  fileprivate var message: String {
    switch self {
    case .training(let problem): return "\(problem)"
    case .rate(let found):
      return
        "the rate is \(found.quoted); it must be above 0, a fraction of numbers of at most 128 "
        + "bits, for example 1/16."
    case .epochs(let found):
      return "the epochs are \(found); go through the examples once or more, and less often than "
        + "would overflow."
    case .noExamples(let tasks):
      return "there is nothing to learn from; give --examples FILE.npz"
        + (tasks.isEmpty ? "." : ", or --task \(tasks.joined(separator: " or --task ")).")
    case .unknownTask(let name, let known):
      return "there is no task \(name.quoted) here; "
        + (known.isEmpty
          ? "give --examples FILE.npz, or --network digits, which has some."
          : "there are \(known.joined(separator: " and ")).")
    case .learners(let names):
      return
        "\(names.dropLast().joined(separator: ", ")) and \(names[names.count - 1]) have weights "
        + "behind the base, and one layer learns here; put it there with --head, as in 'flatten "
        + "dense:10'."
    case .behindHead(let head):
      return "behind \(head), the last layer with weights, stands a layer that is no softmax or "
        + "sigmoid, and its loss would not be the head's own; end the layers with a dense one."
    case .examples(let path, let problem): return "\(name(of: path)): \(problem)"
    case .noClasses(let path):
      return "\(name(of: path)): the file has no array \"y\", the class of each example; save it "
        + "with numpy.savez(file, x=inputs, y=classes)."
    case .exampleSize(let path, let found, let expected):
      return "\(name(of: path)): each example is \(found), and the network takes \(expected); "
        + "x has the examples first, then the axes of --axes."
    case .weightsWriting(let problem): return "\(problem)"
    }
  }
}

extension SubjectFailure {
  fileprivate var message: String {
    switch self {
    case .inputSize(let found):
      return "\(found.quoted) is not a size; write width x height x depth as whole "
        + "numbers, for example 11x11x4."
    case .layerAsInput(let found):
      return "\(found.quoted) is a layer, but the input comes first; "
        + "begin with its size or file, for example 11x11x4 \(found)."
    case .inputShape(let problem): return "the input: \(problem)"
    case .layerText(let text, let problem):
      return "in the layer \(text.quoted): \(problem)"
    case .network(let problem): return "\(problem)"
    case .unknownLayer(let name, let known):
      return "\(AddressError.unknownLayer(name, known: known))"
    case .address(let problem): return "\(problem)"
    case .notACell(let found):
      return "\(found.quoted) is not a cell; write its layer and x, y and map, "
        + "for example v[1,0,0]."
    case .inputCell(let found):
      return "\(found) is a cell of the input, which nothing computes; name a layer's cell."
    case .cellElsewhere(let address, let layer):
      return "\(address) is not a cell of layer \(layer); leave --layer out or name its cell."
    case .loss(let problem): return "\(problem)"
    case .notReached(let name, let loss):
      return "\(name) is nothing the loss depends on: that is made of \(loss)'s numbers; name "
        + "what comes before, or move the loss with --layer."
    case .notAGradientCell(let found):
      return "\(found.quoted) is not one number of a gradient; write dX[4,5,0], dKer0[1,2,0], "
        + "dW3[7] or db0."
    case .gradientElsewhere(let address, let gradient):
      return "\(address) is not in the gradient by \(gradient); leave --gradient out or name its "
        + "cell."
    }
  }
}

/// What the system calls an `errno`, as part of a sentence.
func systemText(_ problem: Int32) -> String {
  let text = String(cString: strerror(problem))
  return text.prefix(1).lowercased() + text.dropFirst()
}
