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
  /// A background is the terminal's own unless a look brings both colours. Of eight colours only
  /// such are used that can be read on white and on black alike. No two that must be told apart
  /// differ in red against green only. Nothing blinks, nothing is dimmed.
  package func look(_ depth: ColourDepth, on ground: Ground) -> Look {
    switch depth {
    case .monochrome: monochromeLook
    case .eight: eightColourLook
    case .full: fullLook(ground == .dark ? .dark : .light)
    }
  }

  private var monochromeLook: Look {
    switch self {
    case .plain, .faint, .unknown, .padding, .unread, .code, .prose, .message, .red, .green, .blue,
      .yellow:
      Look()
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
    case .red: Look(ANSI.red)
    case .changed: Look(ANSI.magenta, .underline)
    default: monochromeLook
    }
  }

  private func fullLook(_ colours: Colours) -> Look {
    switch self {
    case .plain, .prose: Look()
    case .heading: Look(nil, .bold)
    case .result: Look(colours.green, .bold)
    case .winner: Look(colours.green, [.bold, .underline])
    case .faint, .unknown, .unread: Look(colours.grey)
    case .window: Look(colours.blue, .bold)
    case .current: Look(colours.onOrange, on: colours.orangeGround, .bold)
    case .padding: Look(colours.purple)
    case .good: Look(colours.blue, .bold)
    case .bad: Look(colours.red, [.bold, .underline])
    case .code: Look(colours.teal)
    case .key: Look(colours.teal, .bold)
    case .message: Look(colours.orange)
    case .changed: Look(colours.purple, [.bold, .underline])
    case .red: Look(colours.red, .bold)
    case .green: Look(colours.green, .bold)
    case .blue: Look(colours.blue, .bold)
    case .yellow: Look(colours.orange, .bold)
    }
  }
}

private enum ANSI {
  static let red = 1
  static let magenta = 5
}

/// Colours of the 256 for one kind of ground.
///
/// Their contrast is at least 4.5 to 1, of grey 3 to 1, against the backgrounds of that kind that
/// xterm, Nord, Dracula, Gruvbox, Solarized, Tango and One have.
private struct Colours {
  let blue: Int
  let green: Int
  let teal: Int
  let purple: Int
  let orange: Int
  let red: Int
  let grey: Int
  /// What is looked at brings its own ground.
  let orangeGround: Int
  let onOrange: Int

  static let dark = Colours(
    blue: 75, green: 114, teal: 80, purple: 183, orange: 215, red: 210, grey: 246,
    orangeGround: 214, onOrange: 16)
  static let light = Colours(
    blue: 26, green: 22, teal: 23, purple: 91, orange: 94, red: 124, grey: 242,
    orangeGround: 130, onOrange: 231)
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
