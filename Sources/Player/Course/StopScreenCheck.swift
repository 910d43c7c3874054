import ExactNumbers
import Canvas
import ConvolutionEngine
import Lessons
import Walkthrough

/// A stop's screens, as a check looks at them.
package enum StopScreenCheck {
  /// What is wrong with the screens of a stop at 80×24, a line each: what has no room, and keys that a
  /// text asks for where they do nothing.
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
      pressKeys(in: course.text, of: course.phase.name, player, &problems)
      if case .asking(let asking) = course.phase, !asking.isAnswered {
        for slip in asking.question.slips {
          player.type(slip.answer.map(\.asciiText).joined(separator: ";"))
          note(player, "what is said to \(asking.question.text(of: slip.answer))", &problems)
        }
        for hint in [asking.question.hint] + asking.question.furtherHints {
          player.type("?")
          note(player, "the hint", &problems)
          pressKeys(in: [hint], of: "the hint", player, &problems)
        }
        player.type("??")
        note(player, "the worked answer", &problems)
      }
      player.press(.character(" "))
    }
    if let course = player.course, course.phase == .summary {
      pressKeys(in: lesson.next, of: course.phase.name, player, &problems)
    }
    return problems + revealed(in: lesson, stop: stop)
  }

  /// Other sizes at which nothing that is asked may be read either.
  private static let sizes = [
    Player.smallest, Size(columns: 132, rows: 43), Size(columns: 200, rows: 60),
  ]

  /// Numbers that can be read where they stand while they are asked for, or on the screen before: the
  /// last one of the stop before, if that plays in the same scene.
  private static func revealed(in lesson: Lesson, stop: Int) -> [String] {
    let input = lesson.scenes[lesson.stops[stop].scene]?.network.inputName
    let asked = (lesson.stops[stop].question?.asked ?? []).filter {
      if case .cell(let name, _) = $0 { name != input } else { true }
    }
    guard !asked.isEmpty else { return [] }
    var player = Player(Presentation(lesson), size: Player.smallest)
    player.carryOut(player.open(lesson, at: max(0, stop - 1)), everything: false)
    var before: Screen?
    while let course = player.course, course.stopIndex < stop, course.phase != .summary {
      before = player.screen()
      player.press(.character(" "))
      if case .asking = player.course?.phase { player.type("??") }
    }
    var problems: [String] = []
    if let before, lesson.stops[stop - 1].scene == lesson.stops[stop].scene {
      problems += asked.filter(before.reveals).map {
        "the screen before shows \($0), which is asked here; look elsewhere there, or ask for another."
      }
    }
    while let course = player.course, course.stopIndex == stop, course.awaitsAnswer {
      for size in sizes {
        player.carryOut(player.update(.resized(size)), everything: false)
        problems += asked.filter(player.screen().reveals).map {
          "\(course.phase.name) shows \($0) at \(size.columns)×\(size.rows), which is asked."
        }
      }
      if case .asking = course.phase { break }
      player.press(.character(" "))
    }
    return problems
  }

  /// Presses each key that a text asks for, as one who reads it there would.
  private static func pressKeys(
    in text: [String], of what: String, _ player: Player, _ problems: inout [String]
  ) {
    for key in text.flatMap({ Key.asked(by: $0) }) {
      var reader = player
      // A text may say first how one leaves the field.
      let leavesField = text.contains { $0.contains("Esc") }
      if case .asking(let asking) = player.course?.phase, !asking.isAnswered,
        asking.question.task == nil
      {
        guard !leavesField else { continue }
        problems.append(
          "\(what) asks for the key \(key.name(ascii: true)), which is typed into the answer there; "
            + "say before it that Esc leaves the field.")
        continue
      }
      reader.press(key)
      // To be told that a key does nothing, or to leave the stop by it, is nothing.
      (reader.status.message, reader.status.count) = (player.status.message, player.status.count)
      reader.course?.isWandering = player.course?.isWandering ?? false
      guard reader == player else { continue }
      problems.append(
        "\(what) asks for the key \(key.name(ascii: true)), which does nothing there; name another "
          + "one, or name it where it does something.")
    }
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

extension Course {
  /// What is read at this point.
  fileprivate var text: [String] {
    switch phase {
    case .reading: stop.text
    case .asking(let asking): [asking.isAnswered ? asking.question.why : asking.question.ask]
    case .after: closing
    case .arrived, .summary: []
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
    // At a task it is typed where a change would be.
    if course?.hasOpenTask == true { press(.character("c")) }
    for scalar in answer.unicodeScalars { press(.character(scalar)) }
    press(.enter)
  }

  fileprivate mutating func press(_ key: Key) {
    carryOut(update(.key(key)), everything: false)
  }
}
