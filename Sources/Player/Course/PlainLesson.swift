import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Lessons
import Walkthrough

/// A lesson as sentences, one after another: for a screen reader, or a terminal that only prints.
///
/// Nothing is drawn over; an empty line of input goes on, anything else is an answer.
package struct PlainLesson: Sendable {
  private var course: Course
  private var phase = Phase.text
  /// The screen that the texts are about; it is never drawn.
  private var player: Player
  private var heard = HeardGrids()
  package private(set) var isFinished = false

  private enum Phase: Sendable {
    case text
    case place
    case question(Asking)
    case after(Asking?)
  }

  /// Begins where the person stopped, or at a stop of one's choice.
  package init(_ lesson: Lesson, record: CourseRecord? = nil, at stop: Int? = nil) {
    course = Course(lesson, at: stop, record: record)
    player = Player(Presentation(lesson), size: Player.smallest)
    _ = player.open(lesson, at: course.stopIndex)
  }

  /// How far the person is, to be kept.
  package var record: CourseRecord { course.record }

  private var lesson: Lesson { course.lesson }

  /// What is said first.
  package mutating func begin() -> [String] {
    guard !lesson.stops.isEmpty else {
      isFinished = true
      return [lesson.title, lesson.summary, "This lesson has no stops; convwalk trace walks it."]
    }
    return [
      "\(lesson.title.asSentence) \(lesson.summary)",
      "Enter goes on; q and Enter leave the lesson.",
      "Keys and marks that the texts name are those of the screen: here “the key” is Enter, an "
        + "answer is typed, and the numbers that the screen shows are read out.",
      "",
    ] + stopText() + [prompt]
  }

  /// Takes a line of input; returns what is said to it.
  package mutating func take(_ line: String) -> [String] {
    guard !isFinished else { return [] }
    if line.filter({ $0 != " " }).lowercased() == "q" {
      isFinished = true
      return ["You leave at stop \(course.stopIndex + 1) of \(lesson.stops.count)."]
    }
    let lines = step(line)
    return isFinished ? lines : lines + [prompt]
  }

  private var stop: Stop { course.stop }

  private mutating func step(_ line: String) -> [String] {
    switch phase {
    case .text:
      guard let at = stop.at else { return toQuestion() }
      phase = .place
      _ = player.goOn()
      return place(at)
    case .place: return toQuestion()
    case .question(var asking):
      if line.filter({ $0 != " " }).isEmpty, !asking.isAnswered {
        return ["Type an answer; ? is a hint, ?? the answer."]
      }
      asking.submit(line)
      guard asking.isAnswered else {
        phase = .question(asking)
        return [asking.feedbackText ?? ""]
      }
      course.score(asking, isFirstTry: asking.tries.count == 1)
      phase = .after(asking)
      return asking.wasShown ? ["The answer is \(asking.answerText)."] : ["Right."]
    case .after: return nextStop()
    }
  }

  private mutating func toQuestion() -> [String] {
    guard let question = stop.question else {
      phase = .after(nil)
      return closing(nil)
    }
    phase = .question(Asking(question))
    return ["Question: \(question.ask)"]
  }

  private mutating func closing(_ asking: Asking?) -> [String] {
    var lines = asking.map { [$0.question.why] } ?? []
    lines += stop.after
    lines += stop.loose?.lines ?? []
    return lines.isEmpty ? nextStop() : lines
  }

  private mutating func nextStop() -> [String] {
    var lines: [String] = []
    if case .after(let asking?) = phase {
      // The worked answer is said before the next stop begins.
      phase = .after(nil)
      lines = closing(asking)
      if !lines.isEmpty { return lines }
    }
    course.done.insert(course.stopIndex)
    guard course.stopIndex + 1 < lesson.stops.count else {
      isFinished = true
      course.phase = .summary
      return lines + ["The lesson is over."] + course.missingText + lesson.next
    }
    course.stopIndex += 1
    _ = player.moveStop(by: 1)
    phase = .text
    return lines + stopText()
  }

  private mutating func stopText() -> [String] {
    ["Stop \(course.stopIndex + 1) of \(lesson.stops.count): \(stop.title.asSentence)"] + stop.text
      + stop.figure + player.spokenTable + news()
  }

  /// The numbers that the screen shows there and that have not been said yet.
  private mutating func news() -> [String] {
    var lines = player.spokenSize.filter { heard.isNews($0) }
    for grid in player.spokenGrids { lines += heard.news(grid) }
    return lines
  }

  /// What the walk shows at an address, in sentences.
  private mutating func place(_ address: Address) -> [String] {
    guard let scene = lesson.scenes[stop.scene] else { return [] }
    let walk = Walk(scene.network)
    var activations = Activations(scene.network, input: scene.input)
    if address.layer == scene.network.inputName, case .cell(let cell) = address.part {
      return ["At \(address): \(scene.input[scene.network.input.index(cell)].text)."]
    }
    guard let place = try? walk.place(of: address),
      (try? activations.evaluateInputs(of: place.layer)) != nil
    else { return ["At \(address)."] }
    let step = Step(place, in: walk)
    guard let cell = step.cell,
      let account = try? activations.account(of: cell, in: place.layer)
    else { return ["At \(address)."] }
    let names = CodeNames(scene.network)
    guard stop.question == nil else {
      // What the screen shows and the answer needs, without the sums.
      let lines = account.whatGoesIn(names, walk.layer(place))
      // The filter often was said before; where the window lies never was.
      return ["At \(address)."] + news()
        + lines.filter { $0.hasPrefix("The ") || heard.isNews($0) }
    }
    let narration = walk.narration(place, account: account)
    return ["At \(address): \(CellCode(walk.layer(place), in: scene.network, .numpy).line(cell))"]
      + narration.sentences + news()
  }

  private var prompt: String {
    if case .question(let asking) = phase, !asking.isAnswered { return "Answer:" }
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
