import Canvas
import Walkthrough

/// A recording of a screen, line by line: asciicast, version 2.
struct Recording {
  private let size: Size
  private let depth: ColourDepth
  private let ground: Ground
  private var shown: [String] = []
  /// Tenths of a second from the beginning.
  private var time = 0

  /// Between two screens, in tenths of a second.
  private static let interval = 7

  init(size: Size, _ depth: ColourDepth, on ground: Ground) {
    self.size = size
    self.depth = depth
    self.ground = ground
  }

  func header(title: String) -> JSON {
    .object([
      ("version", .int(2)), ("width", .int(size.columns)), ("height", .int(size.rows)),
      ("title", .string(title)),
    ])
  }

  /// What a terminal is sent for the next screen: the rows that differ from the last one's.
  mutating func event(showing frame: Frame) -> JSON {
    let lines = frame.ansiLines(depth, on: ground)
    var output = shown.isEmpty ? "\u{1B}[?25l\u{1B}[2J" : ""
    for (row, line) in lines.enumerated() where shown.isEmpty || shown[row] != line {
      output += "\u{1B}[\(row + 1);1H\u{1B}[2K\(line)"
    }
    defer {
      shown = lines
      time += Recording.interval
    }
    return .array([.number(Double(time) / 10), .string("o"), .string(output)])
  }
}
