import Walkthrough

extension LessonCheck {
  /// What has room on a screen of 80×24.
  private enum Room {
    /// Beneath the grids.
    static let panel = (rows: 7, columns: 78)
    /// A stop that is only read.
    static let page = (rows: 19, columns: 76)
    /// Beside a question there are the line to answer in and an empty line around it.
    static let questionRows = 4
  }

  /// The texts that do not fit their place on the screen.
  ///
  /// - Returns: the stops that have any.
  static func roomProblems(in reading: LessonReading, _ log: inout ProblemLog) -> Set<Int> {
    var crowded: Set<Int> = []
    let count = reading.lesson.stops.count
    for (index, (stop, draft)) in zip(reading.lesson.stops, reading.draft.stops).enumerated() {
      let before = log.problems.count
      defer { if log.problems.count > before { crowded.insert(index) } }
      let what = "stop \(index + 1)"
      let room = stop.view == .text ? Room.page : Room.panel
      func check(_ name: String, _ rows: Int, _ limit: Int, at place: TextPlace?) {
        guard rows > limit else { return }
        log.add(
          .rows("\(name) of \(what)", found: rows, limit: limit, columns: room.columns),
          at: place ?? draft.place)
      }
      let title = reading.lesson.title.unicodeScalars.count + stop.title.unicodeScalars.count
      let line = title + "  ·  stop \(index + 1) of \(count)  ".count
      let limit = max(0, 80 - 3 - count)
      if line > limit {
        log.add(
          .columns("the title line of \(what)", found: line, limit: limit),
          at: draft.place)
      }
      check(
        stop.figure.isEmpty ? "text" : "text and figure",
        rows(of: stop.text, room.columns) + stop.figure.count, room.rows,
        at: draft.text?.place)
      for line in stop.figure where line.unicodeScalars.count > Room.page.columns {
        log.add(
          .columns(
            "a line of the figure of \(what)", found: line.unicodeScalars.count,
            limit: Room.page.columns),
          at: draft.figure?.place ?? draft.place)
      }
      check(
        stop.loose == nil ? "after" : "after and loose",
        rows(of: stop.after + (stop.loose?.lines ?? []), room.columns), room.rows,
        at: draft.after?.place ?? draft.loose?.written.place)
      guard let question = stop.question, let questionDraft = draft.question else { continue }
      check(
        "ask", rows(of: [question.ask], room.columns), Room.questionRows,
        at: questionDraft.ask.place)
      for (slip, slipDraft) in zip(question.slips, questionDraft.slips) {
        check(
          "a slip", rows(of: [slip.says], room.columns), Room.questionRows,
          at: slipDraft.says.place)
      }
      for (name, text, place) in [
        ("hint", question.hint, questionDraft.hint.place),
        ("why", question.why, questionDraft.why.place),
      ] {
        check(name, rows(of: [text], room.columns), Room.questionRows, at: place)
      }
    }
    return crowded
  }

  /// How many rows paragraphs take; the empty ones between them are left out where need be.
  private static func rows(of paragraphs: [String], _ columns: Int) -> Int {
    paragraphs.reduce(0) { $0 + wrapped($1, to: columns).count }
  }
}

extension Stop.Loose {
  /// What is written, what the arithmetic says and why it matters, a paragraph each.
  package var lines: [String] {
    ["The source says: \(written)", "The arithmetic: \(arithmetic)", "Why it matters: \(matters)"]
  }
}
