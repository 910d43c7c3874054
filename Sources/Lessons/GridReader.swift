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
        switch number(word) {
        case .success(let number): numbers.append(Placed(number, place))
        case .failure(let problem):
          log.add(problem.cause, at: place)
          isSound = false
        }
      }
      if !numbers.isEmpty { rows.append(numbers) }
    }
    return isSound ? rows : nil
  }

  private struct NumberProblem: Error {
    let cause: LessonProblem.Cause
  }

  /// `-3`, `0.25` or `1/9`, exactly; `−` is a minus too, as the screens print it.
  private func number(_ word: ArraySlice<Unicode.Scalar>) -> Result<Ratio, NumberProblem> {
    func failure(_ cause: (String) -> LessonProblem.Cause) -> Result<Ratio, NumberProblem> {
      .failure(NumberProblem(cause: cause(String(scalars: word))))
    }
    var rest = word
    let isNegative = rest.first == "-" || rest.first == "−"
    if isNegative || rest.first == "+" { rest.removeFirst() }
    let parts = rest.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "." }
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) }) else {
      return failure(LessonProblem.Cause.notANumber)
    }
    let values = parts.map { Int128(String(scalars: $0)) }
    guard let whole = values[0] else { return failure(LessonProblem.Cause.numberTooLarge) }
    let sign: Int128 = isNegative ? -1 : 1
    guard parts.count == 2 else { return .success(Ratio(sign * whole)) }
    if rest.contains("/") {
      guard let denominator = values[1] else {
        return failure(LessonProblem.Cause.numberTooLarge)
      }
      guard denominator > 0 else { return failure(LessonProblem.Cause.zeroDenominator) }
      return .success(Ratio(sign * whole, over: denominator).reduced)
    }
    guard let decimal = decimal(whole: parts[0], places: parts[1]) else {
      return failure(LessonProblem.Cause.numberTooLarge)
    }
    return .success(Ratio(sign * decimal.numerator, over: decimal.denominator).reduced)
  }

  /// `0.25` as 25/100; nil beyond 128 bits.
  private func decimal(
    whole: ArraySlice<Unicode.Scalar>, places: ArraySlice<Unicode.Scalar>
  ) -> Ratio? {
    var denominator: Int128 = 1
    for _ in places {
      let (product, overflows) = denominator.multipliedReportingOverflow(by: 10)
      guard !overflows else { return nil }
      denominator = product
    }
    return Int128(String(scalars: whole + places)).map { Ratio($0, over: denominator) }
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
