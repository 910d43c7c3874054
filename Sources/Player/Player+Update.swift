import Canvas
import ConvolutionEngine
import ExactNumbers
import Lessons
import Walkthrough

extension Player {
  /// Changes the player by one event and says what the shell has to do.
  package mutating func update(_ event: Event) -> [Effect] {
    defer { rememberPictures() }
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
    guard options.bindings.command(for: key) == .quit else { return [] }
    return (course.map { [.record($0.record)] } ?? []) + [.quit]
  }

  private mutating func press(_ key: Key) -> [Effect] {
    switch overlay {
    case .goTo(let field): return typing(key, intoGoTo: field)
    case .change(let field):
      return typing(key, into: field) {
        .change($0)
      } submit: {
        $0.change(typed: $1)
      }
    case .search(let field):
      return typing(key, into: field) {
        .search($0)
      } submit: {
        $0.search(typed: $1)
      }
    case .settings(let editor): return pressInSettings(key, editor)
    case .readers(let cell): return pressInReaders(key, cell)
    default: break
    }
    message = nil
    switch overlay {
    case .overview, .path: return overlay.map { pressInPicture(key, $0) } ?? []
    case .table(let table): return pressInTable(key, table)
    default: break
    }
    if overlay != nil { return pressInOverlay(key) }
    if isListShown { return pressInList(key) }
    if let prediction { return pressInPrediction(key, prediction) }
    if let effects = pressInQuestion(key) { return effects }
    if let pending { return finish(pending, with: key) }
    if case .character(let scalar) = key, let digit = digit(scalar) {
      if count.count < 18 { count.append(digit) }
      return []
    }
    guard let command = options.bindings.command(for: key) else {
      count = ""
      say("\(name(of: key)) does nothing here; \(self.key(.help)) lists the keys.")
      return []
    }
    return perform(command)
  }

  /// A key's name, or `That key` for a character that takes no single column.
  func name(of key: Key) -> String {
    let name = key.name(ascii: options.ascii)
    guard case .character(let scalar) = key else { return name }
    let isShown = options.ascii ? scalar.isASCII : visibleScalar(scalar) == scalar
    return isShown ? name : "That key"
  }

  /// A digit of a count: 0 only continues one, alone it goes to the row's start.
  func digit(_ scalar: Unicode.Scalar) -> Character? {
    guard ("0"..."9").contains(scalar), !(scalar == "0" && count.isEmpty) else { return nil }
    return Character(scalar)
  }

  private mutating func pressInOverlay(_ key: Key) -> [Effect] {
    let command = options.bindings.command(for: key)
    overlay = nil
    switch command {
    case .redraw: return [.redraw]
    default: return []
    }
  }

  private mutating func tick() -> [Effect] {
    guard isPlaying else { return [] }
    if let next = walk.place(place, movedBy: 1, wanted: grain) {
      return go(to: next)
    }
    isPlaying = false
    say("The walk is at its end.")
    return []
  }

