import Canvas
import ConvolutionEngine
import FastEvaluation
import Lessons
import Walkthrough

extension Player {
  /// Opens a lesson where the person stopped, or at a stop of one's choice.
  package mutating func open(
    _ lesson: Lesson, record: CourseRecord? = nil, at stop: Int? = nil
  ) -> [Effect] {
    overlay = nil
    prediction = nil
    changes = []
    marks = [:]
    beforeJump = nil
    guard !lesson.stops.isEmpty else {
      course = nil
      return show(Presentation(lesson))
    }
    course = Course(lesson, at: stop, record: record)
    subject.title = lesson.title
    return enterStop(isFirst: true)
  }

  /// Puts another network on the screen.
  mutating func show(_ presentation: Presentation) -> [Effect] {
    // What lies over the walk is about the network that goes.
    overlay = nil
    if !presentation.network.hasSteps(of: network) {
      marks = [:]
      beforeJump = nil
    }
    subject = presentation
    walk = Walk(presentation.network)
    activations = Activations(presentation.network, input: presentation.input)
    widths = [:]
    measures = [:]
    inputWidth = presentation.input.widestText(atMost: Player.widestColumn)
    chosenDepth = nil
    beforeChange = nil
    evaluating = nil
    return go(to: walk.start(grain))
  }

  /// Begins the current stop: its scene, its place, its text.
  private mutating func enterStop(isFirst: Bool = false) -> [Effect] {
    guard var course else { return [] }
    let stop = course.stop
    course.phase = .reading
    course.isWandering = false
    self.course = course
    isPlaying = false
    prediction = nil
    var effects = showScene(of: course, isFirst: isFirst)
    chosenDepth = nil
    if let from = stop.from { effects += stand(at: from) }
    return effects + [.record(course.record)]
  }

  /// Shows the stop's scene, without live changes, unless it stands there.
  private mutating func showScene(of course: Course, isFirst: Bool = false) -> [Effect] {
    guard let scene = course.lesson.scenes[course.stop.scene] else { return [] }
    let presentation = Presentation(course.lesson, scene: scene)
    guard presentation != subject || isFirst else { return [] }
    changes = []
    return show(presentation)
  }

  /// The key that leads on: from reading to the place, to the question, to what is said after.
  mutating func goOn() -> [Effect] {
    guard var course else { return [] }
    let stop = course.stop
    switch course.phase {
    case .reading:
      var effects: [Effect] = []
      if let at = stop.at { effects += arrive(at, depth: stop.depth) }
      course.phase = stop.question.map { .asking(Asking($0)) } ?? .arrived
      course.asksForCell = asksForCell(stop)
      if stop.question == nil, stop.at == nil {
        guard !stop.after.isEmpty || stop.loose != nil else { return effects + finishStop() }
        course.phase = .after(nil)
      }
      self.course = course
      return effects
    case .arrived:
      guard !stop.after.isEmpty || stop.loose != nil else { return finishStop() }
      course.phase = .after(nil)
      self.course = course
      return []
    case .asking(let asking):
      guard asking.isAnswered else { return [] }
      guard !stop.after.isEmpty || stop.loose != nil else { return finishStop() }
      course.phase = .after(asking)
      self.course = course
      return []
    case .after: return finishStop()
    case .summary: return leaveLesson()
    }
  }

  private mutating func arrive(_ address: Address, depth: Int?) -> [Effect] {
    let effects = stand(at: address)
    chosenDepth = depth
    return effects
  }

  /// Goes where a stop looks; the check has seen that it exists.
  private mutating func stand(at address: Address) -> [Effect] {
    guard let target = try? walk.place(of: address) else { return [] }
    grain = target.grain
    return go(to: target)
  }

  /// Marks the stop as done and begins the next one.
  private mutating func finishStop() -> [Effect] {
    if let index = course?.stopIndex { course?.done.insert(index) }
    return moveStop(by: 1)
  }

