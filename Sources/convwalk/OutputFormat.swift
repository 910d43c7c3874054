import ArgumentParser
import Walkthrough

/// How a command writes what it found.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// How `shape` writes its table.
enum TableFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, csv, markdown
}

extension Notation: ExpressibleByArgument {}
extension CountedWork: ExpressibleByArgument {}
