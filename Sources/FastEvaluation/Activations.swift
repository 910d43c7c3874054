import ConvolutionEngine
import ExactNumbers

/// A network, its input and the layers evaluated so far.
package struct Activations: Sendable {
  package let network: Network
  package let input: Tensor
  private var outputs: [Tensor?]

  package init(_ network: Network, input: Tensor) {
    precondition(input.shape == network.input, "the input has the network's input shape")
    self.network = network
    self.input = input
    outputs = Array(repeating: nil, count: network.layers.count)
  }

  /// A layer's output if it has been evaluated.
  package func output(of layer: Int) -> Tensor? { outputs[layer] }

  package func tensor(of source: Source) -> Tensor? {
    switch source {
    case .input: input
    case .layer(let index): outputs[index]
    }
  }

  /// A layer's inputs, nil until all of them have been evaluated.
  package func inputs(of layer: Int) -> [Tensor]? {
    var tensors: [Tensor] = []
    for source in network.layers[layer].sources {
      guard let tensor = tensor(of: source) else { return nil }
      tensors.append(tensor)
    }
    return tensors
  }

  package mutating func store(_ tensor: Tensor, for layer: Int) {
    precondition(tensor.shape == network.layers[layer].output, "the layer's output shape")
    outputs[layer] = tensor
  }

  /// Evaluates, once, everything that a layer takes.
  package mutating func evaluateInputs(
    of layer: Int, settings: EvaluationSettings = .everyProcessor
  ) throws(ArithmeticError) {
    for index in missing(before: layer) {
      guard let inputs = inputs(of: index) else {
        preconditionFailure("a layer takes only what stands before it")
      }
      outputs[index] = try network.layers[index].evaluate(inputs, settings: settings)
    }
  }

  /// The layers still to be evaluated before this one can be, in the order in which they stand:
  /// a list and not a recursion, so that a chain of any length fits the stack.
  package func missing(before layer: Int) -> [Int] {
    var needed: Set<Int> = []
    var rest = [layer]
    while let index = rest.popLast() {
      for case .layer(let source) in network.layers[index].sources
      where outputs[source] == nil && needed.insert(source).inserted {
        rest.append(source)
      }
    }
    return needed.sorted()
  }

  /// Evaluates a layer and what it takes, once; returns its output.
  @discardableResult
  package mutating func evaluate(
    _ layer: Int, settings: EvaluationSettings = .everyProcessor
  ) throws(ArithmeticError) -> Tensor {
    if let output = outputs[layer] { return output }
    try evaluateInputs(of: layer, settings: settings)
    guard let inputs = inputs(of: layer) else {
      preconditionFailure("the inputs have just been evaluated")
    }
    let output = try network.layers[layer].evaluate(inputs, settings: settings)
    outputs[layer] = output
    return output
  }

  /// How one cell is computed; nil until the layer's inputs have been evaluated.
  package func account(of cell: Cell, in layer: Int) throws(ArithmeticError) -> CellAccount? {
    guard let inputs = inputs(of: layer) else { return nil }
    return try network.layers[layer].account(of: cell, inputs: inputs)
  }

  /// One cell's value, from the evaluated layer or from its window alone; nil until the layer's
  /// inputs have been evaluated.
  package func value(of cell: Cell, in layer: Int) throws(ArithmeticError) -> Number? {
    if let output = outputs[layer] { return output[cell] }
    guard let inputs = inputs(of: layer) else { return nil }
    return try network.layers[layer].value(of: cell, inputs: inputs)
  }
}
