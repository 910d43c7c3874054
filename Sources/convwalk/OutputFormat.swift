import ArgumentParser
import Walkthrough

/// One of a few words behind an option. The argument parser asks for all of them at every start, and
/// would have them from the runtime's tables of types.
package protocol OptionWord: ExpressibleByArgument, RawRepresentable<String>, CaseIterable {}

extension OptionWord {
  package static var allValueStrings: [String] { allCases.map { $0.rawValue } }

  /// None says more than its word.
  package static var allValueDescriptions: [String: String] { [:] }
}

/// How a command writes what it found.
enum OutputFormat: String, OptionWord {
  case text, json
}

/// How `shape` writes its table.
enum TableFormat: String, OptionWord {
  case text, compact, json, csv, markdown
}

/// How `frame` writes a screen.
enum FrameFormat: String, OptionWord {
  case text, ansi, svg, cast
}

extension Notation: OptionWord {}
extension CountedWork: OptionWord {}
