/// How many colours a terminal shows.
package enum ColourDepth: CaseIterable, Sendable {
  case monochrome, eight, full

  /// - Parameter count: the colours that the terminal names; less than 8 is none that help.
  package init(count: Int) {
    switch count {
    case ..<8: self = .monochrome
    // The upper eight of sixteen are where schemes keep their backgrounds: left alone.
    case ..<256: self = .eight
    default: self = .full
    }
  }
}

/// How a role looks: colour numbers, or nil for the terminal's own, and attributes.
package struct Look: Hashable, Sendable {
  package struct Attributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let bold = Attributes(rawValue: 1)
    package static let underline = Attributes(rawValue: 2)
    package static let reverse = Attributes(rawValue: 4)
  }

  package var foreground: Int?
  package var background: Int?
  package var attributes: Attributes

  package init(_ foreground: Int? = nil, on background: Int? = nil, _ attributes: Attributes = []) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}

extension Role {
  /// The look of the role.
  ///
  /// A background is the terminal's own, light or dark, unless a look brings both colours. Colours
  /// are of middling brightness so that they can be read on white and on black alike, and no two
  /// that must be told apart differ in red against green only. Nothing blinks, nothing is dimmed.
  package func look(_ depth: ColourDepth) -> Look {
    switch depth {
    case .monochrome: monochromeLook
    case .eight: eightColourLook
    case .full: fullLook
    }
  }

  private var monochromeLook: Look {
    switch self {
    case .plain, .faint, .unknown, .padding, .unread, .code, .prose, .message: Look()
    case .heading, .window, .result, .winner, .good: Look(nil, .bold)
    case .current: Look(nil, .reverse)
    case .bad: Look(nil, [.bold, .underline])
    case .key, .changed: Look(nil, .underline)
    }
  }

  /// Of the eight, only red and magenta can be read on white and on black in every usual scheme.
  private var eightColourLook: Look {
    switch self {
    case .window: Look(ANSI.magenta, .bold)
    case .bad: Look(ANSI.red, .bold)
    case .changed: Look(ANSI.magenta, .underline)
    default: monochromeLook
    }
  }

  private var fullLook: Look {
    switch self {
    case .plain, .prose: Look()
    case .heading: Look(nil, .bold)
    case .result: Look(Cube.green, .bold)
    case .winner: Look(Cube.green, [.bold, .underline])
    case .faint, .unknown, .unread: Look(Cube.grey)
    case .window: Look(Cube.blue, .bold)
    case .current: Look(Cube.white, on: Cube.orange, .bold)
    case .padding: Look(Cube.purple)
    case .good: Look(Cube.blue, .bold)
    case .bad: Look(Cube.red, [.bold, .underline])
    case .code: Look(Cube.teal)
    case .key: Look(Cube.teal, .bold)
    case .message: Look(Cube.orange)
    case .changed: Look(Cube.purple, [.bold, .underline])
    }
  }
}

private enum ANSI {
  static let red = 1
  static let magenta = 5
}

/// Colours of the 256 whose contrast is at least 4 to 1 against white and against black.
private enum Cube {
  static let blue = 27
  static let green = 28
  static let teal = 30
  static let purple = 97
  static let orange = 130
  static let red = 161
  static let white = 231
  static let grey = 243
}

/// The red, green and blue that xterm gives a colour of the 6×6×6 cube (from 16) or the grey ramp
/// (from 232); `0xRRGGBB`, or nil for the first sixteen, which each scheme chooses.
package func redGreenBlue(ofColour number: Int) -> Int? {
  switch number {
  case 16...231:
    let levels = [0x00, 0x5F, 0x87, 0xAF, 0xD7, 0xFF]
    let place = number - 16
    return levels[place / 36] << 16 | levels[place / 6 % 6] << 8 | levels[place % 6]
  case 232...255:
    let level = 8 + (number - 232) * 10
    return level << 16 | level << 8 | level
  default: return nil
  }
}
