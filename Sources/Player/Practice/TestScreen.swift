import Canvas
import Exercises
import Lessons
import Walkthrough

/// The final test: each exercise is answered once, and the account stands at the end.
struct TestScreen: OverlayContent {
  static let help = "the final test"

  private(set) var test: FinalTest
  private var field = TextField(limit: 30)
  private var problem: String?
  /// The first line of the account that is shown.
  private var scrolled = 0
  /// Whether the person is being asked to confirm that the test is given up.
  private var isLeaving = false

  init(_ test: FinalTest) { self.test = test }

  var overlay: Overlay { .test(self) }

  mutating func press(_ key: Key, on player: inout Player) -> Reaction {
    problem = nil
    if isLeaving { return confirmLeaving(key, on: &player) }
    switch key {
    case .escape where !test.isOver && !test.typed.isEmpty:
      isLeaving = true
      return .stay
    case .escape: return .close(player.leavePractice())
    case .controlL: return .stay([.redraw])
    case .enter where test.isOver: return .close(player.leavePractice())
    case .pageDown where !test.isOver:
      test.skip()
      field.clear()
      return .stay(keep(&player))
    case .enter:
      problem = field.text.isEmpty ? "PgDn goes on without an answer." : test.take(field.text)
      field.clear()
      return .stay(keep(&player))
    case _ where test.isOver:
      switch player.command(for: key) {
      case .move(.down): scroll(1, in: player.view)
      case .move(.up): scroll(-1, in: player.view)
      case .stop(.nextStop): scroll(10, in: player.view)
      case .stop(.previousStop): scroll(-10, in: player.view)
      default: player.say("\(player.name(of: key)) does nothing here.")
      }
      return .stay
    case _ where !TextField.takes(key):
      player.sayIdle(key, "Esc leaves")
      return .stay
    default:
      field.type(key)
      return .stay
    }
  }

  /// Keeps what came of it, at its end.
  private func keep(_ player: inout Player) -> [Player.Effect] {
    guard test.isOver else { return [] }
    player.list?.practised.note(finalTest: test.marks)
    return [.recordTest(test.marks)]
  }

  private mutating func confirmLeaving(_ key: Key, on player: inout Player) -> Reaction {
    isLeaving = false
    guard key == .character("y") else {
      player.say("The test goes on.")
      return .stay
    }
    return .close(player.leavePractice())
  }

  func click(_ action: Screen.Action?, on player: inout Player) -> Reaction { .stay }

  mutating func turnWheel(by distance: Int, in view: View) {
    if test.isOver { scroll(distance, in: view) }
  }

  mutating func edit(_ change: (inout TextField) -> Void, in view: View) -> Bool {
    guard !test.isOver, !isLeaving else { return false }
    change(&field)
    return true
  }

  private mutating func scroll(_ distance: Int, in view: View) {
    scrolled = min(max(0, scrolled + distance), max(0, lines(view).count - room(view)))
  }

  private func lines(_ view: View) -> [String] {
    test.account.flatMap { line in
      let indent = String(line.prefix { $0 == " " })
      return wrapped(line, to: min(view.size.columns - 4, 96)).map { indent + $0 }
    }
  }

  private func room(_ view: View) -> Int { view.size.rows - 4 }
}

extension TestScreen {
  func draw(on screen: inout Screen, _ view: View) {
    let size = view.size
    screen.frame.put("The final test", 1, 0, .heading)
    screen.frame.put("seed \(test.seed)", endingAt: size.columns - 1, 0, .faint)
    guard let exercise = test.exercise else {
      for (index, line) in lines(view).dropFirst(scrolled).prefix(room(view)).enumerated() {
        screen.frame.put(line, 1, 2 + index, scrolled + index == 0 ? .result : .prose)
      }
      view.drawMessage(&screen)
      return
    }
    screen.frame.put(
      "question \(test.typed.count + 1) of \(FinalTest.count)", 20, 0, .faint)
    var asking = Asking(exercise.question)
    asking.field = field
    asking.feedback = problem.map { .unreadable($0) }
    view.drawQuestion(&screen, asking, rows: 2..<size.rows - 2, figure: exercise.figure)
    view.drawConventions(&screen)
    view.drawMessage(&screen)
  }

  func footer(_ view: View) -> Footer {
    if isLeaving {
      return .question("Give up the test and its answers?  y yes, any other key no")
    }
    return test.isOver
      ? .keys(
        [Hint(keys: view.keys(.up, .down), label: "scroll"), Hint(keys: "Esc", label: "leave")],
        hasHelp: false)
      : .keys(
        [
          Hint(keys: "Enter", label: "answer"), Hint(keys: "PgDn", label: "no answer"),
          Hint(keys: "Esc", label: "leave"),
        ], hasHelp: false)
  }
}

extension Player {
  /// Opens the final test over what is shown.
  package mutating func take(_ test: FinalTest) -> [Effect] { open(TestScreen(test)) }
}
