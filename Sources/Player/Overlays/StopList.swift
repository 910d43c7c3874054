import Canvas
import Lessons
import Walkthrough

/// The stops of a lesson: Enter goes to one.
struct StopList: OverlayContent {
  static let help = "the lesson's stops"

  private let course: Course
  private var selected: Int

  init(_ course: Course) {
    self.course = course
    selected = course.stopIndex
  }

  var overlay: Overlay { .stops(self) }

  mutating func press(_ key: Key, on player: inout Player) -> Reaction {
    switch key == .enter ? .move(.next) : player.command(for: key) {
    case .move(.down): move(1)
    case .move(.up): move(-1)
    case .stop(.nextStop): move(10)
    case .stop(.previousStop): move(-10)
    case .move(.first): move(-course.lesson.stops.count)
    case .move(.last): move(course.lesson.stops.count)
    case .move(.next): return .close(player.goToStop(selected + 1))
    case .program(.leave), .program(.quit), .open(.stops): return .close
    default:
      if let reaction = player.commonReaction(to: key) { return reaction }
      player.sayIdle(key, "Esc goes back")
    }
    return .stay
  }

  func click(_ action: Screen.Action?, on player: inout Player) -> Reaction {
    guard case .chooseLine(let index) = action else { return .stay }
    return .close(player.goToStop(index + 1))
  }

  mutating func turnWheel(by distance: Int, in view: View) { move(distance) }

  private mutating func move(_ distance: Int) {
    selected = min(max(0, selected + distance), course.lesson.stops.count - 1)
  }

  func footer(_ view: View) -> Footer {
    .keys([
      Hint(keys: view.keys(.up, .down), label: "choose"),
      Hint(keys: "Enter", label: "go there"), Hint(keys: "Esc", label: "back"),
    ])
  }

  func draw(on screen: inout Screen, _ view: View) {
    let stops = course.lesson.stops
    screen.put(
      "\(course.lesson.title): \(counted(stops.count, "stop"))", 1, 0, .heading,
      before: view.size.columns)
    let rows = view.size.rows - 5
    let first = max(0, min(selected - rows / 2, stops.count - rows))
    for (line, index) in (first..<min(stops.count, first + rows)).enumerated() {
      let row = 2 + line
      let isSelected = index == selected
      if isSelected { screen.point(1, row) }
      let isDone = course.done.contains(index)
      screen.frame.put(isDone ? "✓" : index == course.stopIndex ? "·" : " ", 3, row, .good)
      screen.frame.put(padded("\(index + 1)", to: 2), 5, row, .faint)
      screen.put(
        stops[index].title, 9, row, isSelected ? .current : .plain, before: view.size.columns)
      screen.add(.chooseLine(index), columns: 0..<view.size.columns, row: row)
    }
    let rest = stops.count - first - rows
    if rest > 0 { screen.frame.put("… \(rest) more", 9, 2 + rows, .faint) }
    view.drawMessage(&screen)
  }
}

extension Player {
  mutating func listStops() -> [Effect] {
    guard let course else {
      say("There is no lesson here, and so no stops.")
      return []
    }
    return open(StopList(course))
  }
}
