import ConvolutionEngine
import ExactNumbers
import Walkthrough

/// The hinge loss of a few scores, and what it sends back.
extension Draft {
  /// Scores, and the class that should have the largest.
  private struct Scored {
    var draft: Draft
    let values: [Number]
    let target: Int
    /// `s_j − s_y + 1` of each class but the target.
    let margins: [Number]

    /// Of the classes that come too near.
    var tooNear: [Number] { margins.filter { $0 > .zero } }

    init?(_ draws: inout Draws) {
      let classes = draws.pick([4, 5])
      let target = draws.number(0...classes - 1)
      guard let input = shape(1, 1, classes),
        let draft = Draft(input, [.flatten(Flatten())], seed: UInt64(draws.number(1...999))),
        let scores = draft.input
      else { return nil }
      self.draft = draft
      self.target = target
      values = (0..<classes).map { scores[$0] }
      margins = (0..<classes).filter { $0 != target }.map {
        .difference(scores[$0], scores[target], plus: 1)
      }
      guard tooNear.count > 0 else { return nil }
      self.draft.loss = PlacedLoss(.hinge(target: target), at: .layer(0))
      self.draft.look(back: .source(.layer(0)), at: Cell(0, 0, target))
    }

    /// `The scores of the classes 0 to 3 are 2, 5, 0 and 1; the right one is class 1.`
    var text: String {
      let texts = values.map(\.text)
      return "The scores of the classes 0 to \(values.count - 1) are "
        + texts.dropLast().joined(separator: ", ")
        + " and \(texts[texts.count - 1]); the right one "
        + "is class \(target)."
    }

    /// `max(0, 2 − 5 + 1)`
    func margin(_ label: Int) -> String {
      "max(0, \(values[label].text) − \(values[target].text) + 1)"
    }

    var others: [Int] { values.indices.filter { $0 != target } }
  }

  static func hingeLoss(_ draws: inout Draws) -> Draft? {
    guard let scored = Scored(&draws) else { return nil }
    var draft = scored.draft
    let loss = Number.sum(scored.tooNear)
    draft.ask = "\(scored.text) What is the hinge loss, with margin 1?"
    draft.answer = [loss]
    let bare = scored.others.map {
      Number.difference(scored.values[$0], scored.values[scored.target])
    }
    draft.slip(
      numbers: [Number.sum(bare.filter { $0 > .zero })],
      "You left out the margin: a class must stay below the right one by 1.")
    draft.slip(
      numbers: [Number.sum(scored.tooNear + [Number(1)])], "The right class itself is not counted.")
    if scored.tooNear.count > 1, let largest = scored.tooNear.max() {
      draft.slip(
        numbers: [largest], "That is the class that comes nearest alone; all too near are added.")
    }
    if scored.margins.contains(where: \.isNegative) {
      draft.slip(
        numbers: [Number.sum(scored.margins)],
        "Nothing below 0 is counted: a class that stays far enough below gives 0.")
    }
    draft.hints = [
      "Of each wrong class: its score, minus the right one's, plus 1; 0 where that is below 0.",
      "They are " + scored.others.map { scored.margin($0) }.joined(separator: ", ") + ".",
    ]
    draft.why =
      scored.others.map { scored.margin($0) }.joined(separator: " + ") + " = \(loss.text)."
    return draft
  }

  static func hingeGradient(_ draws: inout Draws) -> Draft? {
    guard let scored = Scored(&draws) else { return nil }
    var draft = scored.draft
    let count = scored.tooNear.count
    draft.ask =
      "\(scored.text) The loss is the hinge loss, with margin 1. What flows back to the score of the "
      + "right class?"
    draft.answer = [Number(-Int128(count))]
    draft.slip([count], "The loss falls where the right score grows: the gradient is below 0.")
    if count > 1 { draft.slip([-1], "Each class that comes too near adds its −1.") }
    let touching = scored.margins.count(where: \.isZero)
    if touching > 0 {
      draft.slip(
        [-count - touching], "Where a margin is exactly 0 nothing flows back: it must be above 0.")
    }
    if count + touching < scored.margins.count {
      draft.slip(
        [-scored.margins.count], "A class that stays far enough below sends nothing back.")
    }
    draft.hints = [
      "How many wrong classes come too near? Of each: its score, minus the right one's, plus 1.",
      "Those are \(scored.margins.map(\.text).joined(separator: ", ")). Which are above 0?",
    ]
    draft.why =
      "\(count == 1 ? "1 class comes" : "\(count) classes come") too near, each sends back −1: "
      + "−\(count)."
    return draft
  }
}
