import Canvas
import Lessons

extension Player {
  /// A player that begins with the list of lessons.
  package init(_ list: LessonList, size: Size, options: Options = Options()) {
    self.init(.nothing, size: size, options: options)
    self.list = list
    isFreeWalk = false
  }

  /// How far the person is in a lesson of the list.
  package func record(of lesson: String) -> CourseRecord? {
    list?.entries.first { $0.name == lesson }?.record
  }

  /// Says what went wrong outside.
  package mutating func report(_ problem: String) { fail(problem) }

  /// A key on the list of lessons.
  mutating func pressInList(_ key: Key) -> [Effect] {
    guard var list else { return [] }
    message = nil
    defer { self.list = list }
    if list.isResetting {
      list.isResetting = false
      guard key == .character("y") else {
        say("Nothing was reset.")
        return []
      }
      for index in list.entries.indices { list.entries[index].record = nil }
      say("Your progress is reset.")
      return [.resetProgress]
    }
    if list.filter.isTyping {
      let distance = list.filter.type(key)
      if distance != 0 { list.move(distance) }
      list.settle()
      return []
    }
    switch key == .enter ? .next : options.bindings.command(for: key) {
    case .down: list.move(1)
    case .up: list.move(-1)
    case .nextStop: list.move(10)
    case .previousStop: list.move(-10)
    case .first: list.move(-list.entries.count)
    case .last: list.move(list.entries.count)
    case .search: list.filter.begin()
    case .leave: list.filter.clear()
    case .reset: list.isResetting = true
    case .help: overlay = .help
    case .next, .right:
      guard list.shown.contains(list.selected) else { return [] }
      return [.openLesson(list.entries[list.selected].name)]
    case .quit: return [.quit]
    case .redraw: return [.redraw]
    default: say("\(name(of: key)) does nothing here.")
    }
    return []
  }
}
