/// What the bytes of a terminal mean.
package enum Input: Hashable, Sendable {
  case event(Event)
  /// Ctrl-Z: the program should stop and give the terminal back for a while.
  case suspend
}

/// Turns the bytes that a terminal sends into events, whatever the bytes are.
///
/// `ESC [ A` is the up arrow, and so is `ESC O A`. A sequence that is unknown, broken or cut off
/// has no effect, and neither has invalid UTF-8: what is left of either never runs as a command.
/// The grammar of sequences is ECMA-48, section 5.4; the mouse's is xterm's "SGR" mode.
package struct InputDecoder: Sendable {
  private enum State {
    case ground
    /// Inside a character of several bytes.
    case character(value: UInt32, missing: Int, least: UInt32)
    case escape
    case sequence(ControlSequence)
    /// The three bytes after `ESC [ M`: button, column, row.
    case oldMouse([UInt8])
    /// The letter after `ESC [ [`: a function key of the Linux console.
    case consoleFunctionKey
    /// A string meant for a terminal, up to BEL or `ESC \`.
    case string(afterEscape: Bool)
    case paste(PastedText)
  }

  private var state = State.ground
  private let escapeDelay: Int

  /// - Parameter escapeDelay: how many milliseconds after ESC it is the Escape key.
  package init(escapeDelay: Int = 25) {
    self.escapeDelay = escapeDelay
  }

  /// How many milliseconds the next byte may take before `giveUp` is due; nil if none is awaited.
  package var patience: Int? {
    switch state {
    case .ground: nil
    case .escape: escapeDelay
    case .paste: 1000
    default: max(escapeDelay, 250)
    }
  }

  /// Takes bytes in the order they came; returns what is complete with them.
  package mutating func decode(_ bytes: some Sequence<UInt8>) -> [Input] {
    var inputs: [Input] = []
    for byte in bytes { take(byte, &inputs) }
    return inputs
  }

  /// Settles what was begun when nothing more came in time: a lone ESC is the Escape key, an
  /// unended paste ends, anything else is dropped.
  package mutating func giveUp() -> [Input] {
    defer { state = .ground }
    switch state {
    case .escape: return [.event(.key(.escape))]
    case .paste(let text): return [.event(.pasted(text.text))]
    default: return []
    }
  }

  private mutating func take(_ byte: UInt8, _ inputs: inout [Input]) {
    switch state {
    case .ground: takeFirst(byte, &inputs)
    case .character(let value, let missing, let least):
      takeContinuation(byte, value: value, missing: missing, least: least, &inputs)
    case .escape: takeAfterEscape(byte, &inputs)
    case .sequence(let sequence): takeInSequence(byte, sequence, &inputs)
    case .oldMouse(let bytes): takeInOldMouse(bytes + [byte], &inputs)
    case .consoleFunctionKey: state = .ground
    case .string(let afterEscape): takeInString(byte, afterEscape: afterEscape, &inputs)
    case .paste(var text):
      // Released first, so that the text grows in place.
      state = .ground
      if text.take(byte) {
        inputs.append(.event(.pasted(text.text)))
      } else {
        state = .paste(text)
      }
    }
  }

  private mutating func takeFirst(_ byte: UInt8, _ inputs: inout [Input]) {
    switch byte {
    case 0x1B: state = .escape
    case 0x00...0x1F, 0x7F:
      if let input = controlInput(byte) { inputs.append(input) }
    case 0x20...0x7E:
      inputs.append(.event(.key(.character(Unicode.Scalar(byte)))))
    case 0x8F, 0x9B:
      // No UTF-8 begins so: a terminal in 8-bit mode that means ESC O or ESC [.
      state = .sequence(ControlSequence(opensWithBracket: byte == 0x9B))
    case 0xC2...0xDF:
      state = .character(value: UInt32(byte & 0x1F), missing: 1, least: 0x80)
    case 0xE0...0xEF:
      state = .character(value: UInt32(byte & 0x0F), missing: 2, least: 0x800)
    case 0xF0...0xF4:
      state = .character(value: UInt32(byte & 0x07), missing: 3, least: 0x10000)
    default: break
    }
  }

  private mutating func takeContinuation(
    _ byte: UInt8, value: UInt32, missing: Int, least: UInt32, _ inputs: inout [Input]
  ) {
    guard byte & 0xC0 == 0x80 else {
      state = .ground
      return takeFirst(byte, &inputs)
    }
    let value = value << 6 | UInt32(byte & 0x3F)
    guard missing == 1 else {
      state = .character(value: value, missing: missing - 1, least: least)
      return
    }
    state = .ground
    // Overlong forms, surrogates and C1 controls are no characters that a person typed.
    if value >= max(least, 0xA0), let scalar = Unicode.Scalar(value) {
      inputs.append(.event(.key(.character(scalar))))
    }
  }

  private mutating func takeAfterEscape(_ byte: UInt8, _ inputs: inout [Input]) {
    switch byte {
    case UInt8(ascii: "["): state = .sequence(ControlSequence(opensWithBracket: true))
    case UInt8(ascii: "O"): state = .sequence(ControlSequence(opensWithBracket: false))
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
      UInt8(ascii: "_"):
      state = .string(afterEscape: false)
    default:
      // Escape and then another key, typed before we looked; also Alt with a key.
      inputs.append(.event(.key(.escape)))
      state = .ground
      takeFirst(byte, &inputs)
    }
  }

  private mutating func takeInSequence(
    _ byte: UInt8, _ sequence: ControlSequence, _ inputs: inout [Input]
  ) {
    switch byte {
    case 0x20...0x3F:
      var longer = sequence
      longer.append(byte)
      state = .sequence(longer)
    case 0x40...0x7E: finish(sequence, byte, &inputs)
    default: abandon(byte, &inputs)
    }
  }

  private mutating func finish(
    _ sequence: ControlSequence, _ final: UInt8, _ inputs: inout [Input]
  ) {
    state = .ground
    switch sequence.meaning(final: final) {
    case .event(let event): inputs.append(.event(event))
    case .pasteBegins: state = .paste(PastedText())
    case .oldMouse: state = .oldMouse([])
    case .consoleFunctionKey: state = .consoleFunctionKey
    case nil: break
    }
  }

  private mutating func takeInOldMouse(_ bytes: [UInt8], _ inputs: inout [Input]) {
    guard bytes.count == 3 else {
      state = .oldMouse(bytes)
      return
    }
    state = .ground
    guard bytes.allSatisfy({ $0 >= 0x20 }) else { return }
    let place = Point(column: Int(bytes[1]) - 0x21, row: Int(bytes[2]) - 0x21)
    if let event = mouseEvent(button: Int(bytes[0]) - 0x20, place) { inputs.append(.event(event)) }
  }

  private mutating func takeInString(
    _ byte: UInt8, afterEscape: Bool, _ inputs: inout [Input]
  ) {
    switch byte {
    case 0x07: state = .ground
    case UInt8(ascii: "\\") where afterEscape: state = .ground
    case 0x1B: state = .string(afterEscape: true)
    case 0x03, 0x18, 0x1A: abandon(byte, &inputs)
    default: state = .string(afterEscape: false)
    }
  }

  /// Drops what was begun at a byte that cannot belong to it. Ctrl-C is heard even there.
  private mutating func abandon(_ byte: UInt8, _ inputs: inout [Input]) {
    state = byte == 0x1B ? .escape : .ground
    if byte == 0x03 { inputs.append(.event(.interrupted)) }
  }

  private func controlInput(_ byte: UInt8) -> Input? {
    switch byte {
    case 0x03: .event(.interrupted)
    case 0x08, 0x7F: .event(.key(.backspace))
    case 0x09: .event(.key(.tab))
    case 0x0A, 0x0D: .event(.key(.enter))
    case 0x0C: .event(.key(.controlL))
    case 0x15: .event(.key(.controlU))
    case 0x1A: .suspend
    default: nil
    }
  }
}
