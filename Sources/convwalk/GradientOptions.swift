import ArgumentParser
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import TensorFiles
import Walkthrough

/// How `compute` and `trace` are told of a gradient.
struct GradientOptions: ParsableArguments {
  /// How a gradient is asked for, in the help of both.
  static let grammar = """
    --gradient NAME asks what the loss grows by where NAME does: X, a layer (v), its
    v.weight or v.bias. The loss is the sum of the last layer's numbers; or --loss:
      squared        half the squares of the differences from the target
      hinge          of each class but the target's, how much nearer than 1 it comes
      cross-entropy  of the softmax of the scores, before a final softmax; of the
                     sigmoid before a final sigmoid
    with --target, a class's number or a .npy file. --upstream gives the gradient at
    the last layer itself. --layer puts the loss, or it, at another layer. ReLU lets
    nothing through at 0; a maximum is the first of the largest.
    """

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What flows back to X, a layer, or a layer's weights or biases (v.weight, v.bias).",
      valueName: "name"))
  var gradient: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The gradient at the last layer, or --layer's, a .npy file.", valueName: "file"),
    completion: .array)
  var upstream: String?

  @Option(help: "squared, hinge or cross-entropy; else the sum of all numbers.")
  var loss: Loss.Kind?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "A class's number, or a .npy file of the scores' size.", valueName: "target"),
    completion: .array)
  var target: String?

  /// - Parameter isAsked: whether a gradient is asked for, if not by its own option.
  /// - Throws: `CommandFailure` for options without effect.
  func check(isAsked: Bool = false) throws(CommandFailure) {
    for (option, value) in [
      ("--upstream", upstream), ("--loss", loss?.rawValue), ("--target", target),
    ] where value != nil && gradient == nil && !isAsked {
      throw .needs(option: option, needed: "--gradient")
    }
    if upstream != nil, loss != nil { throw .contradiction("--upstream", "--loss") }
    if target != nil, loss == nil { throw .needs(option: "--target", needed: "--loss") }
    if loss != nil, target == nil { throw .needs(option: "--loss", needed: "--target") }
  }

  /// The way back through a subject's network.
  ///
  /// - Parameter layer: whose numbers the loss is made of; nil: the last.
  func backward(
    _ subject: Subject, layer: Layer?, axes: AxisOrder
  ) throws(CommandFailure) -> Backward {
    let network = subject.network
    let index = layer?.index ?? network.layers.count - 1
    return Backward(try subject.activations(), from: try placed(in: network, at: index, axes))
  }

  private func placed(
    in network: Network, at index: Int, _ axes: AxisOrder
  ) throws(CommandFailure) -> PlacedLoss {
    if let upstream {
      let gradient = try GradientOptions.tensor(upstream, axes)
      return try losing { () throws(LossError) in
        try network.upstream(gradient, ofLayer: index)
      }
    }
    guard let loss, let target else { return network.sum(ofLayer: index) }
    let wanted: Loss.Target
    if let label = Int(target) {
      wanted = .label(label)
    } else {
      wanted = .array(try GradientOptions.tensor(target, axes))
    }
    return try losing { () throws(LossError) in
      try network.loss(loss, target: wanted, ofLayer: index)
    }
  }

  private static func tensor(
    _ path: String, _ axes: AxisOrder
  ) throws(CommandFailure) -> Tensor {
    var files = ArrayFiles()
    let array = try files.array(path)
    return try decoding(path) { () throws(NumpyError) in try Tensor(array, axes: axes) }
  }
}

/// Runs what may meet a target that does not fit.
private func losing(
  _ body: () throws(LossError) -> PlacedLoss
) throws(CommandFailure) -> PlacedLoss {
  try rethrowing(try body(), as: CommandFailure.loss)
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
      throw .notReached(network.name(of: target), loss: network.name(of: loss.source))
    }
  }
}

extension Loss.Kind: ExpressibleByArgument {}
