/// Why the screen cannot be had.
package nonisolated enum TerminalError: Error, Equatable {
  /// Standard output is a file or a pipe.
  case notATerminal
  /// Standard input is a file or a pipe, and the process belongs to no terminal.
  case noKeyboard
  /// No terminal is described on this machine, whatever `TERM` names.
  case noDatabase
  /// `TERM` is unset (nil), unknown, or names a terminal whose cursor cannot be placed.
  case unusable(terminal: String?)
  /// The terminal refused, though it should not have.
  case failed
}
