import ArgumentParser
import ConvolutionEngine
import FastEvaluation
import TensorFiles
import Walkthrough

/// `convwalk compute`: evaluates a layer and writes or prints the result.
struct ComputeCommand: ParsableCommand {
  private static let examples = [
    "compute 11x11x4 conv:5,filters=2,stride=2 maxpool:2",
    "compute --image photo.ppm 8x8x3 globalavgpool",
    "compute --lesson worked-example --layer v",
    "compute --network pytorch-net --image photo.ppm",
    "compute --network lenet-5 --input 36x36x1 --head globalavgpool",
    "compute --lesson worked-example --gradient v.weight",
  ]

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "compute",
      abstract: "Evaluate the layers and write the result, exactly.",
      discussion: """
        For example:

          $ convwalk compute 5x5x1 conv:3,stride=2
          conv 2×2×1
          conv[:,:,0]
            -12 -14
             -3 -28

        A line of numbers is a row, one y; -o writes the array, its axes in the
        order of --axes: the same in which input and weights are read.

        \(GradientOptions.grammar)

        \(SubjectOptions.grammar(examples))
        """)
  }

  @OptionGroup var options: SubjectOptions
  @OptionGroup var way: GradientOptions

  @Option(
    parsing: .unconditional,
    help: "The layer whose result is wanted, or X, the input; else the last.")
  var layer: String?

  @Option(
    name: .shortAndLong, parsing: .unconditional,
    help: ArgumentHelp(
      "Write a .npy file, - for standard output; else the result is printed.",
      valueName: "file"), completion: .file(extensions: ["npy"]))
  var output: String?

  @Option(
    help: """
      What the file holds: int64 (exact, or refused), float64 or float32 (rounded once). Without
      it, int64 where the result is exact, else float32.
      """)
  var dtype: NumpyOutput?

  func run() throws {
    if dtype != nil, output == nil {
      throw CommandFailure.usage(.needs(option: "--dtype", needed: "-o (what is printed is exact)"))
    }
    try way.check()
    let subject = try options.subject(.numbers)
    if let gradient = way.gradient {
      try run(gradient, of: subject)
      return
    }
    let (name, result) = try result(of: subject)
    if let output {
      try write(result, named: name, to: output)
    } else {
      try printed(result, named: name)
    }
  }

  /// The numbers that are wanted, with their layer's name or the input's.
  private func result(of subject: Subject) throws(CommandFailure) -> (String, Tensor) {
    let network = subject.network
    if layer == network.inputName { return (network.inputName, try subject.input()) }
    let chosen = try layer.map { name throws(CommandFailure) in try network.layer(typed: name) }
    let wanted = chosen ?? network.layers[network.layers.count - 1]
    var activations = try subject.activations()
    let result = try exactly { () throws(ArithmeticError) in
      try activations.evaluate(wanted.index)
    }
    return (wanted.name, result)
  }

  /// What flows back.
  private func run(_ gradient: String, of subject: Subject) throws(CommandFailure) {
    let network = subject.network
    let chosen = try layer.map { name throws(CommandFailure) in try network.layer(typed: name) }
    var backward = try way.backward(subject, layer: chosen, axes: options.axes)
    let target = try backward.target(typed: gradient)
    let result = try exactly { () throws(ArithmeticError) in try backward.evaluate(target) }
    let name = network.text(of: GradientAddress(target, .layer))
    guard let output else {
      let parts: [(name: String, tensor: Tensor)]
      if case .weights(let index) = target, network.layers[index].normalization == nil {
        parts = result.filters(of: network.layers[index]).enumerated().map { filter, tensor in
          (network.text(of: GradientAddress(target, .map(filter))), tensor)
        }
      } else {
        parts = [(name, result)]
      }
      for part in parts { try printed(part.tensor, named: part.name) }
      return
    }
    try write(result, named: name, to: output) { result, type throws(NumpyWritingError) in
      switch target {
      case .source: try result.numpyBytes(type, axes: options.axes)
      case .weights(let index) where network.layers[index].normalization != nil:
        try result.numpyBytesOfRow(type)
      case .weights(let index):
        try result.numpyBytes(type, asWeightsOf: network.layers[index], axes: options.axes)
      case .bias: try result.numpyBytesOfRow(type)
      }
    }
  }

  private func write(
    _ result: Tensor, named name: String, to path: String
  ) throws(CommandFailure) {
    try write(result, named: name, to: path) { result, type throws(NumpyWritingError) in
      try result.numpyBytes(type, axes: options.axes)
    }
  }

  private func write(
    _ result: Tensor, named name: String, to path: String,
    _ written: (Tensor, NumpyOutput) throws(NumpyWritingError) -> [UInt8]
  ) throws(CommandFailure) {
    let bytes: [UInt8]
    do throws(NumpyWritingError) {
      bytes = try written(result, dtype ?? (result.isExact ? .int64 : .float32))
    } catch {
      throw .result(layer: name, error)
    }
    do throws(FileError) {
      try FileContents.writeAtomically(bytes, to: path)
    } catch {
      throw .file(error)
    }
  }

  private func printed(_ result: Tensor, named name: String) throws(CommandFailure) {
    var output = StandardOutput()
    let text = TensorText(result, named: name)
    try text.forEachLine { line throws(CommandFailure) in try output.write(line: line) }
    try output.flush()
  }
}

extension NumpyOutput: OptionWord {}
