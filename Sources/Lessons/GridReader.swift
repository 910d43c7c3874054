import ConvolutionEngine

/// Reads numbers that stand in a text, row by row.
struct GridReader {
  let text: LessonText

  /// Reads rows of numbers that are all as long as the first.
  ///
  /// - Returns: nil after a problem.
  func grid(_ node: TextNode, _ what: String, log: inout ProblemLog) -> Grid? {
    guard let rows = rows(node, what, log: &log) else { return nil }
    guard let width = rows.first?.count else {
      log.add(.emptyText(what), at: node.place)
      return nil
    }
    for (index, row) in rows.enumerated() where row.count != width {
      log.add(
        .row(index, found: row.count, expected: width), at: row.first?.place ?? node.place)
      return nil
    }
    return Grid(width: width, height: rows.count, numbers: Array(rows.joined()), place: node.place)
  }

  /// The numbers of each row that has any; nil after a problem.
  private func rows(
    _ node: TextNode, _ what: String, log: inout ProblemLog
  ) -> [[Placed<Ratio>]]? {
    guard let value = node.text(what, log: &log) else { return nil }
    var isSound = true
    var rows: [[Placed<Ratio>]] = []
    let lines = Array(value.unicodeScalars)
      .split(omittingEmptySubsequences: false) { $0.isBreak }
    for (row, line) in lines.enumerated() {
      var numbers: [Placed<Ratio>] = []
      for word in line.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
        let place = text.place(
          of: word, row: row, line: line, offset: word.startIndex - line.startIndex, in: node)
        do throws(NumberText.Problem) {
          numbers.append(Placed(try NumberText.ratio(word), place))
        } catch {
          log.add(LessonProblem.Cause(error, in: String(scalars: word)), at: place)
          isSound = false
        }
      }
      if !numbers.isEmpty { rows.append(numbers) }
    }
    return isSound ? rows : nil
  }
}

extension LessonProblem.Cause {
  fileprivate init(_ problem: NumberText.Problem, in word: String) {
    switch problem {
    case .notANumber: self = .notANumber(word)
    case .zeroDenominator: self = .zeroDenominator(word)
    case .tooLarge: self = .numberTooLarge(word)
    }
  }
}
