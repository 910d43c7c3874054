import Canvas
import Lessons
import Walkthrough

/// What a course says of its screen.
extension Course {
  /// What is said afterwards, and what the source states loosely.
  var closing: [String] { (stop.after + (stop.loose?.lines ?? [])).filter { !$0.isEmpty } }

  /// What its text or question takes of the walk's screen.
  var cover: Cover {
    var cover = Cover()
    let hides = asksForCell == true && phase != .reading && awaitsAnswer
    cover.hidesResult = hides && turned == nil
    if hides { cover.askedGradient = turned?.step.address }
    if awaitsAnswer, let question = stop.question { cover.askedPlaces = question.asked }
    guard !isWandering else { return cover }
    switch phase {
    case .reading, .asking, .after: cover.isBottomCovered = true
    case .arrived, .summary: break
    }
    if awaitsAnswer { cover.asked = stop.question?.answer }
    return cover
  }

  /// Changes the answer that is being typed; false where none is.
  mutating func edit(_ change: (inout TextField) -> Void) -> Bool {
    guard !isWandering, case .asking(let asking) = phase, !asking.isAnswered else { return false }
    _ = answer { change(&$0.field) }
    return true
  }

  /// - Parameter next: the title of the list's next lesson; nil for none.
  func footer(_ view: View, next: String?, hasList: Bool) -> Footer {
    if isWandering {
      return .keys(
        [Hint(keys: view.key(.returnToStop), label: "back to the stop")] + view.walkHints)
    }
    switch phase {
    case .asking(let asking): return footer(view, asking)
    case .summary:
      let list = hasList ? [Hint(keys: view.key(.leave), label: "all lessons")] : []
      let onward = next.map { "next lesson: \($0)" } ?? (hasList ? "all lessons" : "leave")
      return .keys(
        [Hint(keys: view.key(.next), label: onward)] + (next == nil ? [] : list) + [
          Hint(keys: view.key(.previousStop), label: "back"),
          Hint(keys: view.moveHint.keys, label: "look around"),
        ])
    case .reading, .arrived, .after:
      let hasBack = review.map { $0.index > 0 } ?? (stopIndex > 0)
      let back = hasBack ? [Hint(keys: view.key(.previousStop), label: "back")] : []
      return .keys(
        [
          Hint(keys: view.key(.next), label: "go on"),
          Hint(keys: view.key(.nextStop), label: "skip"),
        ] + back + [Hint(keys: view.key(.leave), label: hasList ? "all lessons" : "leave")]
          + stopHints(view))
    }
  }

  private func footer(_ view: View, _ asking: Asking) -> Footer {
    if asking.isAnswered {
      return .keys(asking.hints(view) + (movesPattern ? [view.moveHint] : []))
    }
    if asking.question.task != nil {
      return .keys(
        asking.hints(view) + [
          Hint(keys: view.key(.nextStop), label: "skip"),
          Hint(keys: view.key(.undo), label: "undo"), view.moveHint,
        ])
    }
    // In a question `?` is typed: it asks for a hint.
    return .keys(
      asking.hints(view) + [
        Hint(keys: "Esc", label: "look, then \(view.key(.quit)) quit"),
        Hint(keys: "PgDn", label: "skip"),
      ], hasHelp: false)
  }

  /// What leads away from a stop, or moves what it shows.
  private func stopHints(_ view: View) -> [Hint] {
    if movesPattern { return awaitsAnswer ? [] : [view.moveHint] }
    if showsWayBack { return [Hint(keys: view.arrows, label: "look around")] }
    switch stop.view {
    case .text: return []
    // An arrow leaves these for the walk.
    case .table, .strip, .readers, .stretched:
      return [Hint(keys: view.arrows, label: "look around")]
    case .walk, .column, .shift, .pictures: return view.walkHints
    }
  }
}
