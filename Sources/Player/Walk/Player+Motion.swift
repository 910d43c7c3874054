import Canvas
import Lessons
import ConvolutionEngine
import Walkthrough

extension Player {
  mutating func moveSteps(_ distance: Int) -> [Effect] {
    if let target = walk.place(place, movedBy: distance, wanted: grain) {
      return abs(distance) == 1 ? go(to: target) : jump(to: target)
    }
    if distance < 0 {
      guard place != walk.start(grain) else {
        say("This is the start; \(key(.next)) goes forward.")
        return []
      }
      return jump(to: walk.start(grain))
    }
    let end = walk.end(ofLayer: network.layers.count - 1, grain)
    guard place != end else {
      say("This is the last step; Bksp goes back, gg to the layer's start.")
      return []
    }
    return jump(to: end)
  }

  mutating func changeGrain(by distance: Int) -> [Effect] {
    let grains = layer.grains
    guard let index = grains.firstIndex(of: place.grain) else { return [] }
    guard grains.indices.contains(index + distance) else {
      say(
        distance > 0
          ? "A layer is the coarsest step."
          : "\(layer.name) has no finer step than a \(place.grain.name).")
      return []
    }
    return show(grains[index + distance])
  }

  mutating func showDepth(by distance: Int) -> [Effect] {
    let depths = shownDepths
    guard depths.count > 1 else {
      say("There is one depth here.")
      return []
    }
    let now = shownDepth - depths.lowerBound
    let next = cycled(now, by: distance, of: depths.count)
    shown.chosenDepth = depths.lowerBound + next
    return []
  }

  mutating func moveLayer(by distance: Int) -> [Effect] {
    let (target, isTooFar) = moved(place.layer, by: distance, below: network.layers.count)
    if isTooFar {
      say("\(network.layers[target].name) is the \(distance > 0 ? "last" : "first") layer.")
      guard target != place.layer else { return [] }
    }
    return jump(
      to: grain == .layer
        ? Place(layer: target, grain: .layer, position: 1) : walk.start(ofLayer: target, grain))
  }

  /// The same window in another map.
  mutating func moveMap(by distance: Int) -> [Effect] {
    guard place.grain != .layer else {
      say("All maps are here; - goes to finer steps.")
      return []
    }
    let perMap = walk.count(place) / layer.output.depth
    guard place.position > 0 else {
      say("Nothing is computed yet; \(key(.next)) goes forward.")
      return []
    }
    let map = (place.position - 1) / perMap
    let (wanted, isTooFar) = moved(map, by: distance, below: layer.output.depth)
    if isTooFar {
      say(
        layer.output.depth == 1
          ? "\(layer.name) has one map."
          : "\(layer.name) has maps 0 to \(layer.output.depth - 1); this is map \(wanted).")
      guard wanted != map else { return [] }
    }
    var target = place
    target.position += (wanted - map) * perMap
    return jump(to: target)
  }

  /// Moves what is bracketed most tightly: the product in its slice, else the window, the map or
  /// the layer.
  mutating func move(dx: Int, dy: Int) -> [Effect] {
    if let course, course.movesPattern {
      guard !course.awaitsAnswer else {
        say("The arrow keys move the pattern once the question is answered.")
        return []
      }
      return shiftInput(dx.signum(), dy.signum())
    }
    switch place.grain {
    case .product: return moveProduct(dx, dy)
    case .slice, .window: return moveWindow(dx, dy)
    case .map: return moveMap(by: dx + dy)
    case .layer: return moveLayer(by: dx + dy)
    }
  }

  private mutating func moveProduct(_ dx: Int, _ dy: Int) -> [Effect] {
    guard let cell = step.cell, let filter = layer.parameters?.filter else {
      return moveSteps(1)
    }
    var tap = filter.cell(at: step.productsDone - 1)
    if filter.isFlat {
      tap.depth = tap.depth &+ dx &+ dy
    } else {
      tap.x = tap.x &+ dx
      tap.y = tap.y &+ dy
    }
    guard filter.contains(tap) else {
      say("The window ends here: a filter slice is \(filter.width)×\(filter.height).")
      return []
    }
    var target = place
    target.position =
      layer.output.index(cell) * filter.count + filter.index(tap) + 1
    return go(to: target)
  }

  private mutating func moveWindow(_ dx: Int, _ dy: Int) -> [Effect] {
    guard var cell = step.cell else { return moveSteps(1) }
    if layer.output.isFlat {
      cell.depth = cell.depth &+ dx &+ dy
    } else {
      cell.x = cell.x &+ dx
      cell.y = cell.y &+ dy
    }
    guard layer.output.contains(cell) else {
      say(edgeMessage(cell))
      return []
    }
    return go(to: cell)
  }

  /// Why the window cannot go there: no room for another one, and what stays unread.
  private func edgeMessage(_ cell: Cell) -> String {
    let axis: Axis = (0..<layer.output.width).contains(cell.x) ? .y : .x
    let source = network.name(of: layer.sources[0])
    guard let windows = layer.windows?[axis] else {
      return "\(layer.name) ends here: it is \(layer.output)."
    }
    let position = axis == .x ? cell.x : cell.y
    if position < 0 { return "The first window is at \(axis.place) \(windows.start(of: 0))." }
    let last = windows.start(of: windows.positions) + windows.extent - 1
    let padding =
      windows.paddingAfter == 0
      ? "" : " and its padding at \(windows.input + windows.paddingAfter - 1)"
    return "The next window would need \(axis.place) \(last); "
      + "\(source) ends at \(windows.input - 1)\(padding)."
  }

  private mutating func go(to cell: Cell) -> [Effect] {
    let perCell = walk.count(place) / layer.output.count
    let within = (place.position - 1) % perCell
    var target = place
    target.position = layer.output.index(cell) * perCell + within + 1
    return go(to: target)
  }

  mutating func moveToRowEdge(end: Bool) -> [Effect] {
    switch place.grain {
    case .product:
      guard step.cell != nil, let filter = layer.parameters?.filter else { return [] }
      let tap = filter.cell(at: step.productsDone - 1)
      return moveProduct(end ? filter.width - 1 - tap.x : -tap.x, 0)
    case .slice, .window:
      guard var cell = step.cell else { return [] }
      cell.x = end ? layer.output.width - 1 : 0
      return go(to: cell)
    case .map:
      guard place.position > 0 else { return [] }
      var target = place
      target.position = end ? layer.output.depth : 1
      return jump(to: target)
    case .layer:
      return jump(
        to: Place(layer: end ? network.layers.count - 1 : 0, grain: .layer, position: 1))
    }
  }
}

/// A number moved within 0..<count, at most to the end in that direction.
private func moved(
  _ number: Int, by distance: Int, below count: Int
) -> (target: Int, isTooFar: Bool) {
  let (sum, overflows) = number.addingReportingOverflow(distance)
  guard overflows || !(0..<count).contains(sum) else { return (sum, false) }
  return (distance > 0 ? count - 1 : 0, true)
}

/// The place so far from one of so many, behind the last of which comes the first.
func cycled(_ place: Int, by distance: Int, of count: Int) -> Int {
  (place + distance % count + count) % count
}
