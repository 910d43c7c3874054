nonisolated extension TerminalError: CustomStringConvertible {
  /// What is wrong and what works instead, in a sentence or two.
  package nonisolated var description: String {
    let instead = "use `convwalk trace` or `convwalk frame`, which need no terminal."
    return switch self {
    case .notATerminal:
      "Standard input and output must both be a terminal for the screen to be drawn: \(instead)"
    case .unusable(terminal: nil):
      "TERM is not set, so the screen cannot be drawn: set it (for example "
        + "TERM=xterm-256color), or \(instead)"
    case .unusable(let terminal?):
      "TERM is \"\(terminal)\", a terminal that is unknown here or cannot place its cursor, so the "
        + "screen cannot be drawn: set it (for example TERM=xterm-256color), or \(instead)"
    case .failed:
      "The terminal could not be set up for drawing: try another one, or \(instead)"
    }
  }
}
