import Canvas
import Exercises
import Lessons
import Walkthrough

extension Player {
  /// A player with nothing to show until something is opened.
  package init(size: Size, options: Options = Options()) {
    self.init(.nothing, size: size, options: options)
  }

  /// A player that begins with the list of lessons.
  package init(_ list: LessonList, size: Size, options: Options = Options()) {
    self.init(size: size, options: options)
    self.list = list
  }

  /// What comes before the list for a person who has begun nothing yet.
  package var opening: [Effect] { list?.opening ?? [] }

  /// How far the person is in a lesson of the list.
  package func record(of lesson: String) -> CourseRecord? { list?.record(of: lesson) }

  /// Gives a key to the list.
  mutating func press(_ key: Key, in list: LessonList) -> [Effect] {
    review = nil
    // It chooses the lesson in the list itself.
    if !list.isBusy, command(for: key) == .jump(.mark) { return openMissed() }
    var list = list
    let effects = list.press(key, on: &self)
    self.list = list
    return effects
  }
}

/// The list's keys, drawing and footer.
extension LessonList {
  mutating func press(_ key: Key, on player: inout Player) -> [Player.Effect] {
    if isResetting { return confirmReset(key, on: &player) }
    if filter.isTyping {
      let distance = filter.type(key)
      if distance != 0 { move(distance) }
      settle()
      return []
    }
    switch key == .enter ? .move(.next) : player.command(for: key) {
    case .move(.down): move(1)
    case .move(.up): move(-1)
    case .stop(.nextStop): move(10)
    case .stop(.previousStop): move(-10)
    case .move(.first): move(-entries.count)
    case .move(.last): move(entries.count)
    case .open(.search): filter.begin()
    case .program(.leave): filter.clear()
    case .change(.reset): isResetting = true
    case .open(.help): return player.open(HelpScreen(.list))
    case .open(.words): return player.explainWords()
    case .open(.overview): return [.openNetwork(LessonList.network)]
    case .look(.largestFirst):
      return [.openNetwork(LessonList.deepNetwork, picture: LessonList.picture)]
    case .open(.predict): return player.practise(Practice(seed: seed, earlier: practised))
    case .open(.table):
      return player.take(FinalTest(seed: seed, titles: titles))
    case .move(.next), .move(.right):
      return shown.contains(selected) ? [.openLesson(entries[selected].name)] : []
    case .program(.quit): return [.quit]
    case .program(.redraw): return [.redraw]
    default: player.say("\(player.name(of: key)) does nothing here.")
    }
    return []
  }

  /// The shipped network that is trained and small, and so shows best what networks do.
  static let network = "digits"
  /// A deep one, and the picture that it looks at.
  static let deepNetwork = "vgg16"
  static let picture = "house.ppm"

  /// Whether the next key is typed, or an answer.
  fileprivate var isBusy: Bool { isResetting || filter.isTyping }

  private mutating func confirmReset(_ key: Key, on player: inout Player) -> [Player.Effect] {
    isResetting = false
    guard key == .character("y") else {
      player.say("Nothing was reset.")
      return []
    }
    for index in entries.indices { entries[index].record = nil }
    practised = [:]
    player.say("Your progress is reset.")
    return [.resetProgress]
  }

  /// Changes the filter that is being typed; false where none is.
  mutating func edit(_ change: (inout TextField) -> Void) -> Bool {
    guard filter.isTyping, !isResetting else { return false }
    change(&filter.field)
    settle()
    return true
  }

  func draw(on screen: inout Screen, _ view: View) {
    let size = view.size
    screen.frame.put("convwalk", 1, 0, .heading)
    let done = entries.count { $0.record?.isFinished == true }
    let test = practised.finalTest.map { "final test \($0.right) of \($0.count) right,  " } ?? ""
    screen.frame.put(
      "\(test)\(done) of \(entries.count) lessons done", endingAt: size.columns - 1, 0, .faint)
    let lines = lines
    let column = LessonList.summaryColumn(size)
    let room = size.rows - (column == nil ? 8 : 7)
    let place = lines.firstIndex(of: .lesson(selected)) ?? 0
    let first = max(0, min(place - room / 2, lines.count - room))
    for (row, line) in lines.dropFirst(first).prefix(room).enumerated() {
      switch line {
      case .part(let name): screen.put(name, 5, 2 + row, .heading, before: size.columns)
      case .lesson(let index): drawEntry(index, on: &screen, view, row: 2 + row)
      }
    }
    if lines.isEmpty {
      screen.frame.put("No lesson has that in its title or summary.", 1, 2, .prose)
    }
    if first > 0 { screen.frame.put("…", 9, 1, .faint) }
    if first + room < lines.count { screen.frame.put("…", 9, 2 + room, .faint) }
    guard shown.contains(selected) else { return }
    if let column {
      drawSummary(entries[selected], on: &screen, view, column)
    } else {
      view.drawParagraphs(
        &screen, [about.joined(separator: " ")], rows: size.rows - 5..<size.rows - 2)
    }
  }

  /// Where there is room beside the list, what a lesson is about stands there; nil: under it.
  private static func summaryColumn(_ size: Size) -> Int? {
    size.columns < 110 ? nil : min(size.columns / 2, 72)
  }

  private func drawSummary(
    _ entry: Entry, on screen: inout Screen, _ view: View, _ column: Int
  ) {
    let width = min(70, view.size.columns - column - 2)
    screen.put(entry.title, column, 2, .heading, before: view.size.columns)
    let text = about.joined(separator: " ")
    view.drawProse(&screen, [text], at: column, rows: 4..<view.size.rows - 4, width: width)
    let lines = wrapped(text, to: width).count
    let progress = entry.progress.isEmpty ? "not begun yet" : entry.progress
    screen.put(progress, column, 5 + lines, .faint, before: view.size.columns)
  }

  private func drawEntry(_ index: Int, on screen: inout Screen, _ view: View, row: Int) {
    let entry = entries[index]
    let columns = LessonList.summaryColumn(view.size).map { $0 - 3 } ?? view.size.columns
    let isSelected = index == selected
    if isSelected { screen.point(1, row) }
    let mark = entry.record?.isFinished == true ? "✓" : entry.record == nil ? " " : "·"
    screen.frame.put(mark, 3, row, .good)
    screen.frame.put(padded("\(index + 1)", to: 2), 5, row, .faint)
    screen.put(entry.title, 9, row, isSelected ? .current : .plain, before: columns - 18)
    screen.frame.put(entry.progress, endingAt: columns - 1, row, .faint)
    screen.add(.chooseLesson(index), columns: 0..<columns, row: row)
  }

  func footer(_ view: View) -> Footer {
    if isResetting {
      return .question("Forget your progress in every lesson?  y yes, any other key no")
    }
    if filter.isTyping { return filter.footer }
    let missed = review == nil ? [] : [Hint(keys: view.key(.mark), label: "missed")]
    return .keys(
      [
        Hint(keys: "Enter", label: "begin"), Hint(keys: view.key(.predict), label: "practice"),
        Hint(keys: view.key(.table), label: "test"),
      ] + missed + [
        Hint(keys: view.key(.search), label: "filter"),
        Hint(keys: view.key(.overview), label: LessonList.network),
        Hint(keys: view.key(.largestFirst), label: "VGG16"), Hint(keys: "q", label: "quit"),
        Hint(keys: view.keys(.up, .down), label: "choose"),
        Hint(keys: view.key(.reset), label: "reset"),
      ])
  }
}
