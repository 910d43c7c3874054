import ConvolutionEngine
import ExactNumbers

/// Reads numbers that stand in a text, row by row.
struct GridReader {
  let text: LessonText

  /// Reads rows of numbers that are all as long as the first.
  ///
  /// - Returns: nil after a problem.
  func grid(_ node: TextNode, _ what: String, log: inout ProblemLog) -> Grid? {
    guard let value = node.text(what, log: &log) else { return nil }
    var rows = Rows()
    let lines = Array(value.unicodeScalars)
      .split(omittingEmptySubsequences: false) { $0.isBreak }
    for (row, line) in lines.enumerated() where !log.isFull {
      let words = line.split { $0 == " " || $0 == "\t" }
      guard log.spend(.grid(numbers: words.count), what, at: node.place) else { return nil }
      for word in words where !log.isFull {
        let place = text.place(
          of: word, row: row, line: line, offset: word.startIndex - line.startIndex, in: node)
        do throws(NumberText.Problem) {
          rows.numbers.append(Placed(try NumberText.ratio(word), place))
        } catch {
          log.add(.numbers(.init(error, in: String(scalars: word))), at: place)
          rows.isSound = false
        }
      }
      if !words.isEmpty { rows.end() }
    }
    guard rows.isSound, !log.isFull else { return nil }
    guard let width = rows.width else {
      log.add(.value(.emptyText(what)), at: node.place)
      return nil
    }
    if let (row, start, end) = rows.uneven {
      log.add(
        .numbers(.row(row, found: end - start, expected: width)), at: rows.numbers[start].place)
      return nil
    }
    return Grid(width: width, height: rows.count, numbers: rows.numbers, place: node.place)
  }
}

/// The numbers of the rows that have any.
private struct Rows {
  var numbers: [Placed<Ratio>] = []
  var isSound = true
  /// Of the first row.
  var width: Int?
  var count = 0
  /// The first row that is not as wide: its index, and where its numbers begin and end.
  var uneven: (row: Int, start: Int, end: Int)?
  private var start = 0

  /// Ends a row.
  mutating func end() {
    let width = width ?? numbers.count
    self.width = width
    if numbers.count - start != width, uneven == nil, isSound {
      uneven = (count, start, numbers.count)
    }
    start = numbers.count
    count += 1
  }
}

extension LessonProblem.Numbers {
  fileprivate init(_ problem: NumberText.Problem, in word: String) {
    switch problem {
    case .notANumber: self = .notANumber(word)
    case .zeroDenominator: self = .zeroDenominator(word)
    case .tooLarge: self = .numberTooLarge(word)
    }
  }
}
