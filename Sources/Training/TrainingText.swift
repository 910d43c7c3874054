import ConvolutionEngine
import ExactNumbers

/// An update in lines of text.
package struct TrainingText {
  private let layer: Layer
  private let rate: Ratio
  /// Longer lists of numbers are cut, and say so.
  private static let longest = 12

  package init(_ layer: Layer, rate: Ratio) {
    self.layer = layer
    self.rate = rate
  }

  /// What one update did, every number exact: scores before and after, the loss as the sum that it is,
  /// and which weights changed by what.
  package func lines(_ update: HeadUpdate) -> [String] {
    var lines = [
      "update \(update.number)  example \(update.example)  η = \(rate.text)",
      "  features \(list(numbers(update.features)))",
      "  target   class \(update.label)",
      "  scores before  \(update.scoresBefore.map(\.text).joined(separator: "  "))",
      "  loss = \(loss(update))",
    ]
    for change in update.changes { lines += self.lines(change, update) }
    let kept = (0..<layer.output.count).filter { map in
      !update.changes.contains { $0.class == map }
    }
    if !kept.isEmpty {
      let names = kept.map { "W\($0)" }
      lines.append(
        "  \(list(names)) unchanged: "
          + (update.changes.isEmpty ? "no class came too near" : "far enough away"))
    }
    lines.append("  scores after   \(update.scoresAfter.map(\.text).joined(separator: "  "))")
    lines.append("  loss after = \(update.lossAfter.text)")
    return lines
  }

  /// `max(0, −3 − 0 + 1) + max(0, 9 − 0 + 1) = 0 + 10 = 10`
  package func loss(_ update: HeadUpdate) -> String {
    let others = update.scoresBefore.indices.filter { $0 != update.label }
    guard !others.isEmpty, others.count <= TrainingText.longest else { return update.loss.text }
    let own = update.scoresBefore[update.label]
    let maxima = others.map { "max(0, \(update.scoresBefore[$0].text) − \(bracketed(own)) + 1)" }
    let parts = others.map { map -> Ratio in
      guard update.tooNear.contains(map) else { return .zero }
      return own.negated.flatMap { update.scoresBefore[map].adding($0) }?.adding(Ratio(1)) ?? .zero
    }
    let sum = parts.count > 1 ? " = \(parts.map(\.text).joined(separator: " + "))" : ""
    return "\(maxima.joined(separator: " + "))\(sum) = \(update.loss.text)"
  }

  private func bracketed(_ number: Ratio) -> String {
    number.isNegative ? "(\(number.text))" : number.text
  }

  private func lines(_ change: HeadUpdate.Change, _ update: HeadUpdate) -> [String] {
    let count = change.times.magnitude == 1 ? "" : " · \(change.times.magnitude)"
    let sign = change.times < 0 ? "−" : "+"
    let features = list(numbers(update.features))
    var lines = [
      "  W\(change.class)  \(list(change.before.map(\.text))) \(sign) \(rate.text)\(count) · "
        + "(\(features)) = \(list(change.after.map(\.text)))"
    ]
    if let before = change.biasBefore, let after = change.biasAfter {
      lines.append(
        "  b\(change.class)  \(before.text) \(sign) \(rate.text)\(count) = \(after.text)")
    }
    return lines
  }

  private func numbers(_ tensor: Tensor) -> [String] {
    (0..<tensor.shape.count).map { tensor[$0].text }
  }

  private func list(_ texts: [String]) -> String {
    let shown = texts.prefix(TrainingText.longest).joined(separator: "  ")
    let more = texts.count - TrainingText.longest
    return more > 0 ? "\(shown)  … \(more) more" : shown
  }
}

extension Ratio {
  /// `1/16`, or `2` where it is whole: as a rate is given.
  package var fractionText: String { isWhole ? text : "\(numerator)/\(denominator)" }
}