  mutating func moveStop(by distance: Int) -> [Effect] {
    guard var course else {
      say(
        "There is no lesson here; \(key(.nextStop)) and \(key(.previousStop)) go from stop to stop of "
          + "one.")
      return []
    }
    if course.phase == .summary, distance < 0 {
      return enterStop()
    }
    let next = course.stopIndex + distance
    if next >= course.lesson.stops.count {
      course.phase = .summary
      self.course = course
      return [.record(course.record)]
    }
    guard next >= 0 else {
      say("This is the first stop.")
      return []
    }
    course.stopIndex = next
    self.course = course
    return enterStop()
  }

  /// Comes back to the stop after wandering.
  mutating func returnToStop() -> [Effect] {
    guard var course else {
      say("There is no lesson here to return to.")
      return []
    }
    course.isWandering = false
    self.course = course
    var effects = showScene(of: course)
    switch course.phase {
    case .reading:
      if let from = course.stop.from { effects += stand(at: from) }
    default:
      if let at = course.stop.at { effects += arrive(at, depth: course.stop.depth) }
    }
    return effects
  }

  /// Takes a key for the question, if one is being asked and the person is not looking around.
  mutating func pressInQuestion(_ key: Key) -> [Effect]? {
    guard var course, case .asking(var asking) = course.phase, !course.isWandering else {
      return nil
    }
    switch key {
    case .escape:
      course.isWandering = true
      self.course = course
      say("Look around; \(self.key(.returnToStop)) returns to the question.")
      return []
    case .pageDown, .pageUp: return moveStop(by: key == .pageDown ? 1 : -1)
    case .controlL: return nil
    case .enter where asking.isAnswered: return goOn()
    case _ where asking.isAnswered && options.bindings.command(for: key) == .next: return goOn()
    // Once it is answered, the walk's keys are the walk's again.
    case _ where asking.isAnswered: return nil
    default: asking.take(key)
    }
    let isFirstTry = asking.tries.count == 1
    if case .asking(let before) = course.phase, asking.isAnswered, !before.isAnswered {
      course.score(asking, isFirstTry: isFirstTry)
    }
    course.phase = .asking(asking)
    self.course = course
    return asking.isAnswered ? [.record(course.record)] : []
  }

  /// Back to the list of lessons, or out where there is none.
  mutating func leaveLesson() -> [Effect] {
    guard let course else { return [.quit] }
    let record = course.record
    guard var list else { return [.record(record), .quit] }
    for index in list.entries.indices where list.entries[index].name == record.lesson {
      list.entries[index].record = record
    }
    self.list = list
    self.course = nil
    return [.record(record)]
  }

  /// Whether the list of lessons is what is shown.
  var isListShown: Bool { list != nil && course == nil && !isFreeWalk }

  /// Whether a stop's text or question covers the lower part of the screen.
  var coversBottom: Bool {
    guard let course else { return prediction != nil }
    guard !course.isWandering else { return prediction != nil }
    switch course.phase {
    case .reading, .asking, .after: return true
    case .arrived, .summary: return prediction != nil
    }
  }

  /// Whether the current cell's result is asked for, and so not shown.
  var hidesResult: Bool {
    if let prediction { return !prediction.isAnswered }
    guard let course, course.asksForCell, case .asking(let asking) = course.phase else {
      return false
    }
    return !asking.isAnswered
  }

  /// Whether the current cell's value, or the winner that it names, is what is asked for.
  private func asksForCell(_ stop: Stop) -> Bool {
    guard let question = stop.question, let account = try? account() else { return false }
    if case .maximum = account.working, question.answer.count == 2 { return true }
    return question.answer == [account.total]
  }
}

extension Course {
  mutating func score(_ asking: Asking, isFirstTry: Bool) {
    done.insert(stopIndex)
    guard !asking.wasShown else {
      shown.insert(stopIndex)
      return
    }
    if isFirstTry { rightAtOnce.insert(stopIndex) } else { rightLater.insert(stopIndex) }
  }
}

extension Asking {
  /// A key into the field; Enter hands the answer in.
  mutating func take(_ key: Key) {
    guard !isAnswered else { return }
    if key == .enter { submit() } else { field.type(key) }
  }
}
