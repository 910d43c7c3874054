import Canvas
import ExactNumbers
import Walkthrough

extension Player {
  /// Runs a command, with the count typed before it.
  mutating func perform(_ command: Command) -> [Effect] {
    let count = status.takeCount()
    let wasPlaying = isPlaying
    if !command.letsPlay { status.isPlaying = false }
    if command.isArrow, let course, course.hasNothingToMove {
      say("Nothing moves here; \(key(.next)) goes on.")
      return []
    }
    if command.leavesStop, course?.movesPattern != true, course?.showsWayBack != true { wander() }
    switch command {
    case .move(.next) where wasPlaying: return []
    case .move(let motion): return perform(motion, count)
    case .jump(let jump): return perform(jump, count)
    case .open(let opening): return perform(opening, count)
    case .change(.undo): return undoChange()
    case .change(.redo): return redoChange()
    case .change(.reset): return resetChanges()
    case .stop(let move): return perform(move)
    case .look(.largestFirst): return listTerms()
    case .look(.tint):
      options.isTinted.toggle()
      say(
        options.isTinted
          ? "Numbers are tinted by value: blue below zero, orange above; the window is lit."
          : "Numbers are not tinted.")
      return []
    case .look(.scale):
      say("The overview has scales; \(key(.overview)) opens it.")
      return []
    case .program(let program): return perform(program, wasPlaying: wasPlaying)
    }
  }

  private mutating func perform(_ motion: Command.Motion, _ count: Int?) -> [Effect] {
    let distance = count ?? 1
    if motion != .next, motion != .back, let effects = walkBack(motion, count) { return effects }
    switch motion {
    case .next: return course?.isWandering == false ? goOn() : moveSteps(distance)
    case .back: return course?.isWandering == false ? moveStop(by: -1) : moveSteps(-distance)
    case .coarser: return changeGrain(by: 1)
    case .finer: return changeGrain(by: -1)
    case .left: return move(dx: -distance, dy: 0)
    case .right: return move(dx: distance, dy: 0)
    case .up: return move(dx: 0, dy: -distance)
    case .down: return move(dx: 0, dy: distance)
    case .nextDepth: return showDepth(by: distance)
    case .previousDepth: return showDepth(by: -distance)
    case .nextMap: return moveMap(by: distance)
    case .previousMap: return moveMap(by: -distance)
    case .nextLayer: return moveLayer(by: distance)
    case .previousLayer: return moveLayer(by: -distance)
    case .rowStart: return moveToRowEdge(end: false)
    case .rowEnd: return moveToRowEdge(end: true)
    case .first: return goToStart()
    case .last:
      guard let count else { return jump(to: walk.end(ofLayer: place.layer, grain)) }
      return goToPosition(count)
    case .nextPicture: return movePicture(by: distance)
    case .previousPicture: return movePicture(by: -distance)
    }
  }

  private mutating func perform(_ opening: Command.Opening, _ count: Int?) -> [Effect] {
    switch opening {
    case .goTo:
      return open(
        GoToField(count.map { "\($0)" } ?? "", isAtStop: course?.isWandering == false))
    case .search: return open(SearchField())
    case .predict: return predict()
    case .settings: return openSettings()
    case .change: return open(ChangeField(on: self))
    case .readers: return showReaders()
    case .weightUse: return showWeightUse()
    case .formula: return open(FormulaScreen())
    case .commandLine:
      return open(CommandLineScreen(words: commandWords)) + [.copy(commandLine)]
    case .overview: return open(OverviewScreen(self))
    case .table: return open(NetworkTable(network, selected: place.layer))
    case .path: return showPath()
    case .backward: return lookAroundBack() == nil ? turnBack() : []
    case .stops: return listStops()
    case .statistics: return showStatistics()
    case .words: return explainWords()
    case .help: return open(HelpScreen(isInLesson: course != nil))
    }
  }

  private mutating func perform(_ move: Command.StopMove) -> [Effect] {
    switch move {
    case .nextStop: return moveStop(by: 1)
    case .previousStop: return moveStop(by: -1)
    case .returnToStop: return returnToStop()
    }
  }

  private mutating func perform(_ program: Command.Program, wasPlaying: Bool) -> [Effect] {
    switch program {
    case .autoplay: status.isPlaying = !wasPlaying
    case .slower: changeSpeed(by: -1)
    case .faster: changeSpeed(by: 1)
    case .notation: takeNextNotation()
    case .leave:
      if evaluating != nil { return cancelEvaluation() }
      if practice != nil { return returnToPractice() }
      if isInLesson || isAwayFromList, list != nil { return leaveLesson() }
      if shown.chosenDepth == nil { say("Nothing is above this; q leaves it.") }
      shown.chosenDepth = nil
    case .quit where practice != nil: return returnToPractice()
    case .quit: return isInLesson || isAwayFromList ? leaveLesson() : [.quit]
    case .redraw: return [.redraw]
    }
    return []
  }

  /// Writes code in the next notation.
  mutating func takeNextNotation() {
    shown.notation = notation.next
    say("Code in \(notation.title).")
  }

  private mutating func changeSpeed(by levels: Int) {
    let level = status.speed.level + levels
    status.speed.level = min(max(level, 0), Status.Speed.milliseconds.count - 1)
    say("One step every \(Number(Int128(status.speed.milliseconds), over: 1000).text) s.")
  }
}
