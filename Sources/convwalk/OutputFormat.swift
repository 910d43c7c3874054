import ArgumentParser
import Walkthrough

/// How a command writes what it found.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

extension Notation: ExpressibleByArgument {}
