import Canvas
import ConvolutionEngine
import ExactNumbers
import Exercises
import Lessons
import Walkthrough

/// Exercises one after another, over whatever stood there: the walk shows an answer, and Esc leads
/// back from it.
struct PracticeScreen: OverlayContent {
  static let help = "practice"

  private(set) var practice: Practice
  private(set) var asking: Asking

  init(_ practice: Practice) {
    self.practice = practice
    asking = Asking(practice.exercise.question)
  }

  var overlay: Overlay { .practice(self) }

  mutating func press(_ key: Key, on player: inout Player) -> Reaction {
    switch key {
    case .escape: return .close(player.leavePractice())
    case .controlL: return .stay([.redraw])
    case .character(" ") where canShow:
      return .close(player.walk(to: practice.exercise, from: self))
    case .enter where asking.isAnswered:
      return .stay(goOn(&player))
    case _ where asking.isAnswered:
      player.say("Enter brings the next exercise; Esc leaves.")
      return .stay
    case _ where key != .enter && !TextField.takes(key):
      player.say("\(player.name(of: key)) does nothing here; Esc leaves.")
      return .stay
    default:
      asking.take(key)
      return .stay
    }
  }

  /// Clicks would lead away from what is asked.
  func click(_ action: Screen.Action?, on player: inout Player) -> Reaction { .stay }

  mutating func edit(_ change: (inout TextField) -> Void, in view: View) -> Bool {
    asking.edit(change)
  }

  /// Whether the walk may show it: it was tried, and nothing is being typed.
  private var canShow: Bool {
    asking.isAnswered || (!asking.tries.isEmpty && asking.field.text.isEmpty)
  }

  private mutating func goOn(_ player: inout Player) -> [Player.Effect] {
    let mark: Practice.Mark = asking.isFound ? .found : .missed
    let record = practice.record(mark)
    practice.goOn(mark)
    asking = Asking(practice.exercise.question)
    player.list?.note(record)
    return [.recordPractice(record)]
  }
}

extension PracticeScreen {
  func draw(on screen: inout Screen, _ view: View) {
    let size = view.size
    screen.frame.put("Practice", 1, 0, .heading)
    screen.frame.put("seed \(practice.seed)", endingAt: size.columns - 1, 0, .faint)
    let end = drawMarks(on: &screen, view)
    view.drawQuestion(
      &screen, asking, rows: end + 1..<size.rows - 2, figure: practice.exercise.figure)
    view.drawMessage(&screen)
  }

  /// Each topic with its last marks; returns the row after them.
  private func drawMarks(on screen: inout Screen, _ view: View) -> Int {
    let width = (practice.topics.map(\.rawValue.count).max() ?? 0) + 6
    let perRow = max(1, (view.size.columns - 1) / width)
    for (index, topic) in practice.topics.enumerated() {
      let (column, row) = (1 + index % perRow * width, 1 + index / perRow)
      let isAsked = topic == practice.exercise.topic
      let end = screen.frame.put(topic.rawValue, column, row, isAsked ? .current : .faint)
      screen.frame.put(practice.marksText(topic), end + 1, row, .good)
    }
    return 2 + (practice.topics.count - 1) / perRow
  }

  func footer(_ view: View) -> Footer {
    let show = Hint(keys: "Space", label: "walk to it")
    guard !asking.isAnswered else {
      return .keys(
        [Hint(keys: "Enter", label: "next exercise"), show, Hint(keys: "Esc", label: "leave")],
        hasHelp: false)
    }
    // In a question `?` is typed: it asks for a hint.
    return .keys(
      asking.hints(view) + (canShow ? [show] : []) + [Hint(keys: "Esc", label: "leave")],
      hasHelp: false)
  }
}

extension Player {
  /// Opens practice over what is shown.
  package mutating func practise(_ practice: Practice) -> [Effect] {
    open(PracticeScreen(practice))
  }

  /// Shows an exercise's answer where it stands in its own network.
  mutating func walk(to exercise: Exercise, from screen: any OverlayContent) -> [Effect] {
    let input: Tensor
    do throws(ArithmeticError) {
      input = try exercise.input()
    } catch {
      fail("\(error)")
      return open(screen)
    }
    var presentation = Presentation(
      title: "Practice", network: exercise.network, input: input, command: exercise.command)
    presentation.loss = exercise.loss
    let effects = show(presentation)
    practice = screen.overlay
    return effects + look(exercise.sight)
  }

  private mutating func look(_ sight: Exercise.Sight) -> [Effect] {
    switch sight {
    case .backwards(let address): return turnBack(to: address)
    case .forwards(let address, let keys):
      var effects = goTo(address)
      for key in Key.keys(parsing: keys ?? "") {
        if let command = Bindings.standard.command(for: key) { effects += perform(command) }
      }
      return effects
    }
  }

  /// From the walk back to what is asked.
  mutating func returnToPractice() -> [Effect] {
    overlay = practice
    practice = nil
    return []
  }

  /// Back to the list of lessons, or out where there is none.
  mutating func leavePractice() -> [Effect] { list == nil ? [.quit] : [] }
}
