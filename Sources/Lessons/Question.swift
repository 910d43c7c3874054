import ConvolutionEngine
import ExactNumbers

/// A question that is answered by typing one number, or a few such as a shape `4x4x2`.
///
/// The engine computed the answer and every slip; no two of them are the same.
package struct Question: Sendable, Equatable {
  package let ask: String
  /// One number, or several in order: width, height, depth; or x and y.
  package let answer: [Number]
  package let slips: [Slip]
  package let hint: String
  /// What is said to those who ask again, each nearer than the one before it.
  package let furtherHints: [String]
  /// The worked answer: how the number comes about.
  package let why: String

  /// More mistakes than this nobody makes at one place, and a check goes through all of them.
  package static let mostSlips = 20

  /// A mistake that people make, and the answer that it leads to.
  package struct Slip: Sendable, Equatable {
    package let answer: [Number]
    /// Names the mistake: "You left out the bias. It is added once for each cell."
    package let says: String

    package init(answer: [Number], says: String) {
      self.answer = answer
      self.says = says
    }
  }

  package enum Verdict: Sendable, Equatable {
    case right
    case slip(Slip)
    case wrong
    /// Not an answer at all; what one looks like.
    case unreadable(String)
  }

  package init(
    ask: String, answer: [Number], slips: [Slip], hint: String, why: String,
    furtherHints: [String] = []
  ) {
    self.ask = ask
    self.answer = answer
    self.slips = slips
    self.hint = hint
    self.furtherHints = furtherHints
    self.why = why
  }
}
