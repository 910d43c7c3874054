import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Lessons
import Walkthrough

/// The frame around every screen of the walk: the title with grain and position, the message,
/// and the keys that are valid now.
extension Player {
  /// The smallest screen that holds a walk.
  package static let smallest = Size(columns: 80, rows: 24)

  var hasRoom: Bool {
    size.columns >= Player.smallest.columns && size.rows >= Player.smallest.rows
  }

  /// Draws the whole screen.
  package func screen() -> Screen {
    guard hasRoom else { return tooSmall() }
    var screen = Screen(size)
    switch overlay {
    case .help: drawHelp(&screen)
    case .formula: drawFormula(&screen)
    case .commandLine: drawCommandLine(&screen)
    case .settings(let editor): drawSettings(&screen, editor)
    case .readers(let cell): drawReaders(&screen, of: cell)
    case .weightUse(let place, let map): drawWeightUse(&screen, of: place, map: map)
    case .overview: drawOverview(&screen)
    case .table(let table): drawNetworkTable(&screen, table)
    case .path(let first): drawPath(&screen, first: first)
    case .goTo, .change, .search, nil:
      if let list, isListShown {
        drawList(&screen, list)
      } else {
        drawMain(&screen)
      }
    }
    if options.ascii { screen.frame = screen.frame.ascii() }
    return screen
  }

  private func drawMain(_ screen: inout Screen) {
    if let course {
      drawStop(&screen, course)
    } else {
      drawTitle(&screen)
      drawWalk(&screen)
    }
    if let prediction {
      screen.frame.clear(rows: coveredRows)
      screen.forgetTargets(rows: coveredRows)
      drawQuestion(&screen, prediction, rows: coveredRows)
    }
    drawMessage(&screen)
    drawFooter(&screen)
  }

  private func tooSmall() -> Screen {
    var screen = Screen(size)
    let lines = [
      "convwalk needs 80×24;", "this is \(size.columns)×\(size.rows).", "Enlarge it, or q quits.",
    ]
    for (row, line) in lines.enumerated() where row < size.rows {
      screen.put(line, 0, row, before: size.columns)
    }
    if options.ascii { screen.frame = screen.frame.ascii() }
    return screen
  }

  private func drawTitle(_ screen: inout Screen) {
    let position = positionText
    let grainsWidth = Grain.allCases.reduce(0) { $0 + $1.name.count + 1 } + 1
    let right = size.columns - 1 - position.unicodeScalars.count
    let grainsStart = 22
    screen.put(subject.title, 1, 0, .heading, before: grainsStart - 1)
    var column = grainsStart
    if grainsStart + grainsWidth < right {
      for grain in Grain.allCases {
        let isCurrent = grain == place.grain
        let text = isCurrent ? "[\(grain.name)]" : grain.name
        let role: Role = isCurrent ? .current : layer.grains.contains(grain) ? .plain : .faint
        let end = screen.frame.put(text, column, 0, role)
        if layer.grains.contains(grain) {
          screen.add(.useGrain(grain), columns: column..<end, row: 0)
        }
        column = end + 1
      }
    } else {
      column = screen.frame.put("[\(place.grain.name)]", column, 0, .current)
    }
    screen.put(
      position, max(column + 1, size.columns - position.unicodeScalars.count), 0,
      before: size.columns)
  }

  /// `v  513 of 3,200`
  private var positionText: String {
    if place.grain == .layer {
      return "\(place.layer + place.position) of \(network.layers.count)"
    }
    return "\(layer.name)  \(grouped(place.position)) of \(grouped(walk.count(place)))"
  }

  func drawMessage(_ screen: inout Screen) {
    let row = size.rows - 2
    if let field {
      let text = message?.text ?? field.explanation
      screen.put(text, 1, row, message == nil ? .message : .bad, before: size.columns)
      let end = screen.frame.put(field.label, 1, row + 1, .heading)
      screen.put(field.text + "_", end, row + 1, .current, before: size.columns - 24)
      screen.frame.put("Enter go  Esc leave", endingAt: size.columns - 1, row + 1, .key)
      return
    }
    if let message {
      draw(&screen, message)
    } else if !count.isEmpty {
      screen.put("Count: \(count)", 1, row, .message, before: size.columns)
    } else if isPlaying {
      screen.put(
        "Playing, a step every \(Number(Int128(speed.milliseconds), over: 1000).text) s.  "
          + "\(key(.next)) pauses, \(key(.slower)) slower, \(key(.faster)) faster.", 1, row,
        .message, before: size.columns)
    } else if let evaluating, activations.inputs(of: place.layer) != nil {
      drawProgress(&screen, evaluating, row: row)
    }
  }

