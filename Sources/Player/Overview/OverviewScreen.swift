import Canvas
import ConvolutionEngine
import FastEvaluation
import Walkthrough

/// The whole network at a glance: a strip of its layers, and under it all maps of the chosen one.
struct OverviewScreen: OverlayContent {
  static let help = "the network and its maps"

  /// The layer whose maps are shown, or the input.
  private(set) var source: Source
  /// The chosen map; of a flat layer the chosen number.
  private(set) var map: Int
  /// The place that was chosen, which stays marked in all layers; nil: the largest number of the
  /// chosen map.
  private(set) var mark: Mark?
  private(set) var curve = ToneScale.Curve.linear
  private(set) var isLargestFirst = false
  /// The depth of the filter that is shown, counted from the first that it reads.
  private(set) var filterDepth = 0

  /// A cell of a layer's output, or of the input.
  struct Mark: Sendable, Equatable {
    var source: Source
    var cell: Cell
  }

  /// What a click in it means.
  enum Target: Sendable, Equatable {
    case source(Source)
    case map(Int)
    /// A place of the chosen map.
    case place(Cell)
  }

  /// Opens on what the walk looks at.
  init(_ walk: some ShowsWalk) {
    source = .layer(walk.place.layer)
    map = walk.step.cell?.depth ?? walk.step.map
    mark = walk.step.cell.map { Mark(source: .layer(walk.place.layer), cell: $0) }
  }

  var overlay: Overlay { .overview(self) }

  mutating func press(_ key: Key, on player: inout Player) -> Reaction {
    switch key == .enter ? .move(.next) : player.command(for: key) {
    case .move(.next): return walkIn(&player)
    case .move(let motion): return press(motion, on: &player)
    case .stop(.nextStop): move(by: OverviewLayout(self, player.view).page, in: player.view)
    case .stop(.previousStop): move(by: -OverviewLayout(self, player.view).page, in: player.view)
    case .look(.scale):
      let curves = ToneScale.Curve.allCases
      curve = curves[cycled(curves.firstIndex(of: curve) ?? 0, by: 1, of: curves.count)]
    case .look(.largestFirst): isLargestFirst.toggle()
    case .open(.statistics): return .replace(.statistics(StatisticsScreen(self)))
    case .program(.leave) where player.evaluating?.goal.isForOverview == true:
      return .stay(player.cancelEvaluation())
    case .program(.leave), .program(.quit), .open(.overview): return .close
    default:
      if let reaction = player.commonReaction(to: key) { return reaction }
      player.say(
        "\(player.name(of: key)) does nothing in the overview; \(player.key(.overview)) closes it.")
    }
    return .stay
  }

  private mutating func press(_ motion: Command.Motion, on player: inout Player) -> Reaction {
    let view = player.view
    let layout = OverviewLayout(self, view)
    switch motion {
    case .left: step(by: -layout.across, &player)
    case .right: step(by: layout.across, &player)
    case .up: step(by: -layout.downwards, &player)
    case .down: step(by: layout.downwards, &player)
    case .nextMap: step(by: 1, &player)
    case .previousMap: step(by: -1, &player)
    case .first, .rowStart: move(by: -layout.count, in: view)
    case .last, .rowEnd: move(by: layout.count, in: view)
    case .nextLayer: moveLayer(by: 1, &player)
    case .previousLayer: moveLayer(by: -1, &player)
    case .nextDepth: moveDepth(by: 1, &player)
    case .previousDepth: moveDepth(by: -1, &player)
    case .nextPicture, .previousPicture: return .stay(player.perform(.move(motion)))
    case .next, .back, .coarser, .finer:
      player.say("Here the arrow keys choose a map; \(player.key(.next)) walks into it.")
    }
    return .stay
  }

  mutating func click(_ action: Screen.Action?, on player: inout Player) -> Reaction {
    guard case .overview(let target) = action else { return .stay }
    switch target {
    case .source(let source): show(source, &player)
    case .map(let map): choose(map)
    case .place(let cell): mark = Mark(source: source, cell: cell)
    }
    return .stay
  }

  mutating func turnWheel(by distance: Int, in view: View) {
    move(by: distance * OverviewLayout(self, view).downwards, in: view)
  }

  func pictures(_ view: View) -> [PictureWish] { OverviewLayout(self, view).pictures }

