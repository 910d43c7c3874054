import ExactNumbers
import Canvas
import ConvolutionEngine
import Lessons
import Walkthrough

/// A stop's screens, as a check looks at them.
package enum StopScreens {
  /// What has no room on the screens of a stop at 80×24: one line for each screen that is too full.
  ///
  /// The stop is gone through as a learner does: its text, its place, its question with every slip
  /// and the hint, the worked answer, and what is said afterwards. What would take long to evaluate
  /// is left out of the pictures.
  package static func problems(in lesson: Lesson, stop: Int) -> [String] {
    var player = Player(Presentation(lesson), size: Player.smallest)
    player.carryOut(player.open(lesson, at: stop), everything: false)
    var problems: [String] = []
    // Reading, the place, the question, its answer, what is said afterwards.
    for _ in 0..<8 {
      guard let course = player.course, course.stopIndex == stop, course.phase != .summary else {
        break
      }
      note(player, course.phase.name, &problems)
      if case .asking(let asking) = course.phase, !asking.isAnswered {
        for slip in asking.question.slips {
          player.type(slip.answer.map(\.asciiText).joined(separator: ";"))
          note(player, "what is said to \(Question.text(of: slip.answer))", &problems)
        }
        player.type("?")
        note(player, "the hint", &problems)
        player.type("??")
        note(player, "the worked answer", &problems)
      }
      player.press(.character(" "))
    }
    return problems
  }

  private static func note(_ player: Player, _ what: String, _ problems: inout [String]) {
    let screen = player.screen()
    if screen.overflow > 0 {
      problems.append(
        "\(what) has \(screen.overflow) line\(screen.overflow == 1 ? "" : "s") too many; shorten it."
      )
    } else if screen.frame.clipped > 0 {
      problems.append(
        "\(what) writes beyond the edge of 80×24; shorten names, or use smaller numbers or sizes.")
    } else if let scalar = screen.frame.unshown {
      let code = String(scalar.value, radix: 16, uppercase: true)
      guard !problems.contains(where: { $0.contains("U+\(code),") }) else { return }
      problems.append(
        "\(what) has the character U+\(code), which is not one column wide, so the screen shows "
          + "?; leave it out, or write an accented letter as one character.")
    }
  }
}

extension Course.Phase {
  fileprivate var name: String {
    switch self {
    case .reading: "the text"
    case .arrived: "the walk"
    case .asking(let asking): asking.isAnswered ? "the worked answer" : "the question"
    case .after: "what is said afterwards"
    case .summary: "the end"
    }
  }
}

extension Player {
  /// Types an answer and hands it in.
  fileprivate mutating func type(_ answer: String) {
    for scalar in answer.unicodeScalars { press(.character(scalar)) }
    press(.enter)
  }

  fileprivate mutating func press(_ key: Key) {
    carryOut(update(.key(key)), everything: false)
  }
}
