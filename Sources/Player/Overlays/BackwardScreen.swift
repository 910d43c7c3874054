import Canvas
import ConvolutionEngine
import FastEvaluation
import Walkthrough

/// The way back from a loss: one number of a gradient after another, and how it comes about.
struct BackwardScreen: OverlayContent {
  static let help = "what flows back, exactly"

  let walk: BackwardWalk
  private(set) var place: BackwardPlace
  private(set) var state: State = .givenUp
  /// The map of what came back that is shown, where the person chose one.
  private(set) var chosenMap: Int?
  /// Where one comes back to from weights and biases.
  private var origin: BackwardPlace?
  private(set) var showsHelp = false
  /// Whether a lesson's stop shows it, to which one comes back from it.
  private(set) var isOfStop = false

  /// What is known of what flows back.
  enum State: Sendable, Equatable {
    /// It is being found out for this gradient; how far that is, 0 to 1.
    case awaited(GradientTarget, Double?)
    case found(GradientSearch.Found)
    /// Cancelled: the next motion asks again.
    case givenUp
  }

  init(_ walk: BackwardWalk, at place: BackwardPlace, isOfStop: Bool = false) {
    self.walk = walk
    self.place = place
    self.isOfStop = isOfStop
  }

  var overlay: Overlay { .backward(self) }
  var target: GradientTarget { walk.target(place) }
  var step: BackwardStep { BackwardStep(place, in: walk) }

  /// The one key that no other screen has.
  static let weightsKey = Key.character("W")

  mutating func press(_ key: Key, on player: inout Player) -> Reaction {
    if showsHelp {
      showsHelp = false
      return .stay
    }
    if player.takeDigit(key, atMost: 9) { return .stay }
    let count = player.status.takeCount()
    guard key != BackwardScreen.weightsKey else {
      turnToWeights(&player)
      return .stay(ask(player))
    }
    switch player.command(for: key) {
    case .move(let motion): return perform(motion, count, &player)
    case .program(.notation): player.takeNextNotation()
    case .program(.redraw): return .stay([.redraw])
    case .open(.help): showsHelp = true
    case .program(.leave), .program(.quit), .open(.backward): return leave(&player, key)
    case .stop(.returnToStop) where isOfStop: return close(&player)
    default:
      player.say(
        "\(player.name(of: key)) does nothing on the way back; \(player.key(.help)) lists its keys."
      )
    }
    return .stay
  }

  /// Goes somewhere, and asks for what is needed there.
  mutating func perform(
    _ motion: Command.Motion, _ count: Int?, _ player: inout Player
  ) -> Reaction {
    move(motion, count, &player)
    return .stay(ask(player))
  }

