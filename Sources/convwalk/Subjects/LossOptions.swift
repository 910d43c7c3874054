import ArgumentParser
import ConvolutionEngine
import ExactNumbers
import TensorFiles

/// What flows back comes from, as `compute`, `trace`, `explore` and `frame` are told of it.
struct LossOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The gradient at the last layer, or --layer's, a .npy file.", valueName: "file"),
    completion: .array)
  var upstream: String?

  @Option(help: "sum (of all numbers, as without it), squared, hinge or cross-entropy.")
  var loss: Loss.Kind?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "A class's number, or a .npy file of the scores' size.", valueName: "target"),
    completion: .array)
  var target: String?

  /// The options that were given, as they are typed.
  var given: [(option: String, value: String)] {
    [("--upstream", upstream), ("--loss", loss?.rawValue), ("--target", target)]
      .compactMap { option, value in value.map { (option, $0) } }
  }

  /// - Throws: `CommandFailure` for options that do not go together.
  func check() throws(CommandFailure) {
    if upstream != nil, loss != nil { throw .usage(.contradiction("--upstream", "--loss")) }
    switch (loss, target) {
    case (nil, .some): throw .usage(.needs(option: "--target", needed: "--loss"))
    case (let loss?, .some) where !loss.needsTarget:
      throw .usage(.contradiction("--loss \(loss.rawValue)", "--target"))
    case (let loss?, nil) where loss.needsTarget:
      throw .usage(.needs(option: "--loss", needed: "--target"))
    default: break
    }
  }

  /// The loss over the numbers of a layer.
  ///
  /// - Parameter layer: nil: the last.
  func placed(
    in network: Network, at layer: Layer?, _ axes: AxisOrder
  ) throws(CommandFailure) -> PlacedLoss {
    let index = layer?.index ?? network.layers.count - 1
    if let upstream {
      let gradient = try LossOptions.tensor(upstream, axes)
      return try losing { () throws(LossError) in
        try network.upstream(gradient, ofLayer: index)
      }
    }
    guard let loss else { return network.sum(ofLayer: index) }
    var wanted: Loss.Target?
    if let target, let label = Int(target) {
      wanted = .label(label)
    } else if let target {
      wanted = .array(try LossOptions.tensor(target, axes))
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

/// Where the loss of a walk's way back is taken.
struct WayBackOptions: ParsableArguments {
  @OptionGroup var loss: LossOptions

  @Option(
    parsing: .unconditional,
    help: "The layer whose numbers the loss of the way back is made of; else the last.")
  var layer: String?

  /// The options that were given, as they are typed.
  var given: [(option: String, value: String)] {
    loss.given + (layer.map { [("--layer", $0)] } ?? [])
  }

  /// The loss that was asked for; nil where none was.
  func placed(
    in network: Network, _ axes: AxisOrder
  ) throws(CommandFailure) -> PlacedLoss? {
    try loss.check()
    guard !given.isEmpty else { return nil }
    let chosen = try layer.map { name throws(CommandFailure) in try network.layer(typed: name) }
    return try loss.placed(in: network, at: chosen, axes)
  }
}

/// Runs what may meet a target that does not fit.
private func losing(
  _ body: () throws(LossError) -> PlacedLoss
) throws(CommandFailure) -> PlacedLoss {
  try rethrowing(try body(), as: { CommandFailure.subject(.loss($0)) })
}

extension Loss.Kind: OptionWord {}
