import Canvas
import ConvolutionEngine
import CursesTerminal
import Player

/// Runs a player in the terminal: reads events, draws frames and carries out effects.
@MainActor
struct PlayerSession {
  private let terminal: Terminal
  private var player: Player
  private var library: LessonLibrary
  private let evaluation = BackgroundEvaluation()
  private let preparation = BackgroundWork<Prepared>()
  private let search = BackgroundWork<OutputSearch.Found>()
  private let gradients = BackgroundWork<GradientWork.Found>()
  private let gradientProgress = BackgroundProgress<Double>()
  private let promise = BackgroundWork<PromiseTrial.Found>()
  private let learning = BackgroundWork<HeadWork.Found>()
  private let learningProgress = BackgroundProgress<Double>()
  private var watched: WatchedLesson?
  /// When autoplay's next step is due.
  private var beat: ContinuousClock.Instant?

  /// Takes the terminal, plays until the person leaves, and gives it back; tells again what kept
  /// the person's progress from being kept.
  ///
  /// - Parameters:
  ///   - start: makes the player for the terminal's size; its effects are carried out first.
  ///   - library: opens the lessons that the player asks for and keeps how far the person is.
  ///   - watched: a lesson's file to read again whenever it was saved.
  static func run(
    terminal options: Terminal.Options, library: LessonLibrary, watched: WatchedLesson? = nil,
    start: (Size, Player.Options) throws(CommandFailure) -> (Player, [Player.Effect])
  ) throws(CommandFailure) {
    let keys = try KeysFile.own()
    let terminal: Terminal
    do throws(TerminalError) {
      terminal = try Terminal(options)
    } catch {
      throw .terminal(error)
    }
    defer { terminal.close() }
    var (player, effects) = try start(
      terminal.size, Player.Options(ascii: !terminal.isUnicode, bindings: keys.bindings))
    player.tell(keys.notes)
    var session = PlayerSession(
      terminal: terminal, player: player, library: library, watched: watched)
    session.play(effects)
    terminal.close()
    terminal.dieOfReceivedSignal()
    // On the screen the next key took it away.
    if let loss = session.library.loss { CommandFailure.progress(loss).tell() }
  }

  private init(
    terminal: Terminal, player: Player, library: LessonLibrary, watched: WatchedLesson?
  ) {
    self.terminal = terminal
    self.player = player
    self.library = library
    self.watched = watched
  }

  private mutating func play(_ effects: [Player.Effect]) {
    perform(effects + player.evaluateWanted())
    while true {
      // On a slow line the keys typed ahead are worked off before the screen is drawn.
      if !terminal.hasPendingInput() { terminal.draw(player.frame()) }
      let event = terminal.nextEvent(timeoutMilliseconds: millisecondsToWait())
      if let effects = watched?.refresh(&player) { perform(effects) }
      takeResults()
      if event == .tick, !isBeatDue() { continue }
      guard perform(player.update(event)) else { return }
    }
  }

  /// Takes in what was found out in the background.
  private mutating func takeResults() {
    if let progress = evaluation.takeProgress() {
      perform(player.receive(progress: progress.fraction, progress.activations))
    }
    if let result = evaluation.takeResult() { perform(player.receive(result)) }
    if let prepared = preparation.take() { perform(player.receive(prepared)) }
    if let found = search.take() { perform(player.receive(found)) }
    if let fraction = gradientProgress.take() { player.receive(gradientProgress: fraction) }
    if let found = gradients.take() { perform(player.receive(found)) }
    if let found = promise.take() { player.receive(found) }
    if let fraction = learningProgress.take() { player.receive(learningProgress: fraction) }
    if let found = learning.take() { player.receive(found) }
  }

  /// Nearly always the next frame has what was asked for with the last key, and nothing flickers.
  private static let patience = Duration.milliseconds(40)

  /// Carries out effects; false when one of them was to quit.
  @discardableResult
  private mutating func perform(_ effects: [Player.Effect]) -> Bool {
    for effect in effects {
      switch effect {
      case .quit: return false
      case .redraw: terminal.draw(player.frame())
      case .evaluate(let goal):
        evaluation.start(player.activations, player.layers(for: goal))
      case .cancelEvaluation: evaluation.cancel()
      case .prepare(let wanted):
        preparation.start { _ in wanted.run() }
        if let prepared = preparation.take(within: Self.patience) {
          perform(player.receive(prepared))
        }
      case .search(let wanted):
        search.start { wanted.run(goesOn: $0) }
        if let found = search.take(within: Self.patience) { perform(player.receive(found)) }
      case .evaluateGradients(let wanted):
        if let found = find(gradients, gradientProgress, run: { wanted.run(goesOn: $0) }) {
          perform(player.receive(found))
        }
      case .cancelGradients: gradients.cancel()
      case .tryPromise(let wanted):
        promise.start { isWanted in wanted.run { _ in isWanted() } }
        if let found = promise.take(within: Self.patience) { player.receive(found) }
      case .learn(let wanted):
        if let found = find(learning, learningProgress, run: { wanted.run(goesOn: $0) }) {
          player.receive(found)
        }
      case .cancelLearning: learning.cancel()
      case .copy(let text):
        if terminal.copy(text) { player.tell(["Copied too, where the terminal allows it."]) }
      case .openLesson, .openStop, .openNetwork, .record, .recordPractice,
        .recordTest, .resetProgress:
        perform(library.perform(effect, on: &player))
      }
    }
    return true
  }

  /// Finds something out beside the screen and tells how far that is; what it came to, if that takes
  /// no longer than the next frame.
  ///
  /// - Parameter run: is told by a call whether it is still wanted, and tells how far it is.
  private func find<Found>(
    _ work: BackgroundWork<Found>, _ progress: BackgroundProgress<Double>,
    run: @escaping @Sendable (_ goesOn: @escaping (Double) -> Bool) -> Found?
  ) -> Found? {
    progress.begin()
    work.start { isWanted in
      run { fraction in
        guard isWanted() else { return false }
        progress.tell(fraction)
        return true
      }
    }
    return work.take(within: Self.patience)
  }

  private mutating func millisecondsToWait() -> Int? {
    let beat = millisecondsToBeat()
    guard watched != nil else { return beat }
    return min(beat ?? WatchedLesson.interval, WatchedLesson.interval)
  }

  private mutating func millisecondsToBeat() -> Int? {
    guard let interval = player.tickInterval else {
      beat = nil
      return nil
    }
    let now = ContinuousClock.now
    let due = beat ?? now + .milliseconds(interval)
    beat = due
    let (seconds, attoseconds) = (due - now).components
    return max(0, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
  }

  /// Whether a tick is autoplay's and not only the end of a background evaluation.
  private mutating func isBeatDue() -> Bool {
    guard let due = beat, ContinuousClock.now >= due else { return false }
    beat = nil
    return true
  }
}
