/// What is wrong in a file of keys, and where. The wording is in `KeysProblem+Description.swift`.
package struct KeysProblem: Error, Sendable, Equatable {
  /// From 1.
  package let line: Int
  package let cause: Cause

  package enum Cause: Error, Sendable, Equatable {
    case unknownCommand(String)
    case unknownKey(String)
    /// Digits are counts.
    case digit(String)
    /// A key that keeps its command.
    case fixed(String, String)
    /// A command's second line.
    case again(String, line: Int)
    /// A key that stands in another command's line.
    case taken(String, by: String, line: Int)
  }
}

/// Everything that is wrong in a file of keys.
package struct KeysProblems: Error, Sendable, Equatable {
  package let problems: [KeysProblem]
}
