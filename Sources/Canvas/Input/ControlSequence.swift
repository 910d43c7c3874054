/// The part of an escape sequence between its opening, `ESC [` or `ESC O`, and its final byte.
struct ControlSequence {
  enum Meaning {
    case event(Event)
    /// Where the terminal's cursor is.
    case cursor(Point)
    case pasteBegins
    case oldMouse
    case consoleFunctionKey
  }

  let opensWithBracket: Bool
  /// Whether its ESC was taken for the Escape key before the rest came.
  let isLate: Bool
  private var parameters: [UInt8] = []
  private var isTooLong = false

  init(opensWithBracket: Bool, isLate: Bool = false) {
    self.opensWithBracket = opensWithBracket
    self.isLate = isLate
  }

  mutating func append(_ byte: UInt8) {
    // No sequence that we know comes near; a longer one is read to its end and means nothing.
    if parameters.count < 32 {
      parameters.append(byte)
    } else {
      isTooLong = true
    }
  }

  func meaning(final: UInt8) -> Meaning? {
    if isTooLong { return nil }
    let letter = Unicode.Scalar(final)
    if parameters.first == UInt8(ascii: "<") { return sgrMouse(final: letter) }
    if let key = cursorKey(letter) { return .event(.key(key)) }
    if !opensWithBracket { return keypadKey(letter).map { .event(.key($0)) } }
    switch letter {
    case "~": return numberedKey()
    case "Z": return .event(.key(.backTab))
    case "R": return cursorPosition()
    case "M" where parameters.isEmpty: return .oldMouse
    case "[" where parameters.isEmpty: return .consoleFunctionKey
    default: return nil
    }
  }

  /// The numbers between semicolons; nil if anything else stands there.
  private func numbers(in parameters: ArraySlice<UInt8>) -> [Int]? {
    var numbers: [Int] = []
    for field in parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
      guard let number = Int(String(decoding: field, as: UTF8.self)) else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// Cursor keys are the same in both modes; `1;5` before the letter says which modifiers are held.
  private func cursorKey(_ letter: Unicode.Scalar) -> Key? {
    guard parameters.isEmpty || numbers(in: parameters[...]) != nil else { return nil }
    switch letter {
    case "A": return .up
    case "B": return .down
    case "C": return .right
    case "D": return .left
    case "H": return .home
    case "F": return .end
    default: return nil
    }
  }

  /// `ESC [ row ; column R`.
  private func cursorPosition() -> Meaning? {
    guard let numbers = numbers(in: parameters[...]), numbers.count == 2 else { return nil }
    return place(column: numbers[1], row: numbers[0]).map { .cursor($0) }
  }

  /// A place as terminals count, from 1; nil for one that no screen has.
  private func place(column: Int, row: Int) -> Point? {
    guard (1...0xFFFF).contains(column), (1...0xFFFF).contains(row) else { return nil }
    return Point(column: column - 1, row: row - 1)
  }

  private func numberedKey() -> Meaning? {
    switch numbers(in: parameters[...])?.first {
    case 1, 7: .event(.key(.home))
    case 4, 8: .event(.key(.end))
    case 3: .event(.key(.delete))
    case 5: .event(.key(.pageUp))
    case 6: .event(.key(.pageDown))
    case 200: .pasteBegins
    default: nil
    }
  }

  /// The numeric keypad in application mode: `ESC O p` is 0, `ESC O y` is 9.
  private func keypadKey(_ letter: Unicode.Scalar) -> Key? {
    switch letter {
    case "M": .enter
    case "X": .character("=")
    case "j"..."y": Unicode.Scalar(letter.value - 0x40).map { .character($0) }
    default: nil
    }
  }

  /// `ESC [ < button ; column ; row M`, or `m` when the button is let go.
  private func sgrMouse(final: Unicode.Scalar) -> Meaning? {
    guard final == "M", let numbers = numbers(in: parameters.dropFirst()), numbers.count == 3,
      let place = place(column: numbers[1], row: numbers[2])
    else { return nil }
    return mouseEvent(button: numbers[0], place).map { .event($0) }
  }
}

/// What a mouse button did, by the number that both mouse protocols use.
func mouseEvent(button: Int, _ place: Point) -> Event? {
  // Shift, Alt and Control are bits of the number.
  switch button & ~0b11100 {
  case 0: .click(place)
  case 64: .wheel(up: true, place)
  case 65: .wheel(up: false, place)
  default: nil
  }
}
