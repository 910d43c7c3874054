import Canvas
import ConvolutionEngine
import Lessons
import Walkthrough

/// Ways to a place that is not the next step.
extension Player {
  /// Shows the same place at another grain.
  package mutating func use(_ grain: Grain) -> [Effect] {
    show(grain) + evaluateWanted()
  }

  mutating func show(_ grain: Grain) -> [Effect] {
    shown.grain = grain
    return go(to: walk.place(place, at: grain))
  }

  /// Goes to an address, at the grain that it names.
  package mutating func goTo(_ address: Address) -> [Effect] {
    visit(address) + evaluateWanted()
  }

  mutating func visit(_ address: Address) -> [Effect] {
    do throws(AddressError) {
      let target = try walk.place(of: address)
      shown.grain = target.grain
      return jump(to: target)
    } catch {
      fail("\(error)")
      return []
    }
  }

  mutating func goToStart() -> [Effect] {
    jump(to: walk.start(ofLayer: place.layer, grain))
  }

  mutating func walkInto(layer index: Int) -> [Effect] {
    guard network.layers.indices.contains(index) else { return [] }
    return jump(
      to: grain == .layer
        ? Place(layer: index, grain: .layer, position: 1) : walk.start(ofLayer: index, grain))
  }

  /// Goes to a position of this layer at this grain, as it is counted on the screen.
  mutating func goToPosition(_ position: Int) -> [Effect] {
    if place.grain == .layer {
      guard (1...network.layers.count).contains(position) else {
        fail("There is no layer \(grouped(position)); there are \(network.layers.count).")
        return []
      }
      return jump(to: Place(layer: position - 1, grain: .layer, position: 1))
    }
    let count = walk.count(place)
    guard (0...count).contains(position) else {
      fail(
        "There is no step \(grouped(position)); \(layer.name) has "
          + "\(counted(count, "\(place.grain.name) step")).")
      return []
    }
    var target = place
    target.position = position
    return jump(to: target)
  }

  /// Carries out what goes to a place that was kept or is looked for.
  mutating func perform(_ jump: Command.Jump, _ count: Int?) -> [Effect] {
    switch jump {
    case .mark:
      status.pending = jump
      say("Mark: press a letter.")
      return []
    case .jumpToMark:
      status.pending = jump
      say("Go to mark: press its letter, or \(key(.jumpToMark)) again.")
      return []
    case .searchNext: return searchAgain(forward: true)
    case .searchBack: return searchAgain(forward: false)
    case .toTerm: return followTerm(count)
    case .toReader: return followReader(count)
    }
  }

  /// The letter after `m` or `'`.
  mutating func finish(_ jump: Command.Jump, with key: Key) -> [Effect] {
    status.pending = nil
    if jump == .jumpToMark, command(for: key) == .jump(.jumpToMark) {
      guard let beforeJump = trail.beforeJump else {
        say("No jump yet to go back from.")
        return []
      }
      return self.jump(to: beforeJump)
    }
    guard case .character(let letter) = key else { return [] }
    if jump == .mark {
      trail.marks[letter] = place
      say("Mark \(letter) is set: \(self.key(.jumpToMark)) and \(letter) come back here.")
      return []
    }
    guard let mark = trail.marks[letter] else {
      say("There is no mark \(letter); \(self.key(.mark)) and a letter set one.")
      return []
    }
    shown.grain = mark.grain
    return self.jump(to: mark)
  }

  /// The person left the stop's place; `r` returns.
  mutating func wander() {
    course?.isWandering = true
  }

  /// Goes somewhere that is not the next step, and remembers where from.
  mutating func jump(to target: Place) -> [Effect] {
    wander()
    if target != place { trail.beforeJump = place }
    return go(to: target)
  }

  mutating func go(to target: Place) -> [Effect] {
    if target.layer != place.layer || target.grain < .window { shown.chosenDepth = nil }
    shown.place = target
    return []
  }
}