  /// First what is shown, then all other layers, where they can be held.
  func goal(_ view: View) -> EvaluationGoal? {
    if case .layer(let layer) = source, view.activations.output(of: layer) == nil {
      let layers = view.shown.layers(for: .layer(layer))
      return layers.allSatisfy { view.shown.unfit[$0] == nil } ? .layer(layer) : nil
    }
    let numbers = view.network.layers.reduce(0) { min($0, Self.mostHeld) + $1.output.count }
    guard numbers <= Self.mostHeld, !view.shown.layers(for: .others).isEmpty else { return nil }
    return .others
  }

  /// Networks of more numbers than this are evaluated only as far as they are shown.
  private static let mostHeld = 1 << 26

  func footer(_ view: View) -> Footer {
    let layout = OverviewLayout(self, view)
    let hasDepths = (layout.filter?.depth ?? 1) > 1
    return .keys(
      [
        Hint(keys: view.arrows, label: layout.shape.isFlat ? "number" : "map"),
        Hint(keys: "Enter", label: "walk in"),
        Hint(keys: view.key(.nextLayer), label: "layer"),
      ]
        + (view.subject.pictures == nil
          ? [] : [Hint(keys: view.key(.nextPicture), label: "picture")])
        + (hasDepths ? [Hint(keys: view.key(.nextDepth), label: "depth")] : [])
        + [
          Hint(keys: view.key(.scale), label: "scale"), Hint(keys: "Esc", label: "back"),
          Hint(keys: view.key(.largestFirst), label: isLargestFirst ? "in order" : "by size"),
          Hint(keys: view.key(.statistics), label: "statistics"),
        ])
  }
}

/// What keys and clicks choose.
extension OverviewScreen {
  private mutating func choose(_ map: Int) {
    self.map = map
    // The same place in another map.
    if mark?.source == source { mark?.cell.depth = map }
  }

  /// Moves in the order in which maps are shown, at most to its ends.
  private mutating func move(by distance: Int, in view: View) {
    let layout = OverviewLayout(self, view)
    choose(layout.map(at: min(max(0, layout.position + distance), layout.count - 1)))
  }

  /// The same, but not beyond an end.
  private mutating func step(by distance: Int, _ player: inout Player) {
    let layout = OverviewLayout(self, player.view)
    guard (0..<layout.count).contains(layout.position + distance) else {
      let thing = layout.shape.isFlat ? "number" : "map"
      player.say(
        "\(player.network.name(of: source)) has \(counted(layout.count, thing)), and none there.")
      return
    }
    move(by: distance, in: player.view)
  }

  private mutating func moveLayer(by distance: Int, _ player: inout Player) {
    let count = player.network.layers.count
    var index = -1
    if case .layer(let layer) = source { index = layer }
    guard (-1..<count).contains(index + distance) else {
      player.say(
        distance < 0
          ? "\(player.network.inputName) is what comes in."
          : "\(player.network.name(of: source)) is the last layer.")
      return
    }
    show(index + distance < 0 ? .input : .layer(index + distance), &player)
  }

  private mutating func show(_ source: Source, _ player: inout Player) {
    self.source = source
    filterDepth = 0
    map = 0
    if let mark, mark.source == source { map = mark.cell.depth }
    // What was cancelled, or could not be computed, is asked for again by choosing it.
    if player.activations.tensor(of: source) == nil { player.status.givenUp = nil }
  }

  private mutating func moveDepth(by distance: Int, _ player: inout Player) {
    guard let filter = OverviewLayout(self, player.view).filter, filter.depth > 1 else {
      player.say("There is one depth here.")
      return
    }
    filterDepth = cycled(filterDepth, by: distance, of: filter.depth)
  }

  /// Leaves for the walk, at the marked place of the chosen map.
  private func walkIn(_ player: inout Player) -> Reaction {
    guard case .layer(let layer) = source else {
      player.say(
        "\(player.network.inputName) is what comes in; \(player.key(.nextLayer)) chooses a layer.")
      return .stay
    }
    guard let cell = player.view.placeShown(in: self) else {
      let name = player.network.layers[layer].name
      player.say("\(name) is not computed yet.")
      return .stay
    }
    return .close(
      player.visit(Address(layer: player.network.layers[layer].name, part: .cell(cell))))
  }
}
