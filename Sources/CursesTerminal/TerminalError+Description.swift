nonisolated extension TerminalError: CustomStringConvertible {
  /// What is wrong and what works instead, in a sentence or two.
  package nonisolated var description: String {
    let instead = "use --plain, `convwalk trace` or `convwalk frame`, which need no terminal."
    return switch self {
    case .notATerminal:
      "Standard output is not a terminal, so the screen cannot be drawn: \(instead)"
    case .noKeyboard:
      "Standard input is not a terminal, and there is no other (/dev/tty) to take keys from: "
        + instead
    case .noDatabase:
      "No terminal is described on this machine, so the screen cannot be drawn: install terminfo "
        + "(ncurses-base, or ncurses-terminfo-base), or name its folder in TERMINFO, or \(instead)"
    case .unusable(terminal: nil):
      "TERM is not set, so the screen cannot be drawn: set it (for example "
        + "TERM=xterm-256color), or \(instead)"
    case .unusable(let terminal?):
      "TERM is \"\(terminal)\", a terminal that is unknown here or cannot place its cursor, so the "
        + "screen cannot be drawn: set it (for example TERM=\(example(besides: terminal))), or "
        + instead
    case .failed:
      "The terminal could not be set up for drawing: try another one, or \(instead)"
    }
  }

  /// Another terminal to name, which nearly every one can stand for.
  private nonisolated func example(besides terminal: String) -> String {
    terminal == "xterm-256color" ? "xterm" : "xterm-256color"
  }
}
