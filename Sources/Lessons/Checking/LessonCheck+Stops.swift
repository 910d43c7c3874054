import ConvolutionEngine
import ExactNumbers
import Walkthrough

extension LessonCheck {
  /// The claims that do not hold.
  static func claimProblems(
    in claims: [Placed<String>], of text: LessonText, _ evaluator: inout ExpressionEvaluator,
    _ log: inout ProblemLog
  ) {
    for claim in claims where !log.isFull {
      let cost = Budget.Cost.expression(claim.value.utf8.count)
      guard log.spend(cost, "this claim", at: claim.place) else { return }
      guard let sides = Claim(claim.value) else {
        log.add(.stated(.noRelation(claim.value)), at: claim.place)
        continue
      }
      check(sides, claim, text, &evaluator, &log)
    }
  }

  private static func check(
    _ claim: Claim, _ text: Placed<String>, _ whole: LessonText,
    _ evaluator: inout ExpressionEvaluator, _ log: inout ProblemLog
  ) {
    var values: [Number] = []
    for side in claim.sides {
      do throws(ExpressionError) {
        values.append(try evaluator.value(side, in: Scene.main))
      } catch {
        let start = whole.place(of: text.value, after: text.place)
        log.add(
          .expression(
            words(of: side), error.cause),
          at: start.moved(by: side.startIndex + error.offset))
        return
      }
    }
    for (index, relation) in claim.relations.enumerated()
    where !relation.holds(values[index], values[index + 1]) {
      log.add(
        .stated(
          .claim(
            text.value, left: Template.text(values[index]), right: Template.text(values[index + 1]))
        ),
        at: text.place)
    }
  }

  private static func words(of side: ArraySlice<Unicode.Scalar>) -> String {
    String(scalars: side).split(separator: " ").joined(separator: " ")
  }

  /// Works out the cell that each stop looks at, as its walk shows it.
  static func accountProblems(
    in reading: LessonReading, _ evaluator: inout ExpressionEvaluator, _ log: inout ProblemLog
  ) {
    for (stop, draft) in zip(reading.lesson.stops, reading.draft.stops) {
      do throws(ExpressionError) {
        try evaluator.work(out: stop)
      } catch {
        // A walk opens what the evaluator thinks too much, but later.
        guard error.cause != .tooMuchWork, let at = draft.at else { continue }
        log.add(.expression(at.value, error.cause), at: at.place)
      }
    }
  }
}

extension ExpressionEvaluator {
  /// Works out the cell that a stop looks at, if it looks at one.
  fileprivate mutating func work(out stop: Stop) throws(ExpressionError) {
    ownLoss = stop.loss.map { (stop.scene, $0) }
    switch stop.at {
    case .gradient(let address):
      guard let cell = address.cell else { return }
      _ = try account(of: cell, in: address.target, scene: stop.scene, at: 0)
    case .step(let address):
      guard let cell = address.outputCell,
        let layer = scenes[stop.scene]?.network.layer(named: address.layer)
      else { return }
      _ = try account(of: cell, in: layer, scene: stop.scene, at: 0)
    case nil: break
    }
  }
}

extension Address {
  /// The cell that is being computed there; nil for a whole map or layer.
  var outputCell: Cell? {
    switch part {
    case .layer, .map: nil
    case .cell(let cell), .slice(let cell, _), .product(let cell, _): cell
    }
  }
}
