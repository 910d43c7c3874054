import Canvas
import ConvolutionEngine
import ExactNumbers
import Lessons
import Training
import Walkthrough

/// A head that learns, one update after another: an example, its scores before and after, the loss,
/// and which weights change and by exactly what.
struct TrainingScreen: OverlayContent {
  static let help = "a head that learns"

  private(set) var training: HeadTraining
  let examples: LearningExamples
  /// How many updates there are.
  let count: Int
  /// The update that is shown, from 1.
  private(set) var number: Int
  private(set) var update: HeadUpdate?
  /// Why it cannot be made.
  private(set) var failure: TrainingError?
  /// The update that is being found out, and how far that is, 0 to 1.
  private(set) var awaited: Awaited?
  /// The feature that the weights are shown from, where the person chose one.
  private(set) var chosenFeature: Int?
  /// The number of an update while it is typed.
  private(set) var field: TextField?
  private(set) var showsHelp = false

  init(
    _ training: HeadTraining, examples: LearningExamples, count: Int, number: Int,
    _ update: HeadUpdate
  ) {
    (self.training, self.examples, self.count) = (training, examples, count)
    (self.number, self.update) = (number, update)
  }

  struct Awaited: Sendable, Equatable {
    let number: Int
    var fraction: Double?
  }

  var overlay: Overlay { .training(self) }

  /// Products of scores and steps that are made while a key waits.
  private static let mostAtOnce = 2_000_000

  mutating func press(_ key: Key, on player: inout Player) -> Reaction {
    if showsHelp {
      showsHelp = false
      return .stay
    }
    if field != nil { return type(key, on: &player) }
    if player.takeDigit(key, atMost: 9) { return .stay }
    let count = player.status.takeCount()
    switch player.command(for: key) {
    case .move(let motion): return move(motion, count, &player)
    case .open(.goTo):
      field = TextField(limit: 12, count.map { "\($0)" } ?? "")
      return .stay
    case .open(.help): showsHelp = true
    case .program(.redraw): return .stay([.redraw])
    case .program(.quit): return .close([.cancelLearning, .quit])
    case .program(.leave):
      guard awaited != nil else {
        player.say("Nothing is above this; \(player.key(.quit)) leaves it.")
        return .stay
      }
      awaited = nil
      player.say("Cancelled; update \(grouped(number)) is shown.")
      return .stay([.cancelLearning])
    default:
      player.say(
        "\(player.name(of: key)) does nothing here; \(player.key(.help)) lists the keys.")
    }
    return .stay
  }

  private mutating func type(_ key: Key, on player: inout Player) -> Reaction {
    switch key {
    case .escape: field = nil
    case .backspace where field?.text.isEmpty == true: field = nil
    case .enter:
      let text = (field?.text ?? "").filter { $0 != " " && $0 != "," }
      guard let number = Int(text), (1...count).contains(number) else {
        player.fail("An update is a number from 1 to \(grouped(count)).")
        return .stay
      }
      field = nil
      return go(to: number, &player)
    default: field?.type(key)
    }
    return .stay
  }

  mutating func edit(_ change: (inout TextField) -> Void, in view: View) -> Bool {
    guard var typed = field else { return false }
    change(&typed)
    field = typed
    return true
  }

  private mutating func move(
    _ motion: Command.Motion, _ count: Int?, _ player: inout Player
  ) -> Reaction {
    let distance = count ?? 1
    switch motion {
    case .next: return go(to: number + distance, &player)
    case .back: return go(to: number - distance, &player)
    case .first: return go(to: 1, &player)
    case .last: return go(to: count ?? self.count, &player)
    case .left: scroll(-distance)
    case .right: scroll(distance)
    default: player.say("There is no other direction here; \(player.key(.help)) lists the keys.")
    }
    return .stay
  }

  private mutating func go(to wanted: Int, _ player: inout Player) -> Reaction {
    let number = min(max(1, wanted), count)
    guard number != self.number else {
      player.say(wanted >= count ? "This is the last update." : "This is the first update.")
      return .stay
    }
    let work = HeadWork(head: .training(training), number: number)
    let missing = number - training.history.count
    let cost = max(0, missing).multipliedReportingOverflow(by: training.layer.multiplyAdds)
    guard cost.overflow || cost.partialValue > TrainingScreen.mostAtOnce else {
      awaited = Awaited(number: number)
      if let found = work.run() { take(found) }
      return .stay([.cancelLearning])
    }
    awaited = Awaited(number: number, fraction: 0)
    return .stay([.learn(work)])
  }

  private mutating func scroll(_ distance: Int) {
    let last = training.layer.input.count - 1
    chosenFeature = min(max(0, firstFeature + distance), last)
  }

  /// The feature that the weights are shown from: the first that is not 0.
  var firstFeature: Int {
    if let chosenFeature { return chosenFeature }
    guard let features = update?.features else { return 0 }
    return (0..<features.shape.count).first { !features[$0].isZero } ?? 0
  }

  /// Takes in what was found out, unless something else is wanted by now.
  mutating func take(_ found: HeadWork.Found) {
    guard awaited?.number == found.number else { return }
    awaited = nil
    if let known = found.training { training = known }
    switch found.update {
    case .success(let update): (number, self.update, failure) = (found.number, update, nil)
    case .failure(let problem): failure = problem
    }
  }

  mutating func take(progress fraction: Double) {
    if awaited != nil { awaited?.fraction = fraction }
  }

  func click(_ action: Screen.Action?, on player: inout Player) -> Reaction { .stay }

  func pictures(_ view: View) -> [PictureWish] { [] }

  func footer(_ view: View) -> Footer {
    if showsHelp { return .anyKeyCloses }
    if let field {
      return .line(label: "Update: ", text: field.text, keys: "Enter go  Esc leave")
    }
    return .keys([
      Hint(keys: view.key(.next), label: "next"), Hint(keys: view.key(.back), label: "back"),
      Hint(keys: view.key(.goTo), label: "go to"),
      Hint(keys: "\(view.key(.first)) \(view.key(.last))", label: "ends"),
      Hint(keys: view.keys(.left, .right), label: "other weights"),
      Hint(keys: view.key(.quit), label: "quit"),
    ])
  }
}

extension Player {
  /// Opens a head that learns from examples, which the layers under it have still to read.
  ///
  /// - Parameter count: how many updates there are.
  package mutating func open(_ start: HeadStart, count: Int) -> [Effect] {
    let screen = TrainingStart(start: start, count: count)
    overlay = screen.overlay
    return [.learn(screen.work)]
  }

  /// Takes in what was found out for `.learn`.
  package mutating func receive(_ found: HeadWork.Found) {
    switch overlay {
    case .training(var screen):
      screen.take(found)
      overlay = screen.overlay
    case .trainingStart(var screen):
      overlay = screen.take(found)?.overlay ?? screen.overlay
    default: break
    }
  }

  /// Takes in how far that is, 0 to 1.
  package mutating func receive(learningProgress fraction: Double) {
    switch overlay {
    case .training(var screen):
      screen.take(progress: fraction)
      overlay = screen.overlay
    case .trainingStart(var screen):
      screen.take(progress: fraction)
      overlay = screen.overlay
    default: break
    }
  }
}
