import ConvolutionEngine
import ExactNumbers
import Walkthrough

/// Tasks, which are judged by what the engine computes.
extension StopBuilder {
  /// A task that does not hold yet, and that its solution does; nil after a problem.
  mutating func task(
    _ draft: TaskDraft, answer: Placed<String>, in setting: Question.Task.Setting
  ) -> Question.Task? {
    guard let scene = setting.scenes[setting.scene] else { return nil }
    let before = log.problems.count
    let task = Question.Task(
      changeable: parts(of: draft.change) { builder, name, place in
        builder.reporting(at: place) { () throws(NumberChangeError) in
          try Question.Task.Changeable(parsing: name, in: scene.network)
        }
      },
      conditions: parts(of: draft.until) { $0.condition($1, at: $2) },
      solution: parts(of: answer) { builder, text, place in
        builder.solution(text, at: place, in: scene.network)
      })
    guard log.problems.count == before else { return nil }
    judge(task, draft, answer, setting, scene)
    return task
  }

  /// What stands between semicolons, read one by one.
  private mutating func parts<Part>(
    of text: Placed<String>, _ read: (inout StopBuilder, String, TextPlace) -> Part?
  ) -> [Part] {
    guard log.spend(.expression(text.value.utf8.count), "this task", at: text.place) else {
      return []
    }
    return text.value.split(separator: ";", omittingEmptySubsequences: false).compactMap { part in
      read(&self, part.split(whereSeparator: \.isWhitespace).joined(separator: " "), text.place)
    }
  }

  private mutating func condition(
    _ text: String, at place: TextPlace
  ) -> Question.Task.Condition? {
    do throws(ExpressionError) {
      if let condition = try Question.Task.Condition(text) { return condition }
      log.add(.task(.noCondition(text)), at: place)
    } catch {
      log.add(.expression(text, error.cause), at: place)
    }
    return nil
  }

  private mutating func solution(
    _ text: String, at place: TextPlace, in network: Network
  ) -> Question.Task.Solution? {
    let halves = text.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
    guard halves.count == 2 else {
      log.add(.task(.noChange(text)), at: place)
      return nil
    }
    return reporting(at: place) { () throws(NumberChangeError) in
      Question.Task.Solution(
        text: text, change: try NumberChange(parsing: halves[0], halves[1], in: network))
    }
  }

  private mutating func reporting<Value>(
    at place: TextPlace, _ value: () throws(NumberChangeError) -> Value
  ) -> Value? {
    do throws(NumberChangeError) {
      return try value()
    } catch {
      log.add(.task(.number(error)), at: place)
      return nil
    }
  }

  /// Tells a task that holds before anything is changed, and one that its solution leaves open.
  private mutating func judge(
    _ task: Question.Task, _ draft: TaskDraft, _ answer: Placed<String>,
    _ setting: Question.Task.Setting, _ scene: Scene
  ) {
    let network = scene.network
    let work = network.layers.reduce(0) { $0 + $1.placesPerCell * $1.output.count }
    let cells = network.layers.reduce(scene.input.shape.count) { $0 + $1.output.count }
    // It is judged again after each change, before the screen is drawn.
    guard work <= Question.Task.mostProducts, cells <= Question.Task.mostProducts else {
      return log.add(.task(.tooLarge(limit: Question.Task.mostProducts)), at: draft.until.place)
    }
    guard
      log.spend(
        .evaluation(products: work * 2, cells: cells * 2), "this task", at: draft.until.place)
    else { return }
    guard let solved = task.solved(network, scene.input) else {
      return log.add(.task(.notExact), at: answer.place)
    }
    do throws(ExpressionError) {
      if try task.standing(setting, network, scene.input) == .done {
        log.add(.task(.holdsAlready(task.wanted)), at: draft.until.place)
      }
      switch try task.standing(setting, solved.network, solved.input) {
      case .done: break
      case .open(let texts):
        log.add(.task(.unsolved(texts.joined(separator: " "))), at: answer.place)
      case .beside(let text): log.add(.task(.unsolved(text)), at: answer.place)
      }
    } catch {
      log.add(.expression(draft.until.value, error.cause), at: draft.until.place)
    }
  }
}

extension Question.Task {
  /// What is computed for it after each change.
  static let mostProducts = 1 << 18
}
