import ConvolutionEngine
import FastEvaluation
import Walkthrough

/// What takes long is asked for as an effect, found out outside, and taken in here.
extension Player {
  /// Asks for what the screen needs, unless that is already being found out.
  package mutating func evaluateWanted() -> [Effect] {
    let overlayGoal = hasRoom ? overlay?.content.goal(view) : nil
    var effects = evaluateWanted(for: overlayGoal)
    let wishes = picturesWanted
    let preparation = shown.preparation(
      pictures: wishes, overlay?.content.statistics(view) ?? [], overlayGoal)
    let kept = Set(wishes)
    shown.pictures = shown.pictures.filter { kept.contains($0.key) }
    if let preparation, let running = status.preparing, preparation.isAnswered(by: running) {
      return effects
    }
    if let preparation { effects.append(.prepare(preparation)) }
    status.preparing = preparation
    return effects
  }

  /// Asks for layers that take long.
  private mutating func evaluateWanted(for overlayGoal: EvaluationGoal?) -> [Effect] {
    let running = evaluating?.goal
    if overlay == nil, running?.isForOverview == true, activations.inputs(of: place.layer) != nil {
      status.evaluating = nil
      return [.cancelEvaluation]
    }
    guard status.givenUp != place, let goal = goalWanted(overlayGoal), goal != running else {
      return []
    }
    // Each goal of an overview is on the way to the next.
    if goal.isForOverview, running != nil { return [] }
    status.givenUp = nil
    status.evaluating = Evaluating(goal: goal)
    return [.evaluate(goal)]
  }

  private func goalWanted(_ overlayGoal: EvaluationGoal?) -> EvaluationGoal? {
    if let overlayGoal { return shown.layersNear(overlayGoal).isEmpty ? overlayGoal : nil }
    guard activations.inputs(of: place.layer) == nil, !shown.inputsAreNear else { return nil }
    return .inputs(of: place.layer)
  }

  private var picturesWanted: [PictureWish] {
    guard hasRoom else { return [] }
    guard let content = overlay?.content else { return picturesBehind }
    return content.pictures(view) + (content.coversScreen ? [] : picturesBehind)
  }

  /// Those of what stands where nothing lies over it.
  private var picturesBehind: [PictureWish] {
    if isListShown { return [] }
    if let pictures = view.filterPictures(course) { return pictures.wishes }
    return view.picturesOfWalk + (view.pictureBesideFigure(course).map { [$0] } ?? [])
  }

  /// Takes in what was found out for `.prepare`; returns what is still to be done.
  package mutating func receive(_ prepared: Prepared) -> [Effect] {
    guard shown.take(prepared) else { return [] }
    status.preparing = nil
    noteWhatIsAsked()
    tellWhatChanged()
    return evaluateWanted()
  }

  /// Takes in what the shell evaluated for `.evaluate`; returns what is still to be done.
  @discardableResult
  package mutating func receive(_ result: Result<Activations, ArithmeticError>) -> [Effect] {
    status.evaluating = nil
    switch result {
    case .success(let activations):
      guard shown.take(activations) else { return [] }
      noteWhatIsAsked()
      return evaluateWanted()
    case .failure(let error):
      status.givenUp = place
      fail("\(error)")
      return []
    }
  }

  /// Takes in how far an evaluation is, 0 to 1, and the layers that it has finished.
  @discardableResult
  package mutating func receive(
    progress fraction: Double, _ activations: Activations
  ) -> [Effect] {
    status.evaluating?.fraction = fraction
    return shown.take(activations) ? evaluateWanted() : []
  }

  mutating func cancelEvaluation() -> [Effect] {
    status.evaluating = nil
    status.givenUp = place
    say("Cancelled; what was finished is kept.")
    return [.cancelEvaluation]
  }

  /// Finds out at once what the player asks for, as where nobody waits at a screen.
  ///
  /// - Parameter everything: whether also what takes long.
  /// - Returns: what else there is to do.
  @discardableResult
  package mutating func carryOut(_ effects: [Effect], everything: Bool = true) -> [Effect] {
    var rest: [Effect] = []
    var queue = effects[...]
    while let effect = queue.popFirst() {
      switch effect {
      case .evaluate(let goal):
        // Nobody waits for what is only evaluated ahead.
        if everything, goal != .others {
          queue += receive(evaluated(goal))
        } else {
          rest.append(effect)
        }
      case .prepare(let preparation): queue += receive(preparation.run())
      case .search(let search):
        if let found = search.run() { queue += receive(found) }
      case .evaluateGradients(let wanted):
        if !everything, !wanted.isNear {
          rest.append(effect)
        } else if let found = wanted.run() {
          queue += receive(found)
        }
      case .tryPromise(let wanted):
        if let found = wanted.run() { receive(found) }
      case .learn(let wanted):
        if let found = wanted.run() { receive(found) }
      case .quit, .redraw, .cancelEvaluation, .cancelGradients, .cancelLearning, .openLesson,
        .openStop, .openNetwork, .copy, .record, .recordPractice, .recordTest, .resetProgress:
        rest.append(effect)
      }
    }
    return rest
  }

  private func evaluated(_ goal: EvaluationGoal) -> Result<Activations, ArithmeticError> {
    var activations = activations
    do throws(ArithmeticError) {
      for layer in layers(for: goal) { try activations.evaluate(layer) }
      return .success(activations)
    } catch {
      return .failure(error)
    }
  }
}
