import Canvas
import Walkthrough

extension Player {
  /// Changes the player by one event and says what the shell has to do.
  package mutating func update(_ event: Event) -> [Effect] {
    let before = place
    var effects = follow(event)
    if place != before { effects += noteEndOfWalk() }
    if effects.contains(.quit) { return effects }
    // What is drawn anew at once has what it needs.
    return evaluateWanted() + effects
  }

  private mutating func follow(_ event: Event) -> [Effect] {
    guard hasRoom || !event.isOfPerson else { return updateUnseen(event) }
    switch event {
    case .key(let key): return press(key)
    case .click(let point): return click(point)
    case .wheel(let up, _): return turnWheel(up ? -1 : 1)
    case .resized(let size):
      self.size = size
      return [.redraw]
    case .tick: return tick()
    case .pasted(let text):
      paste(text)
      return []
    case .foundWideGlyphs:
      (options.ascii, options.hasWideGlyphs) = (true, true)
      return [.redraw]
    case .interrupted: return [.quit]
    }
  }

  /// What a person does who sees no walk but only how large the screen must be: nothing that could
  /// not be seen is done.
  private mutating func updateUnseen(_ event: Event) -> [Effect] {
    guard case .key(let key) = event else { return [] }
    if key == .escape { return press(key) }
    guard command(for: key) == .program(.quit) else { return [] }
    return (course.map { [.record($0.record)] } ?? []) + [.quit]
  }

  /// A key goes to what is open, else to the list or to a question, else it asks for a command.
  private mutating func press(_ key: Key) -> [Effect] {
    status.message = nil
    status.changing = nil
    if let overlay { return press(key, on: overlay) }
    if let list, isListShown { return press(key, in: list) }
    if let effects = pressInQuestion(key) { return effects }
    if let pending = status.pending { return finish(pending, with: key) }
    if takeDigit(key, atMost: 18) { return [] }
    if BackwardScreen.isOwn(key, BackwardScreen.weightsKey, of: self),
      let screen = lookAroundBack()
    {
      return press(key, on: screen.overlay)
    }
    guard let command = command(for: key) else {
      status.count = ""
      say("\(name(of: key)) does nothing here; \(self.key(.help)) lists the keys.")
      return []
    }
    return perform(command)
  }

  /// A digit of a count: 0 only continues one, alone it goes to the row's start.
  mutating func takeDigit(_ key: Key, atMost most: Int) -> Bool {
    guard case .character(let scalar) = key, ("0"..."9").contains(scalar),
      !(scalar == "0" && status.count.isEmpty)
    else { return false }
    if status.count.count < most { status.count.append(Character(scalar)) }
    return true
  }

  private mutating func tick() -> [Effect] {
    guard isPlaying else { return [] }
    if let next = walk.place(place, movedBy: 1, wanted: grain) {
      return go(to: next)
    }
    status.isPlaying = false
    say("The walk is at its end.")
    return []
  }

  /// Moves what is open or the list, else the walk; over what covers the walk it does nothing, for
  /// another stop may bring another network than the one that is written there.
  private mutating func turnWheel(_ distance: Int) -> [Effect] {
    if var content = overlay?.content {
      content.turnWheel(by: distance, in: view)
      overlay = content.overlay
      return []
    }
    if isListShown {
      list?.move(distance)
      return []
    }
    return perform(.move(distance < 0 ? .back : .next))
  }

  private mutating func click(_ point: Point) -> [Effect] {
    status.message = nil
    let action = screen().action(at: point)
    if case .press(let key) = action { return press(key) }
    if let overlay { return click(action, on: overlay) }
    guard let action else { return [] }
    status.isPlaying = false
    switch action {
    case .goTo(let address): return visit(address)
    case .chooseLesson(let index):
      review = nil
      list?.selected = index
      return list.map { [.openLesson($0.entries[index].name)] } ?? []
    case .walkInto(let index): return walkInto(layer: index)
    case .showDepth(let depth):
      shown.chosenDepth = depth
      return []
    case .useGrain(let grain): return show(grain)
    case .overview, .chooseLine, .press: return []
    }
  }

  /// Pasted text goes into an open field and nowhere else: it must not press keys.
  private mutating func paste(_ text: String) {
    status.message = nil
    var limit: Int?
    let isOpen = editOpenField { field in
      if !field.paste(text) { limit = field.limit }
    }
    if let limit {
      fail("What was pasted is too long: there is room for \(limit) characters. Nothing was added.")
    } else if !isOpen {
      say("What was pasted is not used here: no field is open.")
    }
  }

  /// Changes the field that is open, if one is, whatever it belongs to; returns whether one was.
  private mutating func editOpenField(_ edit: (inout TextField) -> Void) -> Bool {
    if var content = overlay?.content {
      let isOpen = content.edit(edit, in: view)
      overlay = content.overlay
      return isOpen
    }
    if isListShown { return list?.edit(edit) ?? false }
    return course?.edit(edit) ?? false
  }
}

extension Event {
  /// Whether a person did it, looking at the screen.
  fileprivate var isOfPerson: Bool {
    switch self {
    case .key, .pasted, .click, .wheel: true
    case .resized, .foundWideGlyphs, .tick, .interrupted: false
    }
  }
}
