/// What the bytes of a terminal mean.
package enum Input: Hashable, Sendable {
  case event(Event)
  /// Where the terminal's cursor stands: its answer to `ESC [ 6 n`, never a key.
  case cursor(Point)
  /// What its background is like: its answer to `ESC ] 11 ; ?`, never a key.
  case ground(Ground)
  /// Ctrl-Z: the program should stop and give the terminal back for a while.
  case suspend

  package var isCursor: Bool { if case .cursor = self { true } else { false } }
}

/// Turns the bytes that a terminal sends into events, whatever the bytes are and whenever they come.
///
/// `ESC [ A` is the up arrow, and so is `ESC O A`. A sequence that is unknown, broken or cut off
/// has no effect, and neither has invalid UTF-8: what is left of either never runs as a command.
/// Alt with a key is no key at all: `ESC q` is not `q`. ESC alone is the Escape key once nothing
/// has followed it for a while; what turns out to have been the rest of a sequence comes too late
/// for that and is swallowed.
///
/// Times are milliseconds of a clock that only goes forward; the decoder itself reads none.
/// The grammar of sequences is ECMA-48, section 5.4; the mouse's is xterm's "SGR" mode.
package struct InputDecoder: Sendable {
  private enum State {
    case ground
    /// Inside a character of several bytes.
    case character(value: UInt32, missing: Int, least: UInt32, isAlt: Bool)
    /// - isAgain: whether it is the second ESC in a row: Escape twice, or Alt with a sequence.
    case escape(isAgain: Bool)
    /// A `[` or `O` soon after an ESC that was taken for the Escape key.
    case lateOpening(UInt8)
    case sequence(ControlSequence)
    /// The three bytes after `ESC [ M`: button, column, row.
    case oldMouse([UInt8], isLate: Bool)
    /// The letter after `ESC [ [`: a function key of the Linux console.
    case consoleFunctionKey
    case string(ControlString)
    case paste(PastedText)
  }

  private var state = State.ground
  private let escapeDelay: Int
  /// When bytes came last.
  private var lastTime = 0
  /// Until when the rest of a sequence may follow an ESC that was taken for the Escape key.
  private var lateUntil = Int.min

  /// How long a sequence that has begun may be held up on its way, in milliseconds.
  private static let patience = 2000

  /// Where keys are typed over a network, their bytes come further apart.
  package static func usualEscapeDelay(isRemote: Bool) -> Int { isRemote ? 150 : 60 }

  /// - Parameter escapeDelay: how many milliseconds after ESC it is the Escape key.
  package init(escapeDelay: Int = usualEscapeDelay(isRemote: false)) {
    self.escapeDelay = max(0, escapeDelay)
  }

  /// When `settle` has something to do if no further byte comes; nil if none is awaited.
  package var deadline: Int? {
    let patience: Int
    switch state {
    case .ground: return nil
    case .escape: patience = escapeDelay
    // The rest of a sequence comes at once; a person's next key does not.
    case .lateOpening: patience = max(15, escapeDelay / 4)
    case .paste: patience = 1000
    case .character, .string: patience = max(escapeDelay, 250)
    case .sequence, .oldMouse, .consoleFunctionKey:
      patience = max(escapeDelay, InputDecoder.patience)
    }
    return lastTime + patience
  }

  /// Takes bytes in the order they came, all of them at one moment; returns what is complete with
  /// them.
  ///
  /// Whoever sees that nothing came calls `settle`: bytes that were only read late are not.
  package mutating func decode(_ bytes: some Sequence<UInt8>, at time: Int) -> [Input] {
    lastTime = time
    var inputs: [Input] = []
    for byte in bytes { take(byte, &inputs) }
    return inputs
  }

  /// Settles what was begun if nothing has followed in time.
  package mutating func settle(at time: Int) -> [Input] {
    guard let deadline, time >= deadline else { return [] }
    return giveUp()
  }

  /// Settles what was begun and will not go on: a lone ESC is the Escape key, an unended paste
  /// ends, anything else is dropped.
  package mutating func giveUp() -> [Input] {
    defer { state = .ground }
    switch state {
    case .escape(let isAgain):
      lateUntil = lastTime + max(escapeDelay, InputDecoder.patience)
      return Array(repeating: .event(.key(.escape)), count: isAgain ? 2 : 1)
    case .lateOpening(let byte): return [.event(.key(.character(Unicode.Scalar(byte))))]
    case .paste(let text): return text.inputs
    default: return []
    }
  }

  private mutating func take(_ byte: UInt8, _ inputs: inout [Input]) {
    switch state {
    case .ground: takeFirst(byte, &inputs)
    case .character(let value, let missing, let least, let isAlt):
      takeContinuation(byte, value: value, missing: missing, least: least, isAlt: isAlt, &inputs)
    case .escape(let isAgain): takeAfterEscape(byte, isAgain: isAgain, &inputs)
    case .lateOpening(let opening): takeAfterLateOpening(opening, byte, &inputs)
    case .sequence(let sequence): takeInSequence(byte, sequence, &inputs)
    case .oldMouse(let bytes, let isLate): takeInOldMouse(bytes + [byte], isLate: isLate, &inputs)
    case .consoleFunctionKey: state = .ground
    case .string(let string): takeInString(byte, string, &inputs)
    case .paste(var text):
      // Released first, so that the text grows in place.
      state = .ground
      if text.take(byte) {
        inputs += text.inputs
      } else {
        state = .paste(text)
      }
    }
  }

  private mutating func takeFirst(_ byte: UInt8, _ inputs: inout [Input]) {
    let isLate = lastTime <= lateUntil
    lateUntil = .min
    switch byte {
    case 0x1B: state = .escape(isAgain: false)
    case 0x00...0x1F, 0x7F:
      if let input = controlInput(byte) { inputs.append(input) }
    case UInt8(ascii: "["), UInt8(ascii: "O"):
      if isLate {
        state = .lateOpening(byte)
      } else {
        inputs.append(.event(.key(.character(Unicode.Scalar(byte)))))
      }
    case 0x20...0x7E:
      inputs.append(.event(.key(.character(Unicode.Scalar(byte)))))
    case 0x8F, 0x9B:
      // No UTF-8 begins so: a terminal in 8-bit mode that means ESC O or ESC [.
      state = .sequence(ControlSequence(opensWithBracket: byte == 0x9B))
    default: beginCharacter(byte, isAlt: false)
    }
  }

  private mutating func beginCharacter(_ byte: UInt8, isAlt: Bool) {
    switch byte {
    case 0xC2...0xDF:
      state = .character(value: UInt32(byte & 0x1F), missing: 1, least: 0x80, isAlt: isAlt)
    case 0xE0...0xEF:
      state = .character(value: UInt32(byte & 0x0F), missing: 2, least: 0x800, isAlt: isAlt)
    case 0xF0...0xF4:
      state = .character(value: UInt32(byte & 0x07), missing: 3, least: 0x10000, isAlt: isAlt)
    default: state = .ground
    }
  }

  private mutating func takeContinuation(
    _ byte: UInt8, value: UInt32, missing: Int, least: UInt32, isAlt: Bool, _ inputs: inout [Input]
  ) {
    guard byte & 0xC0 == 0x80 else {
      state = .ground
      return takeFirst(byte, &inputs)
    }
    let value = value << 6 | UInt32(byte & 0x3F)
    guard missing == 1 else {
      state = .character(value: value, missing: missing - 1, least: least, isAlt: isAlt)
      return
    }
    state = .ground
    // Overlong forms, surrogates and C1 controls are no characters that a person typed.
    if !isAlt, value >= max(least, 0xA0), let scalar = Unicode.Scalar(value) {
      inputs.append(.event(.key(.character(scalar))))
    }
  }

  private mutating func takeAfterEscape(_ byte: UInt8, isAgain: Bool, _ inputs: inout [Input]) {
    switch byte {
    case UInt8(ascii: "["): state = .sequence(ControlSequence(opensWithBracket: true))
    case UInt8(ascii: "O"): state = .sequence(ControlSequence(opensWithBracket: false))
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
      UInt8(ascii: "_"):
      state = .string(ControlString(isCommand: byte == UInt8(ascii: "]")))
    case 0x1B:
      if isAgain { inputs.append(.event(.key(.escape))) }
      state = .escape(isAgain: true)
    default:
      if isAgain { inputs.append(.event(.key(.escape))) }
      beginCharacter(byte, isAlt: true)
      // Of the keys that Alt is held with, only those that leave are heard.
      if byte == 0x03 || byte == 0x1A, let input = controlInput(byte) { inputs.append(input) }
    }
  }

  /// The rest of a sequence has bytes that a sequence has; before any other, the opening was a key.
  private mutating func takeAfterLateOpening(
    _ opening: UInt8, _ byte: UInt8, _ inputs: inout [Input]
  ) {
    guard (0x20...0x7E).contains(byte) else {
      inputs += giveUp()
      return takeFirst(byte, &inputs)
    }
    takeInSequence(
      byte, ControlSequence(opensWithBracket: opening == UInt8(ascii: "["), isLate: true), &inputs)
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
    case .event(let event): if !sequence.isLate { inputs.append(.event(event)) }
    case .cursor(let place): inputs.append(.cursor(place))
    case .pasteBegins: state = .paste(PastedText())
    case .oldMouse: state = .oldMouse([], isLate: sequence.isLate)
    case .consoleFunctionKey: state = .consoleFunctionKey
    case nil: break
    }
  }

  private mutating func takeInOldMouse(_ bytes: [UInt8], isLate: Bool, _ inputs: inout [Input]) {
    guard bytes.count == 3 else {
      state = .oldMouse(bytes, isLate: isLate)
      return
    }
    state = .ground
    guard !isLate, bytes.allSatisfy({ $0 >= 0x20 }) else { return }
    let place = Point(column: Int(bytes[1]) - 0x21, row: Int(bytes[2]) - 0x21)
    if let event = mouseEvent(button: Int(bytes[0]) - 0x20, place) { inputs.append(.event(event)) }
  }

  private mutating func takeInString(
    _ byte: UInt8, _ string: ControlString, _ inputs: inout [Input]
  ) {
    var string = string
    switch string.take(byte) {
    case .goesOn: state = .string(string)
    case .ends:
      state = .ground
      if let ground = string.ground { inputs.append(.ground(ground)) }
    case .breaksOff: abandon(byte, &inputs)
    }
  }

  /// Drops what was begun at a byte that cannot belong to it. Ctrl-C is heard even there.
  private mutating func abandon(_ byte: UInt8, _ inputs: inout [Input]) {
    state = byte == 0x1B ? .escape(isAgain: false) : .ground
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
