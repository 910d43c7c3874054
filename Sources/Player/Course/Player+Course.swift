import Canvas
import ConvolutionEngine
import FastEvaluation
import Lessons
import Walkthrough

extension Player {
  /// Opens a lesson where the person stopped, or at a stop of one's choice.
  package mutating func open(
    _ lesson: Lesson, record: CourseRecord? = nil, at stop: Int? = nil,
    pace: Course.Pace = .seen
  ) -> [Effect] {
    let effects = begin(lesson, record: record, at: stop, pace: pace)
    return effects + evaluateWanted()
  }

  /// Shows a network that was opened from the list of lessons, all of it at a glance.
  package mutating func open(_ network: Presentation) -> [Effect] {
    (course, isAwayFromList) = (nil, true)
    (changes, undone) = ([], [])
    forgetPlaces()
    let effects = show(network)
    tell(notesOnWeights)
    return effects + open(OverviewScreen(self)) + evaluateWanted()
  }

  private mutating func begin(
    _ lesson: Lesson, record: CourseRecord?, at stop: Int?, pace: Course.Pace
  ) -> [Effect] {
    overlay = nil
    practice = nil
    (changes, undone) = ([], [])
    forgetPlaces()
    guard !lesson.stops.isEmpty else {
      course = nil
      return show(Presentation(lesson))
    }
    course = Course(lesson, at: stop, record: record, pace: pace, review: review)
    shown.subject.title = lesson.title
    return enterStop(isFirst: true)
  }

  /// Marks do not outlive the steps that they are among.
  private mutating func forgetPlaces() {
    trail.marks = [:]
    trail.beforeJump = nil
    trail.following = Following()
  }

  /// Puts another network on the screen.
  mutating func show(_ presentation: Presentation) -> [Effect] {
    // What lies over the walk is about the network that goes.
    overlay = nil
    if !presentation.network.hasSteps(of: network) {
      forgetPlaces()
    }
    shown = ShownWalk(presentation, grain: grain, notation: notation)
    status.evaluating = nil
    status.givenUp = nil
    status.preparing = nil
    status.changing = nil
    return go(to: walk.start(grain)) + turnAgain()
  }

  /// Begins the current stop: its scene, its place, its text.
  private mutating func enterStop(isFirst: Bool = false) -> [Effect] {
    guard let course else { return [] }
    status.isPlaying = false
    var effects = showScene(of: course, isFirst: isFirst)
    effects += standAtBeginning(of: course)
    return effects + [.record(course.record)]
  }

  /// Goes where a stop begins, or the end page: whichever way one came, the same stands there.
  private mutating func standAtBeginning(of course: Course) -> [Effect] {
    // At the end what flows back stays there to be looked around in.
    guard course.phase != .summary || course.turned == nil else { return [] }
    shown.chosenDepth = nil
    let target = placeBefore(course) ?? walk.start(.window)
    shown.grain = target.grain
    let effects = go(to: target)
    // What is no step, a cell of the input or a gradient, leaves the walk where it is.
    guard course.phase != .summary, let from = course.stop.from else { return effects }
    return effects + stand(at: from)
  }

  /// Where the stops before this one lead to in its scene; nil for the scene's first.
  private func placeBefore(_ course: Course) -> Place? {
    guard course.phase != .summary else { return nil }
    let stops = course.lesson.stops[..<course.stopIndex].reversed()
    let scene = course.stop.scene
    for stop in stops.prefix(while: { $0.scene == scene }) {
      for place in [stop.at, stop.from] {
        if let address = place?.step, let found = try? walk.place(of: address) { return found }
      }
    }
    return nil
  }

  /// Shows the stop's scene, without live changes, unless it stands there.
  private mutating func showScene(of course: Course, isFirst: Bool = false) -> [Effect] {
    // At the end it is the lesson's own network that one looks around in, but for a way back.
    let isOwn = course.phase == .summary && course.turned == nil
    let name = isOwn ? Scene.main : course.stop.scene
    guard let scene = course.lesson.scenes[name] else { return [] }
    let presentation = Presentation(course.lesson, scene: scene)
    guard presentation != subject || isFirst else { return [] }
    (changes, undone) = ([], [])
    return show(presentation)
  }

  /// The key that leads on in a stop.
  mutating func goOn() -> [Effect] {
    if course?.hasOpenTask == true {
      say("Not done yet: \(key(.change)) changes a number; \(key(.nextStop)) skips.")
      return []
    }
    guard let move = course?.goOn() else { return [] }
    if move == .stop || move == .end, let effects = moveReview(by: 1) { return effects }
    let effects = follow(move)
    noteWhatIsAsked()
    return effects + judgeTask()
  }

  mutating func moveStop(by distance: Int) -> [Effect] {
    if let effects = moveReview(by: distance) { return effects }
    guard let move = course?.moveStop(by: distance) else {
      say(
        "There is no lesson here; \(key(.nextStop)) and \(key(.previousStop)) go from stop to stop "
          + "of one.")
      return []
    }
    return follow(move)
  }

  /// Goes to a stop by its number, from 1.
  mutating func goToStop(_ number: Int) -> [Effect] {
    guard let stops = course?.lesson.stops, stops.indices.contains(number - 1) else {
      fail(
        "There is no stop \(number); \(counted(course?.lesson.stops.count ?? 0, "stop")) are here.")
      return []
    }
    guard let move = course?.begin(number - 1) else { return [] }
    review = nil
    course?.endReview()
    return follow(move)
  }

