import Canvas
import ConvolutionEngine
import Walkthrough

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
    switch options.bindings.command(for: key) {
    case _ where key == .enter: return keep(editor)
    case .up: editor.selected = max(0, editor.selected - 1)
    case .down:
      editor.selected = min(editor.fields.count - 1, editor.selected + 1)
    case .left, .finer: editor.change(by: -1)
    case .right, .coarser: editor.change(by: 1)
    case .returnToStop: editor.changeRounding()
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
      let at = place
      let effects = change(to: editor.presentation(network))
      let same = walk.start(ofLayer: at.layer, grain)
      say(
        "\(layer.name) is now \(walk.layer(same).output). \(key(.undo)) undoes, \(key(.reset)) resets."
      )
      return effects + go(to: same)
    case .failure(let error):
      fail("\(error)")
      return []
    }
  }

  /// Puts a changed network or input on the screen; `u` takes it back.
  mutating func change(to presentation: Presentation) -> [Effect] {
    changes.append(subject)
    let before = activations
    let at = place
    var effects = show(presentation)
    if before.network.layers.map(\.output) == network.layers.map(\.output) {
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
    return restore(last)
  }

  mutating func resetChanges() -> [Effect] {
    guard let first = changes.first else {
      say("There is no live change to reset.")
      return []
    }
    changes = []
    return restore(first)
  }

  private mutating func restore(_ presentation: Presentation) -> [Effect] {
    let at = place
    let isSameShape =
      presentation.network.layers.map(\.output) == network.layers.map(\.output)
    var effects = show(presentation)
    if isSameShape { effects += go(to: at) }
    return effects
  }
}
