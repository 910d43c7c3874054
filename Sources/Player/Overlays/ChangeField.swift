import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Lessons
import Walkthrough

/// The line after `c`: a place and its new number.
struct ChangeField: LineContent {
  static let help = "change a value, live"

  var field: TextField

  /// Offers the number that is being multiplied.
  init(on player: Player) {
    field = TextField(limit: Self.longest, player.changeStart, offer: .beginning)
  }

  var overlay: Overlay { .change(self) }
  var label: String { "Change: " }

  func explanation(_ view: View) -> String {
    "A place and its new number, for example \(view.exampleChange)"
  }

  /// Changes what was typed, as `X[4,4,0] = 5`.
  func submit(_ text: String, on player: inout Player) -> Reaction {
    if let effects = player.askAtTask(text) { return .close(effects) }
    let halves = text.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
    guard halves.count == 2 else {
      player.fail("Write a place and a whole number, for example \(player.exampleChange).")
      return .stay
    }
    do throws(NumberChangeError) {
      let change = try NumberChange(parsing: halves[0], halves[1], in: player.network)
      return player.change(change, named: halves[0])
    } catch {
      player.fail(player.shown.explanation(error))
      return .stay
    }
  }
}

extension Player {
  /// What `c` offers: in a task what the task is about, else the number that is being multiplied.
  fileprivate var changeStart: String {
    guard let course, course.hasOpenTask, let task = course.stop.question?.task,
      let first = task.changeable.first,
      !task.changeable.contains(where: { $0.name == network.inputName })
    else { return changedInput }
    guard let (layer, _) = names.filter(named: first.name) else { return "\(first.name) = " }
    let tap = layer.index == place.layer ? multipliedTap : nil
    let place = tap ?? Cell(0, 0, 0)
    return first.name + (layer.input.isFlat ? "[\(place.depth)]" : "\(place)") + " = "
  }
}

extension ShowsWalk {
  /// The beginning of a change of the input: of the number that is being multiplied.
  fileprivate var changedInput: String {
    guard let cell = step.cell, let windows = layer.windows else {
      return "\(network.inputName)[0,0,0] = "
    }
    let tap = multipliedTap ?? Cell(0, 0, shownDepth)
    let x = windows.x.place(position: cell.x, tap: tap.x)
    let y = windows.y.place(position: cell.y, tap: tap.y)
    guard layer.sources[0] == .input, let x, let y else { return "" }
    return "\(network.inputName)\(Cell(x, y, tap.depth)) = "
  }

  fileprivate var exampleChange: String {
    layer.parameters == nil
      ? "\(network.inputName)[0,0,0] = 5"
      : "\(network.inputName)[0,0,0] = 5, \(names.filter(layer, 0))[0,0,0] = −1"
  }
}

extension Player {
  /// Makes a change that was typed as a line of text.
  mutating func change(typed text: String) -> [Effect] {
    switch ChangeField(on: self).submit(text, on: &self) {
    case .stay(let effects), .close(let effects), .replace(_, let effects): effects
    }
  }

  fileprivate mutating func change(_ change: NumberChange, named name: String) -> Reaction {
    guard let presentation = subject.making(change) else {
      fail("\(name) cannot be changed: it is not a whole number, or one of too many.")
      return .stay
    }
    let report = ChangeReport(name: name, value: change.value, layer: place.layer)
    let effects = self.change(
      to: presentation, by: ["c", scripted("\(name)=\(change.value)"), "Enter"])
    status.changing = report
    say("\(report.text) \(key(.undo)) undoes.")
    tellWhatChanged()
    return .close(effects)
  }

  /// Says what a live change changed, once the layer is evaluated again.
  mutating func tellWhatChanged() {
    guard let report = status.changing, report.layer == place.layer,
      let now = activations.output(of: report.layer),
      let before = shown.beforeChange?.activations.output(of: report.layer)
    else { return }
    status.changing = nil
    let changed =
      before.shape == now.shape ? (0..<now.shape.count).count { before[$0] != now[$0] } : 0
    say(
      "\(report.text) \(changed) output\(changed == 1 ? "" : "s") of \(layer.name) changed, "
        + "marked ~. \(key(.undo)) undoes.")
  }
}

/// What was changed live, to be told with what follows from it.
struct ChangeReport: Sendable, Equatable {
  let name: String
  let value: Int128
  let layer: Int

  var text: String { "\(name) is now \(Number(value).text)." }
}
