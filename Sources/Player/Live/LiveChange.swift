import ConvolutionEngine
import FastEvaluation
import Walkthrough

/// A live change: what was there before it, and the keys that make it again.
struct LiveChange: Sendable, Equatable {
  let before: Presentation
  var keys: [String]
  /// Whether it was made while a stop of a lesson was still being read.
  var isBeforeAnswer = false
}

/// A live change that was undone, and what it had made.
struct UndoneChange: Sendable, Equatable {
  let change: LiveChange
  let after: Presentation
}

extension Player {
  /// Puts a changed network or input on the screen; `u` takes it back.
  ///
  /// - Parameter keys: what does the same again, pressed in this layer.
  mutating func change(to presentation: Presentation, by keys: [String]) -> [Effect] {
    var change = LiveChange(before: subject, keys: keys)
    if let course, !course.isWandering {
      change.isBeforeAnswer = course.phase == .reading
    } else {
      change.keys = ["g", scripted(layer.name), "Enter"] + keys
    }
    changes.append(change)
    undone = []
    let before = activations
    let at = place
    var effects = show(presentation)
    if network.hasSteps(of: before.network) {
      // The sizes are the same, so the place is, and what changed can be marked.
      shown.beforeChange = EarlierNumbers(before)
      effects += go(to: at)
    } else if network.layers.count == before.network.layers.count {
      effects += go(to: place(like: at, over: before.network))
    }
    return effects + judgeTask()
  }

  /// The place that is most like one in the same layers of other sizes: the same cell, or the one
  /// nearest to it.
  private func place(like other: Place, over network: Network) -> Place {
    let step = Step(other, in: Walk(network))
    guard other.grain != .layer, let cell = step.cell else {
      return other.grain == .layer
        ? other : walk.start(ofLayer: other.layer, other.grain)
    }
    let shape = self.network.layers[other.layer].output
    let near = Cell(
      min(cell.x, shape.width - 1), min(cell.y, shape.height - 1), min(cell.depth, shape.depth - 1))
    let window = Place(layer: other.layer, grain: .window, position: shape.index(near) + 1)
    return walk.place(window, at: other.grain)
  }

  mutating func undoChange() -> [Effect] {
    guard let last = changes.popLast() else {
      say("There is no live change to undo.")
      return []
    }
    undone.append(UndoneChange(change: last, after: subject))
    return restore(last.before)
  }

  /// Makes the change again that was undone last.
  mutating func redoChange() -> [Effect] {
    guard let last = undone.popLast() else {
      say("There is no undone change to make again.")
      return []
    }
    changes.append(last.change)
    return restore(last.after)
  }

  mutating func resetChanges() -> [Effect] {
    guard let first = changes.first else {
      say("There is no live change to reset.")
      return []
    }
    (changes, undone) = ([], [])
    return restore(first.before)
  }

  private mutating func restore(_ presentation: Presentation) -> [Effect] {
    let (at, before) = (place, network)
    var effects = show(presentation)
    if network.hasSteps(of: before) {
      effects += go(to: at)
    } else if network.layers.count == before.layers.count {
      effects += go(to: place(like: at, over: before))
    }
    return effects + judgeTask()
  }
}

extension Network {
  /// Whether a place in the walk over another network is one in this one too: every map is as large,
  /// and every window has as many products.
  func hasSteps(of other: Network) -> Bool {
    layers.count == other.layers.count
      && zip(layers, other.layers).allSatisfy {
        $0.output == $1.output && $0.productsPerCell == $1.productsPerCell
          && $0.parameters?.filter == $1.parameters?.filter && $0.grains == $1.grains
      }
  }
}
