import Canvas
import ConvolutionEngine
import Lessons
import Walkthrough

extension Player {
  /// The rows under the grids that a stop's text or a question takes.
  var coveredRows: Range<Int> { size.rows - 9..<size.rows - 2 }

  /// A stop: its title, what its view shows, and its text or question.
  func drawStop(_ screen: inout Screen, _ course: Course) {
    drawCourseTitle(&screen, course)
    guard course.phase != .summary || course.isWandering else {
      drawSummary(&screen, course)
      return
    }
    guard course.stop.view != .text || course.isWandering else {
      drawTextStop(&screen, course)
      return
    }
    drawView(&screen, course)
    guard coversBottom else { return }
    screen.frame.clear(rows: coveredRows)
    screen.forgetTargets(rows: coveredRows)
    drawStopText(&screen, course, rows: panelRows(under: screen))
  }

  /// The rows for a stop's text: on a tall screen right under what is drawn, so that the eye has
  /// not far to go.
  private func panelRows(under screen: Screen) -> Range<Int> {
    let first = Player.smallest.rows - coveredRows.count - 2
    var row = coveredRows.lowerBound
    func isBlank(_ row: Int) -> Bool {
      (0..<size.columns).allSatisfy { screen.frame.isBlank(Point(column: $0, row: row)) }
    }
    while row > first, isBlank(row - 1) { row -= 1 }
    // One row stays free between the two.
    row = min(coveredRows.lowerBound, max(first, row + 1))
    return row..<row + coveredRows.count
  }

  private func drawCourseTitle(_ screen: inout Screen, _ course: Course) {
    let count = course.lesson.stops.count
    var marks = ""
    for index in 0..<count {
      let isCurrent = index == course.stopIndex && course.phase != .summary
      marks += isCurrent ? "▸" : course.done.contains(index) ? "✓" : "·"
    }
    let stop =
      course.phase == .summary
      ? "\(course.lesson.title)  ·  the end"
      : "\(course.lesson.title)  ·  stop \(course.stopIndex + 1) of \(count)  \(course.stop.title)"
    screen.put(stop, 1, 0, .heading, before: size.columns - count - 2)
    screen.frame.put(marks, endingAt: size.columns, 0, .good)
  }

  /// What is read, asked or said, in the rows under the grids.
  private func drawStopText(_ screen: inout Screen, _ course: Course, rows: Range<Int>) {
    switch course.phase {
    case .reading:
      drawParagraphs(
        &screen, course.stop.text + course.stop.figure, rows: rows,
        figureFrom: course.stop.text.count)
    case .asking(let asking): drawQuestion(&screen, asking, rows: rows)
    case .after:
      drawParagraphs(&screen, closing(course), rows: rows)
    case .arrived, .summary: break
    }
  }

  /// What is said afterwards, and what the source states loosely.
  func closing(_ course: Course) -> [String] {
    (course.stop.after + (course.stop.loose?.lines ?? [])).filter { !$0.isEmpty }
  }

  /// Paragraphs one under another, an empty line between them where there is room.
  @discardableResult
  func drawParagraphs(
    _ screen: inout Screen, _ paragraphs: [String], rows: Range<Int>, figureFrom: Int = .max
  ) -> Int {
    let width = min(size.columns - 2, 96)
    let blocks = paragraphs.enumerated().map { index, text in
      index >= figureFrom ? [text] : wrapped(text, to: width)
    }
    let lines = blocks.reduce(0) { $0 + $1.count }
    let gaps = max(0, min(blocks.count, figureFrom) - 1) + (figureFrom < blocks.count ? 1 : 0)
    let hasGaps = lines + gaps <= rows.count
    var row = rows.lowerBound
    for (index, block) in blocks.enumerated() {
      if index > 0, hasGaps, index <= figureFrom { row += 1 }
      for line in block {
        guard row < rows.upperBound else {
          screen.overflow += 1
          continue
        }
        screen.put(
          line, 1, row, index >= figureFrom ? .plain : .prose, before: size.columns)
        row += 1
      }
    }
    return row
  }

  /// The question, the field, and what the last answer was told.
  func drawQuestion(_ screen: inout Screen, _ asking: Asking, rows: Range<Int>) {
    let width = min(size.columns - 2, 96)
    var row = rows.lowerBound
    let lines = wrapped("QUESTION  \(asking.question.ask)", to: width)
    for line in lines where row < rows.upperBound {
      screen.frame.put(line, 1, row, .heading)
      row += 1
    }
    if lines.count < 3 { row += 1 }
    if asking.isAnswered {
      screen.put(
        asking.wasShown ? "The answer: \(asking.answerText)" : "\(asking.answerText)  ✓  Right.", 1,
        row, asking.wasShown ? .message : .good, before: size.columns)
      _ = drawLines(&screen, asking.question.why, row + 1, rows, width)
      return
    }
    let end = screen.frame.put("Your answer:  ", 1, row)
    screen.put(asking.field.text + "_", end, row, .current, before: size.columns - 34)
    if let last = asking.tries.last {
      let number = asking.tries.count == 1 ? "first try" : "try \(asking.tries.count)"
      screen.put("\(number): \(last)  ✗", 46, row, .bad, before: size.columns)
    }
    row += lines.count < 3 ? 2 : 1
    if let feedback = asking.feedbackText { _ = drawLines(&screen, feedback, row, rows, width) }
  }

