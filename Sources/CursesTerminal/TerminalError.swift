/// Why the screen cannot be had.
package nonisolated enum TerminalError: Error, Equatable {
  /// Standard input or output is a file or a pipe.
  case notATerminal
  /// `TERM` is unset (nil), unknown, or names a terminal whose cursor cannot be placed.
  case unusable(terminal: String?)
  /// The terminal refused, though it should not have.
  case failed
}
