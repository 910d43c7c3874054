/// Collects problems while a file is read, so that all of them are told at once, and spends what
/// the reading may cost.
struct ProblemLog {
  /// One more than this helps nobody.
  static let most = 100

  let file: String
  private(set) var problems: [LessonProblem] = []
  var budget: Budget

  init(file: String, budget: Budget = Budget()) {
    self.file = file
    self.budget = budget
  }

  /// Whether nothing is to be looked for any more.
  var isFull: Bool { problems.count >= ProblemLog.most || budget.isSpent }

  /// Adds a problem, once.
  mutating func add(_ cause: LessonProblem.Cause, at place: TextPlace) {
    guard problems.count < ProblemLog.most else { return }
    let problem = LessonProblem(file: file, place: place, cause: cause)
    guard !problems.contains(where: { $0 == problem || cause.isOfAll && $0.cause.isOfAll }) else {
      return
    }
    problems.append(problem)
  }

  /// Spends what something costs, before it is done.
  ///
  /// - Parameter what: it in words.
  /// - Returns: whether it may be done; the first time that it may not, that is a problem.
  mutating func spend(_ cost: Budget.Cost, _ what: @autoclosure () -> String, at place: TextPlace)
    -> Bool
  {
    let wasSpent = budget.isSpent
    guard let resource = budget.spend(cost) else { return true }
    if !wasSpent {
      if problems.count >= ProblemLog.most { problems.removeLast() }
      add(.limit(.tooCostly(what(), resource)), at: place)
    }
    return false
  }

  /// Reads a file that is named there, and spends what that costs; nil after a problem.
  mutating func bytes(of path: Placed<String>, files: LessonBuilder.Files) -> [UInt8]? {
    do throws(LessonFileError) {
      let bytes = try files(path.value)
      return spend(.file(bytes: bytes.count), path.value, at: path.place) ? bytes : nil
    } catch {
      add(.file(error), at: path.place)
      return nil
    }
  }

  /// Forgets the problems after the first `count` where those tell of the same place: what stands
  /// in a block stands once and is read many times.
  mutating func keepNewPlaces(after count: Int) {
    guard problems.count > count else { return }
    let known = Set(problems[..<count].map(\.place))
    problems = problems[..<count] + problems[count...].filter { !known.contains($0.place) }
  }

  /// All problems, in the order of the text.
  var sorted: [LessonProblem] {
    problems.sorted { ($0.place.line, $0.place.column) < ($1.place.line, $1.place.column) }
  }

  /// - Throws: all problems, unless there are none.
  func throwIfAny() throws(LessonProblems) {
    if !problems.isEmpty { throw LessonProblems(problems: sorted) }
  }
}

extension LessonProblem.Cause {
  /// Whether all expressions together are to blame, so that it is told at the first.
  fileprivate var isOfAll: Bool {
    if case .expression(_, .tooMuchWork) = self { true } else { false }
  }
}
