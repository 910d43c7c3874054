import ConvolutionEngine
import ExactNumbers

extension KeysProblem.Cause: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownCommand(let name):
      "\(quoted(name)) is not a command; convwalk keys lists them."
    case .unknownKey(let name):
      "\(quoted(name)) is not a key; write one character or a name, such as Space, PgDn or Ctrl-L."
    case .digit(let name): "\(name) begins a count; take a key other than 1 to 9."
    case .fixed(let name, let command): "\(name) is always \(command); take another key."
    case .again(let name, let line):
      "\(name) stands in line \(line) already; put all its keys on one line."
    case .taken(let key, let command, let line):
      "\(key) is \(command) in line \(line) already; take another key."
    }
  }
}

/// A word of a file, short and without what could disturb a terminal.
private func quoted(_ word: String) -> String {
  cut(word, to: 40).quoted
}