  /// Runs a command, with the count typed before it.
  mutating func perform(_ command: Command) -> [Effect] {
    let count = takeCount()
    let wasPlaying = isPlaying
    if command != .slower, command != .faster { isPlaying = false }
    if isArrow(command), let course, course.hasNothingToMove {
      say("Nothing moves here; \(key(.next)) goes on.")
      return []
    }
    if command.isMotion, course?.movesPattern != true { wander() }
    switch command {
    case .next:
      if wasPlaying { return [] }
      if let course, !course.isWandering { return goOn() }
      return moveSteps(count ?? 1)
    case .back:
      if let course, !course.isWandering { return moveStop(by: -1) }
      return moveSteps(-(count ?? 1))
    case .coarser: return changeGrain(by: 1)
    case .finer: return changeGrain(by: -1)
    case .left: return move(dx: -(count ?? 1), dy: 0)
    case .right: return move(dx: count ?? 1, dy: 0)
    case .up: return move(dx: 0, dy: -(count ?? 1))
    case .down: return move(dx: 0, dy: count ?? 1)
    case .nextDepth: return showDepth(by: count ?? 1)
    case .previousDepth: return showDepth(by: -(count ?? 1))
    case .nextMap: return moveMap(by: count ?? 1)
    case .previousMap: return moveMap(by: -(count ?? 1))
    case .nextLayer: return moveLayer(by: count ?? 1)
    case .previousLayer: return moveLayer(by: -(count ?? 1))
    case .rowStart: return moveToRowEdge(end: false)
    case .rowEnd: return moveToRowEdge(end: true)
    case .first: return jump(to: walk.start(ofLayer: place.layer, grain))
    case .last:
      guard let count else { return jump(to: walk.end(ofLayer: place.layer, grain)) }
      return goToPosition(count)
    case .goTo:
      return show(.goTo(TextField(limit: Player.longestLine, count.map { "\($0)" } ?? "")))
    case .mark, .jumpToMark:
      pending = command
      say(
        command == .mark
          ? "Mark: press a letter."
          : "Go to mark: press its letter, or \(key(.jumpToMark)) again.")
      return []
    case .autoplay:
      isPlaying = !wasPlaying
      return []
    case .slower, .faster:
      let level = speed.level + (command == .faster ? 1 : -1)
      speed.level = min(max(level, 0), Speed.milliseconds.count - 1)
      say("One step every \(Number(Int128(speed.milliseconds), over: 1000).text) s.")
      return []
    case .notation:
      notation = notation.next
      say("Code in \(notation.title).")
      return []
    case .predict: return predict()
    case .settings: return openSettings()
    case .change:
      return show(.change(TextField(limit: Player.longestLine, changeStart, isOffer: true)))
    case .undo: return undoChange()
    case .reset: return resetChanges()
    case .readers: return showReaders()
    case .weightUse: return showWeightUse()
    case .search: return show(.search(TextField(limit: Player.longestLine)))
    case .searchNext: return searchAgain(forward: true)
    case .searchBack: return searchAgain(forward: false)
    case .nextStop: return moveStop(by: 1)
    case .previousStop: return moveStop(by: -1)
    case .returnToStop: return returnToStop()
    case .formula: return show(.formula)
    case .overview: return show(.overview)
    case .table: return show(.table(NetworkTable(network, selected: place.layer)))
    case .path: return showPath()
    case .commandLine: return show(.commandLine)
    case .help: return show(.help)
    case .leave, .quit:
      if command == .leave, evaluating != nil { return cancelEvaluation() }
      if course != nil, list != nil || command == .quit { return leaveLesson() }
      if command == .quit { return [.quit] }
      if chosenDepth == nil { say("Nothing is above this; q leaves it.") }
      chosenDepth = nil
      return []
    case .redraw: return [.redraw]
    }
  }

  private func isArrow(_ command: Command) -> Bool {
    [.left, .right, .up, .down].contains(command)
  }

  private mutating func show(_ overlay: Overlay) -> [Effect] {
    self.overlay = overlay
    return []
  }

  mutating func takeCount() -> Int? {
    defer { count = "" }
    return Int(count)
  }

  /// Tells what a person should know of the files before the first key.
  package mutating func tell(_ notes: [String]) {
    guard let first = notes.first else { return }
    say(notes.count == 1 ? first : "\(first) And \(notes.count - 1) more, told when you leave.")
  }

  mutating func say(_ text: String) { message = Message(text: text) }
  mutating func fail(_ text: String) { message = Message(text: text, isError: true) }

  private mutating func finish(_ command: Command, with key: Key) -> [Effect] {
    pending = nil
    if command == .jumpToMark, options.bindings.command(for: key) == .jumpToMark {
      guard let beforeJump else {
        say("No jump yet to go back from.")
        return []
      }
      return jump(to: beforeJump)
    }
    guard case .character(let letter) = key else { return [] }
    if command == .mark {
      marks[letter] = place
      say("Mark \(letter) is set: \(self.key(.jumpToMark)) and \(letter) come back here.")
      return []
    }
    guard let mark = marks[letter] else {
      say("There is no mark \(letter); \(self.key(.mark)) and a letter set one.")
      return []
    }
    grain = mark.grain
    return jump(to: mark)
  }

  /// Shows the same place at another grain.
  package mutating func use(_ grain: Grain) -> [Effect] {
    self.grain = grain
    return go(to: walk.place(place, at: grain))
  }

  /// Moves a list that is shown, else the walk; over what covers the walk it does nothing, for
  /// another stop may bring another network than the one that is written there.
  private mutating func turnWheel(_ distance: Int) -> [Effect] {
    if case .table(var table) = overlay {
      table.move(distance, in: network)
      overlay = .table(table)
      return []
    }
    guard overlay == nil, prediction == nil else { return [] }
    if isListShown {
      list?.move(distance)
      return []
    }
    return perform(distance < 0 ? .back : .next)
  }

  private mutating func click(_ point: Point) -> [Effect] {
    message = nil
    let action = screen().action(at: point)
    guard overlay == nil else {
      overlay = nil
      if case .walkInto(let index) = action { return walkInto(layer: index) }
      return []
    }
    guard let action else { return [] }
    isPlaying = false
    switch action {
    case .goTo(let address): return goTo(address)
    case .chooseLesson(let index):
      list?.selected = index
      return list.map { [.openLesson($0.entries[index].name)] } ?? []
    case .walkInto(let index): return walkInto(layer: index)
    case .showDepth(let depth):
      chosenDepth = depth
      return []
    case .useGrain(let grain): return use(grain)
    }
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
