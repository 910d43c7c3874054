import Canvas
import ConvolutionEngine
import FastEvaluation
import Walkthrough

/// The way back from a loss: one number of a gradient after another, and how it comes about.
struct BackwardScreen: OverlayContent {
  static let help = "what flows back, exactly"

  let walk: BackwardWalk
  var place: BackwardPlace
  /// The grain that the person chose; a gradient without it shows the one that stands for it.
  var grain: Grain
  private(set) var state: State = .givenUp
  /// The map of what came back that is shown, where the person chose one.
  var chosenMap: Int?
  /// The depth that the person chose at a step of a whole map.
  var chosenDepth: ChosenDepth?
  /// Where one comes back to from weights and biases.
  var origin: BackwardPlace?
  /// What is being typed, and what for.
  var typing: TypedLine?
  /// What the next key, a letter, is for.
  private var pending: Command.Jump?
  private var marks: [Unicode.Scalar: BackwardPlace] = [:]
  private var lastSearch: GradientSearchKind?
  /// What became of a changed number, until the next key.
  private(set) var trial: [String] = []
  private(set) var showsHelp = false
  /// Whether a lesson's stop shows it, to which one comes back from it.
  private(set) var isOfStop = false

  /// What is known of what flows back.
  enum State: Sendable, Equatable {
    /// It is being found out for this gradient; how far that is, 0 to 1.
    case awaited(GradientTarget, Double?)
    case found(GradientWork.Found)
    /// Cancelled: the next motion asks again.
    case givenUp
  }

  init(_ walk: BackwardWalk, at place: BackwardPlace, isOfStop: Bool = false) {
    self.walk = walk
    self.place = place
    self.isOfStop = isOfStop
    grain = place.grain
  }

  struct ChosenDepth: Sendable, Equatable {
    let place: BackwardPlace
    let depth: Int
  }

  struct TypedLine: Sendable, Equatable {
    let what: Typing
    var field: TextField
  }

  /// What a line is typed for.
  enum Typing: Sendable, Equatable { case goTo, search, change }

  var overlay: Overlay { .backward(self) }
  var target: GradientTarget { walk.target(place) }
  var step: BackwardStep { BackwardStep(place, in: walk) }

  /// The keys that no other screen has. A person's own meaning of them wins.
  static let weightsKey = Key.character("W")
  static let madeKey = Key.character("w")

  /// Whether a key is one of them that a person has not given another meaning.
  static func isOwn(_ key: Key, _ wanted: Key, of player: Player) -> Bool {
    key == wanted && player.command(for: key) == Bindings.standard.command(for: key)
  }

  mutating func press(_ key: Key, on player: inout Player) -> Reaction {
    if showsHelp {
      showsHelp = false
      return .stay
    }
    trial = []
    if typing != nil { return type(key, &player) }
    if let jump = pending { return .stay(finish(jump, key, &player)) }
    if player.takeDigit(key, atMost: 9) { return .stay }
    let count = player.status.takeCount()
    if BackwardScreen.isOwn(key, BackwardScreen.weightsKey, of: player) {
      turnToWeights(&player)
      return .stay(ask(player))
    }
    if BackwardScreen.isOwn(key, BackwardScreen.madeKey, of: player) { return goToMade(&player) }
    return perform(player.command(for: key), count, key, &player)
  }

  private mutating func perform(
    _ command: Command?, _ count: Int?, _ key: Key, _ player: inout Player
  ) -> Reaction {
    switch command {
    case .move(let motion): return perform(motion, count, &player)
    case .jump(.mark), .jump(.jumpToMark):
      if case .jump(let jump) = command { pending = jump }
    case .jump(.searchNext), .jump(.searchBack):
      search(lastSearch, forward: command == .jump(.searchNext), &player)
      return .stay(ask(player))
    case .open(.goTo):
      let field = TextField(limit: GoToField.longest, count.map { "\($0)" } ?? "")
      typing = TypedLine(what: .goTo, field: field)
    case .open(.search): typing = TypedLine(what: .search, field: TextField(limit: 12))
    case .open(.change): beginChange(&player)
    case .program(.notation): player.takeNextNotation()
    case .program(.redraw): return .stay([.redraw])
    case .open(.help): showsHelp = true
    case .open(.commandLine):
      let words = player.commandWords(of: self)
      return .replace(
        .commandLine(CommandLineScreen(words: words, wayBack: self)),
        [.copy(words.map(shellQuoted).joined(separator: " "))])
    case .program(.leave), .program(.quit), .open(.backward): return leave(&player, key)
    case .stop(.returnToStop) where isOfStop: return close(&player)
    default:
      player.say(
        "\(player.name(of: key)) does nothing on the way back; \(player.key(.help)) lists its keys."
      )
    }
    return .stay
  }

