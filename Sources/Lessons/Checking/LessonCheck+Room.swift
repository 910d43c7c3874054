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
    for (index, (stop, draft)) in zip(reading.lesson.stops, reading.draft.stops).enumerated() {
      let before = log.problems.count
      checkTitle(of: index, in: reading.lesson, at: draft.place, &log)
      checkTexts(of: stop, "stop \(index + 1)", draft, &log)
      if log.problems.count > before { crowded.insert(index) }
    }
    return crowded
  }

  private static func checkTitle(
    of index: Int, in lesson: Lesson, at place: TextPlace, _ log: inout ProblemLog
  ) {
    let count = lesson.stops.count
    let titles = lesson.title.unicodeScalars.count + lesson.stops[index].title.unicodeScalars.count
    let line = titles + "  ·  stop \(index + 1) of \(count)  ".count
    let limit = 80 - 3 - lesson.markedStops
    guard line > limit else { return }
    log.add(
      .stated(.columns("the title line of stop \(index + 1)", found: line, limit: limit)),
      at: place)
  }

  private static func checkTexts(
    of stop: Stop, _ what: String, _ draft: StopDraft, _ log: inout ProblemLog
  ) {
    let room = stop.view == .text ? Room.page : Room.panel
    func check(
      _ name: String, _ texts: [String], more: Int = 0, _ limit: Int, at place: TextPlace?
    ) {
      let rows = rows(of: texts, room.columns) + more
      guard rows > limit else { return }
      log.add(
        .stated(.rows("\(name) of \(what)", found: rows, limit: limit, columns: room.columns)),
        at: place ?? draft.place)
    }
    check(
      stop.figure.isEmpty ? "text" : "text and figure", stop.text, more: stop.figure.count,
      room.rows, at: draft.text?.place)
    for line in stop.figure where line.unicodeScalars.count > Room.page.columns {
      log.add(
        .stated(
          .columns(
            "a line of the figure of \(what)", found: line.unicodeScalars.count,
            limit: Room.page.columns)),
        at: draft.figure?.place ?? draft.place)
    }
    check(
      stop.loose == nil ? "after" : "after and loose", stop.after + (stop.loose?.lines ?? []),
      room.rows, at: draft.after?.place ?? draft.loose?.written.place)
    guard let question = stop.question, let placed = draft.question else { return }
    let slips = zip(question.slips, placed.slips).map { ("a slip", $0.says, $1.says.place) }
    for (name, text, place) in [("ask", question.ask, placed.ask.place)] + slips + [
      ("why", question.why, placed.why.place)
    ]
      + zip([question.hint] + question.furtherHints, placed.hints).map({
        ("hint", $0, $1.place)
      })
    {
      check(name, [text], Room.questionRows, at: place)
    }
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