  private func drawLines(
    _ screen: inout Screen, _ text: String, _ start: Int, _ rows: Range<Int>, _ width: Int
  ) -> Int {
    var row = start
    for line in wrapped(text, to: width) {
      guard row < rows.upperBound else {
        screen.overflow += 1
        return row
      }
      screen.frame.put(line, 1, row, .prose)
      row += 1
    }
    return row
  }

  /// A stop without grids: text and figure, and right below a question or what is said afterwards.
  private func drawTextStop(_ screen: inout Screen, _ course: Course) {
    let end: Int
    switch course.phase {
    case .reading, .arrived, .summary: end = size.rows - 2
    case .asking, .after: end = coveredRows.lowerBound
    }
    let read = drawParagraphs(
      &screen, course.stop.text + course.stop.figure, rows: 2..<end,
      figureFrom: course.stop.text.count)
    let below = min(coveredRows.lowerBound, read + 1)..<size.rows - 2
    switch course.phase {
    case .asking(let asking): drawQuestion(&screen, asking, rows: below)
    case .after: drawParagraphs(&screen, closing(course), rows: below)
    case .reading, .arrived, .summary: break
    }
  }

  private func drawSummary(_ screen: inout Screen, _ course: Course) {
    let lesson = course.lesson
    var row = 2
    for (index, stop) in lesson.stops.enumerated() where row < size.rows - 8 {
      let mark = course.done.contains(index) ? "✓" : "·"
      var result = ""
      if stop.question != nil {
        result =
          course.rightAtOnce.contains(index)
          ? "right at once"
          : course.rightLater.contains(index)
            ? "right" : course.shown.contains(index) ? "answer shown" : "not answered"
      }
      screen.frame.put(mark, 1, row, .good)
      screen.put(stop.title, 3, row, before: 50)
      screen.put(result, 52, row, .faint, before: size.columns)
      row += 1
    }
    row += 1
    let questions = course.questions
    if !questions.isEmpty {
      let right = questions.count {
        course.rightAtOnce.contains($0) || course.rightLater.contains($0)
      }
      let first = questions.count { course.rightAtOnce.contains($0) }
      screen.put(
        "\(right) of \(questions.count) questions right, \(first) at the first try.", 1, row,
        .result,
        before: size.columns)
      row += 2
    }
    drawParagraphs(&screen, course.missingText + lesson.next, rows: row..<size.rows - 2)
  }

  /// The list of lessons.
  func drawList(_ screen: inout Screen, _ list: LessonList) {
    screen.frame.put("convwalk", 1, 0, .heading)
    let done = list.entries.count { $0.record?.isFinished == true }
    screen.frame.put(
      "\(done) of \(list.entries.count) lessons done", endingAt: size.columns - 1, 0, .faint)
    let shown = list.shown
    let room = size.rows - 7
    let place = shown.firstIndex(of: list.selected) ?? 0
    let first = max(0, min(place - room / 2, shown.count - room))
    for (line, index) in shown.dropFirst(first).prefix(room).enumerated() {
      let entry = list.entries[index]
      let row = 2 + line
      let isSelected = index == list.selected
      let role: Role = isSelected ? .current : .plain
      if isSelected { screen.frame.put("▸", 1, row, .current) }
      let mark = entry.record?.isFinished == true ? "✓" : entry.record == nil ? " " : "·"
      screen.frame.put(mark, 3, row, .good)
      screen.frame.put(padded("\(index + 1)", to: 2), 5, row, .faint)
      screen.put(entry.title, 9, row, role, before: size.columns - 18)
      screen.frame.put(entry.progress, endingAt: size.columns - 1, row, .faint)
      screen.add(.chooseLesson(index), columns: 0..<size.columns, row: row)
    }
    if shown.isEmpty {
      screen.frame.put("No lesson has that in its title or summary.", 1, 2, .prose)
    }
    if first + room < shown.count { screen.frame.put("…", 9, 2 + room, .faint) }
    if shown.contains(list.selected) {
      drawParagraphs(
        &screen, [list.entries[list.selected].summary], rows: size.rows - 4..<size.rows - 2)
    }
    drawListFooter(&screen, list)
  }

  private func drawListFooter(_ screen: inout Screen, _ list: LessonList) {
    let row = size.rows - 1
    if let message { draw(&screen, message) }
    if list.isResetting {
      screen.frame.put(
        "Forget your progress in every lesson?  y yes, any other key no", 1, row, .bad)
    } else if list.filter.isTyping {
      drawFilterLine(&screen, list.filter)
    } else {
      drawKeys(
        &screen,
        [
          Hint(keys: "Enter", label: "begin"),
          Hint(keys: keys(.up, .down), label: "choose"),
          Hint(keys: key(.search), label: "filter"), Hint(keys: key(.reset), label: "reset"),
          Hint(keys: "q", label: "quit"),
        ])
    }
  }

  /// The footer while a list's filter is typed.
  func drawFilterLine(_ screen: inout Screen, _ filter: ListFilter) {
    let row = size.rows - 1
    let end = screen.frame.put("Filter: ", 1, row, .heading)
    screen.put((filter.text ?? "") + "_", end, row, .current, before: size.columns - 24)
    screen.frame.put("Enter keep  Esc all", endingAt: size.columns - 1, row, .key)
  }
}

extension Asking {
  /// The answer as it is shown: `6`, or `4×4×2`.
  var answerText: String { Question.text(of: question.answer) }

  var feedbackText: String? {
    switch feedback {
    case .slip(let says): says
    case .wrong: "Not yet. ? gives a hint, ?? the answer."
    case .unreadable(let why): why
    case .hint(let hint): "Hint: \(hint)"
    case .right, .shown, nil: nil
    }
  }
}