  /// Sets a mark, or goes to one.
  private mutating func finish(
    _ jump: Command.Jump, _ key: Key, _ player: inout Player
  ) -> [Player.Effect] {
    pending = nil
    guard case .character(let letter) = key else { return [] }
    if jump == .mark {
      marks[letter] = place
      player.say(
        "Mark \(letter) is set: \(player.key(.jumpToMark)) and \(letter) come back here.")
      return []
    }
    guard let mark = marks[letter] else {
      player.say("There is no mark \(letter); \(player.key(.mark)) and a letter set one.")
      return []
    }
    (place, grain) = (mark, mark.grain)
    return ask(player)
  }

  /// Goes on to the next number of a kind.
  mutating func search(
    _ kind: GradientSearchKind?, forward: Bool, _ player: inout Player
  ) {
    guard let kind else {
      player.say("Nothing was searched for yet; \(player.key(.search)) searches.")
      return
    }
    lastSearch = kind
    guard case .found(let found) = state, let gradient = found.gradient else {
      player.say("\(name(of: place.stop)) is too large to be searched.")
      return
    }
    let from = step.cell.map(gradient.shape.index) ?? (forward ? -1 : gradient.shape.count)
    let next = kind.next(in: gradient, reach: found.reach, from: from, forward: forward)
    guard let index = next else {
      player.say("There is no \(kind.title) \(forward ? "further on" : "before this").")
      return
    }
    stand(on: gradient.shape.cell(at: index))
  }

  /// Shows what became of a changed number.
  mutating func take(_ found: PromiseTrial.Found) { trial = found.lines }

  mutating func edit(_ change: (inout TextField) -> Void, in view: View) -> Bool {
    guard var typed = typing else { return false }
    change(&typed.field)
    typing = typed
    return true
  }

  /// Goes somewhere, and asks for what is needed there.
  mutating func perform(
    _ motion: Command.Motion, _ count: Int?, _ player: inout Player
  ) -> Reaction {
    move(motion, count, &player)
    return .stay(ask(player))
  }

  func close(_ player: inout Player) -> Reaction {
    var effects: [Player.Effect] = []
    if case .awaited = state { effects.append(.cancelGradients) }
    if isOfStop { effects += player.returnToTurnedStop() }
    return .close(effects)
  }

  /// Escape cancels what is being found out, and closes where nothing is.
  private mutating func leave(_ player: inout Player, _ key: Key) -> Reaction {
    guard case .awaited = state, key == .escape else { return close(&player) }
    state = .givenUp
    player.say("Cancelled; \(player.key(.next)) computes it.")
    return .stay([.cancelGradients])
  }

  /// A click means nothing here.
  func click(_ action: Screen.Action?, on player: inout Player) -> Reaction { .stay }

  func footer(_ view: View) -> Footer {
    if showsHelp { return .anyKeyCloses }
    if let typing {
      let label =
        switch typing.what {
        case .goTo: "Go to: "
        case .search: "Search: "
        case .change: "\(changedName) becomes: "
        }
      return .line(label: label, text: typing.field.text, keys: "Enter go  Esc leave")
    }
    let back = Hint(keys: view.key(.returnToStop), label: "back to the stop")
    return .keys(
      (isOfStop ? [back] : []) + [
        Hint(keys: view.key(.next), label: "next"),
        Hint(keys: "\(view.key(.finer)) \(view.key(.coarser))", label: "steps"),
        Hint(keys: view.arrows, label: "move"), Hint(keys: view.key(.nextDepth), label: "depth"),
        Hint(keys: view.key(.nextLayer), label: "layer"), Hint(keys: "W", label: "weights"),
        Hint(keys: view.key(.backward), label: "forward"),
        Hint(keys: view.key(.notation), label: "code"),
        Hint(keys: view.key(.back), label: "back"),
      ])
  }

  /// Asks for what flows back to the current gradient, unless it is there or being found out.
  ///
  /// - Parameter again: whether something else was asked for in its place.
  mutating func ask(_ player: Player, again: Bool = false) -> [Player.Effect] {
    switch state {
    case .found(let found) where found.target == target: return []
    case .awaited(let awaited, _) where awaited == target && !again: return []
    case .found, .awaited, .givenUp: state = .awaited(target, nil)
    }
    var backward = Backward(player.activations, from: walk.loss)
    if let known = player.shown.backward, known.loss == walk.loss { backward = known }
    return [.evaluateGradients(GradientWork(backward: backward, target: target))]
  }

  /// Takes in what was found out; false where it is no longer wanted.
  mutating func take(_ found: GradientWork.Found) -> Bool {
    guard case .awaited(found.target, _) = state else { return false }
    state = .found(found)
    return true
  }

  mutating func take(progress fraction: Double) {
    if case .awaited(let target, _) = state { state = .awaited(target, fraction) }
  }
}
