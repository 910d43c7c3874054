import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Lessons
import Walkthrough

/// A lesson as sentences, one after another: for a screen reader, or a terminal that only prints.
///
/// Nothing is drawn over; an empty line of input goes on, anything else is an answer.
package struct PlainLesson: Sendable {
  private let lesson: Lesson
  /// Whether it ends behind the stop that it begins with.
  private let isOneStop: Bool
  /// The course is its; its screen is never drawn.
  private var player: Player
  private var heard = HeardGrids()
  package private(set) var isFinished = false
  /// How far the person is, to be kept.
  package private(set) var record: CourseRecord

  /// Begins where the person stopped, or at a stop of one's choice.
  ///
  /// - Parameter isOneStop: whether the lesson is over behind that stop, and not told from its beginning.
  package init(
    _ lesson: Lesson, record: CourseRecord? = nil, at stop: Int? = nil, isOneStop: Bool = false
  ) {
    self.lesson = lesson
    self.isOneStop = isOneStop
    player = Player(Presentation(lesson), size: Player.smallest)
    self.record = Course(lesson, at: stop, record: record).record
    player.carryOut(player.open(lesson, record: record, at: stop, pace: .spoken))
  }

  /// What is said first.
  package mutating func begin() -> [String] {
    guard let course = player.course else {
      isFinished = true
      return [lesson.title, lesson.summary, "This lesson has no stops; convwalk trace walks it."]
    }
    if isOneStop { return stopText(course) + [prompt] }
    return [
      "\(lesson.title.asSentence) \(lesson.summary)",
      "Enter goes on; w and Enter explain the words, q and Enter leave the lesson.",
      "Keys and marks that the texts name are those of the screen: here “the key” is Enter, an "
        + "answer is typed, and the numbers that the screen shows are read out.",
      "",
    ] + stopText(course) + [prompt]
  }

  /// Takes a line of input; returns what is said to it.
  package mutating func take(_ line: String) -> [String] {
    guard !isFinished, let course = player.course else { return [] }
    if line.filter({ $0 != " " }).lowercased() == "q" {
      isFinished = true
      return ["You leave at stop \(course.stopIndex + 1) of \(lesson.stops.count)."]
    }
    let lines = asksForWords(line, course) ? words(course) : step(course, line)
    if let course = player.course { record = course.record }
    return isFinished ? lines : lines + [prompt]
  }

  private func asksForWords(_ line: String, _ course: Course) -> Bool {
    guard case .asking(let asking) = course.phase else { return line.filter { $0 != " " } == "w" }
    return asking.asksForWords(line)
  }

  /// What the words mean that were said at the stop.
  private func words(_ course: Course) -> [String] {
    let terms = Glossary.terms(in: course.textsBeingRead)
    return terms.isEmpty
      ? ["No word of this stop is in the list."]
      : terms.map { "\($0.name): \($0.explanation)" }
  }

  private mutating func step(_ course: Course, _ line: String) -> [String] {
    if case .asking(let asking) = course.phase, !asking.isAnswered { return answer(line, course) }
    player.carryOut(player.goOn() + player.evaluateWanted())
    guard let now = player.course else { return [] }
    if isOneStop, now.stopIndex != course.stopIndex || now.phase == .summary {
      isFinished = true
      return []
    }
    switch now.phase {
    case .reading: return stopText(now)
    case .arrived: return place(now.stop.at, of: now.stop)
    case .asking(let asking):
      guard asking.question.task != nil else { return ["Question: \(asking.question.ask)"] }
      return ["Task: \(asking.question.ask)"] + asking.wanting
    case .after(let asking):
      return (asking.map { [$0.question.why] } ?? []) + now.stop.after
        + (now.stop.loose?.lines ?? [])
    case .summary:
      isFinished = true
      return ["The lesson is over."] + now.missingText + lesson.next
    }
  }

  private mutating func answer(_ line: String, _ course: Course) -> [String] {
    if line.filter({ $0 != " " }).isEmpty {
      return [
        course.hasOpenTask
          ? "Type a change, or u to undo the last one; ? is a hint, ?? the solution."
          : "Type an answer; ? is a hint, ?? the answer."
      ]
    }
    if course.hasOpenTask { return change(line) }
    _ = player.answer { $0.submit(line) }
    guard case .asking(let asking) = player.course?.phase else { return [] }
    guard asking.isAnswered else { return [asking.feedbackText ?? ""] }
    return asking.wasShown ? ["The answer is \(asking.answerText)."] : ["Right."]
  }

  /// Takes a change at a task, and says what came of it.
  private mutating func change(_ line: String) -> [String] {
    player.status.message = nil
    let before = player.subject
    let isUndo = line.filter { $0 != " " } == "u"
    player.carryOut(isUndo ? player.undoChange() : player.change(typed: line))
    guard let course = player.course, case .asking(let asking) = course.phase else { return [] }
    let said = player.status.message.map { [$0.text] } ?? []
    let numbers = player.subject == before ? [] : news(course.stop)
    if asking.wasShown { return ["The answer is \(asking.answerText)."] + numbers }
    if asking.isAnswered { return said + numbers + ["Right."] }
    guard asking.feedbackText == nil || player.subject != before else {
      return [asking.feedbackText ?? ""]
    }
    return said + numbers + (asking.feedbackText.map { [$0] } ?? asking.wanting)
  }

  private mutating func stopText(_ course: Course) -> [String] {
    let stop = course.stop
    return [
      "Stop \(course.stopIndex + 1) of \(lesson.stops.count): \(stop.title.asSentence)"
    ] + stop.text + stop.figure + player.view.spokenTable(stop) + standing(at: stop)
  }

  /// What the screen shows beside the text: a stop whose key leads nowhere looks at where it begins.
  private mutating func standing(at stop: Stop) -> [String] {
    guard stop.at == nil, stop.view != .text, stop.view != .table else { return news(stop) }
    guard stop.from?.gradient != nil, let screen = player.course?.turned else {
      return place(stop.from, of: stop)
    }
    let isAsked = stop.question.map { screen.isAsked(by: $0) ?? true } ?? false
    return news(stop) + screen.spoken(asked: stop.question?.answer, isAsked: isAsked)
  }

  /// The numbers that the screen shows there and that have not been said yet.
  private mutating func news(_ stop: Stop) -> [String] {
    let view = player.view
    var lines = view.spokenSize(stop).filter { heard.isNews($0) }
    for grid in view.spokenGrids(stop) { lines += heard.news(grid) }
    return lines
  }

  /// What the walk shows where the stop looks, in sentences.
  private mutating func place(_ place: Stop.Place?, of stop: Stop) -> [String] {
    if let address = place?.gradient { return self.place(back: address, stop) }
    guard let address = place?.step else { return news(stop) }
    let (network, input) = (player.network, player.subject.input)
    if address.layer == network.inputName, case .cell(let cell) = address.part {
      return ["At \(address): \(input[network.input.index(cell)].text)."]
    }
    let (layer, names) = (player.layer, player.names)
    let account: CellAccount?
    do throws(ArithmeticError) {
      account = try player.account()
    } catch {
      return ["At \(address): \(error)"]
    }
    guard let account else { return ["At \(address)."] }
    guard stop.question == nil else {
      // What the screen shows and the answer needs, without the sums.
      let lines = account.whatGoesIn(names, layer)
      // The filter often was said before; where the window lies never was.
      return ["At \(address)."] + news(stop)
        + lines.filter { $0.hasPrefix("The ") || heard.isNews($0) }
    }
    return player.spokenPlace() + news(stop)
  }

  /// What flows back where the stop looks, in sentences.
  private mutating func place(back address: GradientAddress, _ stop: Stop) -> [String] {
    guard let screen = player.course?.turned else {
      return ["At \(player.network.text(of: address))."]
    }
    return screen.spoken(asked: stop.question?.answer, isAsked: stop.question != nil)
  }

  private var prompt: String {
    if case .asking(let asking) = player.course?.phase, !asking.isAnswered {
      return asking.question.task == nil ? "Answer:" : "Change:"
    }
    return "Enter goes on."
  }
}

extension String {
  /// The text with a full stop, where it does not end a sentence already.
  fileprivate var asSentence: String {
    guard let last, !".?!…:".contains(last) else { return self }
    return "\(self)."
  }
}