  /// The walk follows what the course does.
  private mutating func follow(_ move: Course.Move) -> [Effect] {
    guard let course else { return [] }
    switch move {
    case .nowhere: return []
    case .place: return arrive(course.stop)
    case .stop: return enterStop()
    case .end:
      return showScene(of: course) + standAtBeginning(of: course) + [.record(course.record)]
    case .beforeFirst:
      say("This is the first stop.")
      return []
    case .leave: return goToNextLesson(after: course.lesson.progressKey)
    }
  }

  private mutating func arrive(_ stop: Stop) -> [Effect] {
    guard let at = stop.at else { return [] }
    let effects = stand(at: at)
    shown.chosenDepth = stop.depth
    return effects
  }

  /// Goes where a stop looks; the check has seen that it exists.
  private mutating func stand(at place: Stop.Place) -> [Effect] {
    course?.turned = nil
    if let address = place.gradient { return turn(to: address) }
    guard let address = place.step, let target = try? walk.place(of: address) else { return [] }
    shown.grain = target.grain
    return go(to: target)
  }

  /// Comes back to the stop after wandering.
  mutating func returnToStop() -> [Effect] {
    guard var course else {
      say("There is no lesson here to return to.")
      return []
    }
    course.isWandering = false
    self.course = course
    if course.keepsChanges { return [] }
    var effects = showScene(of: course)
    if course.phase == .summary { return effects }
    let isAtBeginning = course.phase == .reading || course.stop.at == nil
    effects += isAtBeginning ? standAtBeginning(of: course) : arrive(course.stop)
    noteWhatIsAsked()
    return effects
  }

  /// Takes a key for the question, if one is being asked and the person is not looking around.
  mutating func pressInQuestion(_ key: Key) -> [Effect]? {
    guard let course, case .asking(let asking) = course.phase, !course.isWandering,
      !course.hasOpenTask
    else { return nil }
    switch key {
    case .escape:
      if lookAroundBack() == nil { self.course?.isWandering = true }
      say("Look around; \(self.key(.returnToStop)) returns to the question.")
      return []
    case .pageDown, .pageUp: return moveStop(by: key == .pageDown ? 1 : -1)
    case .controlL: return nil
    case .enter where asking.isAnswered: return goOn()
    case .enter where asking.asksForWords(asking.field.text):
      _ = self.course?.edit { $0.clear() }
      return explainWords()
    case _ where asking.isAnswered && command(for: key) == .move(.next): return goOn()
    // Once it is answered, the walk's keys are the walk's again.
    case _ where asking.isAnswered: return nil
    case _ where key != .enter && !TextField.takes(key):
      say("\(name(of: key)) does nothing in a question; Esc looks around.")
      return []
    default: return answer { $0.take(key) }
    }
  }

  /// Lets the open question take a key or a line.
  mutating func answer(_ take: (inout Asking) -> Void) -> [Effect] {
    guard var course else { return [] }
    let isAnswered = course.answer(take)
    self.course = course
    return isAnswered ? [.record(course.record)] : []
  }

  /// Back to the list of lessons, or out where there is none.
  mutating func leaveLesson() -> [Effect] {
    let effects: [Effect] = course.map { [.record($0.record)] } ?? []
    guard list != nil else { return effects + [.quit] }
    if let course { list?.note(course.record) }
    (course, review) = (nil, nil)
    let isWalkLeft = subject.walkedLesson != nil || isAwayFromList
    isAwayFromList = false
    return (isWalkLeft ? show(.nothing) : []) + effects
  }

  private mutating func goToNextLesson(after name: String) -> [Effect] {
    let effects = leaveLesson()
    guard let next = list?.entry(after: name) else { return effects }
    list?.select(next.name)
    return effects + [.openLesson(next.name)]
  }

  /// A lesson without stops is done once its walk has been seen to its end.
  mutating func noteEndOfWalk() -> [Effect] {
    guard let name = subject.walkedLesson, list?.record(of: name)?.isFinished != true,
      walk.place(place, movedBy: 1, wanted: grain) == nil
    else { return [] }
    let record = CourseRecord(
      lesson: name, stop: 0, stops: 0, done: [], rightAtOnce: [], rightLater: [], isFinished: true)
    list?.note(record)
    return [.record(record)]
  }

  /// Finds out whether the current cell's value, or the winner that it names, is what is asked for,
  /// once that value can be known.
  mutating func noteWhatIsAsked() {
    guard let course, course.asksForCell == nil, course.phase != .reading, !course.isWandering,
      let question = course.stop.question
    else { return }
    if let turned = course.turned {
      self.course?.asksForCell = turned.isAsked(by: question)
      return
    }
    guard let account = try? account() else { return }
    if case .maximum = account.working, question.answer.count == 2 {
      self.course?.asksForCell = true
    } else {
      // Another cell may be as large as the one that is asked for by its name.
      let isNamed = question.asked.contains(where: \.isNumber)
      self.course?.asksForCell = !isNamed && question.answer == [account.total]
    }
  }
}

extension BackwardScreen {
  /// Whether a question asks for the number that it shows, by its name where it has one; nil while
  /// that is not known.
  func isAsked(by question: Question) -> Bool? {
    guard let account else { return nil }
    guard question.asked.contains(where: \.isNumber) else {
      return question.answer == [account.total]
    }
    return question.asked.contains(.gradient(walk.network.cellName(account.cell, of: target)))
  }
}