  /// A message above the footer; one that is longer than its row takes the row above too, if
  /// nothing stands there.
  func draw(_ screen: inout Screen, _ message: Message) {
    let (width, row) = (size.columns - 1, size.rows - 2)
    let isAboveBlank = (0..<size.columns).allSatisfy {
      screen.frame.isBlank(Point(column: $0, row: row - 1))
    }
    let room = isAboveBlank ? 2 : 1
    var lines = wrapped(message.text, to: width)
    if lines.count > room { lines = wrapped(message.text.withShortWords, to: width) }
    if lines.count > room {
      let rest = lines[(room - 1)...].joined(separator: " ")
      lines = lines[..<(room - 1)] + [cut(rest, to: width)]
    }
    for (index, line) in lines.enumerated() {
      let role: Role = message.isError ? .bad : .message
      screen.frame.put(line, 1, row + 1 - lines.count + index, role)
    }
  }

  /// The line that is being typed.
  private var field: (label: String, text: String, explanation: String)? {
    switch overlay {
    case .goTo(let field):
      (
        "Go to: ", field.text,
        "An address like \(exampleAddress), a step number, or +5. \(key(.goTo))\(key(.goTo)): start."
      )
    case .change(let field):
      ("Change: ", field.text, "A place and its new number, for example \(exampleChange)")
    case .search(let field):
      (
        "Search: ", field.text,
        "negative, tie, max or change; \(key(.searchNext)) and \(key(.searchBack)) find the next and the "
          + "one before."
      )
    default: nil
    }
  }

  private var exampleAddress: String {
    let shape = layer.output
    return "\(layer.name)\(Cell(min(1, shape.width - 1), min(1, shape.height - 1), 0))"
  }

  private func drawFooter(_ screen: inout Screen) {
    guard field == nil else { return }
    // In a question `?` is typed: it asks for a hint.
    drawKeys(&screen, hints, hasHelp: !isTypingAnswer)
  }

  /// Whether keys go into a question's field.
  private var isTypingAnswer: Bool {
    if let prediction { return !prediction.isAnswered }
    guard let course, !course.isWandering, case .asking(let asking) = course.phase else {
      return false
    }
    return !asking.isAnswered
  }

  /// Keys and what they do, as many as fit; help is the last.
  func drawKeys(_ screen: inout Screen, _ hints: [Hint], hasHelp: Bool = true) {
    let row = size.rows - 1
    let help = hasHelp ? "\(key(.help)) help" : ""
    let end = size.columns - 1
    var column = 1
    for hint in hints where hint.keys != Player.noKey {
      let rest = hasHelp ? 2 + help.unicodeScalars.count : 0
      guard column + hint.text.unicodeScalars.count + rest <= end else {
        continue
      }
      let keyEnd = screen.frame.put(hint.keys, column, row, .key)
      column = screen.frame.put(" " + hint.label, keyEnd, row, .faint) + 2
    }
    guard hasHelp else { return }
    let keyEnd = screen.frame.put(key(.help), column, row, .key)
    screen.frame.put(" help", keyEnd, row, .faint)
  }

  private func questionHints(_ asking: Asking) -> [Hint] {
    asking.isAnswered
      ? [Hint(keys: key(.next), label: "go on")]
      : [
        Hint(keys: "Enter", label: "answer"), Hint(keys: "? Enter", label: "hint"),
        Hint(keys: "?? Enter", label: "show it"),
      ]
        + (course == nil || prediction != nil
          ? [Hint(keys: "Esc", label: "leave")]
          : [
            Hint(keys: "Esc", label: "look"), Hint(keys: "Esc \(key(.quit))", label: "quit"),
            Hint(keys: "PgDn", label: "skip"),
          ])
  }

  /// The keys of a stop; nil where the walk's own are valid.
  private var courseHints: [Hint]? {
    guard let course else { return nil }
    if course.isWandering {
      return [Hint(keys: key(.returnToStop), label: "back to the stop")] + walkHints
    }
    switch course.phase {
    case .asking(let asking):
      return questionHints(asking) + (asking.isAnswered && course.movesPattern ? [moveHint] : [])
    case .summary:
      return [
        Hint(keys: key(.next), label: list == nil ? "leave" : "all lessons"),
        Hint(keys: key(.previousStop), label: "back"),
        Hint(keys: moveHint.keys, label: "look around"),
      ]
    case .reading, .arrived, .after:
      let skip = Hint(keys: key(.nextStop), label: "skip")
      let back = course.stopIndex > 0 ? [Hint(keys: key(.previousStop), label: "back")] : []
      return [Hint(keys: key(.next), label: "go on"), skip]
        + back + stopHints(course)
    }
  }

