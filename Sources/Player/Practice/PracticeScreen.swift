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
      player.sayIdle(key, "Esc leaves")
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
    let topic = practice.exercise.topic
    let seed = "seed \(practice.seed)"
    screen.put(
      "Practice: \(topic.rawValue), \(topic.about)", 1, 0, .heading,
      before: size.columns - seed.count - 2)
    screen.frame.put(seed, endingAt: size.columns - 1, 0, .faint)
    let end = drawMarks(on: &screen, view)
    view.drawQuestion(
      &screen, asking, rows: end + 1..<size.rows - 2, figure: practice.exercise.figure)
    view.drawConventions(&screen)
    view.drawMessage(&screen)
  }

  /// The topics of which something was done, each with its last marks; returns the row after them.
  private func drawMarks(on screen: inout Screen, _ view: View) -> Int {
    let (start, end) = (9, view.size.columns - 1)
    var (column, row) = (start, 1)
    for topic in practice.topics {
      let marks = practice.marksText(topic)
      guard !marks.isEmpty else { continue }
      if column + topic.rawValue.count + 1 + marks.count > end { (column, row) = (start, row + 1) }
      if column == start, row == 1 { screen.frame.put("So far:", 1, row, .faint) }
      column = screen.frame.put(topic.rawValue, column, row, .faint) + 1
      column = screen.frame.put(marks, column, row, .good) + 2
    }
    return row + 1
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

extension View {
  /// How what is asked is meant and an answer is written, as much of it as there is room for under the
  /// question.
  func drawConventions(_ screen: inout Screen) {
    let end = size.rows - 2
    let width = min(size.columns - 2, 96)
    let texts = [
      [ExerciseSheet.conventions, ExerciseSheet.answers],
      [ExerciseSheet.briefConventions, ExerciseSheet.answers], [ExerciseSheet.briefConventions],
    ]
    for text in texts {
      let lines = text.flatMap { wrapped($0, to: width) }
      let rows = end - lines.count..<end
      // One row stays free above it.
      guard (rows.lowerBound - 1..<end).allSatisfy({ screen.frame.isBlank(row: $0) }) else {
        continue
      }
      for (line, row) in zip(lines, rows) { screen.frame.put(line, 1, row, .faint) }
      return
    }
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
    return effects + look(at: exercise)
  }

  private mutating func look(at exercise: Exercise) -> [Effect] {
    var effects =
      switch exercise.place {
      case .step(let address): goTo(address)
      case .gradient(let address): turnBack(to: address)
      }
    for key in Key.keys(parsing: exercise.keys ?? "") {
      if let command = Bindings.standard.command(for: key) { effects += perform(command) }
    }
    return effects
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
