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
    let before = activations
    let at = place
    var effects = show(presentation)
    if network.hasSteps(of: before.network) {
      // The sizes are the same, so the place is, and what changed can be marked.
      shown.beforeChange = before
      effects += go(to: at)
    }
    return effects
  }

  mutating func undoChange() -> [Effect] {
    guard let last = changes.popLast() else {
      say("There is no live change to undo.")
      return []
    }
    return restore(last.before)
  }

  mutating func resetChanges() -> [Effect] {
    guard let first = changes.first else {
      say("There is no live change to reset.")
      return []
    }
    changes = []
    return restore(first.before)
  }

  private mutating func restore(_ presentation: Presentation) -> [Effect] {
    let at = place
    let isSameShape = presentation.network.hasSteps(of: network)
    var effects = show(presentation)
    if isSameShape { effects += go(to: at) }
    return effects
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
