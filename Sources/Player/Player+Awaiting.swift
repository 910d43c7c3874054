import Canvas
import ConvolutionEngine
import FastEvaluation
import Walkthrough

/// What is being evaluated outside, and how far it is.
package struct Evaluating: Sendable, Equatable {
  /// The layer whose inputs are evaluated.
  package let layer: Int
  /// 0 to 1; nil until it has taken longer than a blink.
  package internal(set) var fraction: Double?
}

extension Player {
  /// Asks for what the screen needs, unless that is already being evaluated.
  package mutating func evaluateWanted() -> [Effect] {
    guard let wanted, evaluating?.layer != place.layer else { return [] }
    evaluating = Evaluating(layer: place.layer)
    return [wanted]
  }

  /// Takes in what the shell evaluated for `.evaluateInputs`.
  package mutating func receive(_ result: Result<Activations, ArithmeticError>) {
    evaluating = nil
    switch result {
    case .success(let activations): take(activations)
    case .failure(let error): fail("\(error)")
    }
  }

  /// Takes in how far an evaluation is, 0 to 1, and the layers that it has finished.
  package mutating func receive(progress fraction: Double, _ activations: Activations) {
    evaluating?.fraction = fraction
    take(activations)
  }

  private mutating func take(_ evaluated: Activations) {
    // A live change may have come in between.
    guard evaluated.network == network, evaluated.input == subject.input else { return }
    for index in network.layers.indices where activations.output(of: index) == nil {
      if let output = evaluated.output(of: index) { activations.store(output, for: index) }
    }
    settle()
    rememberPictures()
  }

  mutating func cancelEvaluation() -> [Effect] {
    evaluating = nil
    say("Cancelled; what was finished is kept.")
    return [.cancelEvaluation]
  }

  /// In place of a layer whose inputs are not evaluated.
  func drawAwaited(_ screen: inout Screen) {
    guard let evaluating else {
      screen.put(
        "What \(layer.name) takes is not computed; \(key(.next)) computes it.", 1, 2, .message,
        before: size.columns)
      return
    }
    drawProgress(&screen, evaluating, row: 2)
  }

  /// `Computing for conv2  [#####···············]  25%  Esc cancels`
  func drawProgress(_ screen: inout Screen, _ evaluating: Evaluating, row: Int) {
    let name = cut(network.layers[evaluating.layer].name, to: 20)
    guard let fraction = evaluating.fraction else {
      screen.put("Computing for \(name) …", 1, row, .message, before: size.columns)
      return
    }
    let width = 20
    let share = min(max(fraction, 0), 1)
    let done = Int(share * Double(width))
    let bar = String(repeating: "#", count: done) + String(repeating: "·", count: width - done)
    screen.put(
      "Computing for \(name)  [\(bar)]  \(Int(share * 100))%  \(key(.leave)) cancels", 1,
      row,
      .message, before: size.columns)
  }
}
