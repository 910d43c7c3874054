import Canvas
import Lessons
import Walkthrough

/// Words explained: in a lesson those of the text that is being read first, then all others.
struct WordsScreen: OverlayContent {
  static let help = "words explained"

  private let used: [Glossary.Term]
  private let others: [Glossary.Term]
  /// How many lines have gone by above.
  private var first = 0

  /// - Parameter texts: what is being read.
  init(in texts: [String]) {
    let used = Glossary.terms(in: texts)
    self.used = used
    others = Glossary.terms.filter { !used.contains($0) }
  }

  var overlay: Overlay { .words(self) }

  private enum Line {
    case heading(String)
    /// A word, where an explanation begins, and a line of that.
    case text(String, String)
  }

  /// Columns of the longest word.
  private static let width = 24

  private func lines(_ size: Size) -> [Line] {
    let room = min(size.columns - WordsScreen.width - 3, 76)
    func lines(_ terms: [Glossary.Term]) -> [Line] {
      terms.flatMap { term in
        wrapped(term.explanation, to: room).enumerated().map {
          .text($0 == 0 ? term.name : "", $1)
        }
      }
    }
    guard !used.isEmpty else { return lines(others) }
    return lines(used) + [.text("", ""), .heading("All others")] + lines(others)
  }

  private func rows(_ size: Size) -> Range<Int> { 2..<size.rows - 2 }

  mutating func press(_ key: Key, on player: inout Player) -> Reaction {
    let page = rows(player.size).count - 1
    switch key == .enter ? .program(.leave) : player.command(for: key) {
    case .move(.down): move(1, player.size)
    case .move(.up): move(-1, player.size)
    case .stop(.nextStop), .move(.next): move(page, player.size)
    case .stop(.previousStop), .move(.back): move(-page, player.size)
    case .move(.first): first = 0
    case .move(.last): move(Int(Int16.max), player.size)
    case .program(.redraw): return .stay([.redraw])
    default: return .close
    }
    return .stay
  }

  mutating func turnWheel(by distance: Int, in view: View) { move(distance, view.size) }

  private mutating func move(_ distance: Int, _ size: Size) {
    first = max(0, min(first + distance, lines(size).count - rows(size).count))
  }

  func footer(_ view: View) -> Footer {
    .keys([
      Hint(keys: view.keys(.up, .down), label: "more"),
      Hint(keys: view.key(.next), label: "next page"), Hint(keys: "Esc", label: "back"),
    ])
  }

  func draw(on screen: inout Screen, _ view: View) {
    let (size, rows) = (view.size, rows(view.size))
    screen.frame.put(used.isEmpty ? "Words" : "Words of this text", 1, 0, .heading)
    let lines = lines(size)
    let start = max(0, min(first, lines.count - rows.count))
    for (row, line) in zip(rows, lines[start...]) {
      switch line {
      case .heading(let text): screen.frame.put(text, 1, row, .heading)
      case .text(let word, let text):
        screen.put(word, 1, row, .key, before: WordsScreen.width)
        screen.put(text, WordsScreen.width + 1, row, .prose, before: size.columns)
      }
    }
    let rest = lines.count - start - rows.count
    if rest > 0 { screen.frame.put("… \(rest) more", 1, rows.upperBound, .faint) }
  }
}

extension Player {
  /// Explains the words of the stop that is being read; where there is none, all words.
  mutating func explainWords() -> [Effect] {
    open(WordsScreen(in: course.map(\.textsBeingRead) ?? []))
  }
}

extension Course {
  /// What of the stop has been said so far.
  var textsBeingRead: [String] {
    guard !isWandering || phase != .summary else { return [] }
    let read = [stop.title] + stop.text + stop.figure
    switch phase {
    case .reading, .arrived: return read
    case .asking(let asking):
      let answered = asking.isAnswered ? [asking.question.why] : []
      return read + [asking.question.ask, asking.feedbackText ?? ""] + answered
    case .after(let asking):
      return read + (asking.map { [$0.question.ask, $0.question.why] } ?? []) + closing
    case .summary: return lesson.next
    }
  }
}
