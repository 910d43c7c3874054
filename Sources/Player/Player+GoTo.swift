import Canvas
import ConvolutionEngine
import Walkthrough

extension Player {
  /// A key while an address is typed: all text is text, except the key that
  /// began it at once again, as in `gg`.
  mutating func typing(_ key: Key, intoGoTo field: TextField) -> [Effect] {
    if field.text.isEmpty, isGoTo(key), !beginsALayer(key) { return goToStart() }
    return typing(key, into: field) {
      .goTo($0)
    } submit: {
      $0.goTo(typed: $1)
    }
  }

  /// A key while a line is typed.
  ///
  /// - Parameters:
  ///   - overlay: the line's overlay, with another text.
  ///   - submit: what Enter does.
  mutating func typing(
    _ key: Key, into field: TextField, _ overlay: (TextField) -> Overlay,
    submit: (inout Player, String) -> [Effect]
  ) -> [Effect] {
    message = nil
    switch key {
    case .escape: self.overlay = nil
    case .enter: return submit(&self, field.text)
    case .backspace where field.text.isEmpty, .delete where field.text.isEmpty: self.overlay = nil
    default:
      var field = field
      field.type(key)
      self.overlay = overlay(field)
    }
    return []
  }

  private func isGoTo(_ key: Key) -> Bool { options.bindings.command(for: key) == .goTo }

  private func beginsALayer(_ key: Key) -> Bool {
    guard case .character(let scalar) = key else { return false }
    return network.layers.contains { $0.name.unicodeScalars.first == scalar }
  }

  private mutating func goToStart() -> [Effect] {
    overlay = nil
    return jump(to: walk.start(ofLayer: place.layer, grain))
  }

  private mutating func goTo(typed text: String) -> [Effect] {
    let text = text.filter { $0 != " " }
    // Where a layer's name begins with g, a second g may be that name's; then Enter decides.
    if text == key(.goTo), network.layer(named: text) == nil { return goToStart() }
    if text.isEmpty {
      overlay = nil
      return []
    }
    if text.hasPrefix("+") || text.hasPrefix("-"), let distance = Int(text) {
      overlay = nil
      return moveSteps(distance)
    }
    if let position = Int(text) {
      overlay = nil
      return goToPosition(position)
    }
    do throws(AddressError) {
      let address = try Address(parsing: text)
      _ = try walk.place(of: address)
      overlay = nil
      return goTo(address)
    } catch {
      fail("\(error)")
      return []
    }
  }

  /// The person left the stop's place; `r` returns.
  mutating func wander() {
    guard let course, !course.isWandering else { return }
    // At the end it is the lesson's own network that one looks around in.
    let own = Presentation(course.lesson)
    if course.phase == .summary, subject != own { _ = show(own) }
    self.course?.isWandering = true
  }

  /// Goes to an address, at the grain that it names.
  package mutating func goTo(_ address: Address) -> [Effect] {
    do throws(AddressError) {
      let target = try walk.place(of: address)
      grain = target.grain
      return jump(to: target)
    } catch {
      fail("\(error)")
      return []
    }
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

  /// Goes somewhere that is not the next step, and remembers where from.
  mutating func jump(to target: Place) -> [Effect] {
    wander()
    if target != place { beforeJump = place }
    return go(to: target)
  }

  mutating func go(to target: Place) -> [Effect] {
    if target.layer != place.layer || target.grain < .window { chosenDepth = nil }
    place = target
    settle()
    return evaluateWanted()
  }
}
