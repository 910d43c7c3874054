import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// Where the keys of the way back lead.
extension BackwardScreen {
  /// From an input to the weights that it met, from these to their bias, and back.
  mutating func turnToWeights(_ player: inout Player) {
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
    if case .bias = next { stand(on: Cell(0, 0, filter)) }
  }

  /// The filter whose weight or bias is shown.
  private var filter: Int {
    guard case .weights(let layer) = target, let cell = step.cell else { return 0 }
    return walk.network.layers[layer].filterPlace(of: cell).filter
  }

  /// The first number of a gradient.
  private func start(of target: GradientTarget) -> BackwardPlace {
    firstStep(of: walk.targets.firstIndex(of: target) ?? 0)
  }

  private func firstStep(of stop: Int) -> BackwardPlace {
    walk.place(BackwardPlace(stop: stop, grain: .window, position: 1), at: grain)
  }

  /// Shows a number of this gradient, at its first step.
  mutating func stand(on cell: Cell) {
    let index = walk.shape(target).index(cell)
    place = walk.place(
      BackwardPlace(stop: place.stop, grain: .window, position: index + 1), at: grain)
  }

  mutating func move(_ motion: Command.Motion, _ count: Int?, _ player: inout Player) {
    let distance = count ?? 1
    switch motion {
    case .next: goSteps(distance, &player)
    case .back: goSteps(-distance, &player)
    case .left: shift(-distance, 0, &player)
    case .right: shift(distance, 0, &player)
    case .up: shift(0, -distance, &player)
    case .down: shift(0, distance, &player)
    case .nextDepth: changeDepth(by: distance, &player)
    case .previousDepth: changeDepth(by: -distance, &player)
    case .nextMap: changeMap(by: distance, &player)
    case .previousMap: changeMap(by: -distance, &player)
    case .nextLayer: changeLayer(by: distance, &player)
    case .previousLayer: changeLayer(by: -distance, &player)
    case .rowStart: shift(-(step.cell?.x ?? 0), 0, &player)
    case .rowEnd: shift(walk.shape(target).width - 1 - (step.cell?.x ?? 0), 0, &player)
    case .first: place.position = 1
    case .last: goToPosition(count, &player)
    case .coarser: changeGrain(by: 1, &player)
    case .finer: changeGrain(by: -1, &player)
    case .nextPicture, .previousPicture:
      player.say(
        "Another picture can be taken on the way forward; \(player.key(.backward)) goes there.")
    }
  }

  /// Steps of another size: a product, one filter's share, a number, a map, all of it.
  private mutating func changeGrain(by distance: Int, _ player: inout Player) {
    let grains = walk.grains(target)
    let index = (grains.firstIndex(of: place.grain) ?? 0) + distance
    guard grains.indices.contains(index) else {
      player.say("There are no \(distance > 0 ? "coarser" : "finer") steps here.")
      return
    }
    grain = grains[index]
    place = walk.place(place, at: grain)
  }

  mutating func goSteps(_ distance: Int, _ player: inout Player) {
    guard let next = walk.place(place, movedBy: distance, wanted: grain) else {
      player.say(
        distance < 0
          ? "Not so far: the way back starts at the loss."
          : "Not so far: the way back ends with \(name(of: walk.targets.count - 1)).")
      return
    }
    if next.stop != place.stop { (chosenMap, origin) = (nil, nil) }
    place = next
  }

  mutating func goToPosition(_ position: Int?, _ player: inout Player) {
    let count = walk.count(place)
    guard (0...count).contains(position ?? count) else {
      player.fail("There are \(grouped(count)) steps here.")
      return
    }
    place.position = position ?? count
  }