  /// What leads away from a stop, or moves what it shows.
  private func stopHints(_ course: Course) -> [Hint] {
    if course.movesPattern { return course.awaitsAnswer ? [] : [moveHint] }
    switch course.stop.view {
    case .text: return []
    // An arrow leaves these for the walk.
    case .table, .strip, .readers, .stretched: return [Hint(keys: arrows, label: "look around")]
    case .walk, .column, .shift: return walkHints
    }
  }

  private var moveHint: Hint { Hint(keys: arrows, label: "move") }

  private var walkHints: [Hint] {
    let depths = shownDepths.count > 1 && place.grain < .map
    return [moveHint]
      + (depths ? [Hint(keys: key(.nextDepth), label: "depth")] : [])
      + [Hint(keys: key(.goTo), label: "go to")]
  }

  struct Hint {
    let keys: String
    let label: String
    var text: String { "\(keys) \(label)" }
  }

  /// The first key of a command; `(no key)` where the person has taken all away.
  func key(_ command: Command) -> String {
    let name = options.bindings.name(of: command, ascii: options.ascii)
    return name.isEmpty ? Player.noKey : name
  }

  /// A key of one character where the command has one.
  func shortKey(_ command: Command) -> String {
    let names = options.bindings.keys(of: command).map { $0.name(ascii: options.ascii) }
    return names.first { $0.unicodeScalars.count == 1 } ?? key(command)
  }

  private static let noKey = "(no key)"

  /// The first keys of commands that belong together: `↑↓`, or `Up Down` where each is a word.
  func keys(_ commands: Command...) -> String {
    let names = commands.map(key)
    return names.joined(separator: names.allSatisfy { $0.unicodeScalars.count == 1 } ? "" : " ")
  }

  /// The keys that move what is in brackets.
  var arrows: String {
    let standard: [Key] = [.left, .down, .up, .right]
    let commands: [Command] = [.left, .down, .up, .right]
    let isStandard = zip(commands, standard).allSatisfy {
      options.bindings.keys(of: $0).first == $1
    }
    return isStandard && options.ascii ? "arrows" : keys(.left, .down, .up, .right)
  }

  /// The keys that lead on from here, most telling first.
  private var hints: [Hint] {
    if let prediction { return questionHints(prediction) }
    if let courseHints { return courseHints }
    var hints: [Hint] = []
    if isPlaying {
      return [
        Hint(keys: key(.next), label: "pause"), Hint(keys: key(.slower), label: "slower"),
        Hint(keys: key(.faster), label: "faster"),
      ]
    }
    let isAtEnd = walk.place(place, movedBy: 1, wanted: grain) == nil
    let isAtStart = place == walk.start(grain)
    if !isAtEnd { hints.append(Hint(keys: key(.next), label: "next")) }
    if !isAtStart { hints.append(Hint(keys: key(.back), label: "back")) }
    if place.grain > (layer.grains.first ?? .product) {
      hints.append(Hint(keys: key(.finer), label: "finer"))
    }
    if place.grain < .layer { hints.append(Hint(keys: key(.coarser), label: "coarser")) }
    if !isAtStart { hints.append(Hint(keys: arrows, label: "move")) }
    if place.grain == .window, shownDepths.count > 1 {
      hints.append(Hint(keys: key(.nextDepth), label: "depth"))
    }
    if place.grain == .window, layer.output.depth > 1, place.position > 0 {
      hints.append(Hint(keys: key(.nextMap), label: "map"))
    }
    if network.layers.count > 1, place.grain >= .map || isAtEnd {
      hints.append(Hint(keys: key(.nextLayer), label: "layer"))
    }
    // Of a whole layer the sizes and the code are what there is to see.
    let formula = Hint(keys: key(.formula), label: "formula")
    let isLayer = place.grain == .layer
    if isLayer { hints += [formula, Hint(keys: key(.notation), label: "code")] }
    hints.append(Hint(keys: key(.goTo), label: "go to"))
    hints.append(Hint(keys: key(.autoplay), label: "auto"))
    return isLayer ? hints : hints + [formula]
  }
}
