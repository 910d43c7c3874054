import Canvas
import ConvolutionEngine
import Walkthrough

extension Player {
  /// A key while an address is typed: all text is text, except the key that
  /// began it at once again, as in `gg`.
  mutating func typing(_ key: Key, into text: String) -> [Effect] {
    message = nil
    switch key {
    case .escape:
      overlay = nil
    case .backspace, .delete:
      overlay = text.isEmpty ? nil : .goTo(String(text.dropLast()))
    case .controlU: overlay = .goTo("")
    case _ where text.isEmpty && isGoTo(key) && !beginsALayer(key): return goToStart()
    case .character(let scalar):
      if text.unicodeScalars.count < 60, scalar.value >= 32 {
        overlay = .goTo(text + String(Character(scalar)))
      }
    case .enter: return goTo(typed: text)
    default: break
    }
    return []
  }

  /// A key while a change or a search is typed.
  mutating func typing(_ key: Key, intoField text: String) -> [Effect] {
    message = nil
    var text = text
    switch key {
    case .escape:
      overlay = nil
      return []
    case .enter:
      if case .search = overlay { return search(typed: text) }
      return change(typed: text)
    case .backspace, .delete:
      if text.isEmpty { overlay = nil } else { text.removeLast() }
    case .controlU: text = ""
    case .character(let scalar):
      // What is offered gives way to another place.
      if case .change = overlay, text == changeStart, scalar.properties.isAlphabetic { text = "" }
      if text.unicodeScalars.count < 60, scalar.value >= 32 { text.unicodeScalars.append(scalar) }
    default: break
    }
    switch overlay {
    case .search: overlay = .search(text)
    case .change: overlay = .change(text)
    default: break
    }
    return []
  }

  /// Pasted text goes into an open field and nowhere else: it must not press keys.
  mutating func paste(_ text: String) {
    func longer(_ typed: String) -> String { String((typed + text).prefix(60)) }
    switch overlay {
    case .goTo(let typed): overlay = .goTo(longer(typed))
    case .change(let typed): overlay = .change(longer(typed))
    case .search(let typed): overlay = .search(longer(typed))
    default: break
    }
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
        fail("There is no layer \(position); there are \(network.layers.count).")
        return []
      }
      return jump(to: Place(layer: position - 1, grain: .layer, position: 1))
    }
    let count = walk.count(place)
    guard (0...count).contains(position) else {
      fail("There is no step \(position); \(layer.name) has \(count) \(place.grain.name) steps.")
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
