import Canvas
import ConvolutionEngine
import Lessons
import Walkthrough

extension View {
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
    if coversBottom {
      screen.frame.clear(rows: coveredRows)
      screen.forgetTargets(rows: coveredRows)
      let rows = panelRows(under: screen)
      drawStopText(&screen, course, rows: rows)
      screen.keep(columns: 0..<size.columns, rows: rows)
    }
    guard !course.isWandering, course.stop.view == .walk, course.turned == nil else { return }
    drawPanels(&screen)
  }

  /// The rows for a stop's text: on a tall screen right under what is drawn, so that the eye has
  /// not far to go.
  private func panelRows(under screen: Screen) -> Range<Int> {
    let first = Player.smallest.rows - coveredRows.count - 2
    var row = coveredRows.lowerBound
    while row > first, screen.frame.isBlank(row: row - 1) { row -= 1 }
    // One row stays free between the two.
    row = min(coveredRows.lowerBound, max(first, row + 1))
    return row..<row + coveredRows.count
  }

  private func drawCourseTitle(_ screen: inout Screen, _ course: Course) {
    let count = course.lesson.stops.count
    var marks = ""
    for index in 0..<course.lesson.markedStops {
      let isCurrent = index == course.stopIndex && course.phase != .summary
      marks += isCurrent ? "▸" : course.done.contains(index) ? "✓" : "·"
    }
    let stop =
      course.review.map { "\($0.title)  ·  \(course.lesson.title): \(course.stop.title)" }
      ?? (course.phase == .summary
        ? "\(course.lesson.title)  ·  the end"
        : "\(course.lesson.title)  ·  stop \(course.stopIndex + 1) of \(count)  \(course.stop.title)")
    screen.put(stop, 1, 0, .heading, before: size.columns - marks.unicodeScalars.count - 2)
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
      drawParagraphs(&screen, course.closing, rows: rows)
    case .arrived, .summary: break
    }
  }

  /// The question, the field, and what the last answer was told.
  ///
  /// - Parameter figure: lines that belong to the question.
  func drawQuestion(
    _ screen: inout Screen, _ asking: Asking, rows: Range<Int>, figure: [String] = []
  ) {
    let width = min(size.columns - 2, 96)
    var row = rows.lowerBound
    let word = asking.question.task == nil ? "QUESTION" : "TASK"
    let lines = wrapped("\(word)  \(asking.question.ask)", to: width)
    for line in lines where row < rows.upperBound {
      screen.frame.put(line, 1, row, .heading)
      row += 1
    }
    if lines.count < 3 { row += 1 }
    for line in figure {
      screen.put(line, 2, row, before: size.columns)
      row += 1
    }
    if !figure.isEmpty { row += 1 }
    if asking.isAnswered {
      let found = asking.question.task == nil ? "\(asking.answerText)  ✓  Right." : "✓  Right."
      screen.put(
        asking.wasShown ? "The answer: \(asking.answerText)" : found, 1, row,
        asking.wasShown ? .message : .good, before: size.columns)
      _ = drawLines(&screen, asking.question.why, row + 1, rows, width)
      return
    }
    if asking.question.task != nil {
      drawTask(&screen, asking, row..<rows.upperBound, width)
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

  /// What a task still wants, and what was said to the last change.
  private func drawTask(
    _ screen: inout Screen, _ asking: Asking, _ rows: Range<Int>, _ width: Int
  ) {
    var row = rows.lowerBound
    for line in asking.wanting.flatMap({ wrapped($0, to: width) }) where row < rows.upperBound {
      screen.put(line, 1, row, .current, before: size.columns)
      row += 1
    }
    if let feedback = asking.feedbackText { _ = drawLines(&screen, feedback, row, rows, width) }
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
    let colours = FigureColours(course.stop.figure)
    for row in max(2, read - course.stop.figure.count)..<max(2, read) {
      colours.paint(row, of: &screen)
    }
    if let wish = pictureBesideFigure(course), let picture = picture(wish) {
      picture.draw(on: &screen, size.columns - 1 - wish.room.columns, read - wish.room.rows)
    }
    let below = min(coveredRows.lowerBound, read + 1)..<size.rows - 2
    switch course.phase {
    case .asking(let asking): drawQuestion(&screen, asking, rows: below)
    case .after: drawParagraphs(&screen, course.closing, rows: below)
    case .reading, .arrived, .summary: break
    }
  }

  /// The picture that a figure of letters or numbers stands for, row by row, in its colours, where there
  /// is room beside it.
  func pictureBesideFigure(_ course: Course?) -> PictureWish? {
    guard let course, course.stop.view == .text, !course.isWandering, course.phase != .summary,
      shown.isInputInColour, case let rows = course.stop.figure.count - network.input.height,
      (0...1).contains(rows)
    else { return nil }
    let widest = course.stop.figure.map(\.unicodeScalars.count).max() ?? 0
    let room = Size(
      columns: min(24, size.columns - widest - 4), rows: course.stop.figure.count)
    guard room.columns >= 8 else { return nil }
    return PictureWish(.input, depth: 0, room: room, nil, .mixed)
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
        "\(right) of \(counted(questions.count, "question")) right, \(first) at the first try.",
        1, row, .result, before: size.columns)
      row += 2
    }
    drawParagraphs(&screen, course.missingText + lesson.next, rows: row..<size.rows - 2)
  }
}