  private mutating func shift(_ dx: Int, _ dy: Int, _ player: inout Player) {
    let shape = walk.shape(target)
    guard var cell = step.cell else {
      if place.grain > .window {
        player.say("These steps have no number to move; \(player.key(.finer)) makes them finer.")
      } else {
        place.position = 1
      }
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
    stand(on: cell)
  }

  /// The same place in another depth, or another depth of a whole map; behind the last comes the
  /// first.
  private mutating func changeDepth(by distance: Int, _ player: inout Player) {
    if var cell = step.cell, case let depth = walk.shape(target).depth, depth > 1 {
      cell.depth = cycled(cell.depth, by: distance, of: depth)
      stand(on: cell)
    } else if step.cell == nil, case let depths = shownDepths, depths.count > 1,
      let index = depths.firstIndex(of: depthOfMap)
    {
      chosenDepth = ChosenDepth(
        place: place, depth: depths[cycled(index, by: distance, of: depths.count)])
    } else if case .map = step.address.part, case .source = target, walk.count(place) > 1 {
      place.position = cycled(place.position - 1, by: distance, of: walk.count(place)) + 1
    } else {
      player.say("There is no other depth here.")
    }
  }

  /// The depth that a step of a whole map, or of all, shows.
  var depthOfMap: Int {
    if let chosenDepth, chosenDepth.place == place { return chosenDepth.depth }
    return shownDepths.first ?? 0
  }

  /// The depths that such a step can show, a grid of each: of a map its own, of a filter's weights
  /// those of the filter. What is flat is one grid; a dense layer's weights are one a cell.
  private var shownDepths: [Int] {
    let shape = walk.shape(target)
    var grids = Array(0..<shape.depth)
    var ofMap = 1
    if case .weights(let index) = target, let filter = walk.network.layers[index].parameters?.filter
    {
      ofMap = filter.depth
      if filter.isFlat { grids = Array(stride(from: 0, to: shape.depth, by: filter.depth)) }
    } else if shape.isFlat {
      grids = [0]
    }
    guard case .map(let map) = step.address.part else { return grids }
    return grids.filter { $0 / ofMap == map }
  }

  /// Another filter of weights; else another map of what came back.
  private mutating func changeMap(by distance: Int, _ player: inout Player) {
    if case .weights(let layer) = target {
      let filter = walk.network.layers[layer].parameters?.filter.depth ?? 1
      changeDepth(by: distance * filter, &player)
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
          ? "The way back ends with \(name(of: walk.targets.count - 1))."
          : "\(name(of: place.stop)) is where the way back starts.")
      return
    }
    (chosenMap, origin) = (nil, nil)
    place = firstStep(of: onward[min(abs(distance), onward.count) - 1])
  }

  /// The layer that the gradients which are shown come back from.
  func reader(_ found: GradientWork.Found) -> Layer? {
    found.backward.readers(of: target).first.map { walk.network.layers[$0.layer] }
  }

  /// `dX`
  func name(of stop: Int) -> String {
    walk.network.text(of: GradientAddress(walk.targets[stop], .layer))
  }

  /// To the step of the walk forward that the product undoes; of a number its first product that is
  /// not 0.
  mutating func goToMade(_ player: inout Player) -> Reaction {
    var address = step.address
    if case .product = address.part {
    } else if let cell = step.cell, let account, case .sum(let shares) = account.working,
      let term = shares.flatMap(\.terms).first(where: { !$0.product.isZero })
        ?? shares.first?.terms.first
    {
      address = GradientAddress(target, .product(cell, place: term.place))
    }
    guard let forward = walk.forward(of: address) else {
      player.say("No product made this; go to one with \(player.key(.finer)) first.")
      return .stay
    }
    guard case .close(let effects) = close(&player) else { return .stay }
    if (try? player.walk.place(of: forward)) != nil {
      return .close(effects + player.visit(forward))
    }
    // What multiplies nothing is seen cell by cell.
    guard let cell = forward.cell else { return .close(effects) }
    return .close(effects + player.visit(Address(layer: forward.layer, part: .cell(cell))))
  }
}

extension Address {
  /// The cell that a product or slice is of.
  fileprivate var cell: Cell? {
    switch part {
    case .layer, .map: nil
    case .cell(let cell), .slice(let cell, _), .product(let cell, _): cell
    }
  }
}
