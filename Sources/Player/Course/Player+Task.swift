import Lessons
import Walkthrough

/// A task of a stop: the walk's keys are the walk's, and the engine judges after every change.
extension Player {
  /// Lets the engine judge the open task by the numbers as they stand.
  mutating func judgeTask() -> [Effect] {
    guard let course, course.hasOpenTask,
      let standing = course.lesson.standing(ofTaskAt: course.stop, network, subject.input)
    else { return [] }
    let effects = answer { $0.take(standing) }
    if course.isWandering, self.course?.hasOpenTask == false {
      say("Done. \(key(.returnToStop)) returns to the task.")
    }
    return effects
  }

  /// Gives the hint or the solution of the open task where that is asked for in place of a change,
  /// with `?` or `??`; nil where it is not.
  mutating func askAtTask(_ text: String) -> [Effect]? {
    // The line may begin with the place that it offered.
    let typed = text.drop { $0 != "?" }
    guard let course, course.hasOpenTask, !typed.isEmpty, typed.allSatisfy({ $0 == "?" }) else {
      return nil
    }
    let effects = answer { $0.submit(String(typed)) }
    guard self.course?.hasOpenTask == false, let task = course.stop.question?.task,
      let scene = course.lesson.scenes[course.stop.scene],
      let solved = task.solved(scene.network, scene.input)
    else { return effects }
    var presentation = Presentation(course.lesson, scene: scene)
    (presentation.network, presentation.input) = (solved.network, solved.input)
    let keys = task.solution.flatMap { ["c", scripted($0.text.filter { $0 != " " }), "Enter"] }
    return effects + change(to: presentation, by: keys)
  }
}

extension Course {
  /// Whether numbers are to be changed, and are not yet as they are wanted.
  var hasOpenTask: Bool {
    guard case .asking(let asking) = phase else { return false }
    return asking.question.task != nil && !asking.isAnswered
  }

  /// Whether what was changed belongs to the stop's task.
  var keepsChanges: Bool {
    guard case .asking(let asking) = phase else { return false }
    return asking.question.task != nil
  }
}
