import Lessons
import Walkthrough

/// The lessons to choose from.
package struct LessonList: Sendable, Equatable {
  package struct Entry: Sendable, Equatable {
    package var name: String
    package var title: String
    package var summary: String
    package var record: CourseRecord?
    /// The part of the course that it stands in; empty for none.
    package var part: String
    /// The lessons that it builds on, by name.
    package var foundations: [String]
    /// How many stops it has and about how many minutes they take; 0 where that is not known.
    package var stops: Int
    package var minutes: Int

    package init(
      name: String, title: String, summary: String, record: CourseRecord? = nil, part: String = "",
      foundations: [String] = [], stops: Int = 0, minutes: Int = 0
    ) {
      self.name = name
      self.title = title
      self.summary = summary
      self.record = record
      self.part = part
      self.foundations = foundations
      self.stops = stops
      self.minutes = minutes
    }

    /// `done`, `done, 2 shown`, `stop 3 of 8`; of a lesson that is not begun `9 min`.
    var progress: String {
      guard let record else { return minutes == 0 ? "" : "\(minutes) min" }
      guard record.isFinished else { return "stop \(record.resumed + 1) of \(record.stops)" }
      let shown = record.answersShown
      return shown == 0 ? "done" : "done, \(shown) shown"
    }
  }

  var entries: [Entry]
  var selected: Int
  var filter = ListFilter()
  /// What practice and the final test are made from.
  package var seed: UInt64 = 0
  /// How exercises went in this sitting and before, by topic.
  package var practised: [String: [PracticeMark]] = [:]
  /// Whether the person is being asked to confirm a reset.
  var isResetting = false

  /// - Parameter selected: the lesson to begin with, by name; else the first that is begun, else the
  ///   first that is not done.
  package init(_ entries: [Entry], selected: String? = nil) {
    self.entries = entries
    let named = entries.firstIndex { $0.name == selected }
    let begun = entries.firstIndex { $0.record?.isFinished == false }
    let open = entries.firstIndex { $0.record == nil }
    self.selected = named ?? begun ?? open ?? 0
  }

  /// The lesson behind one.
  func entry(after name: String) -> Entry? {
    guard let index = entries.firstIndex(where: { $0.name == name }), index + 1 < entries.count
    else { return nil }
    return entries[index + 1]
  }

  /// What a person sees first who has begun nothing yet: the first lesson; the list lies behind it.
  var opening: [Player.Effect] {
    guard let first = entries.first, entries.allSatisfy({ $0.record == nil }) else { return [] }
    return [.openLesson(first.name)]
  }

  mutating func select(_ name: String) {
    selected = entries.firstIndex { $0.name == name } ?? selected
  }

  /// What the lessons are called, by their names.
  package var titles: [String: String] {
    Dictionary(entries.map { ($0.name, $0.title) }) { first, _ in first }
  }

  /// How far the person is in those that are begun, in their order.
  package var records: [CourseRecord] { entries.compactMap(\.record) }

  func record(of name: String) -> CourseRecord? { entries.first { $0.name == name }?.record }

  /// Takes in how far the person is in a lesson.
  mutating func note(_ record: CourseRecord) {
    guard let index = entries.firstIndex(where: { $0.name == record.lesson }) else { return }
    entries[index].record = record
  }

  /// Takes in how an exercise went.
  mutating func note(_ mark: PracticeMark) { practised[mark.topic, default: []].append(mark) }

  /// The lessons that the filter lets through, by their place in `entries`.
  var shown: [Int] {
    entries.indices.filter { index in
      filter.shows([entries[index].title, entries[index].summary, entries[index].name])
    }
  }

  /// A line of the list.
  enum Line: Equatable {
    /// The name of a part, before its first lesson that is shown.
    case part(String)
    case lesson(Int)
  }

  var lines: [Line] {
    var lines: [Line] = []
    var part = ""
    for index in shown {
      if entries[index].part != part {
        part = entries[index].part
        lines.append(.part(part))
      }
      lines.append(.lesson(index))
    }
    return lines
  }

  /// What the selected lesson is about, and what it builds on.
  var about: [String] {
    guard shown.contains(selected) else { return [] }
    let entry = entries[selected]
    let titles = entry.foundations.compactMap { name in
      entries.first { $0.name == name }?.title
    }
    let length =
      entry.stops == 0
      ? [] : ["\(counted(entry.stops, "stop")), about \(counted(entry.minutes, "minute"))."]
    return [entry.summary] + length
      + (titles.isEmpty ? [] : ["Builds on \(titles.joined(separator: "; "))."])
  }

  mutating func move(_ distance: Int) {
    let shown = shown
    guard !shown.isEmpty else { return }
    let place = shown.firstIndex(of: selected) ?? 0
    selected = shown[min(max(0, place + distance), shown.count - 1)]
  }

  /// Keeps the selection on a lesson that is shown.
  mutating func settle() {
    let shown = shown
    if !shown.contains(selected), let first = shown.first { selected = first }
  }
}
