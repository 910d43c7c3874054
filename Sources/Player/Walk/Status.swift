import Walkthrough

/// What the row above the footer tells: the answer to the last key, what waits for the next one, and
/// what goes on by itself.
struct Status: Sendable, Equatable {
  var message: Message?
  /// Digits typed before a command.
  var count = ""
  /// A key that waits for the next one: `m` or `'`.
  var pending: Command.Jump?
  var isPlaying = false
  var speed = Speed()
  /// What is being evaluated outside for the screen.
  var evaluating: Evaluating?
  /// The place for which an evaluation was cancelled or failed: only another one asks for it again.
  var givenUp: Place?
  /// What is being found out for the screen besides.
  var preparing: Preparation?
  /// A live change whose consequences are not known yet.
  var changing: ChangeReport?

  struct Message: Sendable, Equatable {
    var text: String
    var isError = false
  }

  /// How long autoplay waits between steps.
  struct Speed: Sendable, Equatable {
    static let milliseconds = [2000, 1400, 1000, 700, 500, 350, 250, 150, 80, 40]
    var level = 3
    var milliseconds: Int { Speed.milliseconds[level] }
  }

  mutating func takeCount() -> Int? {
    defer { count = "" }
    return Int(count)
  }
}

/// What is to be evaluated outside.
package enum EvaluationGoal: Sendable, Equatable {
  /// What a layer takes, for the walk.
  case inputs(of: Int)
  /// A layer, for the overview.
  case layer(Int)
  /// All other layers, before the overview shows them.
  case others

  var isForOverview: Bool {
    if case .inputs = self { false } else { true }
  }
}

/// What is being evaluated outside, and how far it is.
package struct Evaluating: Sendable, Equatable {
  package let goal: EvaluationGoal
  /// 0 to 1; nil until it has taken longer than a blink.
  package internal(set) var fraction: Double?
}

/// Where one can go back to.
struct Trail: Sendable, Equatable {
  var marks: [Unicode.Scalar: Place] = [:]
  /// Where the last jump began.
  var beforeJump: Place?
  var lastSearch: Search?
  var following = Following()
}
