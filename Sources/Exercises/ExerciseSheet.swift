import Lessons

/// Exercises on paper: with room for the answers, and the key on a page of its own.
package struct ExerciseSheet: Sendable {
  package let seed: UInt64
  package let exercises: [Exercise]

  /// More than this nobody solves.
  package static let mostExercises = 500

  /// - Parameters:
  ///   - count: from 1 to `mostExercises`.
  ///   - topics: each in its turn; at least one.
  package init(seed: UInt64, count: Int, topics: [Topic] = Topic.allCases) {
    self.seed = seed
    exercises = ExerciseSheet.exercises(seed: seed, count: count, topics: topics)
  }

  /// Different exercises, each topic in its turn.
  static func exercises(seed: UInt64, count: Int, topics: [Topic]) -> [Exercise] {
    precondition(!topics.isEmpty, "exercises are about something")
    var chosen: [Exercise] = []
    // What stands in a topic's few columns may be drawn twice.
    var asked: Set<[String]> = []
    for index in 0..<count {
      let kinds = topics[index % topics.count].kinds
      var draws = Draws(seed: seed, stream: Draws.choices(index))
      let kind = draws.pick(kinds)
      var number = index
      var exercise = Exercise(kind, seed: seed, number: number)
      while !asked.insert([exercise.question.ask] + exercise.figure).inserted {
        number += ExerciseSheet.mostExercises
        exercise = Exercise(kind, seed: seed, number: number)
      }
      chosen.append(exercise)
    }
    return chosen
  }

  /// The sheet's lines.
  ///
  /// - Parameter command: the words that make the same sheet again.
  package func lines(_ format: Page.Format, command: String) -> [String] {
    var page = Page(format)
    page.heading("Exercises", level: 1)
    page.paragraph("\(ExerciseSheet.conventions) This sheet is made by: \(command)")
    for (index, exercise) in exercises.enumerated() {
      page.paragraph("\(index + 1).", exercise.question.ask)
      page.verbatim(exercise.figure)
      page.room("Answer:")
    }
    page.pageBreak()
    page.heading("Key", level: 1)
    page.paragraph("To the sheet of \(command)")
    for (index, exercise) in exercises.enumerated() {
      let question = exercise.question
      page.paragraph("\(index + 1).", "\(question.answerText)")
      page.paragraph(question.why)
      page.verbatim([exercise.commandLine])
    }
    return page.lines
  }

  /// How to read what is asked.
  package static let conventions = """
    Sizes are width × height × depth. Columns, rows, depths and maps count from 0, and a cell is \
    [column,row,map]. Padding 1 is one place of zeros on every side. Where a stride leaves a rest, \
    sizes are rounded down. Filters go through all depths of their input and have a bias each. \
    All of this unless something else is said.
    """

  /// The same in a line or two.
  package static let briefConventions = """
    Sizes are width × height × depth; all count from 0; sizes are rounded down, and filters have a \
    bias, unless it is said.
    """

  /// How answers are typed.
  package static let answers = """
    An answer is typed as 12, -3, 1/9 or 0.5, a size as 9x8x7, several numbers with blanks between.
    """
}

extension Exercise {
  /// What to type to see the answer; addresses stand in quotes, as a shell needs them.
  package var commandLine: String {
    (["convwalk"] + command).map { $0.contains("[") ? "'\($0)'" : $0 }.joined(separator: " ")
  }
}
