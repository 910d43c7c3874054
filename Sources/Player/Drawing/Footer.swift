import Canvas
import ExactNumbers
import FastEvaluation
import Walkthrough

/// The last row of a screen.
enum Footer {
  /// Keys and what they do, as many as fit; help is the last.
  case keys([Hint], hasHelp: Bool = true)
  /// A line that is being typed, and the keys that end it.
  case line(label: String, text: String, keys: String)
  /// A question for one key.
  case question(String)
  case anyKeyCloses
}

extension View {
  func draw(_ footer: Footer, on screen: inout Screen) {
    let row = size.rows - 1
    switch footer {
    case .keys(let hints, let hasHelp): drawKeys(&screen, hints, hasHelp: hasHelp)
    case .line(let label, let text, let keys):
      let end = screen.frame.put(label, 1, row, .heading)
      screen.put(text + "_", end, row, .current, before: size.columns - 24)
      screen.frame.cursor = Point(
        column: min(end + text.unicodeScalars.count, size.columns - 25), row: row)
      screen.frame.put(keys, endingAt: size.columns - 1, row, .key)
    case .question(let text): screen.frame.put(text, 1, row, .bad)
    case .anyKeyCloses:
      screen.frame.put("Any key", 1, row, .key)
      screen.frame.put("closes this", 9, row, .faint)
    }
  }

  private func drawKeys(_ screen: inout Screen, _ hints: [Hint], hasHelp: Bool) {
    let row = size.rows - 1
    let help = hasHelp ? "\(key(.help)) help" : ""
    let end = size.columns - 1
    var column = 1
    for hint in hints where hint.keys != Hint.noKey {
      let rest = hasHelp ? 2 + help.unicodeScalars.count : 0
      guard column + hint.text.unicodeScalars.count + rest <= end else {
        continue
      }
      column = draw(hint, on: &screen, column, row) + 2
    }
    guard hasHelp else { return }
    draw(Hint(keys: key(.help), label: "help"), on: &screen, column, row)
  }

  /// A click on a hint of one key presses it; returns the column after it.
  @discardableResult
  private func draw(_ hint: Hint, on screen: inout Screen, _ column: Int, _ row: Int) -> Int {
    let keyEnd = screen.frame.put(hint.keys, column, row, .key)
    let end = screen.frame.put(" " + hint.label, keyEnd, row, .faint)
    if let key = options.bindings.key(named: hint.keys, ascii: options.ascii) {
      screen.add(.press(key), columns: column..<end, row: row)
    }
    return end
  }

  /// What the row above the footer tells.
  func drawStatus(_ screen: inout Screen) {
    let row = size.rows - 2
    if let message = status.message {
      draw(message, on: &screen)
    } else if !status.count.isEmpty {
      screen.put("Count: \(status.count)", 1, row, .message, before: size.columns)
    } else if status.isPlaying {
      let pace = Number(Int128(status.speed.milliseconds), over: 1000).text
      screen.put(
        "Playing, a step every \(pace) s.  \(key(.next)) pauses, \(key(.slower)) slower, "
          + "\(key(.faster)) faster.", 1, row, .message, before: size.columns)
    } else if let evaluating = status.evaluating,
      evaluating.goal.isForOverview || activations.inputs(of: place.layer) != nil
    {
      drawProgress(&screen, for: evaluating, row: row)
    }
  }

  /// The message alone, where nothing else can be told.
  func drawMessage(_ screen: inout Screen) {
    if let message = status.message { draw(message, on: &screen) }
  }

  /// A message above the footer, in as many of the rows above as it needs, if nothing stands there;
  /// what is wrong is told whole, over what stands there too.
  private func draw(_ message: Status.Message, on screen: inout Screen) {
    let (width, bottom) = (size.columns - 1, size.rows - 1)
    var lines = message.lines(of: width)
    var free = 1
    while free < lines.count, screen.frame.isBlank(row: bottom - 1 - free) { free += 1 }
    if lines.count > min(free, 2) { lines = message.lines(of: width, withShortWords: true) }
    let room = message.isError ? max(free, min(lines.count, size.rows / 2)) : free
    if lines.count > room {
      let rest = lines[(room - 1)...].joined(separator: " ")
      lines = lines[..<(room - 1)] + [cut(rest, to: width)]
    }
    let top = bottom - lines.count
    if lines.count > free {
      screen.frame.clear(rows: top..<bottom)
      screen.forgetTargets(rows: top..<bottom)
    }
    for (index, line) in lines.enumerated() {
      screen.frame.put(line, 1, top + index, message.isError ? .bad : .message)
    }
  }
}

extension Status.Message {
  /// Its lines, each wrapped.
  fileprivate func lines(of width: Int, withShortWords isShort: Bool = false) -> [String] {
    text.split(separator: "\n").flatMap { line in
      wrapped(isShort ? String(line).withShortWords : String(line), to: width)
    }
  }
}
