import ConvolutionEngine
import ExactNumbers

/// A question that is answered by typing one number, or a few such as a shape `4x4x2`; or by changing
/// numbers until something holds.
///
/// The engine computed the answer and every slip; no two of them are the same.
package struct Question: Sendable, Equatable {
  package let ask: String
  /// One number, or several in order: width, height, depth; or x and y. Where there are choices, the
  /// number of one, from 1.
  package let answer: [Number]
  /// What can be chosen; empty where a number is typed.
  package let choices: [String]
  /// What of the stop's network the answer is, as far as a screen shows it.
  package let asked: Set<Asked>
  package let slips: [Slip]
  package let hint: String
  /// What is said to those who ask again, each nearer than the one before it.
  package let furtherHints: [String]
  /// The worked answer: how the number comes about.
  package let why: String

  /// Numbers on the way to the answer, and what each is: told where no slip is the same.
  package let steps: [Slip]
  /// Whether what is asked for is counted, and so whole.
  package let isCount: Bool
  /// What is to be changed; nil where an answer is typed.
  package let task: Task?

  /// Hints that a question can have.
  static let mostHints = 5
  /// As many as stand beside their question.
  package static let mostChoices = 6
  /// What a comparison is answered with: it holds, or it does not.
  static let yesOrNo = ["yes", "no"]

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

  /// Something of a layer's output or of the input, by the name of either.
  package enum Asked: Sendable, Hashable {
    case cell(String, Cell)
    /// A number of what flows back, as it is written: `dX[4,5,0]`, `db0`.
    case gradient(String)
    case side(String, Side)

    package enum Side: Sendable, Hashable {
      case width, height, depth
    }

    /// Whether it is one number, which has a place of its own on a screen.
    package var isNumber: Bool {
      switch self {
      case .cell, .gradient: true
      case .side: false
      }
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
    ask: String, answer: [Number], choices: [String] = [], asked: Set<Asked> = [], slips: [Slip],
    hint: String, why: String, furtherHints: [String] = [], steps: [Slip] = [],
    isCount: Bool = false, task: Task? = nil
  ) {
    self.ask = ask
    self.answer = answer
    self.choices = choices
    self.asked = asked
    self.slips = slips
    self.hint = hint
    self.furtherHints = furtherHints
    self.why = why
    self.steps = steps
    self.isCount = isCount
    self.task = task
  }
}

extension Question.Asked: CustomStringConvertible {
  /// `v[1,0,0]`, `dX[4,5,0]`, `the width of v`
  package var description: String {
    switch self {
    case .cell(let name, let cell): "\(name)\(cell)"
    case .gradient(let name): name
    case .side(let name, let side): "the \(side) of \(name)"
    }
  }
}
