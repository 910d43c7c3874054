import Canvas
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
  mutating func openSettings() -> [Effect] {
    guard let editor = SettingsEditor(subject, layer: place.layer) else {
      say("\(layer.name) has nothing to set; go to a convolution or a pool.")
      return []
    }
    overlay = .settings(editor)
    return []
  }

  /// A key while settings are changed.
  mutating func pressInSettings(_ key: Key, _ editor: SettingsEditor) -> [Effect] {
    var editor = editor
    message = nil
    if case .character(let scalar) = key, let digit = digit(scalar) {
      if count.count < 3 { count.append(digit) }
      say("The next arrow key goes \(count) times.")
      return []
    }
    let times = takeCount() ?? 1
    switch options.bindings.command(for: key) {
    case _ where key == .enter: return keep(editor)
    case .up: editor.press("Up", times: times) { $0.select(by: -1) }
    case .down: editor.press("Down", times: times) { $0.select(by: 1) }
    case .left, .finer: editor.press("Left", times: times) { $0.change(by: -1) }
    case .right, .coarser: editor.press("Right", times: times) { $0.change(by: 1) }
    case .returnToStop: editor.press("r", times: 1) { $0.changeRounding() }
    case .reset:
      overlay = nil
      return resetChanges()
    case .undo:
      overlay = nil
      return undoChange()
    case .leave, .quit:
      overlay = nil
      return []
    default:
      say(
        "\(keys(.up, .down)) choose a setting, \(keys(.left, .right)) change it, Enter keeps, "
          + "Esc leaves.")
    }
    overlay = .settings(editor)
    return []
  }

  private mutating func keep(_ editor: SettingsEditor) -> [Effect] {
    guard !editor.isUnchanged else {
      overlay = nil
      say("Nothing was changed.")
      return []
    }
    switch editor.outcome {
    case .success(let network):
      overlay = nil
      guard network != subject.network else { return [] }
      let (at, before) = (place, subject)
      let effects = change(to: editor.presentation(network), by: editor.keys + ["Enter"])
      let same = walk.start(ofLayer: at.layer, grain)
      say(kept(walk.layer(same), since: before))
      return effects + go(to: same)
    case .failure(let error):
      fail("\(error)")
      return []
    }
  }

  /// What a kept setting made, and where its new numbers come from.
  private func kept(_ layer: Layer, since before: Presentation) -> String {
    var sentences = ["\(layer.name) is now \(layer.output)."]
    let anew = zip(before.network.layers, network.layers).filter { old, new in
      old.parameters?.weights.count != new.parameters?.weights.count
    }.map(\.1.name)
    if let first = anew.first {
      let others = anew.count == 1 ? "" : " and of \(anew.count - 1) more"
      sentences.append("New weights of \(first)\(others) come from the seed.")
    }
    let (old, new) = (before.network.input, network.input)
    let wider =
      (new.width > old.width ? ["columns"] : []) + (new.height > old.height ? ["rows"] : [])
    if !wider.isEmpty {
      sentences.append("\(network.inputName) repeats its \(wider.joined(separator: " and ")).")
    }
    sentences.append("\(key(.undo)) undoes.")
    return sentences.joined(separator: " ")
  }

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
      beforeChange = before
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
