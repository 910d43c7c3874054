import CNcurses
import Canvas

/// How the terminal writes: colours by their numbers among xterm's 256, −1 for its own, and attributes.
///
/// A screen has thousands of characters, each compared with the pen: attributes are bits here, since a
/// set of them is made anew for each.
nonisolated struct Pen: Equatable {
  var foreground: Int16 = -1
  var background: Int16 = -1
  /// Those of `Look.Attributes`.
  var attributes: UInt8 = 0

  var hasColours: Bool { foreground >= 0 || background >= 0 }

  /// Whether a blank written with either looks the same.
  func isSameOnBlanks(_ other: Pen) -> Bool {
    background == other.background && (attributes | other.attributes) & Pen.seenOnBlanks == 0
  }

  private static let seenOnBlanks: UInt8 =
    Look.Attributes.underline.rawValue | Look.Attributes.reverse.rawValue
}

extension Pen {
  /// - Parameter excluded: attributes that the terminal has no colours with.
  fileprivate nonisolated init(_ look: Look, excluded: UInt8) {
    foreground = look.foreground.map(Int16.init) ?? -1
    background = look.background.map(Int16.init) ?? -1
    attributes = look.attributes.rawValue & (hasColours ? ~excluded : .max)
  }
}

/// The pens of all cells, found out once: of each role, of each on every tint, and of pictures.
nonisolated struct Pens {
  private let roles: [Pen]
  /// Role by role; empty where the terminal has too few colours.
  private let tinted: [Pen]
  /// The colours of all tones; nil where pictures are drawn with characters.
  private var tones: [Int16]?

  init(_ depth: ColourDepth, on ground: Ground) {
    let habits = terminal_habits()
    var excluded: UInt8 = 0
    for (bit, attribute) in Pens.bits where habits.looks_without_colours & bit != 0 {
      excluded |= attribute.rawValue
    }
    func pen(_ look: Look) -> Pen {
      var pen = Pen(look, excluded: excluded)
      if habits.takes_places_with_looks { pen.attributes = 0 }
      return pen
    }
    let looks = Role.allCases.map { $0.look(depth, on: ground) }
    roles = looks.map(pen)
    guard depth == .full else {
      tinted = []
      return
    }
    tinted = looks.flatMap { look in Tint.all.map { pen($0.look(look, on: ground)) } }
    tones = (0..<Tone.count).map { Int16(Tone(index: $0).colour(on: ground)) }
  }

  /// Those of terminfo's `ncv`.
  private static let bits: [(Int32, Look.Attributes)] = [
    (2, .underline), (4, .reverse), (32, .bold),
  ]

  /// Has pictures drawn with characters from now on.
  mutating func leavePictures() { tones = nil }

  /// Whether a cell is painted as two colours, one over the other.
  func paints(_ cell: FrameCell) -> Bool { tones != nil && cell.tones != nil }

  subscript(cell: FrameCell) -> Pen {
    if let tones, let pair = cell.tones {
      return Pen(foreground: tones[pair.upper.index], background: tones[pair.lower.index])
    }
    let role = Int(cell.role.rawValue)
    guard let tint = cell.tint, !tinted.isEmpty else { return roles[role] }
    return tinted[role * Tint.all.count + tint.index]
  }
}
