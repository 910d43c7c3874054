import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// A number changed and the loss taken anew, to be held against what the gradient promised: asked for
/// by the player, found out outside of `update`.
package struct PromiseTrial: Sendable, Equatable {
  let name: String
  let before: Number
  let value: Int128
  let gradient: Number
  /// The way back as it was, its layers evaluated.
  let backward: Backward
  /// With the number changed.
  let network: Network
  let input: Tensor

  /// What became of it, in sentences.
  package struct Found: Sendable {
    let lines: [String]
  }

  /// - Parameter goesOn: told how far it is, 0 to 1; ends it by false.
  /// - Returns: nil where it was ended.
  package func run(goesOn: @escaping (Double) -> Bool = { _ in true }) -> Found? {
    let changed = "\(name) from \(before.text) to \(Number(value).text)"
    guard let loss = backward.lossValue else {
      return Found(lines: ["\(changed): only what flows back is given, and nobody knows the loss."])
    }
    var after = Activations(network, input: input)
    do throws(ArithmeticError) {
      if case .layer(let last) = backward.loss.source {
        let layers = after.missing(before: last) + [last]
        try after.evaluate(layers) { done, _ in goesOn(done) }
      }
    } catch {
      if case .cancelled = error { return nil }
      return Found(lines: ["\(changed): \(error)"])
    }
    let other = Backward(after, from: backward.loss)
    guard let now = other.lossValue else {
      return Found(lines: ["\(changed): the loss needs more than 128 bits then."])
    }
    return Found(lines: lines(changed, loss, now, other))
  }

  private func lines(
    _ changed: String, _ loss: Number, _ now: Number, _ after: Backward
  ) -> [String] {
    let step = Number.difference(Number(value), before)
    let grown = Number.difference(now, loss)
    let went = "\(changed): the loss goes from \(loss.text) to \(now.text), by \(grown.text)."
    let promise = promised(step)
    let said =
      step.text == "1"
      ? "The gradient promised \(gradient.text)."
      : "The gradient promised \(step.text) · \(bracketed(gradient)) = \(promise.text)."
    if isSame(promise, grown) { return [went, "\(said) It kept its promise."] }
    return [went, "\(said) They differ: \(reason(after))."]
  }

  private func promised(_ step: Number) -> Number {
    if let exact = gradient.ratio.flatMap({ one in step.ratio.flatMap { one.multiplied(by: $0) } })
    {
      return .ratio(exact.reduced)
    }
    return FixedPoint(BigRational(gradient) * BigRational(step)).number.roundedToFloat32
  }

  /// Whether two are equal; of rounded ones, as far as a float32 can tell.
  private func isSame(_ promise: Number, _ grown: Number) -> Bool {
    if promise.ratio != nil, grown.ratio != nil { return promise == grown }
    let (one, other) = (promise.nearestDouble, grown.nearestDouble)
    return abs(one - other) <= 1e-5 * max(abs(one), abs(other))
  }

  private func bracketed(_ number: Number) -> String {
    number.isNegative ? "(\(number.text))" : number.text
  }

  /// Why the loss did not grow evenly.
  private func reason(_ after: Backward) -> String {
    let (old, new) = (backward.activations, after.activations)
    for layer in old.network.layers {
      guard let before = old.inputs(of: layer.index), let now = new.inputs(of: layer.index),
        old.output(of: layer.index) != nil, new.output(of: layer.index) != nil
      else { continue }
      switch layer.derivative(over: before) {
      case .winner where layer.winners(over: before[0]) != layer.winners(over: now[0]):
        return "a maximum changed hands in \(layer.name)"
      case .slope(let rule):
        if let word = bend(layer, before[0], now[0], rule) { return word }
      case .weight, .input, .standardized, .one, .share, .winner, .irrational: break
      }
    }
    if case .hinge = backward.loss.loss { return "a class came too near, or no longer does" }
    return "the loss is curved, and the gradient tells how it starts to grow"
  }

  /// `a bend opened in relu1`, where a cell's slope is another one now.
  private func bend(
    _ layer: Layer, _ before: Tensor, _ now: Tensor, _ rule: any SlopedRule
  ) -> String? {
    for index in 0..<before.shape.count where before[index] != now[index] {
      let cell = before.shape.cell(at: index)
      let old = rule.slope(at: before[index], map: cell.depth, in: layer)
      let new = rule.slope(at: now[index], map: cell.depth, in: layer)
      if old == new { continue }
      let place = "\(layer.name)\(cell)"
      guard old.isZero || new.isZero else { return "\(place) went over its bend" }
      return "a \(layer.kindTitle) \(old.isZero ? "opened" : "closed") at \(place)"
    }
    return nil
  }
}
