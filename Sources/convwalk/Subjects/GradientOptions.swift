import ArgumentParser
import ConvolutionEngine
import FastEvaluation
import Lessons
import TensorFiles
import Walkthrough

/// How `compute` and `trace` are told of a gradient.
struct GradientOptions: ParsableArguments {
  /// How a gradient is asked for, in the help of both.
  static let grammar = """
    --gradient NAME asks what the loss grows by where NAME does: X, a layer (v), its
    v.weight or v.bias (of a batch normalization γ and β, also v.gamma, v.beta). The
    loss is the sum of the last layer's numbers; or --loss:
      squared        half the squares of the differences from the target
      hinge          of each class but the target's, how much nearer than 1 it comes
      cross-entropy  of the softmax of the scores, before a final softmax; of the
                     sigmoid before a final sigmoid
    with --target, a class's number or a .npy file. --upstream gives the gradient at
    the last layer itself. --layer puts the loss, or it, at another layer. ReLU lets
    nothing through at 0; a maximum is the first of the largest. A lesson may name a
    loss of its own.
    """

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What flows back to X, a layer, or a layer's weights or biases (v.weight, v.bias).",
      valueName: "name"))
  var gradient: String?

  @OptionGroup var loss: LossOptions

  /// - Parameter isAsked: whether a gradient is asked for, if not by its own option.
  /// - Throws: `CommandFailure` for options without effect.
  func check(isAsked: Bool = false) throws(CommandFailure) {
    if gradient == nil, !isAsked, let first = loss.given.first {
      throw .usage(.needs(option: first.option, needed: "--gradient"))
    }
    try loss.check()
  }

  /// The way back through a subject's network.
  ///
  /// - Parameter layer: whose numbers the loss is made of; nil: the last.
  func backward(
    _ subject: Subject, layer: Layer?, axes: AxisOrder
  ) throws(CommandFailure) -> Backward {
    var placed = try loss.placed(in: subject.network, at: layer, axes)
    if loss.given.isEmpty, layer == nil, let own = subject.lesson?.scenes[Scene.main]?.loss {
      placed = own
    }
    return Backward(try subject.activations(), from: placed)
  }
}

extension Backward {
  /// What a name that somebody typed is, which the loss has to depend on.
  func target(typed name: String) throws(CommandFailure) -> GradientTarget {
    let network = network
    let target = try addressing { () throws(AddressError) in
      try network.gradientTarget(named: name)
    }
    try check(target)
    return target
  }

  func check(_ target: GradientTarget) throws(CommandFailure) {
    guard reaches(target) else {
      throw .subject(.notReached(network.name(of: target), loss: network.name(of: loss.source)))
    }
  }
}