  private func close(_ player: inout Player) -> Reaction {
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
    return .keys([
      Hint(keys: view.key(.next), label: "next"),
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
    return [.evaluateGradients(GradientSearch(backward: backward, target: target))]
  }

  /// Takes in what was found out; false where it is no longer wanted.
  mutating func take(_ found: GradientSearch.Found) -> Bool {
    guard case .awaited(found.target, _) = state else { return false }
    state = .found(found)
    return true
  }

  mutating func take(progress fraction: Double) {
    if case .awaited(let target, _) = state { state = .awaited(target, fraction) }
  }
}

extension BackwardScreen {
  /// From an input to the weights that it met, from these to their bias, and back.
  private mutating func turnToWeights(_ player: inout Player) {
    let next: GradientTarget
    switch target {
    case .source(let source):
      let layer = walk.network.layers.first { layer in
        layer.sources.contains(source) && walk.targets.contains(.weights(layer: layer.index))
      }
      guard let layer else {
        player.say("No layer with weights reads it; \(player.key(.nextLayer)) goes on.")
        return
      }
      origin = place
      next = .weights(layer: layer.index)
    case .weights(let layer) where walk.targets.contains(.bias(layer: layer)):
      next = .bias(layer: layer)
    case .weights(let layer), .bias(let layer):
      place = origin ?? start(of: .source(walk.network.layers[layer].sources[0]))
      return
    }
    let filter = filter
    place = start(of: next)
    if case .bias = next { place.position = filter + 1 }
  }

  /// The filter whose weight or bias is shown.
  private var filter: Int {
    guard case .weights(let layer) = target, let cell = step.cell else { return 0 }
    return walk.network.layers[layer].filterPlace(of: cell).filter
  }

  /// The first number of a gradient.
  private func start(of target: GradientTarget) -> BackwardPlace {
    BackwardPlace(stop: walk.targets.firstIndex(of: target) ?? 0, grain: .window, position: 1)
  }

  private mutating func move(
    _ motion: Command.Motion, _ count: Int?, _ player: inout Player
  ) {
    let distance = count ?? 1
    switch motion {
    case .next: goSteps(distance, &player)
    case .back: goSteps(-distance, &player)
    case .left: shift(-distance, 0, &player)
    case .right: shift(distance, 0, &player)
    case .up: shift(0, -distance, &player)
    case .down: shift(0, distance, &player)
    case .nextDepth: changeDepth(by: distance, of: walk.shape(target).depth, &player)
    case .previousDepth: changeDepth(by: -distance, of: walk.shape(target).depth, &player)
    case .nextMap: changeMap(by: distance, &player)
    case .previousMap: changeMap(by: -distance, &player)
    case .nextLayer: changeLayer(by: distance, &player)
    case .previousLayer: changeLayer(by: -distance, &player)
    case .rowStart: shift(-(step.cell?.x ?? 0), 0, &player)
    case .rowEnd: shift(walk.shape(target).width - 1 - (step.cell?.x ?? 0), 0, &player)
    case .first: place.position = 1
    case .last: goToPosition(count, &player)
    case .coarser, .finer:
      player.say("The way back goes number by number; other steps it has none.")
    case .nextPicture, .previousPicture:
      player.say(
        "Another picture can be taken on the way forward; \(player.key(.backward)) goes there.")
    }
  }

  private mutating func goSteps(_ distance: Int, _ player: inout Player) {
    guard let next = walk.place(place, movedBy: distance, wanted: .window) else {
      player.say(
        distance < 0
          ? "Not so far: the way back starts at the loss."
          : "Not so far: the way back ends with \(name(of: walk.targets.count - 1)).")
      return
    }
    if next.stop != place.stop { (chosenMap, origin) = (nil, nil) }
    place = next
  }

  private mutating func goToPosition(_ position: Int?, _ player: inout Player) {
    let count = walk.count(place)
    guard (0...count).contains(position ?? count) else {
      player.fail("There are \(grouped(count)) numbers here.")
      return
    }
    place.position = position ?? count
  }

  private mutating func shift(_ dx: Int, _ dy: Int, _ player: inout Player) {
    let shape = walk.shape(target)
    guard var cell = step.cell else {
      place.position = 1
      return
    }
    if shape.isFlat {
      cell.depth += dx + dy
    } else {
      (cell.x, cell.y) = (cell.x + dx, cell.y + dy)
    }
    guard shape.contains(cell) else {
      player.say("\(name(of: place.stop)) ends here.")
      return
    }
    place.position = shape.index(cell) + 1
  }

  /// The same place in another depth; behind the last comes the first.
  private mutating func changeDepth(by distance: Int, of depth: Int, _ player: inout Player) {
    let shape = walk.shape(target)
    guard var cell = step.cell, depth > 1 else {
      player.say("There is no other depth here.")
      return
    }
    cell.depth = cycled(cell.depth, by: distance, of: depth)
    place.position = shape.index(cell) + 1
  }

  /// Another filter of weights; else another map of what came back.
  private mutating func changeMap(by distance: Int, _ player: inout Player) {
    if case .weights(let layer) = target {
      let filter = walk.network.layers[layer].parameters?.filter.depth ?? 1
      changeDepth(by: distance * filter, of: walk.shape(target).depth, &player)
      return
    }
    guard case .source = target, case .found(let found) = state, let cell = step.cell,
      let reader = reader(found), reader.form == .filters,
      case let maps = reader.maps(reading: cell.depth), maps.count > 1
    else {
      player.say("What came back has no other map here.")
      return
    }
    let now = (chosenMap ?? maps.lowerBound) - maps.lowerBound
    chosenMap = maps.lowerBound + cycled(now, by: distance, of: maps.count)
  }

  /// To the gradient of what the next layer on the way back took, or of the one before.
  private mutating func changeLayer(by distance: Int, _ player: inout Player) {
    let stops = walk.targets.indices.filter { stop in
      if case .source = walk.targets[stop] { true } else { false }
    }
    let onward =
      distance > 0
      ? stops.filter { $0 > place.stop } : stops.filter { $0 < place.stop }.reversed()
    guard !onward.isEmpty else {
      player.say(
        distance > 0
          ? "Behind \(name(of: place.stop)) nothing flows back."
          : "\(name(of: place.stop)) is where the way back starts.")
      return
    }
    (chosenMap, origin) = (nil, nil)
    let stop = onward[min(abs(distance), onward.count) - 1]
    place = BackwardPlace(stop: stop, grain: .window, position: 1)
  }

  /// The layer that the gradients which are shown come back from.
  func reader(_ found: GradientSearch.Found) -> Layer? {
    found.backward.readers(of: target).first.map { walk.network.layers[$0.layer] }
  }

  /// `dX`
  func name(of stop: Int) -> String {
    walk.network.text(of: GradientAddress(walk.targets[stop], .layer))
  }
}
