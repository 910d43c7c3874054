import Canvas
import ConvolutionEngine
import Lessons
import Training
import Walkthrough

/// The screen of a head that learns while the layers under it read the examples, each once.
struct TrainingStart: OverlayContent {
  static let help = "a head that learns"

  let start: HeadStart
  /// How many updates there are.
  let count: Int
  private(set) var stage = Stage.reading(nil)

  enum Stage: Equatable {
    /// How far that is, 0 to 1.
    case reading(Double?)
    case cancelled
    case failed(TrainingError)
  }

  var overlay: Overlay { .trainingStart(self) }

  var work: HeadWork { HeadWork(head: .unread(start), number: 1) }

  mutating func press(_ key: Key, on player: inout Player) -> Reaction {
    switch (player.command(for: key), stage) {
    case (.program(.redraw), _): return .stay([.redraw])
    case (.program(.quit), _): return .close([.cancelLearning, .quit])
    case (.program(.leave), .reading):
      stage = .cancelled
      player.say("Cancelled; \(player.key(.next)) begins anew.")
      return .stay([.cancelLearning])
    case (.move(.next), .cancelled):
      stage = .reading(nil)
      return .stay([.learn(work)])
    case (.program(.leave), _):
      player.say("Nothing is above this; \(player.key(.quit)) leaves it.")
    case (_, .reading):
      player.say("The examples are being read; \(player.key(.leave)) cancels it.")
    case (_, .cancelled):
      player.say("\(player.key(.next)) reads the examples, \(player.key(.quit)) leaves.")
    case (_, .failed):
      player.say("Nothing can be learned; \(player.key(.quit)) leaves.")
    }
    return .stay
  }

  mutating func take(progress fraction: Double) {
    if case .reading = stage { stage = .reading(fraction) }
  }

  /// The screen of the first update; nil where there is none.
  mutating func take(_ found: HeadWork.Found) -> TrainingScreen? {
    guard case .reading = stage else { return nil }
    switch (found.update, found.training) {
    case (.success(let update), let training?):
      return TrainingScreen(
        training, examples: start.examples, count: count, number: found.number, update)
    case (.failure(let problem), _): stage = .failed(problem)
    case (.success, nil): break
    }
    return nil
  }

  func draw(on screen: inout Screen, _ view: View) {
    let (columns, rows) = (view.size.columns, view.size.rows)
    let examples = start.examples
    screen.put("Retraining \(start.head.name)", 1, 0, .heading, before: columns)
    screen.put(
      "Only \(start.head.name) learns, so the layers before it read each example once.", 1, 1,
      .faint, before: columns)
    MapPicture(
      examples.input(0), depth: 0,
      room: Size(columns: min(32, columns / 3 - 4), rows: min(16, rows / 3))
    ).draw(on: &screen, 1, 3)
    switch stage {
    case .reading(let fraction):
      view.drawProgress(
        &screen, for: counted(examples.count, "example"), fraction, row: rows - 3)
    case .cancelled: break
    case .failed(let problem):
      for (line, text) in wrapped("\(problem)", to: columns - 2).prefix(2).enumerated() {
        screen.frame.put(text, 1, rows - 4 + line, .bad)
      }
    }
    view.drawStatus(&screen)
  }

  func click(_ action: Screen.Action?, on player: inout Player) -> Reaction { .stay }

  func pictures(_ view: View) -> [PictureWish] { [] }

  func footer(_ view: View) -> Footer {
    let quit = Hint(keys: view.key(.quit), label: "quit")
    switch stage {
    case .reading: return .keys([Hint(keys: view.key(.leave), label: "cancel"), quit])
    case .cancelled: return .keys([Hint(keys: view.key(.next), label: "read examples"), quit])
    case .failed: return .keys([quit])
    }
  }
}
