import ArgumentParser
import Walkthrough

/// How a command writes what it found.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// How `shape` writes its table.
enum TableFormat: String, ExpressibleByArgument, CaseIterable {
  case text, compact, json, csv, markdown
}

/// How `frame` writes a screen.
enum FrameFormat: String, ExpressibleByArgument, CaseIterable {
  case text, ansi, svg, cast
}

extension Notation: ExpressibleByArgument {}
extension CountedWork: ExpressibleByArgument {}
